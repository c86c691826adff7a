import Calendars

/// Reads periods and instants from tokens.
struct PeriodParser {
  private var reader: TokenReader

  private static let units: [String: TimeBucket] = [
    "minute": .minute, "hour": .hour, "day": .day, "week": .week, "month": .month, "quarter": .quarter, "year": .year,
  ]
  private static let adverbs: [String: TimeBucket] = [
    "hourly": .hour, "daily": .day, "weekly": .week, "monthly": .month, "quarterly": .quarter, "yearly": .year,
  ]
  private static let toDate: [String: TimeBucket] = ["wtd": .week, "mtd": .month, "qtd": .quarter, "ytd": .year]
  /// How many units back the words lead.
  private static let directions: [String: Int] = ["last": 1, "this": 0, "next": -1]
  /// Further than any date reaches in days, so that nothing overflows.
  private static let greatestCount: Int64 = 4_000_000

  init(_ text: String) { reader = TokenReader(text) }

  mutating func parseWhole() throws(QueryError) -> (TimeBucket?, PeriodText.Form) {
    let bucket = reader.take("monthly (hourly, daily, weekly, quarterly, yearly)") { kind in
      PeriodParser.word(kind).flatMap { PeriodParser.adverbs[$0] }
    }
    if bucket != nil {
      if reader.current.kind == .end { return (bucket, .all) }
      _ = reader.take(word: "in") || reader.take(word: "during")
    }
    let form = try parseForm()
    try reader.requireEnd()
    return (bucket, form)
  }

  mutating func parseWholePoint() throws(QueryError) -> PeriodPoint {
    guard let point = try parsePoint() else { throw reader.unexpected() }
    try reader.requireEnd()
    return point
  }

  private mutating func parseForm() throws(QueryError) -> PeriodText.Form {
    if reader.take(word: "since") {
      let first = try requirePoint()
      return .span(from: first, through: reader.take(word: "until") ? try requirePoint() : nil)
    }
    if reader.take(word: "until") { return .span(from: nil, through: try requirePoint()) }
    if reader.take(word: "all") { return .all }
    let toDate = reader.take("ytd (qtd, mtd, wtd)") { kind in
      PeriodParser.word(kind).flatMap { PeriodParser.toDate[$0] }
    }
    if let toDate { return .toDate(toDate) }
    let next = reader.next.kind
    let isLast = reader.take("last 30 days") { kind -> Bool? in
      if case .word("last", _) = kind, case .number = next { true } else { nil }
    }
    if isLast != nil {
      let count = try parseCount()
      return .last(count, try parseUnit())
    }
    guard let first = try parsePoint() else { throw reader.unexpected() }
    guard reader.take(sign: "..") else { return .point(first) }
    return .span(from: first, through: try requirePoint())
  }

  private mutating func requirePoint() throws(QueryError) -> PeriodPoint {
    guard let point = try parsePoint() else { throw reader.unexpected() }
    return point
  }

  /// A date, a named unit, or `90 days ago`; nil where none begins.
  private mutating func parsePoint() throws(QueryError) -> PeriodPoint? {
    if case .number = reader.current.kind, isUnit(reader.next.kind) || PeriodParser.date(reader.current.kind) == nil {
      let count = try parseCount()
      let unit = try parseUnit()
      try reader.require(word: "ago")
      return .unit(unit, back: count)
    }
    if let date = reader.take("a date", PeriodParser.date) { return .date(date) }
    if reader.take(word: "today") { return .unit(.day, back: 0) }
    if reader.take(word: "yesterday") { return .unit(.day, back: 1) }
    if reader.take(word: "now") { return .now }
    if let named = reader.take("last_month (this_…, last_…, next_…)", PeriodParser.named) { return named }
    let direction = reader.take("last_month (this_…, last_…, next_…)") { kind in
      PeriodParser.word(kind).flatMap { PeriodParser.directions[$0] }
    }
    guard let direction else { return nil }
    return .unit(try parseUnit(), back: direction)
  }

  private mutating func parseCount() throws(QueryError) -> Int {
    let range = reader.current.range
    let number = try reader.require("a number") { kind -> DecimalNumber? in
      if case .number(let number) = kind { number } else { nil }
    }
    guard number.fractionDigits == 0, (1...PeriodParser.greatestCount).contains(number.digits) else {
      throw QueryError(
        .badLiteral, "\(number) is no count of time units", at: range,
        expected: ["a whole number from 1 to \(PeriodParser.greatestCount)"])
    }
    return Int(number.digits)
  }

  private mutating func parseUnit() throws(QueryError) -> TimeBucket {
    try reader.require("days (minutes, hours, weeks, months, quarters, years)") { kind in
      PeriodParser.word(kind).flatMap { PeriodParser.unit($0) }
    }
  }

  private func isUnit(_ kind: Token.Kind) -> Bool { PeriodParser.word(kind).flatMap { PeriodParser.unit($0) } != nil }

  private static func word(_ kind: Token.Kind) -> String? {
    if case .word(let word, _) = kind { word } else { nil }
  }

  private static func unit(_ word: String) -> TimeBucket? {
    units[word] ?? (word.hasSuffix("s") ? units[String(word.dropLast())] : nil)
  }

  /// Four digits alone are a year.
  private static func date(_ kind: Token.Kind) -> DateText? {
    switch kind {
    case .date(let date): date
    case .number(let number) where number.fractionDigits == 0 && (1_000...9_999).contains(number.digits):
      DateText(.year(Int(number.digits)))
    default: nil
    }
  }

  /// `this_quarter`, `last_month`.
  private static func named(_ kind: Token.Kind) -> PeriodPoint? {
    guard let word = word(kind), let underscore = word.firstIndex(of: "_"),
      let back = directions[String(word[..<underscore])],
      let unit = units[String(word[word.index(after: underscore)...])]
    else { return nil }
    return .unit(unit, back: back)
  }
}
