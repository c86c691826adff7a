extension QueryError {
  /// The error as the terminal shows it: message, the line of the text, carets below the place, what would do instead.
  ///
  ///     error OB1204: no field 'locaton' in orders
  ///       locaton = 'SH-2'
  ///       ^^^^^^^  did you mean 'location'?
  ///       fields: channel, location, region
  ///
  /// - Parameter source: The text that was read.
  public func rendered(in source: String) -> String {
    let bytes = Array(source.utf8)
    let start = min(range.start, bytes.count)
    let newline = UInt8(ascii: "\n")
    let lineStart = bytes[..<start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
    let end = min(max(range.end, start), lineEnd)
    let before = QueryError.shown(bytes[lineStart..<start])
    let marked = QueryError.shown(bytes[start..<end])
    var lines = ["error \(code.rawValue): \(message)", "  " + QueryError.shown(bytes[lineStart..<lineEnd])]
    var carets = "  " + String(repeating: " ", count: QueryError.columns(of: before))
    carets += String(repeating: "^", count: max(1, QueryError.columns(of: marked)))
    if let advice { carets += "  " + advice }
    lines.append(carets)
    if let hint { lines.append("  " + hint) }
    return lines.joined(separator: "\n")
  }

  private var advice: String? {
    if let suggestion { return "did you mean '\(suggestion)'?" }
    guard let last = expected.last else { return nil }
    let others = expected.dropLast()
    return "expected " + (others.isEmpty ? last : others.joined(separator: ", ") + " or " + last)
  }

  /// Control characters become blanks, so that nothing moves the carets or the terminal.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  }

  private static func columns(of text: String) -> Int {
    text.reduce(0) { sum, character in
      sum + (character.unicodeScalars.first.map(isWide) == true ? 2 : 1)
    }
  }

  /// Whether a terminal gives the character two columns: East Asian scripts, full-width forms, emoji.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
