/// A key that a figure makes by itself: its answer has a row for each value of it, beside those asked for.
public enum CellKey: String, Sendable, Hashable, CaseIterable {
  /// What of a forecast a row tells: `forecast`, `mae`, `wape`, `bias`, `mase`, `tested`.
  case measure
  /// The local month of a customer's first order.
  case cohort
  /// Months after that one.
  case monthsLater = "months_later"
  /// A ``CustomerSegment``.
  case segment
  /// Of the order.
  case channel
  /// Scores of 1 to 5.
  case recency, frequency, money

  /// The name over its column.
  public var name: String { rawValue }
}
