/// The rule in a zone file's footer: what holds after the last transition the file lists.
///
/// The text is the TZ string of POSIX with the extensions of RFC 9636 (hours up to ±167): `CST-8`,
/// `EET-2EEST,M3.4.4/50,M10.4.4/50`.
struct PosixZone: Sendable, Hashable {
  /// The day of a change, within a year.
  enum Day: Sendable, Hashable {
    /// 1…365, 29 February never counted.
    case julian(Int)
    /// 0…365, 29 February counted.
    case ordinal(Int)
    /// Weekday 0 = Sunday … 6 of week 1…5 of the month; 5 is the last.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  /// When the clock changes: so many seconds after local midnight of that day.
  struct Change: Sendable, Hashable {
    let day: Day
    let secondOfDay: Int
  }

  struct Summer: Sendable, Hashable {
    let offsetSeconds: Int
    let start: Change
    let end: Change
  }

  /// Seconds east of Greenwich.
  let offsetSeconds: Int
  let summer: Summer?

  /// Reads the text, or returns nil where it breaks the grammar.
  init?(_ text: [UInt8]) {
    var reader = PosixZoneReader(text)
    guard reader.skipName(), let west = reader.time(maximumHours: 24) else { return nil }
    offsetSeconds = -west
    guard !reader.isAtEnd else {
      summer = nil
      return
    }
    guard reader.skipName() else { return nil }
    var summerOffset = offsetSeconds + 3_600
    if reader.peek != UInt8(ascii: ",") {
      guard let west = reader.time(maximumHours: 24) else { return nil }
      summerOffset = -west
    }
    guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else { return nil }
    summer = Summer(offsetSeconds: summerOffset, start: start, end: end)
  }

  /// The two changes of `year` as seconds UTC and the offset each brings, the start of summer time first.
  func changes(inYear year: Int) -> [(second: Int64, offsetSeconds: Int)] {
    guard let summer else { return [] }
    let start = PosixZone.localSecond(of: summer.start, year: year) - Int64(offsetSeconds)
    let end = PosixZone.localSecond(of: summer.end, year: year) - Int64(summer.offsetSeconds)
    return [(start, summer.offsetSeconds), (end, offsetSeconds)]
  }

  private static func localSecond(of change: Change, year: Int) -> Int64 {
    let newYear = CivilDate.dayNumber(year: year, month: 1, day: 1)
    let dayNumber =
      switch change.day {
      case .julian(let day): newYear + day - 1 + (CivilDate.isLeap(year: year) && day >= 60 ? 1 : 0)
      case .ordinal(let day): newYear + day
      case .weekday(let month, let week, let weekday):
        PosixZone.dayNumber(year: year, month: month, week: week, weekday: weekday)
      }
    return Int64(dayNumber) * 86_400 + Int64(change.secondOfDay)
  }

  private static func dayNumber(year: Int, month: Int, week: Int, weekday: Int) -> Int {
    let first = CivilDate.dayNumber(year: year, month: month, day: 1)
    let firstWeekday = CivilDate.isoWeekday(ofDayNumber: first) % 7
    var day = (weekday - firstWeekday + 7) % 7 + 7 * (week - 1)
    while day >= CivilDate.daysInMonth(year: year, month: month) { day -= 7 }
    return first + day
  }
}
