extension Condition {
  /// The condition with every name looked up and every type compared.
  ///
  /// Beside a node, a bare name or a string becomes the node it names; beside an instant, a four-digit number becomes
  /// the year. A plain number goes with an amount of money: it is in that amount's currency.
  ///
  /// - Throws: ``QueryError`` with code `unknownField`, `unknownStatus` or `wrongType`, at the name or value.
  public func checked(against catalogue: FieldCatalogue) throws(QueryError) -> Condition {
    try TypeChecker(catalogue: catalogue).check(self)
  }
}

/// Looks up names and compares types.
struct TypeChecker {
  let catalogue: FieldCatalogue

  func check(_ condition: Condition) throws(QueryError) -> Condition {
    switch condition {
    case .any(let members): return .any(try check(members))
    case .all(let members): return .all(try check(members))
    case .not(let inner): return .not(try check(inner))
    case .compare(let left, let comparison, let right):
      let (newLeft, newRight) = try pair(left, right, needsOrder: comparison != .equal && comparison != .notEqual)
      return .compare(newLeft, comparison, newRight)
    case .isIn(let value, let list, let isNegated):
      var newValue = value
      var newList: [Value] = []
      for member in list {
        let (left, right) = try pair(value, member, needsOrder: false)
        newValue = left
        newList.append(right)
      }
      return .isIn(newValue, newList, isNegated: isNegated)
    case .between(let value, let lower, let upper):
      let (newValue, newLower) = try pair(value, lower, needsOrder: true)
      let (_, newUpper) = try pair(value, upper, needsOrder: true)
      return .between(newValue, newLower, newUpper)
    case .missing(let value):
      _ = try type(of: value)
      return condition
    case .present(let value):
      _ = try type(of: value)
      return condition
    case .text(let value, let test, _):
      let found = try type(of: value)
      guard found == .text else {
        throw QueryError(.wrongType, "'\(test.rawValue)' needs text, \(value) is \(found.shown)", at: value.range)
      }
      return condition
    case .reached(let status, let limit):
      try catalogue.check(status)
      if let limit { try catalogue.check(limit.start) }
      return condition
    case .stuck(let status, _):
      try catalogue.check(status)
      return condition
    }
  }

  private func check(_ members: [Condition]) throws(QueryError) -> [Condition] {
    var checked: [Condition] = []
    for member in members { checked.append(try check(member)) }
    return checked
  }

  /// The two sides of a comparison, read in the light of each other.
  private func pair(_ left: Value, _ right: Value, needsOrder: Bool) throws(QueryError) -> (Value, Value) {
    let newLeft = try reread(left, beside: right)
    let newRight = try reread(right, beside: left)
    let leftType = try type(of: newLeft)
    let rightType = try type(of: newRight)
    let isMoneyAndNumber = Set([leftType, rightType]) == [.money, .integer]
    guard leftType == rightType || isMoneyAndNumber else {
      throw QueryError(
        .wrongType, "\(newLeft) is \(leftType.shown), \(newRight) is \(rightType.shown)", at: right.range,
        hint: leftType == .instant && rightType == .text ? "a date is written without quotes: 2025-03-15" : nil)
    }
    guard !needsOrder || leftType.hasOrder else {
      throw QueryError(
        .wrongType, "\(leftType.shown) has no order; compare with = or !=", at: left.range.through(right.range))
    }
    return (newLeft, newRight)
  }

  /// A name or string beside a node is a node, a number beside an instant a year.
  private func reread(_ value: Value, beside other: Value) throws(QueryError) -> Value {
    switch value {
    case .field(let field):
      guard field.path.count == 1, catalogue.fields[field.name] == nil, isField(other, of: .node) else {
        return value
      }
      let status = Status(field.name, at: field.range)
      try catalogue.check(status)
      return .status(status)
    case .literal(.text(let text), let range):
      guard isField(other, of: .node) else { return value }
      let status = Status(Lexer.lowercased(text), at: range)
      try catalogue.check(status)
      return .status(status)
    case .literal(.number(let number), let range):
      guard number.fractionDigits == 0, (1_000...9_999).contains(number.digits), isField(other, of: .instant) else {
        return value
      }
      return .literal(.date(DateText(.year(Int(number.digits)))), range)
    case .literal, .status, .time, .negative, .arithmetic:
      return value
    }
  }

  private func isField(_ value: Value, of type: FieldType) -> Bool {
    guard case .field(let field) = value else { return false }
    return catalogue.fields[field.name] == type
  }

  private func type(of value: Value) throws(QueryError) -> FieldType {
    switch value {
    case .field(let field): return try catalogue.type(of: field)
    case .status: return .node
    case .literal(let literal, _): return TypeChecker.type(of: literal)
    case .time(let from, let to, _):
      try catalogue.check(from)
      try catalogue.check(to)
      return .duration
    case .negative(let inner, let range):
      let found = try type(of: inner)
      guard [.integer, .money, .duration].contains(found) else {
        throw QueryError(.wrongType, "\(found.shown) has no sign", at: range)
      }
      return found
    case .arithmetic(let left, let sign, let right):
      let leftType = try type(of: left)
      let rightType = try type(of: right)
      guard let result = TypeChecker.result(leftType, sign, rightType) else {
        throw QueryError(
          .wrongType, "\(leftType.shown) \(sign.rawValue) \(rightType.shown) has no meaning", at: value.range)
      }
      return result
    }
  }

  private static func type(of literal: Literal) -> FieldType {
    switch literal {
    case .number: .integer
    case .text: .text
    case .money: .money
    case .duration: .duration
    case .date: .instant
    case .truth: .truth
    }
  }

  private static func result(_ left: FieldType, _ sign: Value.Operator, _ right: FieldType) -> FieldType? {
    switch (left, sign, right) {
    case (.integer, _, .integer): .integer
    case (.money, .plus, .money), (.money, .minus, .money): .money
    case (.money, .times, .integer), (.integer, .times, .money), (.money, .divided, .integer): .money
    case (.duration, .plus, .duration), (.duration, .minus, .duration): .duration
    case (.duration, .times, .integer), (.integer, .times, .duration), (.duration, .divided, .integer): .duration
    case (.duration, .divided, .duration), (.money, .divided, .money): .integer
    case (.instant, .minus, .instant): .duration
    case (.instant, .plus, .duration), (.instant, .minus, .duration), (.duration, .plus, .instant): .instant
    default: nil
    }
  }
}
