/// Text of dates and times as it is put together, digit by digit.
struct Digits {
  private var bytes: [UInt8] = []

  var string: String { String(decoding: bytes, as: UTF8.self) }

  init() { bytes.reserveCapacity(32) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// `number`, with zeros in front up to `width` digits. It must not be negative.
  mutating func append(_ number: Int, width: Int) {
    var scale = 1
    for _ in 1..<width { scale *= 10 }
    while number / scale >= 10 { scale *= 10 }
    while scale > 0 {
      bytes.append(UInt8(truncatingIfNeeded: number / scale % 10) + UInt8(ascii: "0"))
      scale /= 10
    }
  }

  /// Four digits, or a sign and as many as it takes (ISO 8601 expanded years).
  mutating func appendYear(_ year: Int) {
    if year < 0 { append(UInt8(ascii: "-")) } else if year > 9_999 { append(UInt8(ascii: "+")) }
    append(abs(year), width: 4)
  }

  mutating func appendDate(_ date: CivilDate) {
    appendYear(date.year)
    append(UInt8(ascii: "-"))
    append(date.month, width: 2)
    append(UInt8(ascii: "-"))
    append(date.day, width: 2)
  }

  /// `T10:05`.
  mutating func appendHourAndMinute(minuteOfDay: Int) {
    append(UInt8(ascii: "T"))
    append(minuteOfDay / 60, width: 2)
    append(UInt8(ascii: ":"))
    append(minuteOfDay % 60, width: 2)
  }
}
