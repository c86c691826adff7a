extension Value: CustomStringConvertible {
  public var description: String {
    switch self {
    case .field(let field): field.name
    case .literal(let literal, _): literal.description
    case .status(let status): status.name
    case .time(let from, let to, _): "time(\(from.name) -> \(to.name))"
    case .negative(let inner, _): inner.isAtom ? "-\(inner)" : "-(\(inner))"
    case .arithmetic(let left, let sign, let right):
      left.printed(before: sign) + " \(sign.rawValue) " + right.printed(after: sign)
    }
  }

  /// A minus sign before a minus sign would begin a comment.
  private var isAtom: Bool {
    switch self {
    case .field, .literal, .status, .time: true
    case .negative, .arithmetic: false
    }
  }

  private func printed(before sign: Operator) -> String {
    guard case .arithmetic(_, let inner, _) = self, sign.bindsTightly, !inner.bindsTightly else { return description }
    return "(\(self))"
  }

  /// Operators of one rank go from left to right, so on the right they need parentheses.
  private func printed(after sign: Operator) -> String {
    guard case .arithmetic(_, let inner, _) = self, sign.bindsTightly || !inner.bindsTightly else { return description }
    return "(\(self))"
  }

  /// The same value, with every position set to nothing.
  public var withoutPositions: Value {
    switch self {
    case .field(let field): .field(Field(field.path))
    case .literal(let literal, _): .literal(literal, .none)
    case .status(let status): .status(Status(status.name))
    case .time(let from, let to, _): .time(from: Status(from.name), to: Status(to.name), .none)
    case .negative(let inner, _): .negative(inner.withoutPositions, .none)
    case .arithmetic(let left, let sign, let right):
      .arithmetic(left.withoutPositions, sign, right.withoutPositions)
    }
  }
}
