/// Demand forecast, in four methods; the bare name is refused.
///
/// - Definition: demand = units ordered, by the placed instant, cancelled later or not, so that missing stock hides none
///   of it. A series begins with the first bucket with demand, or with the period where there was some before; from then
///   on buckets without demand are 0. It ends with the last bucket that is over at as-of and lies in the period. Rows:
///   - `forecast`: of the bucket after the last.
///   - `mae`, `wape`, `bias`, `mase`: of a backtest by rolling origin, each bucket forecast from those before it, the first
///     four (or as many as the method needs) left out: Σ|e| ÷ n, Σ|e| ÷ Σy, Σe ÷ Σy with e = forecast − demand, and
///     Σ|e| ÷ Σ|y − the bucket before|.
///   - `tested`: the buckets of the backtest.
/// - Exact: weights are whole percentages, kept as fractions over one growing denominator. A result that fits 64 bits is
///   told as a fraction; another is rounded once, half to even, to as many decimals as fit, at most fifteen.
/// - Source: textbook methods; R. J. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, for MASE.
public struct DemandForecast: KPI {
  public let method: ForecastMethod
  public let definition: Definition

  /// Buckets that are never forecast in a backtest, so that methods are compared over the same ones.
  static let warmUp = 4

  /// - Parameter name: Of the variant; nil for the method's own.
  public init(_ method: ForecastMethod, name: String? = nil) {
    self.method = method
    definition = Definition(
      id: "K50", slug: "demand_forecast", variant: name ?? method.name, kind: .quotient, english: "Demand forecast",
      chinese: "需求預測", unit: "units", direction: .none, attribution: .created,
      numerator: "\(method.parameters); errors of a backtest by rolling origin",
      denominator: "buckets (forecast, mae), Σ demand (wape, bias), Σ abs error of the naive forecast (mase)",
      population: "units of orders placed in buckets over at as-of, from the first with demand on", pending: "none",
      source: "R. J. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice", cellKeys: [.measure])
  }

  /// What a row tells.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case forecast, mae, wape, bias, mase, tested

    /// Its unit; `ratio` for a plain number.
    public var unit: String {
      switch self {
      case .forecast, .mae: "units"
      case .wape, .bias, .mase: "ratio"
      case .tested: "buckets"
      }
    }
  }

  /// Every measure of a series.
  ///
  /// - Parameters:
  ///   - demand: Units of each bucket, the first first.
  ///   - season: Buckets of a season, for a seasonal method that names none.
  /// - Throws: ``KPIError/overflow(kpi:)``
  public func measures(of demand: [Int64], season: Int64 = 1) throws(KPIError) -> [(Measure, KPIResult)] {
    var forecaster = Forecaster(method, season: season)
    var (absolute, signed) = (BigInteger(0), BigInteger(0))
    var (actual, naive, tested): (Int128, Int128, Int64) = (0, 0, 0)
    for (index, value) in demand.enumerated() {
      if index >= Self.warmUp, let forecast = forecaster.forecast {
        let error = forecast - BigInteger(value) * forecaster.denominator
        absolute = absolute + error.magnitude
        signed = signed + error
        actual += Int128(value)
        naive += Int128((value - demand[index - 1]).magnitude)
        tested += 1
      }
      forecaster.absorb(value)
      let isGrowing = forecaster.growth != 1 && index > 0
      if isGrowing {
        absolute = absolute * forecaster.growth
        signed = signed * forecaster.growth
      }
    }
    let scale = forecaster.denominator
    return [
      (.forecast, try quotient(forecaster.forecast ?? BigInteger(0), forecaster.forecast == nil ? nil : scale)),
      (.mae, try quotient(absolute, scale, times: Int128(tested))),
      (.wape, try quotient(absolute, scale, times: actual)),
      (.bias, try quotient(signed, scale, times: actual)),
      (.mase, try quotient(absolute, scale, times: naive)),
      (.tested, KPIResult(numerator: tested, denominator: 1)),
    ]
  }

  /// A fraction; one over nothing has a denominator of 0.
  private func quotient(_ above: BigInteger, _ below: BigInteger?, times factor: Int128 = 1) throws(KPIError)
    -> KPIResult
  {
    guard let below, factor != 0 else { return KPIResult(numerator: 0, denominator: 0) }
    guard let factor = Int64(exactly: factor), let fraction = above.fraction(over: below * factor) else {
      throw .overflow(kpi: definition.name)
    }
    return KPIResult(numerator: fraction.numerator, denominator: fraction.denominator)
  }
}
