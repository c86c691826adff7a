package import Columns

/// A table in columns for a terminal or any monospaced place: title, heading, rows, notes and what holds for them.
///
/// With a width, whole columns are left out from the right until the rest fits, and their number is said; numbers
/// are never cut. Only text, and only when it stands in the one column left, ends in an ellipsis.
/// Memory: the table's text once, and eight bytes a cell.
package struct TerminalRenderer: TableRenderer {
  /// Cells available; nil for as many as it takes.
  package var width: Int?
  package var cells: ReadableCells
  package var textWidth: TerminalWidth
  package var style: TerminalStyle
  /// Whether the title and the names of the columns stand above.
  package var showsHeading: Bool
  /// Whether notes and meta stand below.
  package var showsFooter: Bool

  package init(
    width: Int? = nil, cells: ReadableCells = ReadableCells(), textWidth: TerminalWidth = TerminalWidth(),
    style: TerminalStyle = .plain, showsHeading: Bool = true, showsFooter: Bool = true
  ) {
    self.width = width
    self.cells = cells
    self.textWidth = textWidth
    self.style = style
    self.showsHeading = showsHeading
    self.showsFooter = showsFooter
  }

  package func append(_ table: Table, to bytes: inout [UInt8]) {
    if showsHeading, !table.title.isEmpty { appendLine(table.title, in: style.title, to: &bytes) }
    let layout = Layout(of: table, for: self)
    let shown = layout.columnsFitting(width)
    if showsHeading && shown > 0 {
      bytes.append(contentsOf: style.heading.utf8)
      layout.appendLine(0, columns: shown, cutTo: width, to: &bytes)
      bytes.append(contentsOf: style.reset.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    for row in 0..<table.rowCount {
      layout.appendLine(row + layout.headingLines, columns: shown, cutTo: width, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    if table.rowCount == 0 { appendLine(cells.wording.noRows, in: style.footer, to: &bytes) }
    if shown < table.columns.count {
      appendLine(cells.wording.hiddenColumns(table.columns.count - shown), in: style.footer, to: &bytes)
    }
    if showsFooter {
      for note in table.notes { appendLine(note, in: style.footer, to: &bytes) }
      appendMeta(table.meta, to: &bytes)
    }
  }

  private func appendLine(_ text: String, in sequence: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: sequence.utf8)
    bytes.append(contentsOf: TerminalText.harmless(text).utf8)
    if !sequence.isEmpty { bytes.append(contentsOf: style.reset.utf8) }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends the meta entries as `key value · key value`, a new line where the next one would not fit.
  private func appendMeta(_ meta: Metadata, to bytes: inout [UInt8]) {
    var parts: [String] = []
    collect(.object(meta), under: "", into: &parts)
    var line = ""
    for part in parts {
      let longer = line.isEmpty ? part : line + " · " + part
      if let width, !line.isEmpty, textWidth.cells(of: longer) > width {
        appendLine(line, in: style.footer, to: &bytes)
        line = part
      } else {
        line = longer
      }
    }
    if !line.isEmpty { appendLine(line, in: style.footer, to: &bytes) }
  }

  private func collect(_ value: MetadataValue, under path: String, into parts: inout [String]) {
    switch value {
    case .value(let value): parts.append(path + " " + readable(value))
    case .list(let elements):
      let isFlat = elements.allSatisfy { if case .value = $0 { true } else { false } }
      if isFlat {
        let texts = elements.map { if case .value(let value) = $0 { readable(value) } else { "" } }
        parts.append(path + " " + texts.joined(separator: ", "))
      } else {
        for element in elements { collect(element, under: path, into: &parts) }
      }
    case .object(let object):
      for entry in object.entries {
        let words = String(entry.key.map { $0 == "_" ? " " : $0 })
        collect(entry.value, under: path.isEmpty ? words : path + " " + words, into: &parts)
      }
    }
  }

  private func readable(_ value: Value) -> String {
    var bytes: [UInt8] = []
    cells.append(value, to: &bytes)
    return TerminalText.harmless(String(decoding: bytes, as: UTF8.self))
  }
}
