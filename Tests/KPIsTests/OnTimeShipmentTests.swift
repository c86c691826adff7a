import KPIs
import OrderModel
import Testing

struct OnTimeShipmentTests {
  private func verdict(_ values: [OrderField: Int64], asOf: Int64 = 10 * day) -> String {
    KPIsTests.verdict(OnTimeShipment(), of: TestOrder(placedAt: 0, values), asOf: asOf)
  }

  @Test func `at the promised instant is in time`() {
    #expect(verdict([.shipBy: day, .reached(.shipped): day]) == "hit")
    #expect(verdict([.shipBy: day, .reached(.shipped): day + 1]) == "miss")
    #expect(verdict([.shipBy: day, .reached(.shipped): InstantColumn.unknown]) == "miss")
    #expect(verdict([.reached(.shipped): hour]) == "no-promise")
  }

  @Test func `what never left is missed once its promise is over`() {
    #expect(verdict([.shipBy: day], asOf: day) == "pending")
    #expect(verdict([.shipBy: day], asOf: day + 1) == "miss")
  }

  @Test func `the seller's cancellation is missed, the customer's before the promise left out`() {
    func cancelled(_ side: Side, at instant: Int64) -> String {
      verdict([.shipBy: day, .reached(.cancelled): instant, .cancelSide: Int64(side.rawValue)])
    }
    #expect(cancelled(.seller, at: hour) == "miss")
    #expect(cancelled(.customer, at: hour) == "cancelled-customer")
    #expect(cancelled(.system, at: hour) == "cancelled-system")
    #expect(cancelled(.customer, at: 2 * day) == "miss")
  }
}
