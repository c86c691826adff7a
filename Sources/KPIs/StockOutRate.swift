/// Stock-out rate, in meanings of equal right; the bare name is refused.
///
/// - Definition: of tracked SKUs at locations, active from the instant goods were there for the first time (the store knows
///   of no listing or delisting); available = on hand − reserved − units that cannot be sold:
///   - `time`: Σ time in the period with available ≤ 0 ÷ Σ time in the period in which the SKU was active at the location.
///   - `snapshot`: active SKUs with available ≤ 0, all locations of the group together, ÷ active SKUs; at the period's end,
///     or as-of where that comes first.
/// - Source: OpenBoxes counts the days out of the last 30, by day; this is exact to the millisecond.
public struct StockOutRate: StockKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case time, snapshot }

  public let variant: Variant
  public let definition: Definition

  public init(_ variant: Variant) {
    self.variant = variant
    let isTime = variant == .time
    definition = Definition(
      id: "K30", slug: "stock_out_rate", variant: variant.rawValue, kind: isTime ? .share : .rate,
      english: "Stock-out rate", chinese: "缺貨率", unit: "percent", direction: .down,
      attribution: isTime ? .period : .snapshot,
      numerator: isTime ? "Σ time in the period with nothing available, ms" : "of these, with nothing available",
      denominator: isTime
        ? "Σ time in the period since goods were first there, ms" : "tracked SKUs of which goods were ever there",
      population: isTime
        ? "tracked SKUs at locations" : "tracked SKUs, the group's locations together, at the period's end or as-of",
      pending: "none", exclusions: isTime ? [] : ["never-there"])
  }

  public var needsPeriod: Bool { variant == .time }

  public func result(
    of histories: ArraySlice<StockHistory>, untracked: Int64, in context: JudgingContext
  ) throws(KPIError) -> KPIResult {
    switch variant {
    case .time:
      var (out, active): (Int128, Int128) = (0, 0)
      for history in histories {
        let times = Self.times(of: history, from: context.period.lowerBound, to: context.end)
        out += Int128(times.out)
        active += Int128(times.active)
      }
      return KPIResult(numerator: try fitted(out), denominator: try fitted(active))
    case .snapshot:
      var (out, active, never): (Int64, Int64, Int64) = (0, 0, 0)
      for locations in bySKU(histories) {
        guard locations.contains(where: { $0.activeSince != nil }) else {
          never += 1
          continue
        }
        active += 1
        if locations.reduce(0, { $0 + $1.available(before: context.end) }) <= 0 { out += 1 }
      }
      return KPIResult(
        numerator: out, denominator: active,
        excluded: [KPIResult.Exclusion(reason: definition.exclusions[0], count: never)])
    }
  }

  /// Milliseconds of [start, end) in which the SKU was active, and in which nothing of it was available.
  private static func times(of history: StockHistory, from start: Int64, to end: Int64) -> (out: Int64, active: Int64) {
    guard let since = history.activeSince, since < end else { return (0, 0) }
    let first = max(start, since)
    var (out, available, reached): (Int64, Int64, Int64) = (0, 0, first)
    for step in history.steps {
      if step.occurredAt > reached {
        if available <= 0 { out += step.occurredAt - reached }
        reached = step.occurredAt
      }
      available += Int64(step.available)
    }
    if available <= 0 { out += end - reached }
    return (out, end - first)
  }
}
