/// What must hold for a row: the `where` of a query, as read from its text.
///
///     channel in ('pos', '天猫') and total between 5000 CNY and 20000 CNY
///     not reached shipped within 24h of placed or stuck in picking for 4h
///
/// The grammar is that of `cond` in the language reference. Positions point into the text it was read from; two
/// conditions mean the same when they are equal without them.
public indirect enum Condition: Sendable, Hashable {
  /// One of them holds; two or more.
  case any([Condition])
  /// All of them hold; two or more.
  case all([Condition])
  case not(Condition)
  case compare(Value, Comparison, Value)
  case isIn(Value, [Value], isNegated: Bool)
  /// Both ends included.
  case between(Value, Value, Value)
  case missing(Value)
  case present(Value)
  case text(Value, TextTest, String)
  /// The node was reached; with a limit, at most so long after the other.
  case reached(Status, within: Limit?)
  /// The order stands in the node, and has for at least so many milliseconds.
  case stuck(Status, milliseconds: Int64)

  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  public enum TextTest: String, Sendable, Hashable, CaseIterable {
    case contains
    case startsWith = "starts with"
    case endsWith = "ends with"
  }

  public struct Limit: Sendable, Hashable {
    public let milliseconds: Int64
    public let start: Status

    public init(milliseconds: Int64, of start: Status) {
      self.milliseconds = milliseconds
      self.start = start
    }
  }

  /// Reads a condition.
  ///
  /// - Throws: ``QueryError`` with the place and what could stand there.
  public init(_ text: String) throws(QueryError) {
    var parser = ConditionParser(TokenReader(text))
    self = try parser.parseWhole()
  }
}
