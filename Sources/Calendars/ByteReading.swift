/// Reading written dates from left to right: each call takes what it names at `position`, or leaves it where it is.
extension Span<UInt8> {
  /// Exactly `count` decimal digits.
  @inline(__always)
  func digits(_ position: inout Int, count digitCount: Int) -> Int? {
    guard position + digitCount <= count else { return nil }
    var value = 0
    for index in position..<(position + digitCount) {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    position += digitCount
    return value
  }

  /// One or two decimal digits.
  @inline(__always)
  func oneOrTwoDigits(_ position: inout Int) -> Int? {
    guard let first = digits(&position, count: 1) else { return nil }
    guard let second = digits(&position, count: 1) else { return first }
    return first &* 10 &+ second
  }

  @inline(__always)
  func take(_ byte: UInt8, _ position: inout Int) -> Bool {
    guard position < count, self[position] == byte else { return false }
    position += 1
    return true
  }

  /// `+` as 1, `-` as −1.
  func sign(_ position: inout Int) -> Int? {
    if take(UInt8(ascii: "+"), &position) { return 1 }
    return take(UInt8(ascii: "-"), &position) ? -1 : nil
  }

  /// `Z`, or an offset in the form `style` names, in milliseconds.
  func zoneOffset(_ position: inout Int, style: ZoneOffsetStyle) throws(CalendarError) -> Int64 {
    let start = position
    if style.takesZ, take(UInt8(ascii: "Z"), &position) { return 0 }
    guard let sign = sign(&position), let hours = digits(&position, count: 2), hours <= 23 else {
      throw .unexpected(position: start, expected: style.expectation)
    }
    var minutes = 0
    if style.minutes != .none {
      let isColonMissing = style.minutes == .afterColon && !take(UInt8(ascii: ":"), &position)
      guard !isColonMissing, let value = digits(&position, count: 2), value <= 59 else {
        throw .unexpected(position: start, expected: style.expectation)
      }
      minutes = value
    }
    return Int64(sign * (hours * 60 + minutes)) * CalendarLimits.minute
  }
}

/// How an offset from UTC is written.
struct ZoneOffsetStyle: Sendable, Hashable {
  enum Minutes: Sendable, Hashable { case none, plain, afterColon }

  let takesZ: Bool
  let minutes: Minutes

  var expectation: String {
    let form =
      switch minutes {
      case .none: "+08"
      case .plain: "+0800"
      case .afterColon: "+08:00"
      }
    return takesZ ? "Z or an offset such as \(form)" : "an offset such as \(form)"
  }
}
