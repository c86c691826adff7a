import Testing

@testable import Intake

struct MainRowsTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let mapping = """
    tz = "UTC"
    channel = "c"
    currency = "EUR"
    [order]
    number = "no"
    placed_at = "at"
    """

  /// The documents of a text as lists of the second column.
  private func documents(
    _ text: String, grouping: Mapping.Grouping, window: Int = 1 << 12, memory: Int = 1 << 20,
    byteLimit: Int = 1 << 20, hash: @escaping (Span<UInt8>) -> UInt64 = { KeyHash.of($0) }
  ) throws -> [[String]] {
    let reader = try CSVReader(BytePieces(text), windowByteCount: window)
    let mapping = try Mapping(Self.mapping, path: "m.toml").bound(to: [reader.header])
    let document = Document(mapping: mapping, headers: [reader.header], sides: [nil])
    document.byteLimit = byteLimit
    let key = DocumentKey(mapping)
    let main: any MainRows
    if grouping == .file {
      let table = SideTable(
        delimiter: reader.delimiter, temporaryDirectory: directory.path, memoryLimitByteCount: memory)
      main = try ScatteredRows(reader, key: key, table: table, hashKey: hash)
    } else {
      main = AdjacentRows(reader, key: key, groups: grouping == .contiguous)
    }
    var result: [[String]] = []
    while true {
      document.clear()
      guard try main.next(document) else { return result }
      result.append((0..<document.batches[0].count).map { document.batches[0].text($0, 1) })
    }
  }

  private static let text = "no,at\nA,1\nA,2\nB,3\n\"A\",4\nC,5\nB,6\n,7\n,8\nC,9\n"

  @Test func `without grouping each row is a document`() throws {
    #expect(try documents(Self.text, grouping: .none).count == 9)
  }

  @Test(arguments: [8, 20, 1 << 12])
  func `rows that follow one another are a document, across windows too`(window: Int) throws {
    let expected = [["1", "2"], ["3"], ["4"], ["5"], ["6"], ["7"], ["8"], ["9"]]
    #expect(try documents(Self.text, grouping: .contiguous, window: window) == expected)
  }

  @Test(arguments: [8, 1 << 12], [1, 1 << 20])
  func `rows anywhere in the file are a document, at its first row`(window: Int, memory: Int) throws {
    let expected = [["1", "2", "4"], ["3", "6"], ["5", "9"], ["7"], ["8"]]
    #expect(try documents(Self.text, grouping: .file, window: window, memory: memory) == expected)
  }

  @Test(arguments: [0, 1, 3] as [UInt64])
  func `documents whose keys share a hash stay apart`(mask: UInt64) throws {
    let found = try documents(Self.text, grouping: .file) { KeyHash.of($0) & mask }
    #expect(Set(found) == [["1", "2", "4"], ["3", "6"], ["5", "9"], ["7"], ["8"]])
    #expect(found.count == 5)
  }

  @Test(arguments: [Mapping.Grouping.contiguous, .file])
  func `a document larger than memory should hold is refused with its first line`(grouping: Mapping.Grouping) throws {
    let text = "no,at\nX,0\n" + String(repeating: "A,1\n", count: 1000)
    #expect(try documents(text, grouping: grouping, byteLimit: 3000).count == 2)
    #expect(throws: IntakeError.documentTooLarge(path: "main", line: 3, limitBytes: 2999)) {
      try documents(text, grouping: grouping, byteLimit: 2999)
    }
  }
}
