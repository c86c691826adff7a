import OrderModel
import OrderStore

/// Some figures by channel, counted order by order from what the store tells of a whole order.
struct PlainFigures {
  struct Figure: Hashable {
    var numerator: Int64
    var denominator: Int64

    init(_ numerator: Int64, _ denominator: Int64) {
      (self.numerator, self.denominator) = (numerator, denominator)
    }
  }

  static let names = ["K01:all", "K07:gross", "K10:scor", "K10:commit", "K14", "K25:orders", "K42:gmv", "K43:units"]

  /// By name, then channel; groups in which nothing counts are left out.
  private(set) var figures: [String: [String: Figure]] = Dictionary(
    uniqueKeysWithValues: names.map { ($0, [:]) })

  init(_ snapshot: OrderSnapshot, asOf: Int64) throws {
    for row in 0..<snapshot.orderCount {
      if let order = try snapshot.order(OrderID(rawValue: UInt32(row))), order.placedAt.milliseconds < asOf {
        count(order, asOf: asOf)
      }
    }
  }

  private mutating func count(_ order: StoredOrder, asOf: Int64) {
    func reached(_ node: Node) -> Int64? {
      order.timeline.compactMap { entry in
        entry.node == node ? entry.occurredAt?.milliseconds : nil
      }.filter { $0 < asOf }.min()
    }
    func add(_ name: String, _ numerator: Int64, _ denominator: Int64) {
      let old = figures[name]![order.channel] ?? Figure(0, 0)
      figures[name]![order.channel] = Figure(old.numerator + numerator, old.denominator + denominator)
    }
    let placed = order.placedAt.milliseconds
    let delivered = reached(.delivered)
    let isCancelled = reached(.cancelled) != nil
    let isExpired = reached(.expired) != nil
    if let released = reached(.released) { add("K01:all", released - placed, 1) }
    if let delivered { add("K07:gross", delivered - placed, 1) }
    if let deadline = order.deliverBy?.milliseconds {
      if let delivered { add("K10:scor", delivered <= deadline ? 1 : 0, 1) }
      if !isCancelled, !isExpired, delivered != nil || deadline < asOf {
        add("K10:commit", delivered.map { $0 <= deadline ? 1 : 0 } ?? 0, 1)
      }
    }
    if delivered == nil, reached(.completed) == nil, !isCancelled, !isExpired { add("K14", 1, 0) }
    add("K25:orders", isCancelled ? 1 : 0, 1)
    add("K42:gmv", order.lines.reduce(0) { $0 + $1.quantity * $1.listPriceMinorUnits }, 0)
    let units = order.lines.reduce(0) { $0 + $1.quantity - $1.cancelled }
    if !isCancelled, !isExpired, units > 0 { add("K43:units", units, 1) }
  }
}
