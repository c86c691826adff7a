/// Rows that did not go in, as they stood, each with where it stood and why.
///
/// Of a CSV file: `NAME.rejects.csv`, the original columns untouched and behind them `_line,_code,_column,_value,_reason`;
/// mapped like the original, it goes straight back in, for columns of these names are ignored. Of JSON Lines:
/// `NAME.rejects.jsonl`, objects of `line`, `offset`, `code`, `column`, `value`, `reason` and the line as `raw`.
/// Nothing is written, and no file made, before the first reject.
package final class RejectFile {
  /// The columns added behind the original ones.
  package static let columns = ["_line", "_code", "_column", "_value", "_reason"]

  /// Where the rejects go.
  package let path: String
  /// The rows written so far.
  package private(set) var count = 0

  private let kind: Kind
  private var file: FileDescriptor?
  private var buffer: [UInt8] = []

  private enum Kind {
    case csv(header: [String], kept: [Int], delimiter: UInt8, byteOrderMark: Bool)
    case jsonLines
  }

  /// Rejects of a CSV file with these columns.
  ///
  /// - Parameter byteOrderMark: Whether to say by a mark that the rejects are UTF-8, for a file that was not.
  package init(csv path: String, header: [String], delimiter: UInt8, byteOrderMark: Bool = false) {
    self.path = path
    let kept = header.indices.filter { !Self.columns.contains(header[$0]) }
    kind = .csv(header: header, kept: kept, delimiter: delimiter, byteOrderMark: byteOrderMark)
  }

  /// Rejects of a JSON Lines file.
  package init(jsonLines path: String) {
    self.path = path
    kind = .jsonLines
  }

  /// The rejects file that belongs to a file, in the same directory: `march.csv.gz` has `march.rejects.csv`. Rejects of
  /// a rejects file replace it.
  package static func path(for path: String, isJSON: Bool) -> String {
    var stem = Substring(path)
    if path == "-" { stem = "stdin" }
    for suffix in [".gz", ".zst", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".rejects"]
    where stem.hasSuffix(suffix) {
      stem.removeLast(suffix.count)
    }
    return stem + (isJSON ? ".rejects.jsonl" : ".rejects.csv")
  }

  /// Writes one row.
  package func append(_ batch: RowBatch, _ row: Int, _ problem: RowProblem) throws(IntakeError) {
    if file == nil { try start() }
    switch kind {
    case .csv(let header, let kept, let delimiter, _):
      for column in kept {
        if batch.isUnclosed(row) {
          // As it stands it would swallow the rows behind it here too.
          CSVField.append(batch.text(row, column), delimiter: delimiter, to: &buffer)
        } else {
          buffer.append(contentsOf: batch.rawField(row, column))
        }
        buffer.append(delimiter)
      }
      var value = problem.value
      // More fields than columns: the surplus may not be lost, and has no column but this.
      if batch.fieldCount(row) > header.count {
        let surplus = (header.count..<batch.fieldCount(row)).map { batch.text(row, $0) }
        value = surplus.joined(separator: String(Unicode.Scalar(delimiter)))
      }
      let added = [String(batch.line(row)), problem.code.rawValue, problem.column, value, problem.reason]
      for (index, text) in added.enumerated() {
        if index > 0 { buffer.append(delimiter) }
        CSVField.append(text, delimiter: delimiter, to: &buffer)
      }
    case .jsonLines:
      appendJSON(line: batch.line(row), offset: batch.offset(row), raw: batch.rawRow(row), problem)
    }
    try endRow()
  }

  /// Writes one line that is no JSON.
  package func append(_ line: JSONLinesReader.Line, _ problem: RowProblem) throws(IntakeError) {
    if file == nil { try start() }
    appendJSON(line: line.line, offset: line.offset, raw: line.raw, problem)
    try endRow()
  }

  /// Writes out what is buffered.
  package func finish() throws(IntakeError) {
    guard let file, !buffer.isEmpty else { return }
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func start() throws(IntakeError) {
    file = try FileDescriptor(writing: path)
    guard case .csv(let header, let kept, let delimiter, let byteOrderMark) = kind else { return }
    if byteOrderMark { buffer.append(contentsOf: [0xEF, 0xBB, 0xBF]) }
    for (index, name) in (kept.map { header[$0] } + Self.columns).enumerated() {
      if index > 0 { buffer.append(delimiter) }
      CSVField.append(name, delimiter: delimiter, to: &buffer)
    }
    buffer.append(10)
  }

  private func endRow() throws(IntakeError) {
    buffer.append(10)
    count += 1
    if buffer.count >= 64 << 10 { try finish() }
  }

  private func appendJSON(line: Int, offset: Int, raw: ArraySlice<UInt8>, _ problem: RowProblem) {
    var text = "{\"line\":\(line),\"offset\":\(offset),\"code\":\"\(problem.code.rawValue)\""
    text += ",\"column\":\(Self.quoted(problem.column)),\"value\":\(Self.quoted(problem.value))"
    text += ",\"reason\":\(Self.quoted(problem.reason)),\"raw\":\(Self.quoted(String(decoding: raw, as: UTF8.self)))}"
    buffer.append(contentsOf: text.utf8)
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
