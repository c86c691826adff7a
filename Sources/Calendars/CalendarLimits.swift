/// The instants calendars answer for, and lengths they count in, all in milliseconds.
package enum CalendarLimits {
  /// 0001-01-01T00:00:00Z. Buckets of earlier instants are those of this one.
  package static let earliest: Int64 = -62_135_596_800_000
  /// 9999-12-31T23:59:59.999Z. Buckets of later instants are those of this one.
  package static let latest: Int64 = 253_402_300_799_999

  package static let minute: Int64 = 60_000
  package static let hour: Int64 = 3_600_000
  /// 24 hours; a local day may be longer or shorter.
  package static let day: Int64 = 86_400_000

  /// The years dates are read in.
  package static let years = 1...9_999
}

extension Int64 {
  /// The quotient rounded down, for a positive divisor.
  func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// The sum, or the nearest end of the number range.
  func saturatingAdd(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}
