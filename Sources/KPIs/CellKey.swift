/// A key that a figure makes by itself: its answer has a row for each value of it, beside those asked for.
public enum CellKey: String, Sendable, Hashable, CaseIterable {
  /// What of a forecast a row tells: `forecast`, `mae`, `wape`, `bias`, `mase`, `tested`.
  case measure

  /// The name over its column.
  public var name: String { rawValue }
}
