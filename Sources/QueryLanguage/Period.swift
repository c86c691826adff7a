package import Calendars

/// A resolved period: instants, and the bucket to cut them by if the text named one.
public struct Period: Sendable, Hashable {
  /// Milliseconds UTC, half-open. `Int64.min` and `Int64.max` stand for no bound.
  public let range: Range<Int64>
  package let bucket: TimeBucket?

  package init(range: Range<Int64>, bucket: TimeBucket? = nil) {
    self.range = range
    self.bucket = bucket
  }
}
