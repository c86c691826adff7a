import ColumnStore
import Testing

struct LogWriterTests {
  let directory = TemporaryDirectory()

  private func groups(of store: ToyStore) throws -> [LogGroup] {
    var groups: [LogGroup] = []
    try store.snapshot().forEachGroup(from: 1) { groups.append($0) }
    return groups
  }

  @Test(.tags(.property), arguments: [1, 2] as [UInt64])
  func `two writers in turn see each other's groups and folds`(seed: UInt64) throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    let writers = [store.writer!, store.secondWriter(lag: .bytes(3_000))]
    var random = SeededGenerator(seed: seed)
    var model = ToyModel()
    for facts in ToyScenario(seed: seed, commitCount: 80, rowsPerCommit: 80).commits {
      let writer = writers[Int(random.next() % 2)]
      let (rowCount, sequence, _) = try writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
        let rowCount = session.rowCount(of: 0)
        try session.append(facts: ToyFact.bytes(facts))
        return rowCount
      }
      #expect(rowCount == model.rowCount(0), "seed \(seed)")
      model.apply(facts)
      #expect(sequence == UInt64(model.groups), "seed \(seed)")
      if random.next() % 7 == 0 { try writers[Int(random.next() % 2)].fold() }
    }
    model.expectAnswers(of: try store.snapshot(), "seed \(seed)")
    #expect(try groups(of: store).map(\.sequence) == Array(1...UInt64(model.groups)))
  }

  @Test func `opening a file twice gives one environment, whose writers see each other`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit([.rows(table: 0, [[1]])])
    let other = try StoreFile.open(path: directory.path + "/./a.orders", schema: Toy.schema, options: .quick)
    #expect(other.path == store.file.path)
    let writer = LogWriter(file: other, folding: ToyFolding(), lag: .unbounded)
    let facts = ToyFact.bytes([.rows(table: 0, [[2]])])
    let sequence = try writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
      try session.append(facts: facts)
    }.sequence
    #expect(sequence == 2)
    #expect(try store.commit([.rows(table: 0, [[3]])]) == 3)
    #expect(throws: FileError.self) {
      try StoreFile.open(path: store.path, schema: Toy.schema, options: FileOptions(durability: .commit))
    }
  }

  @Test func `recordedAt never decreases, even when the clock goes back`() throws {
    let store = try ToyStore(path: directory.file(), lag: .bytes(20))
    let second = store.secondWriter()
    for (number, clock) in [500, 400, 700, -100, 699, 701].enumerated() {
      let facts = ToyFact.bytes([.rows(table: 0, [[]])])
      _ = try (number % 2 == 0 ? store.writer! : second).commit(clock: Int64(clock), onFileError: { $0 }) {
        (session) throws(FileError) in try session.append(facts: facts)
      }
    }
    #expect(try groups(of: store).map(\.recordedAt) == [500, 500, 700, 700, 700, 701])
    #expect(try store.snapshot().recordedAt == 701)
  }

  @Test func `a commit without facts takes no sequence`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    #expect(try store.commit([]) == 0)
    #expect(try store.snapshot().recordedAt == .min)
    try store.commit([.rows(table: 0, [[]])])
    #expect(try store.commit([]) == 1)
    #expect(try groups(of: store).count == 1)
  }

  @Test func `a body that throws leaves nothing, and the writer goes on`() throws {
    struct Refused: Error, Equatable {}
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    try store.commit([.rows(table: 0, [[1]])])
    let facts = ToyFact.bytes([.rows(table: 0, [[2]])])
    #expect(throws: Refused()) {
      _ = try store.writer.commit(clock: 0, onFileError: { _ in Refused() }) { (session) throws(Refused) in
        do throws(FileError) {
          try session.append(facts: facts)
          try session.setAside([1], for: [1])
        } catch { throw Refused() }
        #expect(session.rowCount(of: 0) == 2)
        throw Refused()
      }
    }
    #expect(try store.snapshot().rowCount(of: 0) == 1)
    #expect(try store.snapshot().aside([1]) == nil)
    #expect(try store.commit([.rows(table: 0, [[3]])]) == 2)
    #expect(try store.snapshot().value(table: 0, row: 1, column: 0) == 3)
  }

  @Test func `facts that cannot be applied make the commit fail, whatever the body makes of the error`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    try store.commit([.rows(table: 0, [[1]])])
    // Adds a row, then names one that is not there: half of it is applied when it fails.
    let facts = ToyFact.bytes([.rows(table: 0, [[2]]), .set(table: 0, row: 99, column: 0, 1)])
    #expect {
      try store.writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
        try? session.append(facts: facts)
      }
    } throws: { ($0 as? FileError)?.isDamage == true }
    #expect(try store.snapshot().rowCount(of: 0) == 1)
    #expect(try store.commit([.rows(table: 0, [[3]])]) == 2)
  }

  @Test func `what stands outside the log is changed in the same commit`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    let facts = ToyFact.bytes([.rows(table: 0, [[2]])])
    for (key, value) in [([1, 1], [7]), ([1, 2], [8, 8]), ([2], [])] as [([UInt8], [UInt8])] {
      _ = try store.writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
        try session.append(facts: facts)
        try session.setAside(value, for: key)
        #expect(try session.aside(key) == value)
      }
    }
    var found: [[UInt8]] = []
    try store.snapshot().scanAside(from: [1, 2]) { key, value in
      found.append(key + value)
      return true
    }
    #expect(found == [[1, 2, 8, 8], [2]])
    _ = try store.writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
      try session.setAside(nil, for: [1, 1])
    }
    #expect(try store.snapshot().aside([1, 1]) == nil)
    #expect(try store.snapshot().aside([2]) == [])
    #expect(try store.snapshot().sequence == 3)
  }

  @Test func `a session sees what it appended, and what is folded`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit([
      .rows(table: 0, [[1_000]]), .word(list: 1, "red"), .text(row: 0, "note"), .entry(index: 0, hash: 4, row: 0),
    ])
    _ = try store.writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
      try session.append(
        facts: ToyFact.bytes([
          .rows(table: 0, [[2_000]]), .word(list: 1, "blue"), .text(row: 1, "more"), .entry(index: 0, hash: 4, row: 1),
          .add(table: 0, row: 0, column: 6, 5),
        ]))
      #expect(try session.value(table: 0, row: 0, column: 0) == 1_000)
      #expect(try session.value(table: 0, row: 1, column: 0) == 2_000)
      #expect(try session.value(table: 0, row: 0, column: 6) == 2)
      #expect(try session.rows(index: 0, hash: 4) == [1, 0])
      #expect(try session.code(of: "red", list: 1) == 1)
      #expect(try session.code(of: "blue", list: 1) == 2)
      #expect(try session.code(of: "green", list: 1) == nil)
      #expect(try session.word(list: 1, code: 2) == "blue")
      #expect(session.wordCount(list: 1) == 2)
      #expect(try session.text(at: 1) == "note")
      #expect(try session.text(at: session.value(table: 0, row: 1, column: 7)) == "more")
      #expect(session.nextSequence == 2)
    }
  }
}
