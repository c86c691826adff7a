internal import Calendars
internal import KPIs
internal import OrderModel

/// Whether a figure can be asked the way a request asks.
enum Suitability {
  /// Why not; nil when it can.
  static func objection(
    to kpi: any KPI, of keys: [Dimension], hasFilter: Bool, _ request: KPIRequest, _ period: Range<Int64>
  ) -> AnalyticsError? {
    if let kpi = kpi as? any LedgerKPI {
      if hasFilter { return .conditionDoesNotFit(kpi: kpi.definition.name) }
      if request.explanation == .members { return .noMembers(kpi: kpi.definition.name) }
      if kpi.needsPeriod, period.lowerBound <= InstantColumn.unknown || period.upperBound == Int64.max {
        return .kpi(.needsPeriod(kpi: kpi.definition.name))
      }
    }
    if kpi is DaysOfCover, hasFilter { return .conditionDoesNotFit(kpi: kpi.definition.name) }
    let isOfEvents = (kpi as? ReturnRate)?.variant.isOfEvents ?? false
    if kpi is DaysOfCover || kpi is DemandForecast || isOfEvents, request.explanation == .members {
      return .noMembers(kpi: kpi.definition.name)
    }
    let allowed = dimensions(of: kpi)
    guard let key = keys.first(where: { !allowed.contains($0) }) else { return nil }
    return .keyDoesNotFit(kpi: kpi.definition.name, key: key.name, keys: allowed.map(\.name))
  }

  /// What it can be grouped by.
  private static func dimensions(of kpi: any KPI) -> [Dimension] {
    if kpi is any LedgerKPI { return [.sku, .category, .word(.location)] }
    if kpi is DaysOfCover { return [.sku, .category] }
    if kpi is CohortRetention { return Dimension.all.filter { !$0.isOfLines && !$0.isBucket } }
    if kpi is DemandForecast {
      // Exact sums grow with the buckets: those of minutes would be too many.
      return Dimension.all.filter { dimension in
        if case .bucket(let bucket) = dimension {
          !bucket.isCyclic && bucket != .minute
        } else {
          dimension != .customer
        }
      }
    }
    guard let kpi = kpi as? any OrderKPI, kpi.ofLines != nil || isCounted(kpi.definition) else {
      return Dimension.all.filter { !$0.isOfLines }
    }
    return Dimension.all
  }

  /// Whether an order can count once in each SKU it has, since the figure counts or times orders and does not divide
  /// sums among them.
  private static func isCounted(_ definition: Definition) -> Bool {
    switch definition.kind {
    case .rate, .product, .duration, .count: true
    case .share, .amount, .average, .turns, .quotient: false
    }
  }
}
