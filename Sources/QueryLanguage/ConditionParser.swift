/// Reads conditions and values by recursive descent, in one pass without going back.
///
/// A parenthesis may hold a condition or a value, and only its content tells which; so every level returns either, and
/// asks for the one it needs.
struct ConditionParser {
  private enum Part {
    case condition(Condition)
    case value(Value)
  }

  private(set) var reader: TokenReader
  private var depth = 0

  /// How deeply parentheses, `not`, minus signs and operators in a row may go; keeps the stack small.
  private static let greatestDepth = 100

  init(_ reader: TokenReader) { self.reader = reader }

  mutating func parseWhole() throws(QueryError) -> Condition {
    let condition = try parseCondition()
    try reader.requireEnd()
    return condition
  }

  mutating func parseCondition() throws(QueryError) -> Condition {
    try requireCondition { (parser) throws(QueryError) in try parser.parseAny() }
  }

  private mutating func requireCondition(
    _ parse: (inout ConditionParser) throws(QueryError) -> Part
  ) throws(QueryError) -> Condition {
    // A value alone is no condition; what was asked for after it, its operators, is expected.
    guard case .condition(let condition) = try parse(&self) else { throw reader.unexpected() }
    return condition
  }

  private mutating func requireValue(
    _ parse: (inout ConditionParser) throws(QueryError) -> Part
  ) throws(QueryError) -> Value {
    let start = reader.current
    let part = try parse(&self)
    return try value(part, from: start)
  }

  private func value(_ part: Part, from start: Token) throws(QueryError) -> Value {
    guard case .value(let value) = part else {
      throw QueryError(
        .wrongType, "a condition stands where a value is needed", at: start.range.through(reader.lastRange))
    }
    return value
  }

  private mutating func descend() throws(QueryError) {
    depth += 1
    guard depth <= ConditionParser.greatestDepth else {
      throw QueryError(
        .tooDeep, "nested more than \(ConditionParser.greatestDepth) deep", at: reader.current.range)
    }
  }

  private mutating func parseAny() throws(QueryError) -> Part {
    let first = try parseAll()
    guard case .condition(let condition) = first, reader.take(word: "or") else { return first }
    var members = [condition]
    repeat {
      members.append(try requireCondition { (parser) throws(QueryError) in try parser.parseAll() })
    } while reader.take(word: "or")
    return .condition(.any(members))
  }

  private mutating func parseAll() throws(QueryError) -> Part {
    let first = try parseNot()
    guard case .condition(let condition) = first, reader.take(word: "and") else { return first }
    var members = [condition]
    repeat {
      members.append(try requireCondition { (parser) throws(QueryError) in try parser.parseNot() })
    } while reader.take(word: "and")
    return .condition(.all(members))
  }

  private mutating func parseNot() throws(QueryError) -> Part {
    guard reader.take(word: "not") else { return try parseTest() }
    try descend()
    let inner = try requireCondition { (parser) throws(QueryError) in try parser.parseNot() }
    depth -= 1
    return .condition(.not(inner))
  }

  private mutating func parseTest() throws(QueryError) -> Part {
    if reader.take(word: "reached") { return .condition(try parseReached()) }
    if reader.take(word: "stuck") { return .condition(try parseStuck()) }
    let part = try parseSum()
    guard case .value(let left) = part else { return part }
    for comparison in Condition.Comparison.allCases where reader.take(sign: comparison.rawValue) {
      return .condition(.compare(left, comparison, try parseValue()))
    }
    if reader.take(word: "not") {
      try reader.require(word: "in")
      return .condition(.isIn(left, try parseList(), isNegated: true))
    }
    if reader.take(word: "in") { return .condition(.isIn(left, try parseList(), isNegated: false)) }
    if reader.take(word: "between") {
      let lower = try parseValue()
      try reader.require(word: "and")
      return .condition(.between(left, lower, try parseValue()))
    }
    if reader.take(word: "is") {
      if reader.take(word: "missing") { return .condition(.missing(left)) }
      try reader.require(word: "present")
      return .condition(.present(left))
    }
    return try parseTextTest(left) ?? part
  }

  private mutating func parseTextTest(_ left: Value) throws(QueryError) -> Part? {
    var test: Condition.TextTest?
    if reader.take(word: "contains") {
      test = .contains
    } else if reader.take(word: "starts") {
      try reader.require(word: "with")
      test = .startsWith
    } else if reader.take(word: "ends") {
      try reader.require(word: "with")
      test = .endsWith
    }
    guard let test else {
      guard reader.current.kind == .sign("~") else { return nil }
      throw QueryError(
        .unsupported, "regular expressions are not supported", at: reader.current.range,
        expected: ["contains", "starts with", "ends with"])
    }
    let text = try reader.require("a string in quotes") { kind -> String? in
      if case .text(let text) = kind { text } else { nil }
    }
    return .condition(.text(left, test, text))
  }

  /// `(value, value …)`.
  private mutating func parseList() throws(QueryError) -> [Value] {
    try reader.require(sign: "(")
    var values = [try parseValue()]
    while reader.take(sign: ",") { values.append(try parseValue()) }
    try reader.require(sign: ")")
    return values
  }

  private mutating func parseReached() throws(QueryError) -> Condition {
    let status = try parseStatus()
    guard reader.take(word: "within") else { return .reached(status, within: nil) }
    let milliseconds = try parseDuration()
    try reader.require(word: "of")
    return .reached(status, within: Condition.Limit(milliseconds: milliseconds, of: try parseStatus()))
  }

  private mutating func parseStuck() throws(QueryError) -> Condition {
    try reader.require(word: "in")
    let status = try parseStatus()
    try reader.require(word: "for")
    return .stuck(status, milliseconds: try parseDuration())
  }

  private mutating func parseStatus() throws(QueryError) -> Status {
    let range = reader.current.range
    let name = try reader.require("a status such as shipped") { ConditionParser.name($0) }
    return Status(name, at: range)
  }

  private mutating func parseDuration() throws(QueryError) -> Int64 {
    try reader.require(DurationText.expectation) { kind -> Int64? in
      if case .duration(let milliseconds) = kind { milliseconds } else { nil }
    }
  }

  // MARK: Values

  mutating func parseValue() throws(QueryError) -> Value {
    try requireValue { (parser) throws(QueryError) in try parser.parseSum() }
  }

  private mutating func parseSum() throws(QueryError) -> Part {
    try parseChain([.plus, .minus]) { (parser) throws(QueryError) in try parser.parseProduct() }
  }

  private mutating func parseProduct() throws(QueryError) -> Part {
    try parseChain([.times, .divided]) { (parser) throws(QueryError) in try parser.parseFactor() }
  }

  /// Members joined by operators of one rank, from left to right.
  private mutating func parseChain(
    _ operators: [Value.Operator], member: (inout ConditionParser) throws(QueryError) -> Part
  ) throws(QueryError) -> Part {
    let start = reader.current
    var part = try member(&self)
    let outerDepth = depth
    while let sign = operators.first(where: { reader.take(sign: $0.rawValue) }) {
      try descend()
      let left = try value(part, from: start)
      part = .value(.arithmetic(left, sign, try requireValue(member)))
    }
    depth = outerDepth
    return part
  }

  private mutating func parseFactor() throws(QueryError) -> Part {
    let start = reader.current
    if reader.take(sign: "-") {
      try descend()
      let inner = try requireValue { (parser) throws(QueryError) in try parser.parseFactor() }
      depth -= 1
      return .value(.negative(inner, start.range.through(reader.lastRange)))
    }
    if reader.take(sign: "(") {
      try descend()
      let part = try parseAny()
      try reader.require(sign: ")")
      depth -= 1
      return part
    }
    if let literal = parseLiteral() { return .value(.literal(literal, start.range.through(reader.lastRange))) }
    return .value(try parseNamed())
  }

  private mutating func parseLiteral() -> Literal? {
    let number = reader.take("a number") { kind -> DecimalNumber? in
      if case .number(let number) = kind { number } else { nil }
    }
    if let number {
      let currency = reader.take("a currency such as CNY") { kind -> String? in
        if case .word(_, let written) = kind, Lexer.isCurrency(written) { written } else { nil }
      }
      return currency.map { .money(number, currency: $0) } ?? .number(number)
    }
    return reader.take("a string, date or duration") { kind in
      switch kind {
      case .text(let text): .text(text)
      case .date(let date): .date(date)
      case .duration(let milliseconds): .duration(milliseconds)
      case .word("true", _): .truth(true)
      case .word("false", _): .truth(false)
      default: nil
      }
    }
  }

  /// A field, or `time(placed -> shipped)`.
  private mutating func parseNamed() throws(QueryError) -> Value {
    let start = reader.current.range
    let first = try reader.require("a field") { ConditionParser.name($0) }
    if first == "time", reader.take(sign: "(") {
      let from = try parseStatus()
      try reader.require(sign: "->")
      let to = try parseStatus()
      try reader.require(sign: ")")
      return .time(from: from, to: to, start.through(reader.lastRange))
    }
    var path = [first]
    while reader.take(sign: ".") {
      path.append(
        try reader.require("the rest of a field's name") { kind in
          if case .word(let word, _) = kind { word } else { nil }
        })
    }
    return .field(Field(path, at: start.through(reader.lastRange)))
  }

  /// A word that is not reserved.
  private static func name(_ kind: Token.Kind) -> String? {
    if case .word(let word, _) = kind, !ReservedWords.contains(word) { word } else { nil }
  }
}
