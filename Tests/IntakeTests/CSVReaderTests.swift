import Foundation
import Intake
import Testing

struct CSVReaderTests {
  private struct Row: Hashable {
    var line: Int
    var offset: Int
    var fields: [String]
  }

  private func rows(
    _ text: String, delimiter: UInt8? = nil, window: Int = 1 << 12, piece: Int = 1 << 20
  ) throws -> (header: [String], rows: [Row]) {
    let reader = try CSVReader(
      BytePieces(text, pieceByteCount: piece), delimiter: delimiter, windowByteCount: window)
    var batch = RowBatch()
    var rows: [Row] = []
    while try reader.next(&batch) {
      for row in 0..<batch.count {
        let fields = (0..<batch.fieldCount(row)).map { batch.text(row, $0) }
        rows.append(Row(line: batch.line(row), offset: batch.offset(row), fields: fields))
      }
    }
    return (reader.header, rows)
  }

  @Test(arguments: [8, 9, 13, 64, 1 << 12])
  func `rows are those of Python's csv module at every window size`(window: Int) throws {
    for example in PythonCSVCase.all {
      let found = try rows("h\n" + example.text, delimiter: UInt8(ascii: ","), window: window).rows.map(\.fields)
      #expect(found == example.rows, "\(example.text.debugDescription)")
    }
  }

  @Test(arguments: [8, 11, 100, 1 << 12], [1, 7, 1 << 20])
  func `each row knows its line and its byte`(window: Int, piece: Int) throws {
    let text = "a,b\r\n\r\n1,\"x\ny\"\r\n2,\"p\r\nq\"\n\n3,z\r4,é\n"
    let expected = [
      Row(line: 3, offset: 7, fields: ["1", "x\ny"]), Row(line: 5, offset: 16, fields: ["2", "p\r\nq"]),
      Row(line: 8, offset: 26, fields: ["3", "z"]), Row(line: 9, offset: 30, fields: ["4", "é"]),
    ]
    #expect(try rows(text, window: window, piece: piece).rows == expected)
  }

  @Test(arguments: [
    (",", "a,b;c,d"), (";", "a;b,c;d"), ("\t", "a\tb\tc"), ("|", "a|b"), (",", "\"x;y;z\",b"), (",", "single"),
  ])
  func `the delimiter is the one that stands most often in the header`(delimiter: String, header: String) throws {
    let reader = try CSVReader(BytePieces(header + "\n1,1,1;1;1;1;1;1\n"))
    #expect(reader.delimiter == Array(delimiter.utf8)[0])
  }

  @Test func `header names lose outer blanks and quotes`() throws {
    #expect(try rows("\" a \", b,\"c\"\"d\"\n").header == ["a", "b", "c\"d"])
  }

  @Test func `a file with only a header has no rows, an empty file is refused`() throws {
    #expect(try rows("a,b").rows.isEmpty)
    #expect(throws: IntakeError.empty(path: "memory")) { try rows("") }
    #expect(throws: IntakeError.empty(path: "memory")) { try rows("\n\r\n") }
  }

  @Test func `short and long rows are rows, with the fields they have`() throws {
    let found = try rows("a,b\n1\n1,2,3\n").rows
    #expect(found.map(\.fields) == [["1"], ["1", "2", "3"]])
    let reader = try CSVReader(BytePieces("a,b\n1\n"))
    var batch = RowBatch()
    #expect(try reader.next(&batch))
    #expect(batch.text(0, 1) == "")
    #expect(batch.isEmpty(0, 1))
  }

  @Test func `a quote that never closes is marked on the row that opens it`() throws {
    let reader = try CSVReader(BytePieces("a,b\n1,2\n3,\"4\n5,6\n"), windowByteCount: 8)
    var batch = RowBatch()
    var marks: [Int: Bool] = [:]
    while try reader.next(&batch) {
      for row in 0..<batch.count { marks[batch.line(row)] = batch.isUnclosed(row) }
    }
    #expect(marks == [2: false, 3: true])
  }

  @Test func `a row longer than the limit stops the reading with its line`() throws {
    let reader = try CSVReader(
      BytePieces("a\n1\n\"" + String(repeating: "x", count: 5000)), windowByteCount: 64, rowLimitByteCount: 1000)
    var batch = RowBatch()
    #expect(try reader.next(&batch))
    #expect(throws: IntakeError.rowTooLong(path: "memory", line: 3, limitBytes: 1000)) { try reader.next(&batch) }
  }

  @Test func `a row longer than the window is one row`() throws {
    let long = String(repeating: "xyz,", count: 10_000)
    #expect(try rows("a\n\"\(long)\"\n2\n", window: 64).rows.map(\.fields) == [[long], ["2"]])
  }

  @Test func `raw fields and rows are the bytes of the file`() throws {
    let reader = try CSVReader(BytePieces("a,b,c\n\"1\",\"x\"\"y\",z\r\n"))
    var batch = RowBatch()
    #expect(try reader.next(&batch))
    #expect((0..<3).map { String(decoding: batch.rawField(0, $0), as: UTF8.self) } == ["\"1\"", "\"x\"\"y\"", "z"])
    #expect(String(decoding: batch.rawRow(0), as: UTF8.self) == "\"1\",\"x\"\"y\",z")
    let length = batch.withField(0, 1) { $0.count }
    #expect(length == 3)
  }
}
