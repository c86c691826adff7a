import Intake
import Testing

struct RejectFileTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func batch(_ text: String) throws -> (reader: CSVReader, batch: RowBatch) {
    let reader = try CSVReader(BytePieces(text))
    var batch = RowBatch()
    _ = try reader.next(&batch)
    return (reader, batch)
  }

  private let problem = RowProblem(.badAmount, column: "price", value: "1,x", reason: "not a number")

  @Test func `original columns stand untouched before line, code, column, value and reason`() throws {
    let (reader, batch) = try batch("no;\"price\"\n \"1\";\"1,x\"\n2;\"a\"\"b\"\n")
    let rejects = RejectFile(csv: directory.path + "/r.csv", header: reader.header, delimiter: reader.delimiter)
    try rejects.append(batch, 0, problem)
    try rejects.append(batch, 1, RowProblem(.refused, value: "x;y", reason: "said \"no\""))
    try rejects.finish()
    #expect(
      try directory.text("r.csv") == """
        no;price;_line;_code;_column;_value;_reason
         "1";"1,x";2;OB2103;price;1,x;not a number
        2;"a""b";3;OB2113;;"x;y";"said ""no""\"

        """)
    #expect(rejects.count == 2)
  }

  @Test func `fed back, the added columns are dropped and written anew`() throws {
    let (reader, batch) = try batch("no,price,_line,_code,_column,_value,_reason\n1,x,9,OB2103,price,x,not a number\n")
    let rejects = RejectFile(csv: directory.path + "/r.csv", header: reader.header, delimiter: reader.delimiter)
    try rejects.append(batch, 0, problem)
    try rejects.finish()
    #expect(
      try directory.text("r.csv")
        == "no,price,_line,_code,_column,_value,_reason\n1,x,2,OB2103,price,\"1,x\",not a number\n")
  }

  @Test func `fields beyond the header are kept in the value`() throws {
    let (reader, batch) = try batch("a,b\n1,2,3,4\n1\n")
    let rejects = RejectFile(csv: directory.path + "/r.csv", header: reader.header, delimiter: reader.delimiter)
    try rejects.append(batch, 0, RowProblem(.raggedRow, reason: "4 fields, not 2"))
    try rejects.append(batch, 1, RowProblem(.raggedRow, reason: "1 field, not 2"))
    try rejects.finish()
    #expect(
      try directory.text("r.csv")
        == "a,b,_line,_code,_column,_value,_reason\n1,2,2,OB2101,,\"3,4\",\"4 fields, not 2\"\n1,,3,OB2101,,,\"1 field, not 2\"\n"
    )
  }

  @Test func `a mark tells that rejects of a file in another encoding are UTF-8`() throws {
    let (reader, batch) = try batch("a\n1\n")
    let path = directory.path + "/r.csv"
    let rejects = RejectFile(csv: path, header: reader.header, delimiter: reader.delimiter, byteOrderMark: true)
    try rejects.append(batch, 0, problem)
    try rejects.finish()
    #expect(try ByteSource(path: path).readAll().starts(with: [0xEF, 0xBB, 0xBF]))
  }

  @Test func `rejects of JSON Lines are objects with the raw line`() throws {
    let reader = JSONLinesReader(BytePieces("{}\n{\"a\":\t1\n"))
    _ = try reader.next()
    let line = try #require(try reader.next())
    let rejects = RejectFile(jsonLines: directory.path + "/r.jsonl")
    try rejects.append(line, RowProblem(.badJSON, reason: "cut"))
    try rejects.finish()
    let expected = #"{"line":2,"offset":3,"code":"OB2107","column":"","value":"","reason":"cut","raw":"{\"a\":\t1"}"#
    #expect(try directory.text("r.jsonl") == expected + "\n")
  }

  @Test func `without rejects there is no file, and a directory that is not there is told`() throws {
    let none = RejectFile(csv: directory.path + "/r.csv", header: ["a"], delimiter: 44)
    try none.finish()
    #expect(!directory.exists("r.csv"))
    let (_, batch) = try batch("a\n1\n")
    let path = directory.path + "/none/r.csv"
    let lost = RejectFile(csv: path, header: ["a"], delimiter: 44)
    #expect { try lost.append(batch, 0, problem) } throws: { error in
      guard case IntakeError.unwritable(path, _) = error else { return false }
      return true
    }
  }

  @Test(arguments: [
    ("march.csv.gz", false, "march.rejects.csv"), ("d/march.csv", false, "d/march.rejects.csv"),
    ("march.rejects.csv", false, "march.rejects.csv"), ("a.jsonl.zst", true, "a.rejects.jsonl"),
    ("-", false, "stdin.rejects.csv"),
  ])
  func `the rejects of a file lie beside it`(path: String, isJSON: Bool, expected: String) {
    #expect(RejectFile.path(for: path, isJSON: isJSON) == expected)
  }
}
