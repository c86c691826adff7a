package import Columns

/// Comma-separated values (RFC 4180), one heading, lines ended by LF.
///
/// Null is an empty field and an empty text `""`, as PostgreSQL's COPY reads them. Durations are milliseconds,
/// amounts decimals, ratios decimals of up to twelve significant digits, counts a JSON object.
package struct CSVRenderer: TableRenderer {
  package var heading: Heading
  /// For Excel: a byte-order mark, CRLF, and an apostrophe before text that would be taken for a formula.
  package var excel: Bool
  /// Minor units instead of decimals.
  package var raw: Bool
  package var instants: InstantFormat

  package init(
    heading: Heading = .names, excel: Bool = false, raw: Bool = false, instants: InstantFormat = .utc
  ) {
    self.heading = heading
    self.excel = excel
    self.raw = raw
    self.instants = instants
  }

  package func append(_ table: Table, to bytes: inout [UInt8]) {
    let cells = PlainCells(raw: raw, instants: instants)
    if excel { bytes.append(contentsOf: "\u{FEFF}".utf8) }
    let headings = table.columns.compactMap(heading.text)
    for (index, text) in headings.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendText(text, to: &bytes)
    }
    if !headings.isEmpty { endLine(&bytes) }
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        if column > 0 { bytes.append(UInt8(ascii: ",")) }
        switch table[row, column] {
        case .null where table.columns.count == 1:
          // An empty line would be skipped by many readers.
          bytes.append(contentsOf: "\"\"".utf8)
        case .text(let text): appendText(text, to: &bytes)
        case .instant(let milliseconds): appendText(instants.text(milliseconds), to: &bytes)
        case .counts(let counts):
          var json: [UInt8] = []
          cells.append(.counts(counts), to: &json)
          appendText(String(decoding: json, as: UTF8.self), to: &bytes)
        case let value: cells.append(value, to: &bytes)
        }
      }
      endLine(&bytes)
    }
  }

  private func endLine(_ bytes: inout [UInt8]) {
    if excel { bytes.append(UInt8(ascii: "\r")) }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends a text, in quotes where it needs them.
  private func appendText(_ text: String, to bytes: inout [UInt8]) {
    let utf8 = text.utf8.span
    var needsQuotes = utf8.isEmpty
    for index in utf8.indices {
      switch utf8[index] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): needsQuotes = true
      default: break
      }
    }
    if needsQuotes { bytes.append(UInt8(ascii: "\"")) }
    if excel, let first = text.utf8.first, Self.startsFormula(first) { bytes.append(UInt8(ascii: "'")) }
    if needsQuotes {
      for index in utf8.indices {
        if utf8[index] == UInt8(ascii: "\"") { bytes.append(UInt8(ascii: "\"")) }
        bytes.append(utf8[index])
      }
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: text.utf8)
    }
  }

  /// Whether a spreadsheet may take text that begins so for a formula.
  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
      UInt8(ascii: "\r"):
      true
    default: false
    }
  }
}
