import KPIs
import OrderModel
import Testing

struct FirstResponseRateTests {
  @Test func `G1: 8 of 10`() throws {
    let result = try result(
      FirstResponseRate(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 8, denominator: 10))
  }

  @Test func `an act at the limit is in time, a millisecond later is not`() {
    func verdict(act: Int64) -> String {
      KPIsTests.verdict(
        FirstResponseRate(), of: TestOrder(placedAt: 0, [.firstActAt: act]), asOf: day)
    }
    #expect(verdict(act: 30 * minute) == "hit")
    #expect(verdict(act: 30 * minute + 1) == "miss")
    #expect(verdict(act: InstantColumn.unknown) == "miss")
    #expect(verdict(act: InstantColumn.none) == "miss")
  }

  @Test func `cancelled unseen within the limit is left out, after it is missed`() {
    let early = TestOrder(placedAt: 0, [.reached(.cancelled): 20 * minute])
    let late = TestOrder(placedAt: 0, [.reached(.cancelled): 40 * minute])
    #expect(verdict(FirstResponseRate(), of: early, asOf: day) == "cancelled")
    #expect(verdict(FirstResponseRate(), of: late, asOf: day) == "miss")
    #expect(verdict(FirstResponseRate(), of: TestOrder(placedAt: 0), asOf: 30 * minute) == "pending")
  }
}
