import ColumnStore
import LMDB
import Testing

#if DEBUG
/// The n-th engine call fails, for every n until all succeed.
@Suite(.tags(.fault))
struct FaultTests {
  let directory = TemporaryDirectory()

  private static let facts: [ToyFact] = [
    .rows(table: 0, [[1_700_000_000_000, 1, -5], [5, 2]]), .rows(table: 1, [[9]]),
    .set(table: 0, row: 0, column: 8, 1_700_000_001_000), .set(table: 0, row: 0, column: 9, 77),
    .add(table: 1, row: 0, column: 0, 4), .word(list: 1, "red"), .text(row: 0, "a note"),
    .entry(index: 1, hash: 8, row: 0),
  ]

  /// Runs `body` with its call 1, 2, 3 … failing until it succeeds; `check` looks at the store after each failure.
  private func failEveryCall(
    of path: String, code: ErrorCode, _ body: () throws -> Void, check: (Int) throws -> Void
  ) throws -> Int {
    for callCount in 0..<10_000 {
      Fault.arm(after: callCount, code: code, path: path)
      do {
        try body()
        let hasFired = Fault.disarm(path: path)
        #expect(!hasFired, "call \(callCount) failed and nobody noticed")
        if !hasFired { return callCount }
      } catch {
        #expect(Fault.disarm(path: path), "call \(callCount): \(error)")
        #expect((error as? FileError).map { $0 != .damaged(.truncated(offset: 0)) } == true, "call \(callCount)")
        guard case .engine(let engineError)? = error as? FileError, engineError.code == code else {
          Issue.record("call \(callCount) gave \(error)")
          return callCount
        }
        try check(callCount)
      }
    }
    return -1
  }

  @Test(arguments: [.noSpace, .inputOutput] as [ErrorCode])
  func `a commit that fails at any call changes nothing, and the next one succeeds`(code: ErrorCode) throws {
    for lag in [FoldLag.unbounded, .none] {
      let store = try ToyStore(path: directory.file("\(lag)-\(code.rawValue)"), lag: lag)
      var model = ToyModel()
      for round in 0..<3 {
        let facts = round == 0 ? Self.facts : Self.facts.filter { if case .word = $0 { false } else { true } }
        let callCount = try failEveryCall(of: store.path, code: code) {
          try store.commit(facts)
        } check: { call in
          if call % 5 == 0 { model.expectAnswers(of: try store.snapshot(), "call \(call)") }
          // It may have been a flush: then nothing more is taken until the file is opened again.
          if code == .inputOutput { try store.reopen() }
        }
        #expect(callCount > (lag == .none ? 20 : 5))
        model.apply(facts)
        model.expectAnswers(of: try store.snapshot(), "\(lag), round \(round)")
      }
      try store.reopen()
      model.expectAnswers(of: try store.snapshot(), "reopened")
      try store.writer.fold()
      let reference = try store.refolded(to: directory.file("\(lag)-\(code.rawValue)-refolded"))
      #expect(try store.snapshot().differences(from: reference, limit: 5) == [])
    }
  }

  @Test func `a fold that fails at any call changes no answer, and the next one succeeds`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    var model = ToyModel()
    for facts in ToyScenario(seed: 9, commitCount: 6, rowsPerCommit: 20).commits + [Self.facts] {
      try store.commit(facts)
      model.apply(facts)
      let callCount = try failEveryCall(of: store.path, code: .noSpace) {
        try store.writer.fold()
      } check: { call in
        if call % 11 == 0 { model.expectAnswers(of: try store.snapshot(), "call \(call)") }
      }
      #expect(callCount > 2)
      #expect(try store.snapshot().tail.byteCount == 0)
      model.expectAnswers(of: try store.snapshot(), "folded")
    }
    let reference = try store.refolded(to: directory.file("refolded"))
    #expect(try store.snapshot().differences(from: reference, limit: 5) == [])
  }

  @Test func `a read that fails at any call says so, and the next one succeeds`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit(Self.facts)
    var values: [Int64] = []
    let callCount = try failEveryCall(of: store.path, code: .inputOutput) {
      let snapshot = try store.snapshot()
      for column in 0..<10 { try snapshot.gather(table: 0, column: column, group: 0, into: &values) }
      #expect(values == [77, Toy.none])
      #expect(try snapshot.value(table: 0, row: 0, column: 9) == 77)
      #expect(try snapshot.code(of: "red", list: 1) == 1)
      #expect(try snapshot.text(at: 1) == "a note")
      #expect(try snapshot.rows(index: 1, hash: 8) == [0])
    } check: { _ in
    }
    #expect(callCount > 20)
  }
}
#endif
