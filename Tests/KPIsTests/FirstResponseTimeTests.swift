import KPIs
import OrderModel
import Testing

struct FirstResponseTimeTests {
  @Test func `G1: mean 15.0, p50 10, p90 40 minutes over all ten orders`() throws {
    let result = try result(
      FirstResponseTime(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.meanNumerator == 150 * minute)
    #expect(result.meanDenominator == 10)
    #expect(result.ranks?.p50 == 10 * minute)
    #expect(result.ranks?.p90 == 40 * minute)
  }

  @Test func `human ignores what the system did first`() throws {
    let order = TestOrder(placedAt: 0, [.firstActAt: minute, .firstHumanActAt: hour])
    #expect(try result(FirstResponseTime(.any), of: [order], asOf: day).numerator == minute)
    #expect(try result(FirstResponseTime(.human), of: [order], asOf: day).numerator == hour)
  }

  @Test func `cancelled after the act counts, before it does not`() {
    let after = TestOrder(placedAt: 0, [.firstActAt: hour, .reached(.cancelled): 2 * hour])
    #expect(verdict(FirstResponseTime(), of: after, asOf: day) == "hit")
    let before = TestOrder(placedAt: 0, [.firstActAt: 2 * hour, .reached(.cancelled): hour])
    #expect(verdict(FirstResponseTime(), of: before, asOf: day) == "cancelled")
    let untimed = TestOrder(placedAt: 0, [.firstActAt: hour, .reached(.cancelled): InstantColumn.unknown])
    #expect(verdict(FirstResponseTime(), of: untimed, asOf: day) == "hit")
  }

  @Test func `no act yet is pending, or excluded when the order is over`() {
    #expect(verdict(FirstResponseTime(), of: TestOrder(placedAt: 0), asOf: day) == "pending")
    #expect(verdict(FirstResponseTime(), of: TestOrder(placedAt: 0, [.firstActAt: day]), asOf: day) == "pending")
    let cancelled = TestOrder(placedAt: 0, [.reached(.cancelled): InstantColumn.unknown])
    #expect(verdict(FirstResponseTime(), of: cancelled, asOf: day) == "cancelled")
    let expired = TestOrder(placedAt: 0, [.reached(.expired): hour])
    #expect(verdict(FirstResponseTime(), of: expired, asOf: day) == "expired")
  }

  @Test func `an act without an instant is time-missing`() {
    let order = TestOrder(placedAt: 0, [.firstActAt: InstantColumn.unknown])
    #expect(verdict(FirstResponseTime(), of: order, asOf: day) == "time-missing")
  }
}
