/// What a key figure says of each row of a batch: one of four disjoint classes, or that the row does not belong.
///
/// Reused from batch to batch; a KPI writes every row of `0 ..< count`.
public struct Verdicts: Sendable {
  /// Codes of ``kinds``: below ``firstExclusion`` as named here; `firstExclusion + i` is excluded for reason `i` of the
  /// definition.
  public static let outside: UInt8 = 0
  /// In the denominator and in the numerator; for figures that measure, counted with its value.
  public static let hit: UInt8 = 1
  /// In the denominator only.
  public static let miss: UInt8 = 2
  /// Not decided at as-of.
  public static let pending: UInt8 = 3
  public static let firstExclusion: UInt8 = 16

  public var count: Int
  public var kinds: [UInt8]
  /// The instant that puts the row into a period, milliseconds. For rows without the KPI's own instant (pending,
  /// excluded), the placed instant.
  public var instants: [Int64]
  /// What the row adds: a duration in ms, an amount, units; unused by rates.
  public var values: [Int64]

  /// Room for `capacity` rows, all outside.
  public init(capacity: Int) {
    count = 0
    kinds = Array(repeating: Verdicts.outside, count: capacity)
    instants = Array(repeating: 0, count: capacity)
    values = Array(repeating: 0, count: capacity)
  }

  /// Makes the buffers fit `count` rows, all outside with value 0.
  public mutating func reset(count: Int) {
    self.count = count
    if kinds.count < count { self = Verdicts(capacity: count); self.count = count; return }
    for row in 0..<count { kinds[row] = Verdicts.outside; values[row] = 0 }
  }
}
