/// Reads CSV text row by row, in batches, with a header line.
///
/// Memory: the window of one batch, 256 KiB unless a single row is longer (16 MiB at most).
package final class CSVReader {
  /// The names of the columns, outer blanks cut off.
  package let header: [String]
  package let delimiter: UInt8
  package let name: String

  private let stream: any ByteStream
  private var scanner: CSVScanner
  private let windowByteCount: Int
  private let rowLimitByteCount: Int
  /// What follows the rows already delivered.
  private var rest: [UInt8] = []
  private var restOffset = 0
  private var ended = false

  /// The longest row, 16 MiB: a longer one is a quote that never closes.
  package static let rowLimitByteCount = 16 << 20

  /// Delimiters that `nil` chooses among.
  package static let delimiters: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// - Parameters:
  ///   - stream: UTF-8 without byte-order mark, as ``Transcoder`` gives it.
  ///   - delimiter: Nil chooses the one of `, ; tab |` that stands most often in the header line.
  ///   - windowByteCount: How much text a batch holds.
  ///   - rowLimitByteCount: How long one row may be.
  package init(
    _ stream: any ByteStream, delimiter: UInt8? = nil, windowByteCount: Int = ByteSource.bufferByteCount,
    rowLimitByteCount: Int = rowLimitByteCount
  ) throws(IntakeError) {
    self.stream = stream
    self.windowByteCount = windowByteCount
    self.rowLimitByteCount = rowLimitByteCount
    name = stream.name
    // The header line decides the delimiter, so it is found before there is one.
    var head: [UInt8] = []
    var headEnded = false
    var batch = RowBatch()
    var used = 0
    var chosen = delimiter ?? Self.delimiters[0]
    while true {
      let start = head.count
      head.append(contentsOf: repeatElement(0, count: windowByteCount))
      let count = try stream.read(into: &head, from: start)
      head.removeLast(windowByteCount - count)
      if count == 0 { headEnded = true }
      chosen = delimiter ?? Self.delimiter(of: head)
      var trial = CSVScanner(delimiter: chosen)
      batch.removeRows()
      batch.bytes = head
      used = trial.scan(&batch, from: 0, to: head.count, isLast: headEnded, offset: 0)
      if batch.count > 0 || headEnded { break }
      guard head.count < rowLimitByteCount else {
        throw .rowTooLong(path: stream.name, line: 1, limitBytes: rowLimitByteCount)
      }
    }
    guard batch.count > 0 else { throw .empty(path: stream.name) }
    self.delimiter = chosen
    header = (0..<batch.fieldCount(0)).map { Self.trimmed(batch.text(0, $0)) }
    if batch.count > 1 { used = Int(batch.rows[1].start) }
    scanner = CSVScanner(delimiter: chosen)
    // The line behind the header: that of the second row, blank lines between them included.
    scanner.line = batch.count > 1 ? batch.line(1) : Self.lineCount(head[..<used]) + 1
    rest = Array(head[used...])
    restOffset = used
    ended = headEnded
  }

  /// The columns' position by name; the first of equal names counts.
  package func column(_ name: String) -> Int? { header.firstIndex(of: name) }

  /// Replaces the contents of `batch` by the next rows.
  ///
  /// - Returns: false at the end of the text, with an empty batch.
  package func next(_ batch: inout RowBatch) throws(IntakeError) -> Bool {
    batch.removeRows()
    var filled = rest.count
    if batch.bytes.count < max(windowByteCount, filled + windowByteCount / 2) {
      batch.bytes = [UInt8](repeating: 0, count: max(windowByteCount, filled + windowByteCount / 2))
    }
    for (index, byte) in rest.enumerated() { batch.bytes[index] = byte }
    while true {
      while !ended, filled < batch.bytes.count {
        let count = try stream.read(into: &batch.bytes, from: filled)
        if count == 0 { ended = true }
        filled += count
        if batch.bytes.count - filled < 8 { break }
      }
      let line = scanner.line
      let used = scanner.scan(&batch, from: 0, to: filled, isLast: ended, offset: restOffset)
      if batch.count > 0 || ended {
        rest = ended ? [] : Array(batch.bytes[used..<filled])
        restOffset += ended ? filled : used
        return batch.count > 0
      }
      guard filled < rowLimitByteCount else {
        throw .rowTooLong(path: name, line: scanner.line, limitBytes: rowLimitByteCount)
      }
      // Blank lines in front were counted and will be again.
      scanner.line = line
      batch.bytes.append(contentsOf: repeatElement(0, count: batch.bytes.count))
    }
  }

  /// Bytes taken from the file as it lies on disk so far.
  package var bytesRead: Int { stream.bytesRead }

  private static func delimiter(of head: [UInt8]) -> UInt8 {
    var counts = [Int](repeating: 0, count: 256)
    var inQuotes = false
    for byte in head {
      if byte == CSVField.quote { inQuotes.toggle() }
      if !inQuotes, byte == 10 || byte == 13, counts.contains(where: { $0 > 0 }) { break }
      if !inQuotes { counts[Int(byte)] += 1 }
    }
    var best = delimiters[0]
    for candidate in delimiters where counts[Int(candidate)] > counts[Int(best)] { best = candidate }
    return best
  }

  private static func lineCount(_ text: ArraySlice<UInt8>) -> Int {
    var count = 0
    for index in text.indices {
      if text[index] == 10 || (text[index] == 13 && !(index + 1 < text.endIndex && text[index + 1] == 10)) {
        count += 1
      }
    }
    return count
  }

  private static func trimmed(_ name: String) -> String {
    var text = Substring(name)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
