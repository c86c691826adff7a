/// One cell of a ``Table``: integers and text only, so that equality is exact and division happens at output.
public enum Value: Sendable, Hashable {
  /// No value: an empty denominator, a missing instant.
  case null
  case text(String)
  case integer(Int64)
  case boolean(Bool)
  /// An undivided ratio. A denominator of zero is shown as null.
  case ratio(numerator: Int64, denominator: Int64, as: Measure = .number)
  case duration(milliseconds: Int64)
  case money(minorUnits: Int64, unit: MoneyUnit)
  /// A moment in milliseconds since 1970-01-01, UTC.
  case instant(milliseconds: Int64)
  /// How many of something for each reason, in the order to be shown.
  case counts([ReasonCount])
}

/// How many were set aside for one reason.
public struct ReasonCount: Sendable, Hashable {
  public var reason: String
  public var count: Int64

  public init(_ reason: String, _ count: Int64) {
    self.reason = reason
    self.count = count
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(nilLiteral: ()) { self = .null }
}
