public import Columns
public import OrderModel

/// Order fulfilment cycle time: from placing an order to the customer's having all of it.
///
/// - Definition: `Σ (delivered − placed) ÷ orders delivered`, over orders delivered in the period, cancelled later or not.
///   Cancelled or expired before delivery: excluded. Not yet delivered: pending. `net` leaves out the time on hold for the
///   customer's sake: a date they asked for, a payment, an address. The option net of holds leaves out all time on hold.
/// - Unit: milliseconds, exact; people read days.
/// - Source: SCOR RS.1.1, gross, and net of dwell time; APQC 100496 customer order cycle time.
public struct OrderFulfilmentCycleTime: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case gross, net
  }

  public let variant: Variant
  public let isNetOfHolds: Bool
  public let definition: Definition
  public let fields: [OrderField]
  public let options: Set<KPIOptions.Name> = [.netOfHolds]
  private let held: OrderField?

  /// - Parameter isNetOfHolds: Whether all time on hold is left out, the customer's and the seller's.
  public init(_ variant: Variant = .gross, isNetOfHolds: Bool = false) {
    self.variant = variant
    self.isNetOfHolds = isNetOfHolds
    let less = isNetOfHolds ? " − time on hold" : variant == .net ? " − time on hold for the customer" : ""
    definition = Definition(
      id: "K07", slug: "fulfilment_cycle_time", variant: variant.rawValue, kind: .duration,
      english: "Order fulfilment cycle time", chinese: "訂單履約週期", unit: "ms", direction: .down,
      attribution: .completed, numerator: "Σ (all required quantity delivered − placed)\(less)",
      denominator: "orders delivered, cancelled later or not", population: "orders placed before as-of",
      pending: "not delivered, neither cancelled nor expired", exclusions: Durations.exclusions,
      source: "SCOR RS.1.1 order fulfilment cycle time, \(variant.rawValue); APQC 100496 customer order cycle time")
    held =
      isNetOfHolds || variant == .net
      ? .told(.held(from: .placed, to: .delivered, isFirst: false, isCustomers: !isNetOfHolds)) : nil
    fields = [.placedAt] + Passages.fields(of: .delivered) + Ending.fields + [held].compactMap { $0 }
  }

  public func with(_ options: KPIOptions) -> any KPI { Self(variant, isNetOfHolds: options.isNetOfHolds) }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    Durations.judge(
      placed: placed, starts: placed, ends: Passages.column(of: .delivered, in: batch, context: context),
      endings: Ending.column(in: batch, context: context), held: held.map { batch[$0] }, in: context, into: &verdicts)
  }
}
