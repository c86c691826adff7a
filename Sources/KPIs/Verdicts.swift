/// What a key figure says of each row of a batch: one of four disjoint classes, or that the row does not belong.
///
/// Reused from batch to batch; a KPI writes every row of `0 ..< count`.
public struct Verdicts: Sendable {
  /// Codes of ``kinds``: below ``firstExclusion`` as named here; `firstExclusion + i` is excluded for reason `i` of the
  /// definition.
  public static let outside: UInt8 = 0
  /// In the denominator and in the numerator; for figures that measure, counted with its value.
  public static let hit: UInt8 = 1
  /// In the denominator only; for counts, counted without an age.
  public static let miss: UInt8 = 2
  /// Not decided at as-of.
  public static let pending: UInt8 = 3
  public static let firstExclusion: UInt8 = 4

  public internal(set) var count: Int
  public internal(set) var kinds: [UInt8]
  /// The instant that puts the row into a period, milliseconds. For rows without the KPI's own instant (pending,
  /// excluded), the placed instant.
  public internal(set) var instants: [Int64]
  /// What the row adds: a duration in ms, an amount, units; unused by rates.
  public internal(set) var values: [Int64]
  /// What the row adds below the line; used by shares only.
  public internal(set) var weights: [Int64]

  /// Room for `capacity` rows, all outside.
  public init(capacity: Int = 0) {
    count = capacity
    kinds = Array(repeating: Verdicts.outside, count: capacity)
    instants = Array(repeating: 0, count: capacity)
    values = Array(repeating: 0, count: capacity)
    weights = Array(repeating: 0, count: capacity)
  }

  /// Hits only, each with its instant and value and without a weight.
  public init(hitsAt instants: [Int64], values: [Int64]) {
    precondition(instants.count == values.count, "a value for each instant")
    self.init(capacity: instants.count)
    kinds = Array(repeating: Verdicts.hit, count: instants.count)
    (self.instants, self.values) = (instants, values)
  }

  /// Makes the buffers fit `count` rows, all outside; instants, values and weights are whatever they were.
  public mutating func reset(count: Int) {
    if kinds.count < count {
      self = Verdicts(capacity: count)
    } else {
      self.count = count
      for row in 0..<count { kinds[row] = Verdicts.outside }
    }
  }

  /// Lends the buffers to `body`, so that not every row asks whether somebody else holds them: 36 -> 31 ms for an
  /// on-time rate over a million orders, reading included.
  @inline(__always)
  mutating func write(
    _ body: (
      _ kinds: inout MutableSpan<UInt8>, _ instants: inout MutableSpan<Int64>, _ values: inout MutableSpan<Int64>
    ) -> Void
  ) {
    var (kinds, instants, values) = (self.kinds, self.instants, self.values)
    (self.kinds, self.instants, self.values) = ([], [], [])
    do {
      var kindSpan = kinds.mutableSpan
      var instantSpan = instants.mutableSpan
      var valueSpan = values.mutableSpan
      body(&kindSpan, &instantSpan, &valueSpan)
    }
    (self.kinds, self.instants, self.values) = (kinds, instants, values)
  }

  /// Puts every row into the period of another instant, as `--by-created` does with `placedAt`.
  ///
  /// - Parameter column: An instant for each row, milliseconds.
  public mutating func attribute(to column: [Int64]) {
    precondition(column.count >= count, "an instant for each row")
    for row in 0..<count { instants[row] = column[row] }
  }

  /// Takes row `row` out of the figure, as a filter does.
  public mutating func leaveOut(_ row: Int) { kinds[row] = Verdicts.outside }
}
