import Calendars

/// Reads a date from the bytes of a text: `2025-Q1`, `2025-W07`, `2025-03`, `2025-03-15`, `2025-03-15T10:00[:30[.250]]`
/// and those with `Z` or an offset. A bare year is a number to this scanner; the parsers know when it is a date.
struct DateScanner {
  let bytes: [UInt8]
  private(set) var position: Int
  private let start: Int

  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
    start = position
  }

  /// Whether four digits, a hyphen and a digit, Q or W stand here.
  static func isDate(_ bytes: [UInt8], at position: Int) -> Bool {
    guard position + 5 < bytes.count, bytes[position..<(position + 4)].allSatisfy({ isDigit($0) }),
      bytes[position + 4] == UInt8(ascii: "-")
    else { return false }
    let next = bytes[position + 5]
    return isDigit(next) || next & 0xDF == UInt8(ascii: "Q") || next & 0xDF == UInt8(ascii: "W")
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  mutating func scan() throws(QueryError) -> DateText {
    let date = try scanForm()
    if position < bytes.count, DateScanner.isDigit(bytes[position]) || bytes[position] == UInt8(ascii: "-") {
      position += 1
      throw problem("a date such as 2025-03-15, 2025-03, 2025-Q1 or 2025-W07")
    }
    return date
  }

  private mutating func scanForm() throws(QueryError) -> DateText {
    guard let year = digits(4), year >= 1, take("-") else { throw problem("a year 0001…9999") }
    if take("Q") {
      guard let quarter = digits(1), (1...4).contains(quarter) else { throw problem("a quarter Q1…Q4") }
      return DateText(.quarter(year: year, quarter: quarter))
    }
    if take("W") {
      guard let week = digits(2), CivilDate(isoYear: year, isoWeek: week) != nil else {
        throw problem("a week W01…W\(CivilDate.isoWeeksInYear(year)) of \(year)")
      }
      return DateText(.isoWeek(year: year, week: week))
    }
    guard let month = digits(2), (1...12).contains(month) else { throw problem("a month 01…12") }
    guard take("-") else { return DateText(.month(year: year, month: month)) }
    guard let day = digits(2), let date = CivilDate(year: year, month: month, day: day) else {
      throw problem("a day 01…\(CivilDate.daysInMonth(year: year, month: month)) of that month")
    }
    guard take("T") else { return DateText(.day(date)) }
    return try scanTime(date)
  }

  private mutating func scanTime(_ date: CivilDate) throws(QueryError) -> DateText {
    guard let hour = digits(2), hour <= 23, take(":"), let minute = digits(2), minute <= 59 else {
      throw problem("a time such as 10:00")
    }
    var local = Int64(date.dayNumber) * CalendarLimits.day + Int64(hour * 60 + minute) * CalendarLimits.minute
    var precision = DateText.Precision.minute
    if take(":") {
      guard let second = digits(2), second <= 59 else { throw problem("a second 00…59") }
      local += Int64(second * 1_000)
      precision = .second
      if take(".") {
        guard let millisecond = digits(3) else { throw problem("three digits of milliseconds") }
        local += Int64(millisecond)
        precision = .millisecond
      }
    }
    if take("Z") { return DateText(.instant(local)) }
    let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0 else { return DateText(.time(local: local, precision: precision)) }
    guard let hours = digits(2), hours <= 23, take(":"), let minutes = digits(2), minutes <= 59 else {
      throw problem("an offset such as +08:00")
    }
    return DateText(.instant(local - sign * Int64(hours * 60 + minutes) * CalendarLimits.minute))
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<(position + count)] {
      guard DateScanner.isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += count
    return value
  }

  /// Letters are taken in either case.
  private mutating func take(_ character: Character) -> Bool {
    guard position < bytes.count, let wanted = character.asciiValue else { return false }
    let byte = bytes[position]
    let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(wanted)
    guard byte == wanted || (isLetter && byte & 0xDF == wanted) else { return false }
    position += 1
    return true
  }

  /// The whole date is marked, as far as it looks like one.
  private func problem(_ expected: String) -> QueryError {
    var end = position
    while end < bytes.count, DateScanner.isDigit(bytes[end]) || bytes[end] == UInt8(ascii: "-") { end += 1 }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return QueryError(
      .badLiteral, "'\(text)' is no date", at: SourceRange(start: start, end: end), expected: [expected])
  }
}
