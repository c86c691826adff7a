/// A key figure of one cell: integers only; division and rounding happen at output, once.
public struct KPIResult: Sendable, Hashable {
  /// How many members were left out for one reason.
  public struct Exclusion: Sendable, Hashable {
    public var reason: String
    public var count: Int64

    public init(reason: String, count: Int64) { (self.reason, self.count) = (reason, count) }
  }

  /// The upper figures of a set of values, each a value that occurs: nearest rank, at `ceil(p·n)`.
  public struct Ranks: Sendable, Hashable {
    public var p50, p90, p95, max: Int64

    public init(p50: Int64, p90: Int64, p95: Int64, max: Int64) {
      (self.p50, self.p90, self.p95, self.max) = (p50, p90, p95, max)
    }
  }

  /// Above the line: members (rates, counts) or a sum (shares, durations in ms, amounts, averages, turns).
  public var numerator: Int64
  /// Below the line; nil for amounts and counts, which are no quotients. 0 makes ``quotient`` nil: nothing to divide by
  /// is no answer, never 0.
  public var denominator: Int64?
  public var pending: Int64
  /// Every reason of the definition in its order, zeros included.
  public var excluded: [Exclusion]
  /// How many values ``ranks`` rank; for counts, members whose age is known.
  public var n: Int64
  /// Of durations, of the values that averages average, of the ages of counts; nil without any.
  public var ranks: Ranks?
  /// Durations below 0, kept in every figure.
  public var negativeCount: Int64
  /// For turns, the average inventory value as a fraction; nil elsewhere.
  public var averageInventory: Fraction?

  public init(
    numerator: Int64, denominator: Int64?, pending: Int64 = 0, excluded: [Exclusion] = [], n: Int64 = 0,
    ranks: Ranks? = nil, negativeCount: Int64 = 0, averageInventory: Fraction? = nil
  ) {
    self.numerator = numerator
    self.denominator = denominator
    self.pending = pending
    self.excluded = excluded
    self.n = n
    self.ranks = ranks
    self.negativeCount = negativeCount
    self.averageInventory = averageInventory
  }

  /// The figure as a fraction; nil when there is nothing below the line.
  public var quotient: Fraction? {
    guard let denominator, denominator != 0 else { return nil }
    return Fraction(numerator: numerator, denominator: denominator)
  }

  /// For durations, the sum of them and how many they are: the mean as a fraction, not reduced.
  public var meanNumerator: Int64 { numerator }
  public var meanDenominator: Int64 { denominator ?? 0 }

  /// The middle value by nearest rank, which stands beside every mean.
  public var median: Int64? { ranks?.p50 }

  /// How many members were left out for `reason`; 0 for a reason the definition does not have.
  public func excluded(_ reason: String) -> Int64 { excluded.first { $0.reason == reason }?.count ?? 0 }
}
