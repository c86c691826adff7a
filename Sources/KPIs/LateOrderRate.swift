public import Columns
public import OrderModel

/// Late-order rate: open orders past their promise.
///
/// - Definition: orders open at as-of (K14) whose original ship-by is over and that have not shipped, or whose original
///   deliver-by is over ÷ open orders with a promise that can still be missed. Without one: excluded.
/// - A state at as-of; rows carry the placed instant.
public struct LateOrderRate: OrderKPI {
  public let definition = Definition(
    id: "K15", slug: "late_order_rate", kind: .rate, english: "Late-order rate", chinese: "超時率", unit: "percent",
    direction: .down, attribution: .snapshot,
    numerator: "of these, not shipped and ship-by over, or deliver-by over",
    denominator: "open orders with a deliver-by, or with a ship-by and not shipped",
    population: "orders placed before as-of, neither delivered, completed, cancelled nor expired", pending: "none",
    exclusions: ["no-promise"])
  public let fields: [OrderField] = NodeAtAsOf.fields + [.shipBy, .deliverBy]

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, shipBy, deliverBy) = (batch[.placedAt], batch[.shipBy], batch[.deliverBy])
    let nodes = NodeAtAsOf.column(of: batch, in: context)
    let (shipped, delivered) = (Int64(Node.shipped.rawValue), Int64(Node.delivered.rawValue))
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where nodes[row] > 0 && nodes[row] < delivered {
      let mustShip = InstantColumn.isInstant(shipBy[row]) && nodes[row] < shipped
      let mustArrive = InstantColumn.isInstant(deliverBy[row])
      verdicts.instants[row] = placed[row]
      verdicts.kinds[row] =
        if !mustShip, !mustArrive {
          Verdicts.firstExclusion
        } else if mustShip && shipBy[row] < context.asOf || mustArrive && deliverBy[row] < context.asOf {
          Verdicts.hit
        } else {
          Verdicts.miss
        }
    }
  }
}
