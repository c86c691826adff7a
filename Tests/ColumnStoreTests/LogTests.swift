@testable import ColumnStore
import Testing

struct LogTests {
  let directory = TemporaryDirectory()

  /// A word whose group takes `byteCount` bytes, header and all.
  private func word(forGroupOf byteCount: Int, firstRowCount: Int) -> ToyFact {
    var length = byteCount - 32 - 4 * firstRowCount - 3
    while true {
      let fact = ToyFact.word(list: 1, String(repeating: "w", count: length))
      let excess = 32 + 4 * firstRowCount + ToyFact.bytes([fact]).count - byteCount
      if excess == 0 { return fact }
      length -= excess
    }
  }

  @Test(
    arguments: [
      (200, [200]), (2_021, [2_021]), (2_022, [2_022]), (2_023, [2_023]), (4_079, [4_079]), (4_080, [4_080]),
      (4_081, [4_080, 1]), (6_102, [4_080, 2_022]), (6_103, [4_080, 2_023]), (8_160, [4_080, 4_080]),
      (8_161, [4_080, 4_080, 1]),
    ] as [(Int, [Int])])
  func `a group lies in pieces of one page`(byteCount: Int, pieces: [Int]) throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    let fact = word(forGroupOf: byteCount, firstRowCount: 3)
    try store.commit([.word(list: 2, "before")])
    try store.commit([fact])
    try store.commit([.word(list: 2, "after")])
    let entries = try EngineFile(path: store.path).entries("log")
    let own = entries.filter { $0.key.starts(with: [0, 0, 0, 0, 0, 0, 4]) || $0.key[6] == 5 }
    #expect(own.map(\.value.count) == pieces)
    var model = ToyModel()
    for facts in [[.word(list: 2, "before")], [fact], [.word(list: 2, "after")]] { model.apply(facts) }
    model.expectAnswers(of: try store.snapshot(), "\(byteCount) bytes")
  }

  @Test func `the largest group fits, and its room is told while it is made`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    var model = ToyModel()
    let writer = store.writer!
    for _ in 0..<2 {
      let facts = try writer.commit(clock: 0, onFileError: { $0 }) { (session) throws(FileError) in
        let room = session.room
        #expect(room == LogGroup.byteLimit - 4_096)
        let fact = word(forGroupOf: room + 32 + 12, firstRowCount: 3)
        let bytes = ToyFact.bytes([fact])
        #expect(bytes.count == room)
        try session.append(facts: bytes)
        #expect(session.room == 0)
        return [fact]
      }.result
      model.apply(facts)
      break
    }
    try store.commit([.word(list: 1, "small")])
    model.apply([.word(list: 1, "small")])
    try store.reopen()
    model.expectAnswers(of: try store.snapshot(), "before the fold")
    try store.writer.fold()
    model.expectAnswers(of: try store.snapshot(), "after the fold")
  }

  @Test func `groups are listed from any sequence on, each chained to the one before`() throws {
    let store = try ToyStore(path: directory.file(), lag: .bytes(50))
    for number in 0..<20 { try store.commit([.rows(table: 1, [[Int64(number)]])], clock: Int64(number * 10)) }
    let snapshot = try store.snapshot()
    for (first, last) in [(1, nil), (7, nil), (3, 5), (20, 20), (21, nil), (0, nil)] as [(UInt64, UInt64?)] {
      var groups: [LogGroup] = []
      try snapshot.forEachGroup(from: first, through: last) { groups.append($0) }
      let expected = first == 0 || first > 20 ? [] : Array(first...(last ?? 20))
      #expect(groups.map(\.sequence) == expected)
      #expect(groups.map(\.recordedAt) == expected.map { Int64($0 - 1) * 10 })
      #expect(groups.map(\.firstRows) == expected.map { [0, Int($0) - 1, 0] })
      for (group, next) in zip(groups, groups.dropFirst()) { #expect(next.previousChecksum == group.checksum) }
    }
  }

  @Test func `an error thrown for a group ends the listing`() throws {
    let store = try ToyStore(path: directory.file(), lag: .unbounded)
    for _ in 0..<5 { try store.commit([.rows(table: 1, [[]])]) }
    var count = 0
    #expect(throws: FileError.notAStore("stop")) {
      try store.snapshot().forEachGroup(from: 1) { (group) throws(FileError) in
        count += 1
        if group.sequence == 3 { throw .notAStore("stop") }
      }
    }
    #expect(count == 3)
  }
}
