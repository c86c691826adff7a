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
