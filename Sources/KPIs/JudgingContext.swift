public import OrderModel

/// What judging needs besides the rows.
public struct JudgingContext: Sendable, Hashable {
  /// Events with an instant before this have happened; deadlines before it are over. Milliseconds.
  public var asOf: Int64
  /// The period asked for, half-open, milliseconds; `Int64.min ..< Int64.max` without one.
  public var period: Range<Int64>

  public init(asOf: Int64, period: Range<Int64> = Int64.min..<Int64.max) {
    (self.asOf, self.period) = (asOf, period)
  }

  /// Whether the node with this column value was reached before as-of; a time-missing node was.
  @inlinable public func isReached(_ value: Int64) -> Bool {
    value == InstantColumn.unknown || hasHappened(value)
  }

  /// Whether the column value is an instant before as-of.
  @inlinable public func hasHappened(_ value: Int64) -> Bool {
    value > InstantColumn.unknown && value < asOf
  }
}
