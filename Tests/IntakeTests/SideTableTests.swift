import Testing

@testable import Intake

struct SideTableTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A table of `count` rows `k,v` whose keys repeat every `keys` rows, and its rows by key.
  private func filled(
    _ count: Int, keys: Int, memory: Int, hash: (Span<UInt8>) -> UInt64 = { KeyHash.of($0) }
  ) throws -> (SideTable, [String: [String]]) {
    let table = SideTable(
      delimiter: 44, temporaryDirectory: directory.path, memoryLimitByteCount: memory)
    var expected: [String: [String]] = [:]
    for row in 0..<count {
      let key = "k\(row * 7 % keys)"
      let text = "\(key),\"v\n\(row)\""
      try table.append(Array(text.utf8)[...], hash: hash(Array(key.utf8).span), line: row * 2 + 2, offset: row * 10)
      expected[key, default: []].append("v\n\(row)")
    }
    try table.finish()
    return (table, expected)
  }

  private func rows(_ table: SideTable, _ key: String) throws -> [String] {
    var batch = RowBatch()
    for position in table.candidates(KeyHash.of(Array(key.utf8).span)) { try table.load(position, into: &batch) }
    return (0..<batch.count).filter { batch.text($0, 0) == key }.map { batch.text($0, 1) }
  }

  @Test(arguments: [1 << 20, 1000, 1])
  func `rows of a key come back in the order of the file, from memory and from the temporary file`(memory: Int) throws {
    let (table, expected) = try filled(3000, keys: 501, memory: memory)
    #expect(table.count == 3000)
    for (key, values) in expected { #expect(try rows(table, key) == values) }
    #expect(try rows(table, "none") == [])
  }

  @Test func `a row keeps its line and its byte`() throws {
    let (table, _) = try filled(100, keys: 100, memory: 1)
    var batch = RowBatch()
    try table.load(try #require(table.candidates(KeyHash.of(Array("k7".utf8).span)).first), into: &batch)
    #expect(batch.line(0) == 4)
    #expect(batch.offset(0) == 10)
    #expect(String(decoding: batch.rawRow(0), as: UTF8.self) == "k7,\"v\n1\"")
  }

  @Test func `an empty table has no candidates`() throws {
    let (table, _) = try filled(0, keys: 1, memory: 1)
    #expect(table.candidates(5).isEmpty)
    #expect(try table.step(at: 0) == nil)
    #expect(table.unusedCount == 0)
  }

  @Test func `the walk visits all rows in the order of the file`() throws {
    let (table, _) = try filled(1000, keys: 10, memory: 500)
    var batch = RowBatch()
    var position = 0
    while let step = try table.step(at: position) {
      try table.load(at: step.offset, into: &batch)
      position = step.next
    }
    #expect((0..<batch.count).map { batch.text($0, 1) } == (0..<1000).map { "v\n\($0)" })
  }

  @Test func `rows that nobody asked for are known`() throws {
    let (table, _) = try filled(10, keys: 10, memory: 1)
    for position in table.candidates(KeyHash.of(Array("k3".utf8).span)) { table.markUsed(position) }
    #expect(table.unusedCount == 9)
    #expect(table.unusedPositions.count == 9)
  }

  @Test func `the temporary file leaves no name behind, and a missing directory is told`() throws {
    _ = try filled(1000, keys: 10, memory: 1)
    #expect(try directory.names().isEmpty)
    let table = SideTable(delimiter: 44, temporaryDirectory: directory.path + "/none", memoryLimitByteCount: 1)
    #expect(throws: IntakeError.unwritable(path: directory.path + "/none", reason: "No such file or directory")) {
      try table.append(Array("a".utf8)[...], hash: 1, line: 1, offset: 0)
    }
  }
}
