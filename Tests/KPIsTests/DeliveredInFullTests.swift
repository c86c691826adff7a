import KPIs
import OrderModel
import Testing

struct DeliveredInFullTests {
  @Test func `G1: 6 of 8`() throws {
    let result = try result(
      DeliveredInFull(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 6, denominator: 8))
  }

  @Test func `what the customer cancelled is not missed, what the seller did is`() {
    func verdict(_ field: StoryField, _ value: Int64 = 1) -> String {
      KPIsTests.verdict(
        DeliveredInFull(), of: TestOrder(placedAt: 0, [.reached(.delivered): hour, .told(field): value]), asOf: day)
    }
    #expect(verdict(.cancelledUnitsBy(.customer)) == "hit")
    #expect(verdict(.cancelledUnitsBy(.unknown)) == "hit")
    #expect(verdict(.cancelledUnitsBy(.seller)) == "miss")
    #expect(verdict(.cancelledUnitsBy(.system)) == "miss")
    #expect(verdict(.strayedUnits) == "miss")
    #expect(verdict(.exceptions, ExceptionKind.misShip.bit) == "miss")
    #expect(verdict(.exceptions, ExceptionKind.damaged.bit) == "hit")
  }
}
