import KPIs
import OrderModel
import Testing

struct OrderFulfilmentCycleTimeTests {
  @Test func `eight orders of G1 were delivered, one is open, one was cancelled`() throws {
    let result = try result(OrderFulfilmentCycleTime(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    #expect(result.n == 8)
    #expect(result.pending == 1)
    #expect(result.excluded("cancelled") == 1)
  }

  @Test func `an order delivered and cancelled later stays delivered`() {
    let order = TestOrder(placedAt: 0, [.reached(.delivered): hour, .reached(.cancelled): InstantColumn.unknown])
    #expect(verdict(OrderFulfilmentCycleTime(), of: order, asOf: day) == "hit")
  }

  @Test func `an order cancelled on the way never arrives`() {
    let order = TestOrder(placedAt: 0, [.reached(.shipped): hour, .reached(.cancelled): 2 * hour])
    #expect(verdict(OrderFulfilmentCycleTime(), of: order, asOf: day) == "cancelled")
    #expect(verdict(OrderFulfilmentCycleTime(), of: order, asOf: 2 * hour) == "pending")
  }

  @Test func `delivered by word of the source only is excluded as time-missing`() {
    let order = TestOrder(placedAt: 0, [.reached(.delivered): InstantColumn.unknown])
    #expect(verdict(OrderFulfilmentCycleTime(), of: order, asOf: day) == "time-missing")
  }

  @Test func `without a delivered order there is no mean`() throws {
    let result = try result(OrderFulfilmentCycleTime(), of: [TestOrder(placedAt: 0)], asOf: day)
    #expect(result.quotient == nil)
    #expect(result.ranks == nil)
    #expect(result.pending == 1)
  }
}
