import ColumnStore
import Testing

/// When the log is folded must not change any answer.
struct LagTests {
  let directory = TemporaryDirectory()

  enum Schedule: String, CaseIterable {
    case none, bytes, random, unbounded

    var lag: FoldLag {
      switch self {
      case .none: .none
      case .bytes: .bytes(5_000)
      case .random, .unbounded: .unbounded
      }
    }
  }

  @Test(.tags(.differential, .property), arguments: [1, 2, 3] as [UInt64])
  func `answers are the model's under every lag, and equal the refolded log`(seed: UInt64) throws {
    let scenario = ToyScenario(seed: seed, commitCount: 120, rowsPerCommit: 300)
    var snapshots: [Snapshot] = []
    for schedule in Schedule.allCases {
      var random = SeededGenerator(seed: seed ^ 0xABCD)
      let store = try ToyStore(path: directory.file("\(schedule)-\(seed)"), lag: schedule.lag)
      var model = ToyModel()
      for (number, facts) in scenario.commits.enumerated() {
        try store.commit(facts)
        model.apply(facts)
        if random.next() % 12 == 0 { try store.reopen() }
        if random.next() % 9 == 0, schedule == .random { try store.writer.fold() }
        if random.next() % 30 == 0 {
          model.expectAnswers(of: try store.snapshot(), "seed \(seed), \(schedule), commit \(number)")
        }
      }
      #expect(model.rowCount(0) > 2 * Geometry.rowsPerGroup && model.rowCount(2) > Geometry.rowsPerGroup)
      model.expectAnswers(of: try store.snapshot(), "seed \(seed), \(schedule), at the end")
      try store.writer.fold()
      let snapshot = try store.snapshot()
      #expect(snapshot.tail.byteCount == 0 && snapshot.foldedThrough == snapshot.sequence)
      model.expectAnswers(of: snapshot, "seed \(seed), \(schedule), folded")
      let reference = try store.refolded(to: directory.file("\(schedule)-\(seed)-refolded"))
      #expect(try snapshot.differences(from: reference, limit: 10) == [], "seed \(seed), \(schedule)")
      snapshots.append(snapshot)
    }
    for snapshot in snapshots.dropFirst() {
      #expect(try snapshot.differences(from: snapshots[0], limit: 10) == [], "seed \(seed)")
    }
  }

  @Test func `stores of different logs differ`() throws {
    let one = try ToyStore(path: directory.file("one"), lag: .none)
    let other = try ToyStore(path: directory.file("other"), lag: .none)
    try one.commit([.rows(table: 0, [[1, 2]])])
    try other.commit([.rows(table: 0, [[1, 3]])])
    #expect(try one.snapshot().differences(from: try other.snapshot(), limit: 10).isEmpty == false)
  }

  @Test func `an instant keeps its value when its base changes`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit([.rows(table: 0, [[1_000_000]]), .set(table: 0, row: 0, column: 8, 1_005_000)])
    try store.commit([.set(table: 0, row: 0, column: 0, 5_000_000_000_001)])
    #expect(try store.snapshot().value(table: 0, row: 0, column: 8) == 1_005_000)
    try store.commit([.set(table: 0, row: 0, column: 0, 1_000_000)])
    #expect(try store.snapshot().value(table: 0, row: 0, column: 8) == 1_005_000)
    let reference = try store.refolded(to: directory.file("refolded"))
    #expect(try store.snapshot().differences(from: reference, limit: 10) == [])
  }

  @Test func `an index lists a row once and the newest first, folded or not`() throws {
    for lag in [FoldLag.none, .unbounded] {
      let store = try ToyStore(path: directory.file("\(lag)"), lag: lag)
      try store.commit([.rows(table: 0, [[], [], []]), .entry(index: 0, hash: 5, row: 2)])
      try store.commit([.entry(index: 0, hash: 5, row: 0), .entry(index: 0, hash: 5, row: 2)])
      try store.commit([.entry(index: 0, hash: 6, row: 1), .entry(index: 1, hash: 5, row: 1)])
      #expect(try store.snapshot().rows(index: 0, hash: 5) == [2, 0])
      #expect(try store.snapshot().rows(index: 0, hash: 4) == [])
    }
  }

  @Test func `a value its column cannot store is refused and changes nothing`() throws {
    for lag in [FoldLag.none, .unbounded] {
      let store = try ToyStore(path: directory.file("\(lag)"), lag: lag)
      try store.commit([.rows(table: 0, [[1, 255]])])
      #expect(throws: FileError.self) { try store.commit([.set(table: 0, row: 0, column: 1, 256)]) }
      #expect(throws: FileError.self) { try store.commit([.rows(table: 0, [[1, -1]])]) }
      let snapshot = try store.snapshot()
      #expect(try snapshot.value(table: 0, row: 0, column: 1) == 255)
      #expect(snapshot.sequence == 1 && snapshot.rowCount(of: 0) == 1)
      #expect(try store.commit([.rows(table: 0, [[]])]) == 2)
    }
  }

  @Test func `a summary is given for every row group the tail leaves alone`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    let rows = Array(repeating: [1_000, 2] as [Int64], count: 3 * Geometry.rowsPerGroup + 5)
    try store.commit([.rows(table: 0, rows), .rows(table: 1, [[1]])])
    let unfolded = try store.snapshot()
    #expect(try (0..<4).map { try unfolded.summary(table: 0, group: $0) == nil } == [true, true, true, true])
    try store.writer.fold()
    try store.commit([
      .rows(table: 0, [[]]), .set(table: 0, row: Geometry.rowsPerGroup, column: 1, 3),
      .add(table: 0, row: 2 * Geometry.rowsPerGroup, column: 6, 3),
    ])
    let snapshot = try store.snapshot()
    #expect(try (0..<4).map { try snapshot.summary(table: 0, group: $0) == nil } == [false, true, true, true])
    #expect(try snapshot.summary(table: 0, group: 0)?.ranges[0] == 1_000...1_000)
    #expect(try snapshot.summary(table: 1, group: 0)?.rowCount == 1)
  }
}
