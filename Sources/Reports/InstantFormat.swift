internal import Columns

/// How instants are put into words: in UTC, or in a zone only the caller knows.
package struct InstantFormat: Sendable {
  /// The text of an instant in milliseconds since 1970-01-01, UTC.
  package var text: @Sendable (_ milliseconds: Int64) -> String

  package init(_ text: @escaping @Sendable (_ milliseconds: Int64) -> String) { self.text = text }

  /// RFC 3339 in UTC with milliseconds: `2025-03-02T10:14:07.000Z`, 24 bytes that sort as the instants do.
  package static let utc = InstantFormat { milliseconds in
    var bytes: [UInt8] = []
    bytes.appendUTC(milliseconds)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends an instant as RFC 3339 in UTC with milliseconds.
  ///
  /// Years outside 0000 to 9999, which RFC 3339 does not know, carry a sign and the digits they need (ISO 8601).
  package mutating func appendUTC(_ milliseconds: Int64) {
    let day = milliseconds.flooredQuotient(by: 86_400_000)
    let remainder = milliseconds % 86_400_000
    let rest = UInt64(remainder < 0 ? remainder + 86_400_000 : remainder)
    // Days from 0000-03-01 in eras of 400 years, so that the leap day is the last of its year.
    let shifted = day + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    if !(0...9_999).contains(year) { append(UInt8(ascii: year < 0 ? "-" : "+")) }
    appendDigits(year.magnitude, minimumDigits: 4)
    append(UInt8(ascii: "-"))
    appendDigits(UInt64(month), minimumDigits: 2)
    append(UInt8(ascii: "-"))
    appendDigits(UInt64(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1), minimumDigits: 2)
    append(UInt8(ascii: "T"))
    appendDigits(rest / 3_600_000, minimumDigits: 2)
    append(UInt8(ascii: ":"))
    appendDigits(rest / 60_000 % 60, minimumDigits: 2)
    append(UInt8(ascii: ":"))
    appendDigits(rest / 1_000 % 60, minimumDigits: 2)
    append(UInt8(ascii: "."))
    appendDigits(rest % 1_000, minimumDigits: 3)
    append(UInt8(ascii: "Z"))
  }
}

extension Int64 {
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
