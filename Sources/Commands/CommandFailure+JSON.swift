internal import Columns
internal import Reports

extension CommandFailure {
  /// One line of JSON: `{"error":{"code","message","hint","exit"}}`.
  var json: String {
    var table = Table(
      title: "",
      columns: [
        Column("code", type: .text), Column("message", type: .text), Column("hint", type: .text),
        Column("exit", type: .integer),
      ], rows: [], meta: Metadata(), notes: [])
    table.append([
      .text(code), .text(message), hint.map { .text($0) } ?? .null, .integer(Int64(status.rawValue)),
    ])
    var line = String(decoding: JSONLinesRenderer().bytes(of: table), as: UTF8.self)
    while line.last == "\n" { line.removeLast() }
    return "{\"error\":\(line)}"
  }
}
