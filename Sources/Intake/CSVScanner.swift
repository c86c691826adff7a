/// Cuts CSV text into rows and fields.
///
/// Rows end with LF, CRLF or CR. A field that starts with a quote ends at the next single quote; two quotes are one. What
/// follows a closing quote, and quotes inside a field that does not start with one, are kept as text. Lines without any
/// byte are skipped. These are the rules of Python's `csv` module, whose reading of a file serves as the tests' oracle.
struct CSVScanner {
  let delimiter: UInt8
  /// The line at which the next row starts, counted from 1.
  var line = 1

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Appends the whole rows of `batch.bytes[start..<end]` to `batch`.
  ///
  /// - Parameters:
  ///   - isLast: Whether the text ends at `end`; otherwise a row that may go on behind it is left.
  ///   - offset: Where `batch.bytes[start]` stands in the text of the file.
  /// - Returns: where the first row that was left starts.
  mutating func scan(_ batch: inout RowBatch, from start: Int, to end: Int, isLast: Bool, offset: Int) -> Int {
    precondition(end < Int(RowBatch.endMask), "a batch holds less than 1 GiB")
    let text = batch.bytes
    let bytes = text.span
    let delimiter = self.delimiter
    var starts = batch.fieldStarts
    var ends = batch.fieldEnds
    var rows = batch.rows
    // Taken out and put back, so that no copy is made while they grow.
    batch.fieldStarts = []
    batch.fieldEnds = []
    batch.rows = []
    var line = self.line
    var index = start
    var rowStart = start

    scanning: while index < end {
      rowStart = index
      let rowLine = line
      let firstField = starts.count
      var isUnclosed = false
      if bytes[index] == 10 || bytes[index] == 13 {
        // A line without any byte; a CR at the end of the window waits for its LF.
        if bytes[index] == 13 {
          if index + 1 == end, !isLast { break scanning }
          if index + 1 < end, bytes[index + 1] == 10 { index += 1 }
        }
        index += 1
        line += 1
        rowStart = index
        continue
      }
      var rowEnd = end
      fields: while true {
        let fieldStart = index
        if index < end, bytes[index] == CSVField.quote {
          var hasEscapes = false
          index += 1
          while true {
            while index < end, bytes[index] != CSVField.quote {
              if bytes[index] == 10 || (bytes[index] == 13 && !(index + 1 < end && bytes[index + 1] == 10)) {
                line += 1
              }
              index += 1
            }
            if index == end {
              if !isLast { break }
              isUnclosed = true
              break
            }
            if index + 1 < end, bytes[index + 1] == CSVField.quote {
              hasEscapes = true
              index += 2
              continue
            }
            break
          }
          if index == end || (index + 1 == end && !isLast) {
            if !isLast { Self.drop(firstField, &starts, &ends); line = rowLine; break scanning }
            starts.append(UInt32(hasEscapes ? fieldStart : fieldStart + 1))
            ends.append(UInt32(end) | (hasEscapes ? RowBatch.escaped : RowBatch.quoted))
            rowEnd = end
            break fields
          }
          let closing = index
          index += 1
          if index == end || bytes[index] == delimiter || bytes[index] == 10 || bytes[index] == 13 {
            starts.append(UInt32(hasEscapes ? fieldStart : fieldStart + 1))
            ends.append(hasEscapes ? UInt32(index) | RowBatch.escaped : UInt32(closing) | RowBatch.quoted)
          } else {
            while index < end, bytes[index] != delimiter, bytes[index] != 10, bytes[index] != 13 { index += 1 }
            starts.append(UInt32(fieldStart))
            ends.append(UInt32(index) | RowBatch.escaped)
          }
        } else {
          while index < end {
            let byte = bytes[index]
            if byte == delimiter || byte == 10 || byte == 13 { break }
            index += 1
          }
          starts.append(UInt32(fieldStart))
          ends.append(UInt32(index))
        }
        if index == end {
          if !isLast { Self.drop(firstField, &starts, &ends); line = rowLine; break scanning }
          rowEnd = end
          break fields
        }
        if bytes[index] == delimiter {
          index += 1
          continue
        }
        rowEnd = index
        if bytes[index] == 13 {
          if index + 1 == end, !isLast { Self.drop(firstField, &starts, &ends); line = rowLine; break scanning }
          if index + 1 < end, bytes[index + 1] == 10 { index += 1 }
        }
        index += 1
        line += 1
        break fields
      }
      rows.append(
        RowBatch.Row(
          firstField: UInt32(firstField), fieldCount: UInt32(starts.count - firstField), start: UInt32(rowStart),
          end: UInt32(rowEnd), line: rowLine, offset: offset + rowStart - start, isUnclosed: isUnclosed))
      rowStart = index
    }
    self.line = line
    batch.fieldStarts = starts
    batch.fieldEnds = ends
    batch.rows = rows
    return rowStart
  }

  /// Takes back the fields of a row that is not whole yet.
  private static func drop(_ firstField: Int, _ starts: inout [UInt32], _ ends: inout [UInt32]) {
    starts.removeLast(starts.count - firstField)
    ends.removeLast(ends.count - firstField)
  }
}
