/// A moment: milliseconds since 1970-01-01T00:00Z, leap seconds not counted.
///
/// Local days and weeks exist only together with a named time zone; an instant knows neither.
public struct Instant: Sendable, Hashable, Comparable {
  /// Milliseconds since 1970-01-01T00:00Z.
  public var milliseconds: Int64

  /// The moment `milliseconds` after (before, when negative) 1970-01-01T00:00Z.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  /// 0001-01-01T00:00Z, the earliest instant a command may state.
  public static let earliest = Instant(milliseconds: -62_135_596_800_000)
  /// The last millisecond of the year 9999, the latest instant a command may state.
  public static let latest = Instant(milliseconds: 253_402_300_799_999)

  /// Whether a command may state this instant: the years 1 to 9999.
  public var isValid: Bool { self >= .earliest && self <= .latest }
}

/// How an instant that may be absent is written in a column of 64-bit integers.
///
/// Columns hold instants as milliseconds; two values below every valid instant say why there is none.
public enum InstantColumn {
  /// The node was not reached, the promise not given.
  public static let none = Int64.min
  /// The node was reached, when is not known ("time missing").
  public static let unknown = Int64.min + 1

  /// Whether a column value is a moment, neither `none` nor `unknown`.
  @inlinable public static func isInstant(_ value: Int64) -> Bool { value > unknown }
}
