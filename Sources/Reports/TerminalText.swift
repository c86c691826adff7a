/// Makes text from outside harmless for a terminal: what would move the cursor or turn the writing direction is
/// replaced by a visible sign.
enum TerminalText {
  /// The text with control pictures for control characters; itself when there are none.
  static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { replacement(for: $0) != nil }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(replacement(for: scalar) ?? scalar) }
    return String(scalars)
  }

  /// The beginning of the text that fits into `cells`, the last of them an ellipsis where something was left out.
  static func cut(_ text: String, to cells: Int, width: TerminalWidth) -> String {
    guard width.cells(of: text) > cells else { return text }
    let ellipsis: Character = "…"
    let room = cells - width.cells(of: ellipsis)
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      used += width.cells(of: text[end])
      if used > room { break }
      end = text.index(after: end)
    }
    return text[..<end] + String(ellipsis)
  }

  private static func replacement(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: "\u{2421}"
    case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: nil
    }
  }
}
