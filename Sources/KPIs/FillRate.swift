public import Columns
public import OrderModel

/// Line and order fill rate: what left complete at once; the bare name is refused.
///
/// - Definition: `line` lines of which every unit the customer wanted left in the line's first shipment ÷ lines of orders
///   decided; `order` orders of which everything left in the order's first shipment ÷ orders decided. Decided is an order
///   of which all required quantity shipped, or that the seller or the system cancelled. Cancelled by the customer (or a
///   side nobody named) and expired ones are excluded, others pending. A shipment is what left at one instant; where only
///   the node is told, all left in one.
/// - Attributed to the placed instant.
/// - Source: WERC line fill rate, order fill rate.
public struct FillRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case line, order
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant) {
    self.variant = variant
    let isLine = variant == .line
    definition = Definition(
      id: "K28", slug: "fill_rate", variant: variant.rawValue, kind: isLine ? .share : .rate,
      english: isLine ? "Line fill rate" : "Order fill rate", chinese: isLine ? "行滿足率" : "單滿足率", unit: "percent",
      direction: .up, attribution: .created,
      numerator: "of these, every unit the customer wanted left in the first shipment",
      denominator: (isLine ? "lines of orders" : "orders")
        + " shipped in full of open quantity, or cancelled by the seller or the system",
      population: "orders placed before as-of", pending: "open orders", exclusions: ["cancelled", "expired"],
      source: "WERC line fill rate, order fill rate")
    fields =
      [.placedAt] + OrderUnitCounts.requiredFields + OrderUnitCounts.shippedFields + Passages.fields(of: .shipped)
      + Ending.fields + (isLine ? [.told(.requiredLines), .told(.filledLines)] : [.told(.firstShippedUnits)])
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let passed = Passages.column(of: .shipped, in: batch, context: context)
    let required = OrderUnitCounts.required(batch)
    let (told, shipped) = (batch[.told(.shippedUnits)], OrderUnitCounts.shipped(batch, reached: passed))
    let isLine = variant == .line
    let filled = batch[.told(isLine ? .filledLines : .firstShippedUnits)]
    let lines = isLine ? batch[.told(.requiredLines)] : []
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      let hasPassed = passed[row] != InstantColumn.none
      if let reason = UnitFillRate.exclusion(of: endings[row], hasPassed: hasPassed) {
        verdicts.kinds[row] = reason
      } else if !hasPassed, endings[row] == Ending.none {
        verdicts.kinds[row] = Verdicts.pending
      } else {
        let isTold = told[row] > 0
        let isWhole = shipped[row] >= required[row] && hasPassed
        if isLine {
          verdicts.weights[row] = lines[row]
          verdicts.values[row] = isTold ? filled[row] : isWhole ? lines[row] : 0
          verdicts.kinds[row] = verdicts.values[row] > 0 ? Verdicts.hit : Verdicts.miss
        } else {
          verdicts.kinds[row] = (isTold ? filled[row] >= required[row] : isWhole) ? Verdicts.hit : Verdicts.miss
        }
      }
    }
  }
}
