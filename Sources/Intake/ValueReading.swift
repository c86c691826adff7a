internal import Calendars
internal import OrderModel

/// Reads instants, amounts and quantities of a document's rows by a mapping's rules.
struct ValueReading {
  var zone: TimeZoneCursor

  init(zone: TimeZoneRules) { self.zone = TimeZoneCursor(zone) }

  /// The instant of a rule in the row looked at, or over all rows of its table; nil when it is empty.
  mutating func instant(_ rule: InstantRule, _ document: Document) throws(DocumentError) -> Instant? {
    let table = rule.column.table
    guard rule.choice != .first, document.holdsOwnRows(table) else { return try instantOfRow(rule, document) }
    let before = document.rows[table]
    defer { document.rows[table] = before }
    var result: Instant?
    for row in 0..<document.batches[table].count {
      // Mostly all rows of a document say the same: read it once.
      if row > 0, document.batches[table].hasEqualField(rule.column.index, row, row - 1) { continue }
      document.rows[table] = row
      guard let instant = try instantOfRow(rule, document) else { continue }
      guard let known = result else {
        result = instant
        continue
      }
      result = rule.choice == .earliest ? min(known, instant) : max(known, instant)
    }
    return result
  }

  private mutating func instantOfRow(_ rule: InstantRule, _ document: Document) throws(DocumentError) -> Instant? {
    var result: Result<Int64?, CalendarError> = .success(nil)
    try document.withField(rule.column) { (bytes) throws(DocumentError) in
      guard !bytes.isEmpty else { return }
      do throws(CalendarError) {
        result = .success(try read(bytes, by: rule.patterns.isEmpty ? InstantPattern.iso : rule.patterns))
      } catch { result = .failure(error) }
    }
    switch result {
    case .success(let milliseconds): return milliseconds.map(Instant.init(milliseconds:))
    case .failure(let failure): throw document.fault(.badTime, rule.column, failure.description)
    }
  }

  /// The instant by the first pattern that reads the text.
  private mutating func read(_ bytes: Span<UInt8>, by patterns: [InstantPattern]) throws(CalendarError) -> Int64 {
    for index in patterns.indices where patterns[index].mayRead(bytes) {
      if let milliseconds = try? patterns[index].milliseconds(bytes, zone: &zone) { return milliseconds }
    }
    // What is wrong is told by the pattern that came furthest.
    var failure = CalendarError.unexpected(position: -1, expected: "an instant")
    for pattern in patterns {
      do throws(CalendarError) { return try pattern.milliseconds(bytes, zone: &zone) } catch {
        if failure.progress < error.progress { failure = error }
      }
    }
    throw failure
  }

  /// The amount of a rule in the row looked at, or its sum over all rows of its table; nil when it is empty.
  func amount(_ rule: AmountRule?, _ document: Document) throws(DocumentError) -> Int64? {
    guard let rule else { return nil }
    let table = rule.column.table
    guard rule.isSum, document.holdsOwnRows(table) else { return try amountOfRow(rule, document) }
    let before = document.rows[table]
    defer { document.rows[table] = before }
    var sum: Int64?
    for row in 0..<document.batches[table].count {
      document.rows[table] = row
      guard let amount = try amountOfRow(rule, document) else { continue }
      let (total, overflow) = (sum ?? 0).addingReportingOverflow(amount)
      if overflow { throw document.fault(.badAmount, rule.column, "the sum is too large") }
      sum = total
    }
    return sum
  }

  private func amountOfRow(_ rule: AmountRule, _ document: Document) throws(DocumentError) -> Int64? {
    switch try Self.decimal(rule.decimal, rule.column, document) {
    case .success(let value): return value
    case .failure(.empty): return nil
    case .failure(let problem): throw document.fault(.badAmount, rule.column, problem.description)
    }
  }

  /// The number of units of a rule in the row looked at; nil when it is empty.
  func quantity(_ rule: QuantityRule, _ document: Document) throws(DocumentError) -> Int64? {
    switch try Self.decimal(rule.decimal, rule.column, document) {
    case .success(let value): return value
    case .failure(.empty): return nil
    case .failure: throw document.fault(.badNumber, rule.column, "not a whole number")
    }
  }

  private static func decimal(
    _ decimal: DecimalText, _ column: ColumnReference, _ document: Document
  ) throws(DocumentError) -> Result<Int64, DecimalText.Problem> {
    try document.withField(column) { (bytes) throws(DocumentError) in
      do throws(DecimalText.Problem) {
        return .success(try decimal.minorUnits(bytes))
      } catch {
        return .failure(error)
      }
    }
  }
}
