/// The parts of a date and time as a pattern reads them.
struct PatternFields {
  private var year = 1
  private var month = 1
  private var day = 1
  private var hour = 0
  private var halfDayHours = -1
  private var minute = 0
  private var second = 0
  private var millisecond = 0
  private var offset: Int64?

  @inline(__always)
  mutating func read(
    _ element: InstantPattern.Element, _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(CalendarError) {
    switch element.kind {
    case .year: year = try number(element, bytes, &position, 1...9_999, "a year 0001…9999")
    case .month: month = try number(element, bytes, &position, 1...12, "a month 1…12")
    case .day: day = try number(element, bytes, &position, 1...31, "a day 1…31")
    case .hour: hour = try number(element, bytes, &position, 0...23, "an hour 0…23")
    case .hourOfHalf: hour = try number(element, bytes, &position, 1...12, "an hour 1…12")
    case .minute: minute = try number(element, bytes, &position, 0...59, "a minute 0…59")
    case .second: second = try number(element, bytes, &position, 0...59, "a second 0…59")
    case .fraction: millisecond = try fraction(bytes, &position, digitCount: Int(element.argument))
    case .half: halfDayHours = try half(bytes, &position)
    case .offset: offset = try bytes.zoneOffset(&position, style: element.offsetStyle)
    case .literal, .optional, .epochSeconds, .epochMilliseconds: break
    }
  }

  func reading() throws(CalendarError) -> InstantPattern.Reading {
    guard day <= CivilDate.daysInMonth(year: year, month: month) else {
      throw .noSuchDate(year: year, month: month, day: day)
    }
    // Twelve o'clock is the hour 0 of its half of the day.
    let hourOfDay = halfDayHours < 0 ? hour : hour % 12 + halfDayHours
    let millisecondOfDay = ((hourOfDay * 60 + minute) * 60 + second) * 1_000 + millisecond
    let local =
      Int64(CivilDate.dayNumber(year: year, month: month, day: day)) * CalendarLimits.day + Int64(millisecondOfDay)
    return offset.map { .instant(local - $0) } ?? .local(local)
  }

  @inline(__always)
  private func number(
    _ element: InstantPattern.Element, _ bytes: Span<UInt8>, _ position: inout Int, _ range: ClosedRange<Int>,
    _ expected: StaticString
  ) throws(CalendarError) -> Int {
    let start = position
    let value =
      element.argument == 0
      ? bytes.oneOrTwoDigits(&position) : bytes.digits(&position, count: Int(element.argument))
    guard let value, range.contains(value) else {
      throw .unexpected(position: start, expected: String(describing: expected))
    }
    return value
  }

  /// Digits past the third are read and dropped.
  private func fraction(
    _ bytes: Span<UInt8>, _ position: inout Int, digitCount: Int
  ) throws(CalendarError) -> Int {
    var value = 0
    var scale = 100
    for _ in 0..<digitCount {
      guard let digit = bytes.digits(&position, count: 1) else {
        throw .unexpected(position: position, expected: "\(digitCount) digits of a second")
      }
      value += digit * scale
      scale /= 10
    }
    return value
  }

  private func half(_ bytes: Span<UInt8>, _ position: inout Int) throws(CalendarError) -> Int {
    guard position + 2 <= bytes.count, bytes[position + 1] & 0xDF == UInt8(ascii: "M") else {
      throw .unexpected(position: position, expected: "AM or PM")
    }
    let isAfternoon = bytes[position] & 0xDF == UInt8(ascii: "P")
    guard isAfternoon || bytes[position] & 0xDF == UInt8(ascii: "A") else {
      throw .unexpected(position: position, expected: "AM or PM")
    }
    position += 2
    return isAfternoon ? 12 : 0
  }
}
