import KPIs
import OrderModel
import Testing

struct MisShipRateTests {
  @Test func `G1: 1 of 21`() throws {
    let result = try result(
      MisShipRate(.units), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 1, denominator: 21))
  }

  @Test(arguments: [(MisShipRate.Variant.orders, 8), (.lines, 9)] as [(MisShipRate.Variant, Int64)])
  func `G1: one of the orders, and of their lines`(variant: MisShipRate.Variant, denominator: Int64) throws {
    let result = try result(
      MisShipRate(variant), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 1, denominator: denominator))
  }

  @Test func `of an order of which only the node is told, all left; no more is wrong than left`() throws {
    let order = TestOrder(
      placedAt: 0,
      [
        .reached(.shipped): hour, .units: 3, .told(.cancelledUnits): 1, .told(.raised(.misShip)): 1,
        .told(.raisedUnits(.misShip)): 5,
      ])
    #expect(try result(MisShipRate(), of: [order], asOf: day).quotient == Fraction(numerator: 2, denominator: 2))
  }
}
