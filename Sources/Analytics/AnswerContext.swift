package import Calendars
public import OrderModel

/// What an answer is a function of, and says of itself.
public struct AnswerContext: Sendable, Hashable {
  /// Half-open, milliseconds UTC; `Int64.min` and `Int64.max` stand for no bound.
  public var period: Range<Int64>
  /// The period whose figures stand beside it; nil when none was asked for.
  public var comparedPeriod: Range<Int64>?
  /// Milliseconds UTC.
  public var asOf: Int64
  package var zone: TimeZoneRules
  public var weekStart: Int
  /// The names of the group keys.
  public var keys: [String]
  /// The conditions as written.
  public var conditions: [String]
  /// The newest group of the store that was seen.
  public var sequence: UInt64
  /// When that group was recorded; nil in an empty store.
  public var recordedAt: Instant?
}
