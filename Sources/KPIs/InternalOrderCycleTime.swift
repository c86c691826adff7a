public import Columns
public import OrderModel

/// Internal order cycle time: from placing an order to its leaving in full.
///
/// - Definition: `shipped − placed`, over orders whose whole open quantity was shipped in the period. Cancelled or expired
///   before that: excluded. Not yet shipped: pending. A negative duration (the carrier's clock ran ahead) is kept and
///   counted.
/// - Unit: milliseconds, exact.
/// - Source: WERC, internal order cycle time (order receipt to shipment by the supplier).
public struct InternalOrderCycleTime: OrderKPI {
  public let isNetOfHolds: Bool
  public let definition: Definition
  public let fields: [OrderField]
  public let options: Set<KPIOptions.Name> = [.netOfHolds]

  private static let held = OrderField.told(.held(from: .placed, to: .shipped, isFirst: false, isCustomers: false))

  /// - Parameter isNetOfHolds: Whether the time on hold is left out.
  public init(isNetOfHolds: Bool = false) {
    self.isNetOfHolds = isNetOfHolds
    definition = Definition(
      id: "K06", slug: "internal_cycle_time", kind: .duration, english: "Internal order cycle time",
      chinese: "下單到發貨時長", unit: "ms", direction: .down, attribution: .completed,
      numerator: "Σ (all required quantity shipped − placed)\(isNetOfHolds ? " − time on hold" : "")",
      denominator: "orders shipped in full of open quantity",
      population: "orders placed before as-of", pending: "not shipped, neither cancelled nor expired",
      exclusions: Durations.exclusions, source: "WERC: internal order cycle time")
    fields = [.placedAt] + Passages.fields(of: .shipped) + Ending.fields + (isNetOfHolds ? [Self.held] : [])
  }

  public func with(_ options: KPIOptions) -> any KPI { Self(isNetOfHolds: options.isNetOfHolds) }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    Durations.judge(
      placed: placed, starts: placed, ends: Passages.column(of: .shipped, in: batch, context: context),
      endings: Ending.column(in: batch, context: context), held: isNetOfHolds ? batch[Self.held] : nil, in: context,
      into: &verdicts)
  }
}
