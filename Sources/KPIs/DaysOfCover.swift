/// Days of cover: how long what is available lasts at the demand of late.
///
/// - Definition: units available ÷ units ordered a day, over tracked SKUs; available = on hand − reserved − units that
///   cannot be sold, at the period's end or as-of, where that comes first; demand is forecast as the mean of the last
///   ``days`` days of 24 h before it, by the placed instant, cancelled later or not (a moving average as in
///   ``DemandForecast``). Without demand there is no figure: what is there lasts for ever, and the group is excluded as
///   `no-demand`.
/// - Unit: days.
public struct DaysOfCover: KPI {
  /// Days of demand that are averaged.
  public static let days: Int64 = 28

  public let definition = Definition(
    id: "K33", slug: "days_of_cover", kind: .quotient, english: "Days of cover", chinese: "可售天數", unit: "days",
    direction: .none, attribution: .snapshot, numerator: "units available × \(DaysOfCover.days)",
    denominator: "units ordered in the last \(DaysOfCover.days) days",
    population: "tracked SKUs, at the period's end or as-of", pending: "none", exclusions: ["no-demand"])

  public init() {}

  /// - Parameters:
  ///   - available: Units, 0 where it is below.
  ///   - demand: Units ordered in the last ``days`` days.
  public func result(available: Int64, demand: Int64) throws(KPIError) -> KPIResult {
    let (above, overflow) = max(0, available).multipliedReportingOverflow(by: Self.days)
    guard !overflow else { throw .overflow(kpi: definition.name) }
    return KPIResult(
      numerator: above, denominator: demand,
      excluded: [KPIResult.Exclusion(reason: definition.exclusions[0], count: demand == 0 ? 1 : 0)])
  }
}

/// Units available at the period's end, or as-of where that comes first.
public struct AvailableUnits: StockKPI {
  /// Of no catalogue: it has no name to be asked by.
  public let definition = Definition(
    id: "", slug: "", kind: .count, english: "", chinese: "", unit: "units", direction: .none, attribution: .snapshot,
    numerator: "units available", denominator: "none", population: "tracked stock", pending: "none")

  public init() {}

  public func result(
    of histories: ArraySlice<StockHistory>, untracked: Int64, in context: JudgingContext
  ) throws(KPIError) -> KPIResult {
    KPIResult(numerator: histories.reduce(0) { $0 + $1.available(before: context.end) }, denominator: nil)
  }
}
