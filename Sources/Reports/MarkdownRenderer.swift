package import Columns

/// A Markdown table (GitHub's), under its title as a heading, the notes below.
///
/// Text stands as it is read: what Markdown or HTML would take for markup is escaped, line breaks become `<br>`.
package struct MarkdownRenderer: TableRenderer {
  package var cells: ReadableCells
  /// 1 to 6.
  package var headingLevel: Int
  /// Whether the title stands above; a table of Markdown cannot do without the names of its columns.
  package var showsTitle: Bool

  package init(cells: ReadableCells = ReadableCells(), headingLevel: Int = 2, showsTitle: Bool = true) {
    precondition((1...6).contains(headingLevel), "headings have levels 1 to 6")
    self.cells = cells
    self.headingLevel = headingLevel
    self.showsTitle = showsTitle
  }

  package func append(_ table: Table, to bytes: inout [UInt8]) {
    if showsTitle, !table.title.isEmpty {
      bytes.append(contentsOf: repeatElement(UInt8(ascii: "#"), count: headingLevel))
      bytes.append(UInt8(ascii: " "))
      bytes.appendMarkdown(table.title.utf8)
      bytes.append(contentsOf: "\n\n".utf8)
    }
    if !table.columns.isEmpty {
      bytes.append(UInt8(ascii: "|"))
      for column in table.columns {
        bytes.append(UInt8(ascii: " "))
        bytes.appendMarkdown(column.label.utf8)
        bytes.append(contentsOf: " |".utf8)
      }
      bytes.append(contentsOf: "\n|".utf8)
      for column in table.columns {
        bytes.append(contentsOf: (column.type.isRightAligned ? " ---: |" : " --- |").utf8)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    var scratch: [UInt8] = []
    for row in 0..<table.rowCount {
      bytes.append(UInt8(ascii: "|"))
      for column in table.columns.indices {
        scratch.removeAll(keepingCapacity: true)
        cells.append(table[row, column], to: &scratch)
        bytes.append(UInt8(ascii: " "))
        bytes.appendMarkdown(scratch)
        bytes.append(contentsOf: " |".utf8)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    for note in table.notes {
      bytes.append(UInt8(ascii: "\n"))
      bytes.appendMarkdown(note.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}

extension ColumnType {
  /// Whether cells are read from the right, as numbers are.
  var isRightAligned: Bool {
    switch self {
    case .integer, .ratio, .duration, .money, .number: true
    case .text, .boolean, .instant, .bucket, .counts: false
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendMarkdown(_ text: some Sequence<UInt8>) {
    var previous: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"),
        UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "~"), UInt8(ascii: "#"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "\r"): append(contentsOf: "<br>".utf8)
      case UInt8(ascii: "\n"): if previous != UInt8(ascii: "\r") { append(contentsOf: "<br>".utf8) }
      default: append(byte)
      }
      previous = byte
    }
  }
}
