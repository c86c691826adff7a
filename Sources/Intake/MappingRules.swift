internal import Calendars

/// A column of one of a mapping's tables.
struct ColumnReference: Sendable, Hashable {
  /// The table's index in ``Mapping/tables``.
  var table: Int
  /// The column's name in the header, or its path in a JSON document.
  var name: String
  /// The column's index in the header; −1 until the mapping is bound to files.
  var index = -1
  /// Where the mapping names it.
  var place: MappingPlace
}

/// A place in a mapping file.
struct MappingPlace: Sendable, Hashable {
  var table: String
  var key: String
  var line: Int?
}

/// A text from columns: the first that is not empty, otherwise a constant.
struct TextRule: Sendable, Hashable {
  enum Normalisation: String, Sendable, Hashable, CaseIterable {
    /// Lower-case letters.
    case lower
    /// Upper-case letters.
    case upper
    /// Lower-case letters, no blanks.
    case email
    /// Digits only, with a leading `+` kept.
    case phone
    /// Digits only, without the prefix of mainland China.
    case phoneChina = "phone-cn"
  }

  var columns: [ColumnReference]
  var constant: String?
  var normalisation: Normalisation?

  /// `text` in its normal form; empty when nothing is left.
  static func normalised(_ text: String, _ normalisation: Normalisation?) -> String {
    switch normalisation {
    case nil: return text
    case .lower: return text.lowercased()
    case .upper: return text.uppercased()
    case .email:
      // In bytes where they are characters: blanks of ASCII are space and the controls 9 to 13.
      guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.lowercased().filter { !$0.isWhitespace } }
      let visible = text.utf8.lazy.filter { $0 != 32 && !(9...13).contains($0) }
      return String(decoding: visible.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    case .phone:
      if text.utf8.allSatisfy({ (48...57).contains($0) }) { return text }
      let digits = String(String.UnicodeScalarView(text.unicodeScalars.filter { (48...57).contains($0.value) }))
      return text.first == "+" && !digits.isEmpty ? "+" + digits : digits
    case .phoneChina:
      var digits = Substring.UnicodeScalarView(text.unicodeScalars.filter { (48...57).contains($0.value) })
      for prefix in ["0086", "86"] where digits.count == 11 + prefix.count && digits.starts(with: prefix.unicodeScalars)
      {
        digits = digits.dropFirst(prefix.count)
      }
      return String(Substring(digits))
    }
  }
}

/// An instant from a column, or from the rows of a table the earliest or latest.
struct InstantRule: Sendable, Hashable {
  enum Choice: String, Sendable, Hashable, CaseIterable {
    case first
    case earliest
    case latest
  }

  var column: ColumnReference
  /// Tried in this order; ISO 8601 when there are none.
  var patterns: [InstantPattern]
  var choice: Choice
}

/// An amount of money from a column, or the sum over the rows of its table.
struct AmountRule: Sendable, Hashable {
  var column: ColumnReference
  var decimal: DecimalText
  var isSum: Bool
}

/// A number of units from a column.
struct QuantityRule: Sendable, Hashable {
  var column: ColumnReference
  var decimal: DecimalText
}

/// A test on the text of a column.
struct Condition: Sendable, Hashable {
  enum Test: Sendable, Hashable {
    /// Starts with one of these.
    case prefix([[UInt8]])
    /// Is one of these.
    case equals([[UInt8]])
    case empty
  }

  /// Whether the text passes the test.
  func holds(_ text: Span<UInt8>) -> Bool {
    switch test {
    case .empty: return text.isEmpty
    case .prefix(let prefixes):
      for prefix in prefixes where Self.starts(text, prefix) { return true }
    case .equals(let values):
      for value in values where value.count == text.count && Self.starts(text, value) { return true }
    }
    return false
  }

  private static func starts(_ text: Span<UInt8>, _ prefix: [UInt8]) -> Bool {
    guard text.count >= prefix.count else { return false }
    for index in prefix.indices where text[index] != prefix[index] { return false }
    return true
  }

  var column: ColumnReference
  var test: Test
}

extension InstantPattern {
  /// ISO 8601 as exports write it, with and without offset.
  static let iso: [InstantPattern] = [
    "yyyy-MM-dd'T'HH:mm[:ss][.SSS]XXX", "yyyy-MM-dd'T'HH:mm[:ss][.SSS]", "yyyy-MM-dd HH:mm[:ss][.SSS]", "yyyy-MM-dd",
  ].map { text in
    do { return try InstantPattern(text) } catch { preconditionFailure("a built-in pattern is wrong: \(error)") }
  }
}
