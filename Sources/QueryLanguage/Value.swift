/// Something with a value for each row: a field, a literal, a stage's duration, arithmetic over them.
public indirect enum Value: Sendable, Hashable {
  case field(Field)
  case literal(Literal, SourceRange)
  /// A node's name. The parser reads a field; the type checker finds out that a node is meant.
  case status(Status)
  /// How long it took from reaching one node to reaching another: `time(placed -> shipped)`.
  case time(from: Status, to: Status, SourceRange)
  case negative(Value, SourceRange)
  case arithmetic(Value, Operator, Value)

  public enum Operator: String, Sendable, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"

    var bindsTightly: Bool { self == .times || self == .divided }
  }

  /// Where it stands in the text.
  public var range: SourceRange {
    switch self {
    case .field(let field): field.range
    case .literal(_, let range), .time(_, _, let range), .negative(_, let range): range
    case .status(let status): status.range
    case .arithmetic(let left, _, let right): left.range.through(right.range)
    }
  }
}
