/// Why a query text was refused: what, where, and what would do instead.
public struct QueryError: Error, Sendable, Hashable {
  /// The number by which the catalogue of errors explains it.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// Something else was expected here.
    case unexpected = "OB1201"
    /// A string, number, duration or date is written wrongly.
    case badLiteral = "OB1202"
    /// The language knows it, this version does not do it.
    case unsupported = "OB1203"
    /// The source has no such field.
    case unknownField = "OB1204"
    /// The types of two things do not go together.
    case wrongType = "OB1205"
    /// No node has this name.
    case unknownStatus = "OB1206"
    /// A period ends before it begins.
    case reversedPeriod = "OB1207"
    /// Parentheses or operators are nested too deeply.
    case tooDeep = "OB1208"
  }

  public let code: Code
  /// One line: what is wrong, with the values.
  public let message: String
  /// Where in the text.
  public let range: SourceRange
  /// What could stand there: words and signs in quotes, other things named; empty where that does not apply.
  public let expected: [String]
  /// A known name close to the one written.
  public let suggestion: String?
  /// One line more, such as the list of fields.
  public let hint: String?

  public init(
    _ code: Code, _ message: String, at range: SourceRange, expected: [String] = [], suggestion: String? = nil,
    hint: String? = nil
  ) {
    self.code = code
    self.message = message
    self.range = range
    self.expected = expected
    self.suggestion = suggestion
    self.hint = hint
  }
}

extension QueryError: CustomStringConvertible {
  public var description: String { "\(code.rawValue): \(message)" }
}
