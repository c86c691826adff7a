public import Columns
public import OrderModel

/// Order fulfilment cycle time: from placing an order to the customer's having all of it.
///
/// - Definition: `Σ (delivered − placed) ÷ orders delivered`, over orders delivered in the period, cancelled later or not.
///   Cancelled or expired before delivery: excluded. Not yet delivered: pending.
/// - Unit: milliseconds, exact; people read days.
/// - Source: SCOR RS.1.1, gross; APQC 100496 customer order cycle time.
///
/// The `net` variant (less customer-asked dwell and customer-side holds) needs the instants of holds, which stand in the
/// timelines and in no column; so there is `gross` only.
public struct OrderFulfilmentCycleTime: OrderKPI {
  public let definition: Definition
  public let fields: [OrderField]

  public init() {
    definition = Definition(
      id: "K07", slug: "fulfilment_cycle_time", variant: "gross", kind: .duration,
      english: "Order fulfilment cycle time", chinese: "訂單履約週期", unit: "ms", direction: .down,
      attribution: .completed, numerator: "Σ (all required quantity delivered − placed)",
      denominator: "orders delivered, cancelled later or not", population: "orders placed before as-of",
      pending: "not delivered, neither cancelled nor expired", exclusions: Durations.exclusions,
      source: "SCOR RS.1.1 order fulfilment cycle time, gross; APQC 100496 customer order cycle time")
    fields = [.placedAt] + Passages.fields(of: .delivered) + Ending.fields
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    Durations.judge(
      placed: placed, starts: placed, ends: Passages.column(of: .delivered, in: batch, context: context),
      endings: Ending.column(in: batch, context: context), in: context, into: &verdicts)
  }
}
