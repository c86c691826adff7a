public import Columns
public import OrderModel

/// Mis-ship rate: what left wrong.
///
/// - Definition: `units` units reported as shipped wrong ÷ units shipped; `lines` lines ÷ lines of shipped orders; `orders`
///   orders with such a report ÷ orders shipped. A report is a mis-ship exception; one that names no units counts one, and
///   each counts for one line, since no report names its line. What is late, short or damaged is not mis-shipped.
/// - Attributed to the shipping of all required quantity. Not shipped: pending.
/// - Source: complement of SCOR RL.3.33 and RL.3.35.
public struct MisShipRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case units, lines, orders
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant = .units) {
    self.variant = variant
    let (numerator, denominator) =
      switch variant {
      case .units: ("units reported as shipped wrong", "units shipped of orders shipped in full of open quantity")
      case .lines: ("lines reported as shipped wrong", "lines of orders shipped in full of open quantity")
      case .orders: ("of these, reported as shipped wrong", "orders shipped in full of open quantity")
      }
    definition = Definition(
      id: "K18", slug: "mis_ship_rate", variant: variant.rawValue, kind: variant == .orders ? .rate : .share,
      english: "Mis-ship rate", chinese: "發錯貨率", unit: "percent", direction: .down, attribution: .completed,
      numerator: numerator, denominator: denominator, population: "orders placed before as-of",
      pending: "not shipped, neither cancelled nor expired", exclusions: ReachedOrders.exclusions,
      source: "complement of SCOR RL.3.33 and RL.3.35")
    fields =
      ReachedOrders.fields(.shipped)
      + (variant == .units
        ? OrderUnitCounts.shippedFields + [.told(.raisedUnits(.misShip))]
        : [.lineCount, .told(.raised(.misShip))])
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let wrongs = batch[.told(variant == .units ? .raisedUnits(.misShip) : .raised(.misShip))]
    ReachedOrders.judge(.shipped, batch, in: context, into: &verdicts) {
      wrongs[$0] > 0 ? Verdicts.hit : Verdicts.miss
    }
    if variant == .orders { return }
    let wholes =
      variant == .lines
      ? batch[.lineCount] : OrderUnitCounts.shipped(batch, reached: batch[.reached(.shipped)])
    for row in 0..<batch.count {
      verdicts.weights[row] = wholes[row]
      verdicts.values[row] = min(wrongs[row], wholes[row])
    }
  }
}
