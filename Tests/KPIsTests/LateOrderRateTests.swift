import KPIs
import OrderModel
import Testing

struct LateOrderRateTests {
  private func verdict(_ values: [OrderField: Int64], asOf: Int64 = day) -> String {
    KPIsTests.verdict(LateOrderRate(), of: TestOrder(placedAt: 0, values), asOf: asOf)
  }

  @Test func `a promise is over when it lies before as-of`() {
    #expect(verdict([.deliverBy: day - 1]) == "hit")
    #expect(verdict([.deliverBy: day]) == "miss")
    #expect(verdict([.shipBy: hour, .deliverBy: 2 * day]) == "hit")
    #expect(verdict([:]) == "no-promise")
  }

  @Test func `what has shipped is no longer late to ship, what arrived is not open`() {
    #expect(verdict([.shipBy: hour, .deliverBy: 2 * day, .reached(.shipped): 2 * hour]) == "miss")
    #expect(verdict([.shipBy: hour, .reached(.shipped): 2 * hour]) == "no-promise")
    #expect(verdict([.deliverBy: hour, .reached(.delivered): 2 * hour]) == "outside")
  }
}
