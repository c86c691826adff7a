public import Columns
public import OrderModel

/// Cancel rate: what was cancelled of what was placed.
///
/// - Definition: fully cancelled orders ÷ orders placed (`orders`); the same for one side only (`orders-customer`,
///   `orders-seller`, `orders-system`, `orders-unknown`); `lines` units cancelled ÷ units ordered; `value` list value
///   cancelled ÷ list value ordered; `pre-fulfilment` orders cancelled by the seller before they shipped ÷ orders placed.
///   Expired orders are no cancellations: they stand below the line, and above it in `expired` alone. In `lines` and
///   `value` an expired order's units are not cancelled.
/// - Attributed to the placed instant.
/// - Source: Amazon pre-fulfilment cancel rate.
public struct CancelRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case orders, lines, value
    case preFulfilment = "pre-fulfilment"
    case ordersCustomer = "orders-customer"
    case ordersSeller = "orders-seller"
    case ordersSystem = "orders-system"
    case ordersUnknown = "orders-unknown"
    case expired
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant = .orders) {
    self.variant = variant
    let (numerator, denominator) =
      switch variant {
      case .orders: ("orders fully cancelled", "orders placed")
      case .lines: ("units cancelled", "units ordered")
      case .value: ("list value cancelled", "list value ordered")
      case .preFulfilment: ("orders fully cancelled by the seller, not shipped before that", "orders placed")
      case .ordersCustomer: ("orders fully cancelled by the customer", "orders placed")
      case .ordersSeller: ("orders fully cancelled by the seller", "orders placed")
      case .ordersSystem: ("orders fully cancelled by the system", "orders placed")
      case .ordersUnknown: ("orders fully cancelled, side unknown", "orders placed")
      case .expired: ("orders expired unpaid", "orders placed")
      }
    definition = Definition(
      id: "K25", slug: "cancel_rate", variant: variant.rawValue,
      kind: variant == .lines || variant == .value ? .share : .rate, english: "Cancel rate", chinese: "取消率",
      unit: "percent", direction: .down, attribution: .created, numerator: numerator, denominator: denominator,
      population: "orders placed before as-of", pending: "none",
      source: variant == .preFulfilment ? "Amazon pre-fulfilment cancel rate" : "", outcomeKeys: ["reason", "side"])
    fields =
      switch variant {
      case .lines: [.placedAt, .units, .told(.cancelledUnits)] + Ending.fields
      case .value: [.placedAt, .listValue, .told(.cancelledValue)] + Ending.fields
      case .preFulfilment: [.placedAt] + Passages.fields(of: .shipped) + Ending.fields
      default: [.placedAt] + Ending.fields
      }
  }

  public var ofLines: (any LineKPI)? {
    variant == .lines || variant == .value ? CancelRateOfLines(definition, byValue: variant == .value) : nil
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    switch variant {
    case .lines: judgeShare(of: .units, cancelled: .told(.cancelledUnits), batch, in: context, into: &verdicts)
    case .value: judgeShare(of: .listValue, cancelled: .told(.cancelledValue), batch, in: context, into: &verdicts)
    case .preFulfilment: judgeBeforeShipping(batch, in: context, into: &verdicts)
    case .orders:
      judgeEndings(Ending.cancelledUnknown...Ending.cancelledSystem, batch, in: context, into: &verdicts)
    case .ordersCustomer:
      judgeEndings(Ending.cancelledCustomer...Ending.cancelledCustomer, batch, in: context, into: &verdicts)
    case .ordersSeller:
      judgeEndings(Ending.cancelledSeller...Ending.cancelledSeller, batch, in: context, into: &verdicts)
    case .ordersSystem:
      judgeEndings(Ending.cancelledSystem...Ending.cancelledSystem, batch, in: context, into: &verdicts)
    case .ordersUnknown:
      judgeEndings(Ending.cancelledUnknown...Ending.cancelledUnknown, batch, in: context, into: &verdicts)
    case .expired: judgeEndings(Ending.expired...Ending.expired, batch, in: context, into: &verdicts)
    }
  }

  private func judgeEndings(
    _ wanted: ClosedRange<UInt8>, _ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts
  ) {
    let placed = batch[.placedAt]
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, _ in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        kinds[row] = wanted.contains(endings[row]) ? Verdicts.hit : Verdicts.miss
      }
    }
  }

  private func judgeBeforeShipping(
    _ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts
  ) {
    let placed = batch[.placedAt]
    let cancelled = batch[.reached(.cancelled)]
    let shipped = Passages.column(of: .shipped, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, _ in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        // A cancellation without an instant counts as before; shipped without one, as before the cancellation.
        let isBefore =
          shipped[row] == InstantColumn.none || cancelled[row] == InstantColumn.unknown || cancelled[row] < shipped[row]
        kinds[row] =
          endings[row] == Ending.cancelledSeller && isBefore ? Verdicts.hit : Verdicts.miss
      }
    }
  }

  private func judgeShare(
    of wholeField: OrderField, cancelled partField: OrderField, _ batch: Batch<OrderField>, in context: JudgingContext,
    into verdicts: inout Verdicts
  ) {
    let placed = batch[.placedAt]
    let wholes = batch[wholeField]
    let parts = batch[partField]
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      // Expiry is not a cancellation: its own part is as if nothing had ended.
      let part =
        endings[row] == Ending.expired
        ? 0
        : CancelledParts.part(of: wholes[row], inPart: parts[row], ending: endings[row])
      verdicts.instants[row] = placed[row]
      verdicts.values[row] = part
      verdicts.weights[row] = wholes[row]
      verdicts.kinds[row] = part > 0 ? Verdicts.hit : Verdicts.miss
    }
  }
}
