extension Condition: CustomStringConvertible {
  /// The condition in the language's own form; reading it again gives an equal one, but for positions.
  public var description: String {
    switch self {
    case .any(let members): members.map { $0.printed(insideAny: true) }.joined(separator: " or ")
    case .all(let members): members.map { $0.printed(insideAny: false) }.joined(separator: " and ")
    case .not(let inner): "not " + inner.printed(insideAny: false)
    case .compare(let left, let comparison, let right): "\(left) \(comparison.rawValue) \(right)"
    case .isIn(let value, let list, let isNegated):
      "\(value) \(isNegated ? "not " : "")in (\(list.map(\.description).joined(separator: ", ")))"
    case .between(let value, let lower, let upper): "\(value) between \(lower) and \(upper)"
    case .missing(let value): "\(value) is missing"
    case .present(let value): "\(value) is present"
    case .text(let value, let test, let text): "\(value) \(test.rawValue) \(Literal.text(text))"
    case .reached(let status, nil): "reached \(status.name)"
    case .reached(let status, let limit?):
      "reached \(status.name) within \(DurationText.string(limit.milliseconds)) of \(limit.start.name)"
    case .stuck(let status, let milliseconds): "stuck in \(status.name) for \(DurationText.string(milliseconds))"
    }
  }

  /// In parentheses where the condition around binds more tightly, or would swallow its members.
  private func printed(insideAny: Bool) -> String {
    switch self {
    case .any: "(\(self))"
    case .all: insideAny ? description : "(\(self))"
    default: description
    }
  }

  /// The same condition, with every position set to nothing.
  public var withoutPositions: Condition {
    switch self {
    case .any(let members): .any(members.map(\.withoutPositions))
    case .all(let members): .all(members.map(\.withoutPositions))
    case .not(let inner): .not(inner.withoutPositions)
    case .compare(let left, let comparison, let right):
      .compare(left.withoutPositions, comparison, right.withoutPositions)
    case .isIn(let value, let list, let isNegated):
      .isIn(value.withoutPositions, list.map(\.withoutPositions), isNegated: isNegated)
    case .between(let value, let lower, let upper):
      .between(value.withoutPositions, lower.withoutPositions, upper.withoutPositions)
    case .missing(let value): .missing(value.withoutPositions)
    case .present(let value): .present(value.withoutPositions)
    case .text(let value, let test, let text): .text(value.withoutPositions, test, text)
    case .reached(let status, let limit):
      .reached(
        Status(status.name),
        within: limit.map { Limit(milliseconds: $0.milliseconds, of: Status($0.start.name)) })
    case .stuck(let status, let milliseconds): .stuck(Status(status.name), milliseconds: milliseconds)
    }
  }
}
