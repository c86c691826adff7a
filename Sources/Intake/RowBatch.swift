/// Rows of text fields over one buffer of bytes.
///
/// A field is a range of the buffer, so reading a row allocates nothing. Every reader of this module delivers rows in
/// this form, and a batch is used again for the next rows, with the memory it has.
package struct RowBatch: Sendable {
  /// The text the rows stand in.
  var bytes: [UInt8] = []
  /// Where each field starts, rows one after another.
  var fieldStarts: [UInt32] = []
  /// Where each field ends, with ``quoted`` and ``escaped`` as flags.
  var fieldEnds: [UInt32] = []
  /// One entry a row: where its fields start in the two lists above, where its text starts and ends, its line.
  var rows: [Row] = []
  /// A row of a batch.
  struct Row: Sendable {
    var firstField: UInt32
    var fieldCount: UInt32
    var start: UInt32
    var end: UInt32
    var line: Int
    /// Where the row starts in the text of its file.
    var offset: Int
    /// The text ended within quotes that began in this row.
    var isUnclosed: Bool
  }

  /// The field stood in quotes, its range is what they enclose.
  static let quoted: UInt32 = 1 << 30
  /// The field has quotes inside, its range is the raw text and must be unescaped.
  static let escaped: UInt32 = 1 << 31
  static let endMask: UInt32 = (1 << 30) - 1

  package init() {}

  /// The rows in the batch.
  package var count: Int { rows.count }

  /// The fields of a row, which may be fewer or more than the header has.
  package func fieldCount(_ row: Int) -> Int { Int(rows[row].fieldCount) }

  /// The line on which a row starts, counted from 1.
  package func line(_ row: Int) -> Int { rows[row].line }

  /// The byte of the text at which a row starts, counted from 0.
  package func offset(_ row: Int) -> Int { rows[row].offset }

  /// Whether the text ended within quotes that began in this row.
  package func isUnclosed(_ row: Int) -> Bool { rows[row].isUnclosed }

  /// Lends the text of a field, without quotes; a column past the end of a short row is empty.
  package func withField<Result, Failure: Error>(
    _ row: Int, _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let entry = rows[row]
    guard column < entry.fieldCount else { return try body(Span()) }
    let field = Int(entry.firstField) + column
    let end = fieldEnds[field]
    let range = Int(fieldStarts[field])..<Int(end & Self.endMask)
    if end & Self.escaped != 0 {
      let plain = CSVField.unescaped(bytes, range)
      return try body(plain.span)
    }
    return try body(bytes.span.extracting(range))
  }

  /// The text of a field as a string.
  package func text(_ row: Int, _ column: Int) -> String {
    let entry = rows[row]
    guard column < entry.fieldCount else { return "" }
    let field = Int(entry.firstField) + column
    let end = fieldEnds[field]
    let range = Int(fieldStarts[field])..<Int(end & Self.endMask)
    if end & Self.escaped != 0 { return String(decoding: CSVField.unescaped(bytes, range), as: UTF8.self) }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Whether a field has no text.
  package func isEmpty(_ row: Int, _ column: Int) -> Bool {
    let entry = rows[row]
    guard column < entry.fieldCount else { return true }
    let field = Int(entry.firstField) + column
    // A raw range that needs unescaping may enclose nothing but quotes.
    if fieldEnds[field] & Self.escaped != 0 { return text(row, column).isEmpty }
    return fieldStarts[field] == fieldEnds[field] & Self.endMask
  }

  /// The raw text of a field as it stands in the file, quotes included.
  package func rawField(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    let entry = rows[row]
    guard column < entry.fieldCount else { return [] }
    let field = Int(entry.firstField) + column
    let end = fieldEnds[field]
    let start = Int(fieldStarts[field])
    let plainEnd = Int(end & Self.endMask)
    guard end & Self.quoted != 0 else { return bytes[start..<plainEnd] }
    // A field whose quote never closes has no quote behind it.
    return bytes[start - 1..<min(plainEnd + 1, Int(entry.end))]
  }

  /// The raw text of a row without its line end.
  package func rawRow(_ row: Int) -> ArraySlice<UInt8> { bytes[Int(rows[row].start)..<Int(rows[row].end)] }

  /// Forgets all rows and keeps the memory.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    removeRows()
  }

  /// Forgets the rows and keeps the text.
  mutating func removeRows() {
    fieldStarts.removeAll(keepingCapacity: true)
    fieldEnds.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Appends a row of ready-made fields, for readers of other formats; `raw` is its text in the file.
  mutating func append(fields: [String], raw: ArraySlice<UInt8>, line: Int, offset: Int) {
    let start = UInt32(bytes.count)
    bytes.append(contentsOf: raw)
    let end = UInt32(bytes.count)
    let firstField = UInt32(fieldStarts.count)
    for field in fields {
      fieldStarts.append(UInt32(bytes.count))
      bytes.append(contentsOf: field.utf8)
      fieldEnds.append(UInt32(bytes.count))
    }
    rows.append(
      Row(
        firstField: firstField, fieldCount: UInt32(fields.count), start: start, end: end, line: line, offset: offset,
        isUnclosed: false))
  }

  /// Appends a row of another batch.
  mutating func append(_ row: Int, of other: borrowing RowBatch) {
    var entry = other.rows[row]
    let start = UInt32(bytes.count)
    let firstField = UInt32(fieldStarts.count)
    let fields = Int(entry.firstField)..<Int(entry.firstField + entry.fieldCount)
    // Fields of ready-made rows stand behind their raw text.
    let end = max(Int(entry.end), fields.isEmpty ? 0 : Int(other.fieldEnds[fields.upperBound - 1] & Self.endMask))
    bytes.append(contentsOf: other.bytes[Int(entry.start)..<end])
    for field in fields {
      fieldStarts.append(other.fieldStarts[field] - entry.start + start)
      fieldEnds.append(other.fieldEnds[field] - entry.start + start)
    }
    entry.end = entry.end - entry.start + start
    entry.start = start
    entry.firstField = firstField
    rows.append(entry)
  }

  /// Appends a row given as CSV text without its line end.
  mutating func append(csv raw: ArraySlice<UInt8>, delimiter: UInt8, line: Int, offset: Int) {
    let start = bytes.count
    bytes.append(contentsOf: raw)
    var scanner = CSVScanner(delimiter: delimiter)
    scanner.line = line
    _ = scanner.scan(&self, from: start, to: bytes.count, isLast: true, offset: offset)
  }

  private func range(_ row: Int, _ column: Int) -> Range<Int> {
    let entry = rows[row]
    guard column < entry.fieldCount else { return 0..<0 }
    let field = Int(entry.firstField) + column
    return Int(fieldStarts[field])..<Int(fieldEnds[field] & Self.endMask)
  }

  /// Takes back the last row and its text.
  mutating func removeLast() {
    guard let last = rows.popLast() else { return }
    fieldStarts.removeLast(fieldStarts.count - Int(last.firstField))
    fieldEnds.removeLast(fieldEnds.count - Int(last.firstField))
    bytes.removeLast(bytes.count - Int(last.start))
  }

  /// Whether two fields of two rows have the same text as it stands, quotes around it aside.
  func hasEqualField(_ column: Int, _ row: Int, _ other: Int) -> Bool {
    let left = range(row, column)
    let right = range(other, column)
    guard left.count == right.count else { return false }
    let text = bytes.span
    for offset in 0..<left.count
    where text[left.lowerBound + offset] != text[right.lowerBound + offset] { return false }
    return true
  }
}
