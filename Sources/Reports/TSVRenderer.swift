package import Columns

/// Tab-separated values, lines ended by LF; tab, line feed, carriage return and backslash in text as `\t \n \r \\`.
///
/// Null is an empty field. Numbers are written as in CSV.
package struct TSVRenderer: TableRenderer {
  package var heading: Heading
  /// Minor units instead of decimals.
  package var raw: Bool
  package var instants: InstantFormat

  package init(heading: Heading = .names, raw: Bool = false, instants: InstantFormat = .utc) {
    self.heading = heading
    self.raw = raw
    self.instants = instants
  }

  package func append(_ table: Table, to bytes: inout [UInt8]) {
    let cells = PlainCells(raw: raw, instants: instants)
    let headings = table.columns.compactMap(heading.text)
    for (index, text) in headings.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "\t")) }
      appendText(text, to: &bytes)
    }
    if !headings.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        if column > 0 { bytes.append(UInt8(ascii: "\t")) }
        switch table[row, column] {
        case .text(let text): appendText(text, to: &bytes)
        case .instant(let milliseconds): appendText(instants.text(milliseconds), to: &bytes)
        case .counts(let counts):
          var json: [UInt8] = []
          cells.append(.counts(counts), to: &json)
          appendText(String(decoding: json, as: UTF8.self), to: &bytes)
        case let value: cells.append(value, to: &bytes)
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  private func appendText(_ text: String, to bytes: inout [UInt8]) {
    let utf8 = text.utf8.span
    for index in utf8.indices {
      switch utf8[index] {
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case let byte: bytes.append(byte)
      }
    }
  }
}
