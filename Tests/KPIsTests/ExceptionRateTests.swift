import KPIs
import OrderModel
import Testing

struct ExceptionRateTests {
  @Test func `G1: 2 of 10`() throws {
    let result = try result(
      ExceptionRate(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 2, denominator: 10))
  }

  @Test func `a kind counts its own`() throws {
    #expect(try KPICatalogue.kpi(named: "K20:mis-ship").definition.name == "K20:mis-ship")
    let order = TestOrder(placedAt: 0, [.told(.exceptions): ExceptionKind.lost.bit])
    #expect(verdict(ExceptionRate(.lost), of: order, asOf: day) == "hit")
    #expect(verdict(ExceptionRate(.misShip), of: order, asOf: day) == "miss")
  }
}
