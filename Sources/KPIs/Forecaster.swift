/// Forecasts a series bucket by bucket, exactly: numerators over one common denominator, which grows by ``growth`` with
/// each bucket where weights are percentages.
struct Forecaster {
  /// What the denominator is multiplied by with each bucket taken in.
  let growth: Int64
  private(set) var denominator: BigInteger
  private let method: ForecastMethod
  private let season: Int
  private var past: [Int64] = []
  /// Level and trend, times the denominator.
  private var level = BigInteger(0)
  private var slope = BigInteger(0)
  /// The weights in lowest terms.
  private let alpha: (above: Int64, below: Int64)
  private let beta: (above: Int64, below: Int64)

  /// - Parameter season: Buckets of a season where the method names none; at least 1.
  init(_ method: ForecastMethod, season: Int64) {
    self.method = method
    var (alpha, beta): ((Int64, Int64), (Int64, Int64)) = ((1, 1), (1, 1))
    var (first, length): (Int64, Int64) = (1, 1)
    switch method {
    case .movingAverage(let count): (first, length) = (count, count)
    case .seasonal(let count): length = count ?? season
    case .smoothing(let percent): alpha = Self.weight(percent)
    case .trend(let percent, let other): (alpha, beta) = (Self.weight(percent), Self.weight(other))
    }
    (self.alpha, self.beta) = (alpha, beta)
    growth = alpha.1 * beta.1
    denominator = BigInteger(first)
    self.season = Int(length)
  }

  private static func weight(_ percent: Int64) -> (Int64, Int64) {
    let fraction = Fraction(reducing: Int128(percent), 100)!
    return (fraction.numerator, fraction.denominator)
  }

  /// How many buckets must be known before one can be forecast.
  var needed: Int {
    switch method {
    case .movingAverage, .seasonal: season
    case .smoothing: 1
    case .trend: 2
    }
  }

  var count: Int { past.count }

  /// The forecast of the next bucket times ``denominator``; nil while too few are known.
  var forecast: BigInteger? {
    guard past.count >= needed else { return nil }
    switch method {
    case .movingAverage: return past.suffix(season).reduce(BigInteger(0)) { $0 + BigInteger($1) }
    case .seasonal: return BigInteger(past[past.count - season])
    case .smoothing: return level
    case .trend: return level + slope
    }
  }

  /// Takes in what the next bucket turned out to be.
  mutating func absorb(_ value: Int64) {
    past.append(value)
    switch method {
    case .movingAverage, .seasonal: return
    case .smoothing, .trend: break
    }
    if past.count == 1 {
      level = BigInteger(value)
      return
    }
    if past.count == 2, case .trend = method { slope = (BigInteger(value) - BigInteger(past[0])) * denominator }
    // l = αy + (1 − α)(l + b) and b = β(l − l') + (1 − β)b, all times the denominator and its growth.
    let smoothed = BigInteger(value) * denominator * alpha.above + (level + slope) * (alpha.below - alpha.above)
    slope = (smoothed - level * alpha.below) * beta.above + slope * ((beta.below - beta.above) * alpha.below)
    if case .smoothing = method { slope = BigInteger(0) }
    level = smoothed * beta.below
    denominator = denominator * growth
  }
}
