/// Oversell incidents: how often more was promised than was there.
///
/// - Definition: movements after which reserved + unsaleable units exceed those on hand, at a SKU and location where they
///   did not before, in the order in which the store recorded them. What waits for stock (backorder, presale) is not
///   promised from stock and does not count. The store refuses such movements, so the target is 0; the figure adds the
///   ledger up anew and would tell of one.
/// - Attributed to the movement's instant.
public struct OversellIncidents: StockKPI {
  public let definition = Definition(
    id: "K35", slug: "oversell_incidents", kind: .count, english: "Oversell incidents", chinese: "超賣次數",
    unit: "incidents", direction: .down, attribution: .event,
    numerator: "movements that promise more than is on hand and can be sold; target 0", denominator: "none",
    population: "movements of tracked stock in the period and before as-of", pending: "none")

  public init() {}

  public func result(
    of histories: ArraySlice<StockHistory>, untracked: Int64, in context: JudgingContext
  ) throws(KPIError) -> KPIResult {
    var incidents: Int64 = 0
    for history in histories {
      var available: Int64 = 0
      for step in history.asRecorded {
        let before = available
        available += Int64(step.available)
        if available < 0, before >= 0, context.period.contains(step.occurredAt) { incidents += 1 }
      }
    }
    return KPIResult(numerator: incidents, denominator: nil)
  }
}
