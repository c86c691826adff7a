public import Columns
public import OrderModel

/// Order processing time: from placing an order to handing it to the warehouse.
///
/// - Definition: `released − placed`, over orders released in the period; `first` to the first leg's release,
///   `from-paid` from the payment. Cancelled or expired before release: excluded. Not yet released: pending.
///   Net of holds, the time on hold between the two is left out.
/// - Unit: milliseconds, exact.
/// - Source: part of WERC internal order cycle time.
public struct OrderProcessingTime: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    /// From placed until all required quantity is released.
    case all
    /// From placed until the first leg is released.
    case first
    /// From paid until all required quantity is released.
    case fromPaid = "from-paid"
  }

  public let variant: Variant
  public let isNetOfHolds: Bool
  public let definition: Definition
  public let fields: [OrderField]
  public let options: Set<KPIOptions.Name> = [.netOfHolds]

  /// - Parameter isNetOfHolds: Whether the time on hold is left out.
  public init(_ variant: Variant = .all, isNetOfHolds: Bool = false) {
    self.variant = variant
    self.isNetOfHolds = isNetOfHolds
    let start = variant == .fromPaid ? "paid" : "placed"
    let end = variant == .first ? "first leg released" : "all required quantity released"
    definition = Definition(
      id: "K01", slug: "order_processing_time", variant: variant.rawValue, kind: .duration,
      english: "Order processing time", chinese: "訂單處理時間", unit: "ms", direction: .down, attribution: .completed,
      numerator: "Σ (\(end) − \(start))\(isNetOfHolds ? " − time on hold" : "")", denominator: "orders released",
      population: "orders placed before as-of", pending: "not released, neither cancelled nor expired",
      exclusions: Durations.exclusions, source: "WERC: part of internal order cycle time")
    fields =
      [.placedAt] + (variant == .fromPaid ? [.reached(.paid)] : [])
      + Passages.fields(of: .released, first: variant == .first) + Ending.fields
      + (isNetOfHolds ? [Self.held(variant)] : [])
  }

  private static func held(_ variant: Variant) -> OrderField {
    .told(
      .held(
        from: variant == .fromPaid ? .paid : .placed, to: .released, isFirst: variant == .first, isCustomers: false))
  }

  public func with(_ options: KPIOptions) -> any KPI { Self(variant, isNetOfHolds: options.isNetOfHolds) }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    Durations.judge(
      placed: placed, starts: variant == .fromPaid ? batch[.reached(.paid)] : placed,
      ends: Passages.column(of: .released, in: batch, context: context, first: variant == .first),
      endings: Ending.column(in: batch, context: context), held: isNetOfHolds ? batch[Self.held(variant)] : nil,
      in: context, into: &verdicts)
  }
}
