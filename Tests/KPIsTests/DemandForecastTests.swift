import KPIs
import Testing

struct DemandForecastTests {
  private let oracle: [Int64] = [10, 12, 14, 13, 15]

  private func measure(
    _ measure: DemandForecast.Measure, _ method: ForecastMethod, of demand: [Int64], season: Int64 = 1
  ) throws -> Fraction? {
    try DemandForecast(method).measures(of: demand, season: season).first { $0.0 == measure }?.1.quotient
  }

  @Test func `the oracle: a mean of three forecasts 14, smoothing by halves 13.875`() throws {
    #expect(try measure(.forecast, .movingAverage(count: 3), of: oracle) == Fraction(numerator: 14, denominator: 1))
    #expect(try measure(.forecast, .smoothing(alpha: 50), of: oracle) == Fraction(numerator: 111, denominator: 8))
  }

  @Test func `a straight line is continued by its trend, without an error`() throws {
    let line = (0..<9).map { 5 + 3 * Int64($0) }
    let method = ForecastMethod.trend(alpha: 30, beta: 10)
    #expect(try measure(.forecast, method, of: line) == Fraction(numerator: 32, denominator: 1))
    #expect(try measure(.mae, method, of: line) == Fraction(numerator: 0, denominator: 1))
    #expect(try measure(.mase, method, of: line) == Fraction(numerator: 0, denominator: 1))
  }

  @Test func `a season is repeated, of its own length or of the bucket's`() throws {
    let weeks: [Int64] = [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7]
    #expect(
      try measure(.forecast, .seasonal(count: nil), of: weeks, season: 7) == Fraction(numerator: 1, denominator: 1))
    #expect(try measure(.mae, .seasonal(count: nil), of: weeks, season: 7) == Fraction(numerator: 0, denominator: 1))
    #expect(try measure(.forecast, .seasonal(count: 2), of: weeks, season: 7) == Fraction(numerator: 6, denominator: 1))
  }

  @Test func `one bucket is tested: 15 against 12.25 of the four before`() throws {
    let method = ForecastMethod.movingAverage(count: 4)
    #expect(try measure(.tested, method, of: oracle) == Fraction(numerator: 1, denominator: 1))
    #expect(try measure(.mae, method, of: oracle) == Fraction(numerator: 11, denominator: 4))
    #expect(try measure(.wape, method, of: oracle) == Fraction(numerator: 11, denominator: 60))
    #expect(try measure(.bias, method, of: oracle) == Fraction(numerator: -11, denominator: 60))
    // The bucket before missed by 2.
    #expect(try measure(.mase, method, of: oracle) == Fraction(numerator: 11, denominator: 8))
  }

  @Test func `too few buckets give no forecast, an untested one no errors`() throws {
    let four = Array(oracle.prefix(4))
    #expect(try measure(.forecast, .movingAverage(count: 5), of: four) == nil)
    #expect(try measure(.forecast, .movingAverage(count: 4), of: four) != nil)
    #expect(try measure(.mae, .movingAverage(count: 4), of: four) == nil)
    #expect(try measure(.tested, .movingAverage(count: 4), of: four) == Fraction(numerator: 0, denominator: 1))
    #expect(try measure(.forecast, .trend(alpha: 30, beta: 10), of: [3]) == nil)
    #expect(try measure(.forecast, .smoothing(alpha: 30), of: []) == nil)
    // Nothing asked for: no share of it.
    #expect(try measure(.wape, .smoothing(alpha: 30), of: [0, 0, 0, 0, 0]) == nil)
  }

  @Test func `a series of a thousand days stays exact to fifteen decimals`() throws {
    // Constant demand: every forecast is that, whatever the powers of ten below it.
    let constant = [Int64](repeating: 7, count: 1_000)
    #expect(try measure(.forecast, .smoothing(alpha: 37), of: constant) == Fraction(numerator: 7, denominator: 1))
    #expect(try measure(.mae, .smoothing(alpha: 37), of: constant) == Fraction(numerator: 0, denominator: 1))
    // 10^6 × 0.9^100 = 26.56139888758747693… is left of it.
    let once = [1_000_000] + [Int64](repeating: 0, count: 100)
    let left = try measure(.forecast, .smoothing(alpha: 10), of: once)
    #expect(left == Fraction(numerator: 26_561_398_887_587_477, denominator: 1_000_000_000_000_000))
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `every method agrees with loops over floating point`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let demand = (0..<Int.random(in: 8...60, using: &generator)).map { _ in Int64.random(in: 0...40, using: &generator)
    }
    let methods: [ForecastMethod] = [
      .movingAverage(count: Int64.random(in: 1...7, using: &generator)),
      .smoothing(alpha: Int64.random(in: 1...100, using: &generator)),
      .trend(alpha: Int64.random(in: 1...100, using: &generator), beta: Int64.random(in: 1...100, using: &generator)),
      .seasonal(count: Int64.random(in: 1...7, using: &generator)),
    ]
    for method in methods {
      let y = demand.map(Double.init)
      var (absolute, signed, actual, naive, tested) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for index in 4..<y.count {
        guard let forecast = plain(method, of: Array(y[..<index])) else { continue }
        absolute += abs(forecast - y[index])
        signed += forecast - y[index]
        actual += y[index]
        naive += abs(y[index] - y[index - 1])
        tested += 1
      }
      let expected: [DemandForecast.Measure: Double] = [
        .forecast: plain(method, of: y)!, .mae: absolute / tested, .wape: absolute / actual, .bias: signed / actual,
        .mase: absolute / naive, .tested: tested,
      ]
      for (name, value) in expected {
        let found = try #require(try measure(name, method, of: demand))
        #expect(
          abs(Double(found.numerator) / Double(found.denominator) - value) < 1e-9, "\(name) of \(method), seed \(seed)")
      }
    }
  }

  private func plain(_ method: ForecastMethod, of y: [Double]) -> Double? {
    switch method {
    case .movingAverage(let count):
      return y.count < count ? nil : y.suffix(Int(count)).reduce(0, +) / Double(count)
    case .seasonal(let count): return y.count < count! ? nil : y[y.count - Int(count!)]
    case .smoothing(let alpha):
      return y.dropFirst().reduce(y[0]) { Double(alpha) / 100 * $1 + (1 - Double(alpha) / 100) * $0 }
    case .trend(let alpha, let beta):
      let (a, b) = (Double(alpha) / 100, Double(beta) / 100)
      var (level, trend) = (y[0], y[1] - y[0])
      for value in y.dropFirst() {
        let before = level
        level = a * value + (1 - a) * (level + trend)
        trend = b * (level - before) + (1 - b) * trend
      }
      return level + trend
    }
  }
}
