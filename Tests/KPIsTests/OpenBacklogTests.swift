import KPIs
import OrderModel
import Testing

struct OpenBacklogTests {
  @Test func `G1: one order is open, 603 hours after it was paid`() throws {
    let result = try result(OpenBacklog(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    #expect(result.numerator == 1)
    #expect(result.denominator == nil)
    #expect(result.ranks?.p50 == GoldenOrders.asOf - GoldenOrders.at("03-20 20:05"))
  }

  @Test func `at an earlier as-of more orders are open, each at the node it had then`() throws {
    let asOf = GoldenOrders.at("03-03 00:00")
    let result = try result(OpenBacklog(), of: GoldenOrders.orders, asOf: asOf)
    // O1 shipped 18:00, O2 paid 23:31.
    #expect(result.numerator == 2)
    #expect(result.ranks == .init(p50: 29 * minute, p90: 6 * hour, p95: 6 * hour, max: 6 * hour))
  }

  @Test func `a node without an instant is counted without an age`() throws {
    let orders = [
      TestOrder(placedAt: 0, [.reached(.shipped): InstantColumn.unknown]), TestOrder(placedAt: hour),
    ]
    let result = try result(OpenBacklog(), of: orders, asOf: day)
    #expect(result.numerator == 2)
    #expect(result.n == 1)
    #expect(result.ranks?.max == 23 * hour)
  }

  @Test(arguments: [Node.delivered, .completed, .cancelled, .expired])
  func `what is over is not open, with an instant or without`(node: Node) {
    let untimed = TestOrder(placedAt: 0, [.reached(node): InstantColumn.unknown])
    #expect(verdict(OpenBacklog(), of: untimed, asOf: day) == "outside")
    let timed = TestOrder(placedAt: 0, [.reached(node): hour])
    #expect(verdict(OpenBacklog(), of: timed, asOf: day) == "outside")
    #expect(verdict(OpenBacklog(), of: timed, asOf: hour) == "hit")
  }

  @Test func `nothing open is a count of zero without ages`() throws {
    let result = try result(OpenBacklog(), of: [], asOf: day)
    #expect(result.numerator == 0)
    #expect(result.ranks == nil)
  }
}
