/// A value written out.
public enum Literal: Sendable, Hashable {
  case number(DecimalNumber)
  case text(String)
  /// An amount in the currency's main unit, and its ISO 4217 code.
  case money(DecimalNumber, currency: String)
  /// Milliseconds.
  case duration(Int64)
  /// A period; as an instant its first one. See ``DateText`` for comparisons.
  case date(DateText)
  case truth(Bool)
}

extension Literal: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let number): number.description
    case .text(let text): "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
    case .money(let number, let currency): "\(number) \(currency)"
    case .duration(let milliseconds): DurationText.string(milliseconds)
    case .date(let date): date.description
    case .truth(let truth): truth ? "true" : "false"
    }
  }
}
