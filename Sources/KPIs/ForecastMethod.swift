/// How the demand of the next bucket is told from those before it.
public enum ForecastMethod: Sendable, Hashable {
  /// The mean of the last `count` buckets.
  case movingAverage(count: Int64)
  /// Simple exponential smoothing: s₁ = y₁, sₜ = αyₜ + (1 − α)sₜ₋₁. α in percent.
  case smoothing(alpha: Int64)
  /// Holt's linear trend: l₁ = y₁, b₁ = y₂ − y₁, lₜ = αyₜ + (1 − α)(lₜ₋₁ + bₜ₋₁), bₜ = β(lₜ − lₜ₋₁) + (1 − β)bₜ₋₁, the
  /// forecast lₜ + bₜ. α and β in percent.
  case trend(alpha: Int64, beta: Int64)
  /// The bucket one season ago; nil takes a season of 24 hours, 7 days, 52 weeks, 12 months or 4 quarters, as the
  /// bucket is, else 1.
  case seasonal(count: Int64?)

  /// Those without a number in their names, which take the usual ones.
  static let usual: [(name: String, method: ForecastMethod)] = [
    ("ma", .movingAverage(count: 4)), ("ses", .smoothing(alpha: 30)), ("holt", .trend(alpha: 30, beta: 10)),
    ("snaive", .seasonal(count: nil)),
  ]

  /// The name with its numbers, `ma-4`, `ses-30`, `holt-30-10`, `snaive-7`; `snaive` for a season by the bucket.
  public var name: String {
    switch self {
    case .movingAverage(let count): "ma-\(count)"
    case .smoothing(let alpha): "ses-\(alpha)"
    case .trend(let alpha, let beta): "holt-\(alpha)-\(beta)"
    case .seasonal(let count): count.map { "snaive-\($0)" } ?? "snaive"
    }
  }

  /// The method of a name with numbers: 1 to 1,000 buckets, 1 to 100 percent.
  public init?(name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().map { Int64($0) ?? 0 }
    let isOfBuckets = numbers.count == 1 && (1...1_000).contains(numbers[0])
    let isOfPercents = !numbers.isEmpty && numbers.allSatisfy { (1...100).contains($0) }
    switch (parts.first.map(String.init), numbers.count) {
    case ("ma", 1) where isOfBuckets: self = .movingAverage(count: numbers[0])
    case ("snaive", 1) where isOfBuckets: self = .seasonal(count: numbers[0])
    case ("ses", 1) where isOfPercents: self = .smoothing(alpha: numbers[0])
    case ("holt", 2) where isOfPercents: self = .trend(alpha: numbers[0], beta: numbers[1])
    default: return nil
    }
  }

  /// The parameters in words.
  var parameters: String {
    switch self {
    case .movingAverage(let count): "mean of the last \(count) buckets"
    case .smoothing(let alpha): "simple exponential smoothing, α = \(alpha) %"
    case .trend(let alpha, let beta): "Holt's linear trend, α = \(alpha) %, β = \(beta) %"
    case .seasonal(let count): "the bucket \(count.map { "\($0) buckets" } ?? "one season") ago"
    }
  }
}
