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

/// Reads the parts of a POSIX TZ string from left to right.
struct PosixZoneReader {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }
  var peek: UInt8? { isAtEnd ? nil : text[position] }

  private mutating func take(_ byte: Character) -> Bool {
    guard peek == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// An abbreviation: three letters or more, or anything within `<…>`.
  mutating func skipName() -> Bool {
    let start = position
    if take("<") {
      while let byte = peek, byte != UInt8(ascii: ">") { position += 1 }
      return take(">")
    }
    while let byte = peek, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF) { position += 1 }
    return position - start >= 3
  }

  private mutating func number(upTo limit: Int) -> Int? {
    let start = position
    var value = 0
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      guard value <= limit else { return nil }
      position += 1
    }
    return position == start ? nil : value
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time(maximumHours: Int) -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(upTo: maximumHours) else { return nil }
    var seconds = hours * 3_600
    if take(":") {
      guard let minutes = number(upTo: 59) else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let rest = number(upTo: 59) else { return nil }
        seconds += rest
      }
    }
    return isNegative ? -seconds : seconds
  }

  /// `,date[/time]`; the time is 02:00 unless given.
  mutating func change() -> PosixZone.Change? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return PosixZone.Change(day: day, secondOfDay: 7_200) }
    guard let second = time(maximumHours: 167) else { return nil }
    return PosixZone.Change(day: day, secondOfDay: second)
  }

  private mutating func day() -> PosixZone.Day? {
    if take("M") {
      guard let month = number(upTo: 12), month >= 1, take("."), let week = number(upTo: 5), week >= 1, take("."),
        let weekday = number(upTo: 6)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }
    if take("J") {
      guard let day = number(upTo: 365), day >= 1 else { return nil }
      return .julian(day)
    }
    return number(upTo: 365).map { .ordinal($0) }
  }
}
