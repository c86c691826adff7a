import KPIs
import OrderModel
import Testing

struct OrderProcessingTimeTests {
  @Test func `G1, until everything is released: n 8, mean 310, p50 40, p90 1800 minutes`() throws {
    let result = try result(
      OrderProcessingTime(.all), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.meanDenominator == 8)
    #expect(result.meanNumerator == 310 * 8 * minute)
    #expect(result.ranks == .init(p50: 40 * minute, p90: 1800 * minute, p95: 1800 * minute, max: 1800 * minute))
    #expect(result.pending == 1)
    #expect(result.excluded("cancelled") == 1)
  }

  @Test func `G1, until the first leg is released: mean 90.625 minutes`() throws {
    let result = try result(OrderProcessingTime(.first), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    #expect(result.meanDenominator == 8)
    #expect(result.meanNumerator == 725 * minute)
  }

  @Test func `from paid, the way from placed to paid is not counted`() throws {
    let all = try result(OrderProcessingTime(.all), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    let fromPaid = try result(OrderProcessingTime(.fromPaid), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    // 1 + 1 + 2 + 1 + 0 + 0 + 1 + 0 minutes of the eight released.
    #expect(fromPaid.numerator == all.numerator - 6 * minute)
    #expect(fromPaid.n == 8)
  }

  @Test func `an order released without an instant is excluded, never pending`() {
    let order = TestOrder(placedAt: 0, [.reached(.released): InstantColumn.unknown])
    #expect(verdict(OrderProcessingTime(), of: order, asOf: day) == "time-missing")
    let passed = TestOrder(placedAt: 0, [.reached(.delivered): hour])
    #expect(verdict(OrderProcessingTime(), of: passed, asOf: day) == "time-missing")
    #expect(verdict(OrderProcessingTime(), of: passed, asOf: hour) == "pending")
  }

  @Test func `a missing payment excludes from-paid only`() {
    let order = TestOrder(placedAt: 0, [.reached(.released): hour])
    #expect(verdict(OrderProcessingTime(.fromPaid), of: order, asOf: day) == "time-missing")
    #expect(verdict(OrderProcessingTime(.all), of: order, asOf: day) == "hit")
  }

  @Test func `a release at as-of has not happened, and an order placed at as-of does not exist`() {
    let order = TestOrder(placedAt: 0, [.reached(.released): hour])
    #expect(verdict(OrderProcessingTime(), of: order, asOf: hour) == "pending")
    #expect(verdict(OrderProcessingTime(), of: order, asOf: hour + 1) == "hit")
    #expect(verdict(OrderProcessingTime(), of: order, asOf: 0) == "outside")
  }

  @Test func `an expired order that was never released is excluded apart from the cancelled`() {
    let order = TestOrder(placedAt: 0, [.reached(.expired): hour])
    #expect(verdict(OrderProcessingTime(), of: order, asOf: day) == "expired")
    #expect(verdict(OrderProcessingTime(), of: order, asOf: hour) == "pending")
  }
}
