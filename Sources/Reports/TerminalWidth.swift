/// How many cells of a terminal a text takes, from Unicode 15 alone.
///
/// A grapheme that begins with a wide scalar takes two cells whatever follows, as does one that asks for emoji
/// presentation or is a flag; any other takes the cells of its scalars, as most terminals count Indic clusters.
package struct TerminalWidth: Sendable {
  /// Cells of a scalar that is wide in East Asian fonts only: 1 or 2.
  package var ambiguous: Int

  package init(ambiguous: Int = 1) {
    precondition((1...2).contains(ambiguous), "an ambiguous scalar takes one cell or two")
    self.ambiguous = ambiguous
  }

  /// The cells of a text without control characters.
  ///
  /// Cost: a table look-up a scalar for most scripts, grapheme breaking for the rest.
  package func cells(of text: some StringProtocol) -> Int {
    var cells = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20...0x7E: cells += 1
      // Kana, Han, Hangul syllables, full-width forms: each of these is a grapheme unless a mark follows.
      case 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60: cells += 2
      default: return cellsByGrapheme(of: text)
      }
    }
    return cells
  }

  func cellsByGrapheme(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + cells(of: $1) }
  }

  /// The cells of one grapheme.
  package func cells(of character: Character) -> Int {
    var cells = 0
    var isFirst = true
    for scalar in character.unicodeScalars {
      let isEmojiSelector = scalar.value == 0xFE0F
      let isRegionalIndicator = (0x1F1E6...0x1F1FF).contains(scalar.value)
      if !isFirst && (isEmojiSelector || isRegionalIndicator) { return 2 }
      let width = self.cells(of: scalar)
      if isFirst && width == 2 { return 2 }
      cells += width
      isFirst = false
    }
    return cells
  }

  /// The cells of one scalar: 0, 1 or 2.
  package func cells(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x7F { return 1 }
    // The last range that begins at or before the scalar.
    var low = 0
    var high = Self.ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if Self.ranges[2 * middle] <= value { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 1 }
    let packed = Self.ranges[2 * low - 1]
    guard value <= packed >> 2 else { return 1 }
    return packed & 3 == 3 ? ambiguous : Int(packed & 3)
  }
}
