public import Columns
public import OrderModel

/// Open backlog and age: the orders under way at as-of, and how long they have stood at their node.
///
/// - Definition: orders neither delivered, completed, cancelled nor expired at as-of; delivered without an instant is
///   delivered. Age = as-of − instant of the furthest node reached. A node without an instant gives no age: the order
///   is counted, not ranked. An order with several legs counts once, at the node all of them have reached.
/// - Unit: orders; ages in milliseconds. Group by `node` with ``NodeAtAsOf``.
public struct OpenBacklog: OrderKPI {
  public let definition = Definition(
    id: "K14", slug: "open_backlog", kind: .count, english: "Open backlog and age", chinese: "在途訂單與賬齡",
    unit: "orders", direction: .down, attribution: .snapshot,
    numerator: "open orders; their age = as-of − instant of the furthest node reached", denominator: "none",
    population: "orders placed before as-of, neither delivered, completed, cancelled nor expired", pending: "none")
  public let fields = NodeAtAsOf.fields

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let (nodes, arrivals) = NodeAtAsOf.positions(of: batch, in: context)
    let delivered = Int64(Node.delivered.rawValue)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, added in
      for row in 0..<batch.count where nodes[row] > 0 && nodes[row] < delivered {
        instants[row] = placed[row]
        if InstantColumn.isInstant(arrivals[row]) {
          kinds[row] = Verdicts.hit
          added[row] = context.asOf - arrivals[row]
        } else {
          kinds[row] = Verdicts.miss
        }
      }
    }
  }
}
