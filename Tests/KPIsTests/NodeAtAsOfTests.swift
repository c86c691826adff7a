import KPIs
import OrderModel
import Testing

struct NodeAtAsOfTests {
  private func node(of order: TestOrder, asOf: Int64) -> Node? {
    let batch = batch(of: [order], fields: NodeAtAsOf.fields)
    let raw = NodeAtAsOf.column(of: batch, in: JudgingContext(asOf: asOf))[0]
    return raw == 0 ? nil : Node(rawValue: UInt8(raw))
  }

  @Test func `an order stands at the furthest node it had reached`() {
    let order = TestOrder(
      placedAt: 0, [.reached(.paid): hour, .reached(.approved): InstantColumn.unknown, .reached(.shipped): 2 * hour])
    #expect(node(of: order, asOf: 0) == nil)
    #expect(node(of: order, asOf: hour) == .approved)
    #expect(node(of: order, asOf: 2 * hour + 1) == .shipped)
  }

  @Test func `the end of an order is its node, even behind delivered`() {
    var order = TestOrder(placedAt: 0, [.reached(.delivered): hour, .reached(.cancelled): InstantColumn.unknown])
    #expect(node(of: order, asOf: day) == .cancelled)
    order[.reached(.cancelled)] = 2 * day
    #expect(node(of: order, asOf: day) == .delivered)
    order[.reached(.completed)] = 2 * hour
    #expect(node(of: order, asOf: day) == .completed)
    #expect(node(of: TestOrder(placedAt: 0, [.reached(.expired): hour]), asOf: day) == .expired)
  }
}
