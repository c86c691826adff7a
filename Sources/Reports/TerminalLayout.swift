internal import Columns

extension TerminalRenderer {
  /// Every cell of a table put into words and measured, heading first.
  struct Layout {
    /// The words of all cells, one after the other.
    private var text: [UInt8] = []
    /// Where each cell ends in `text`.
    private var ends: [Int] = []
    /// How many terminal cells each takes.
    private var widths: [UInt32] = []
    private var columnWidths: [Int]
    private let isRightAligned: [Bool]
    private let isText: [Bool]
    /// 1 when the heading is line 0, else 0.
    let headingLines: Int
    private let textWidth: TerminalWidth

    init(of table: Table, for renderer: TerminalRenderer) {
      columnWidths = Array(repeating: 0, count: table.columns.count)
      isRightAligned = table.columns.map(\.type.isRightAligned)
      isText = table.columns.map { [.text, .bucket, .counts].contains($0.type) }
      headingLines = renderer.showsHeading ? 1 : 0
      textWidth = renderer.textWidth
      let cellCount = (table.rowCount + headingLines) * table.columns.count
      ends.reserveCapacity(cellCount)
      widths.reserveCapacity(cellCount)
      if renderer.showsHeading {
        for (index, column) in table.columns.enumerated() { add(.text(column.label), at: index, renderer.cells) }
      }
      for row in 0..<table.rowCount {
        for column in table.columns.indices { add(table[row, column], at: column, renderer.cells) }
      }
    }

    private mutating func add(_ value: Value, at column: Int, _ cells: ReadableCells) {
      let start = text.count
      cells.append(value, to: &text)
      var isPlain = true
      for index in start..<text.count where !(0x20...0x7E).contains(text[index]) { isPlain = false }
      var width = text.count - start
      if !isPlain {
        let words = TerminalText.harmless(String(decoding: text[start...], as: UTF8.self))
        text.replaceSubrange(start..., with: words.utf8)
        width = textWidth.cells(of: words)
      }
      ends.append(text.count)
      widths.append(UInt32(width))
      columnWidths[column] = max(columnWidths[column], width)
    }

    /// How many columns from the left fit into `width`; at least one.
    func columnsFitting(_ width: Int?) -> Int {
      guard let width else { return columnWidths.count }
      var used = 0
      for (index, columnWidth) in columnWidths.enumerated() {
        used += columnWidth + (index > 0 ? 2 : 0)
        if used > width { return max(index, 1) }
      }
      return columnWidths.count
    }

    /// Appends one line without spaces at its end.
    func appendLine(_ line: Int, columns: Int, cutTo limit: Int?, to bytes: inout [UInt8]) {
      var spaces = 0
      for column in 0..<columns {
        let cell = line * columnWidths.count + column
        let start = cell == 0 ? 0 : ends[cell - 1]
        let end = ends[cell]
        let width = Int(widths[cell])
        let padding = columnWidths[column] - width
        if column > 0 { spaces += 2 }
        if columns == 1, isText[column], let limit, columnWidths[column] > limit {
          let words = String(decoding: text[start..<end], as: UTF8.self)
          bytes.append(contentsOf: TerminalText.cut(words, to: limit, width: textWidth).utf8)
          return
        }
        if isRightAligned[column] { spaces += padding }
        if start < end {
          bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: spaces))
          bytes.append(contentsOf: text[start..<end])
          spaces = 0
        } else {
          spaces += width
        }
        if !isRightAligned[column] { spaces += padding }
      }
    }
  }
}
