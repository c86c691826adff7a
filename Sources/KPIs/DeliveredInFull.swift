public import Columns
public import OrderModel

/// Delivered in full: orders of which the customer got everything.
///
/// - Definition: delivered orders of which the seller and the system cancelled no unit in part, no unit was lost or turned
///   back, and no wrong article was reported ÷ delivered orders. What the customer cancelled is not missed; a substitution
///   needs their consent and is none. Delivered without an instant, or ended before: excluded. Not delivered: pending.
/// - Attributed to the delivery.
/// - Source: SCOR RL.2.1 (RL.3.33 item, RL.3.35 quantity); WERC shipped complete.
public struct DeliveredInFull: OrderKPI {
  public let definition = Definition(
    id: "K11", slug: "in_full", kind: .rate, english: "Delivered in full", chinese: "足量交付率", unit: "percent",
    direction: .up, attribution: .completed,
    numerator: "of these, nothing cancelled by the seller or the system, lost, turned back or wrong",
    denominator: "orders delivered, cancelled later or not", population: "orders placed before as-of",
    pending: "not delivered, neither cancelled nor expired", exclusions: ReachedOrders.exclusions,
    source: "SCOR RL.2.1 orders delivered in full; WERC shipped complete")
  public let fields: [OrderField] = ReachedOrders.fields(.delivered) + OrderFaults.fields

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let faults = OrderFaults(batch)
    ReachedOrders.judge(.delivered, batch, in: context, into: &verdicts) {
      faults.isInFull($0) ? Verdicts.hit : Verdicts.miss
    }
  }
}
