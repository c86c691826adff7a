public import OrderModel

/// A figure over what SKUs had at locations, movement by movement; gathered by ``StockFold``.
///
/// The state is that at the period's end, or at as-of where that comes first or no period is given.
public protocol StockKPI: LedgerKPI {
  /// The figure of a group.
  ///
  /// - Parameters:
  ///   - histories: Of the group's SKUs and locations, by SKU and then location, with the movements of tracked stock
  ///     before the period's end and before as-of.
  ///   - untracked: Shipments in the period of stock that is not tracked.
  func result(
    of histories: ArraySlice<StockHistory>, untracked: Int64, in context: JudgingContext
  ) throws(KPIError) -> KPIResult
}

extension StockKPI {
  public var fields: [MovementField] { StockFold.fields }
  public var needsPeriod: Bool { false }
  public var sampling: LedgerSampling { .bothEnds }

  public func fold(
    in context: JudgingContext, instants: [Int64], cellCount: Int
  ) throws(KPIError) -> any LedgerFold {
    if needsPeriod, !context.isPeriodUsable { throw .needsPeriod(kpi: definition.name) }
    return StockFold(self, in: context, cellCount: cellCount)
  }

  /// Histories by SKU: what a group's locations have of each.
  func bySKU(_ histories: ArraySlice<StockHistory>) -> [ArraySlice<StockHistory>] {
    var groups: [ArraySlice<StockHistory>] = []
    var start = histories.startIndex
    for index in histories.indices where index > start && histories[index].sku != histories[start].sku {
      groups.append(histories[start..<index])
      start = index
    }
    if start < histories.endIndex { groups.append(histories[start...]) }
    return groups
  }

  func fitted(_ sum: Int128) throws(KPIError) -> Int64 {
    guard let value = Int64(exactly: sum) else { throw .overflow(kpi: definition.name) }
    return value
  }
}

extension JudgingContext {
  /// End of the period, or as-of where that comes first.
  public var end: Int64 { min(period.upperBound, asOf) }

  /// Whether the period has both ends and begins before as-of.
  var isPeriodUsable: Bool { period.lowerBound > InstantColumn.unknown && end < Int64.max && period.lowerBound < end }
}
