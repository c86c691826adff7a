import KPIs
import OrderModel
import Testing

struct InternalOrderCycleTimeTests {
  @Test func `the clock stops when everything open was shipped`() throws {
    let result = try result(InternalOrderCycleTime(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    #expect(result.n == 8)
    // O3 from 03-05 10:00 to 03-07 09:00, when the second leg left.
    #expect(result.ranks?.max == 47 * hour)
    #expect(result.pending == 1)
  }

  @Test func `an order counts in the period in which it was shipped`() throws {
    let kpi = InternalOrderCycleTime()
    let march = try result(kpi, of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(march.n == 7)
    #expect(
      try result(kpi, of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true).n == 8)
  }

  @Test func `a negative duration is kept and counted`() throws {
    let order = TestOrder(placedAt: hour, [.reached(.shipped): 0])
    let result = try result(InternalOrderCycleTime(), of: [order], asOf: day)
    #expect(result.numerator == -hour)
    #expect(result.negativeCount == 1)
  }
}
