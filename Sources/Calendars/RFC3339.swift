/// Instants as RFC 3339 writes them: `2025-03-15T10:00:00Z`, `2025-03-15T18:00:00.250+08:00`.
package enum RFC3339 {
  /// The instant in UTC, with a `Z`. Milliseconds are written when they are not zero.
  package static func string(_ milliseconds: Int64) -> String {
    string(milliseconds, offsetMilliseconds: 0, isUTC: true)
  }

  /// The instant as a clock in the zone shows it, with the offset from UTC; `Z` in the zone UTC.
  ///
  /// An offset of the days before zones, with seconds in it, is cut to minutes; the instant stays exact.
  package static func string(_ milliseconds: Int64, in zone: TimeZoneRules) -> String {
    string(
      milliseconds, offsetMilliseconds: Int64(zone.offsetSeconds(at: milliseconds) / 60) * CalendarLimits.minute,
      isUTC: zone.name == "UTC")
  }

  /// Reads a date, `T` or a space, a time and an offset; years 0001…9999.
  ///
  /// Digits past the millisecond are read and dropped. A leap second (`:60`) is refused: our instants have none.
  package static func milliseconds(_ bytes: Span<UInt8>) throws(CalendarError) -> Int64 {
    var position = 0
    let local = try localDateTime(bytes, &position)
    let offset = try bytes.zoneOffset(&position, style: ZoneOffsetStyle(takesZ: true, minutes: .afterColon))
    guard position == bytes.count else { throw .unexpected(position: position, expected: "the end") }
    return local - offset
  }

  package static func milliseconds(_ text: String) throws(CalendarError) -> Int64 {
    let bytes = Array(text.utf8)
    return try milliseconds(bytes.span)
  }

  private static func localDateTime(_ bytes: Span<UInt8>, _ position: inout Int) throws(CalendarError) -> Int64 {
    guard let year = bytes.digits(&position, count: 4), year > 0, bytes.take(UInt8(ascii: "-"), &position),
      let month = bytes.digits(&position, count: 2), bytes.take(UInt8(ascii: "-"), &position),
      let day = bytes.digits(&position, count: 2)
    else { throw .unexpected(position: position, expected: "a date such as 2025-03-15") }
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw .noSuchDate(year: year, month: month, day: day)
    }
    guard bytes.take(UInt8(ascii: "T"), &position) || bytes.take(UInt8(ascii: " "), &position) else {
      throw .unexpected(position: position, expected: "T and a time")
    }
    let start = position
    guard let hour = bytes.digits(&position, count: 2), hour <= 23, bytes.take(UInt8(ascii: ":"), &position),
      let minute = bytes.digits(&position, count: 2), minute <= 59, bytes.take(UInt8(ascii: ":"), &position),
      let second = bytes.digits(&position, count: 2), second <= 59
    else { throw .unexpected(position: start, expected: "a time such as 10:00:00") }
    let fraction = try millisecondFraction(bytes, &position)
    let secondOfDay = (hour * 60 + minute) * 60 + second
    return Int64(date.dayNumber) * CalendarLimits.day + Int64(secondOfDay * 1_000 + fraction)
  }

  private static func millisecondFraction(_ bytes: Span<UInt8>, _ position: inout Int) throws(CalendarError) -> Int {
    guard bytes.take(UInt8(ascii: "."), &position) else { return 0 }
    var fraction = 0
    var scale = 100
    guard let first = bytes.digits(&position, count: 1) else {
      throw .unexpected(position: position, expected: "a digit")
    }
    fraction = first * scale
    while let digit = bytes.digits(&position, count: 1) {
      scale /= 10
      fraction += digit * scale
    }
    return fraction
  }

  private static func string(_ milliseconds: Int64, offsetMilliseconds: Int64, isUTC: Bool) -> String {
    let local = milliseconds.saturatingAdd(offsetMilliseconds)
    let dayNumber = local.floorDivided(by: CalendarLimits.day)
    let rest = Int((local % CalendarLimits.day + CalendarLimits.day) % CalendarLimits.day)
    var text = Digits()
    text.appendDate(CivilDate(dayNumber: Int(dayNumber)))
    text.appendHourAndMinute(minuteOfDay: rest / 60_000)
    text.append(UInt8(ascii: ":"))
    text.append(rest / 1_000 % 60, width: 2)
    if rest % 1_000 != 0 {
      text.append(UInt8(ascii: "."))
      text.append(rest % 1_000, width: 3)
    }
    guard !isUTC else {
      text.append(UInt8(ascii: "Z"))
      return text.string
    }
    let minutes = Int(abs(offsetMilliseconds) / CalendarLimits.minute)
    text.append(UInt8(ascii: offsetMilliseconds < 0 ? "-" : "+"))
    text.append(minutes / 60, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(minutes % 60, width: 2)
    return text.string
  }
}
