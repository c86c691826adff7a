import KPIs
import OrderModel
import Testing

struct CancelRateTests {
  private func golden(_ variant: CancelRate.Variant) throws -> Fraction? {
    try result(
      CancelRate(variant), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march
    ).quotient
  }

  @Test func `G1: 1 of 10 orders, and it was the customer`() throws {
    #expect(try golden(.orders) == Fraction(numerator: 1, denominator: 10))
    #expect(try golden(.ordersCustomer) == Fraction(numerator: 1, denominator: 10))
    #expect(try golden(.ordersSeller) == Fraction(numerator: 0, denominator: 10))
    #expect(try golden(.preFulfilment) == Fraction(numerator: 0, denominator: 10))
  }

  @Test func `G1: 2 of 24 units and 100 of 26,100 of value, the part of a split order among them`() throws {
    #expect(try golden(.lines) == Fraction(numerator: 2, denominator: 24))
    #expect(try golden(.value) == Fraction(numerator: 100, denominator: 26_100))
  }

  @Test func `a cancellation at or after as-of has not happened, in units neither`() throws {
    let order = TestOrder(placedAt: 0, [.reached(.cancelled): day, .units: 3])
    #expect(verdict(CancelRate(.orders), of: order, asOf: day) == "miss")
    #expect(verdict(CancelRate(.orders), of: order, asOf: day + 1) == "hit")
    #expect(try result(CancelRate(.lines), of: [order], asOf: day).numerator == 0)
    #expect(try result(CancelRate(.lines), of: [order], asOf: day + 1).numerator == 3)
  }

  @Test func `sides add up to all cancellations`() throws {
    let orders = Side.allCases.map {
      TestOrder(placedAt: 0, [.reached(.cancelled): InstantColumn.unknown, .cancelSide: Int64($0.rawValue)])
    }
    let sides: [CancelRate.Variant] = [.ordersUnknown, .ordersCustomer, .ordersSeller, .ordersSystem]
    for side in sides { #expect(try result(CancelRate(side), of: orders, asOf: 1).numerator == 1) }
    #expect(try result(CancelRate(.orders), of: orders, asOf: 1).numerator == 4)
  }

  @Test func `expired is no cancellation`() throws {
    let order = TestOrder(placedAt: 0, [.reached(.expired): hour, .units: 2, .told(.cancelledUnits): 2])
    #expect(verdict(CancelRate(.orders), of: order, asOf: day) == "miss")
    #expect(verdict(CancelRate(.expired), of: order, asOf: day) == "hit")
    #expect(try result(CancelRate(.lines), of: [order], asOf: day).numerator == 0)
  }

  @Test func `pre-fulfilment asks for the seller, and for a cancellation before shipping`() {
    func order(_ side: Side, shipped: Int64, cancelled: Int64) -> TestOrder {
      TestOrder(
        placedAt: 0,
        [.reached(.shipped): shipped, .reached(.cancelled): cancelled, .cancelSide: Int64(side.rawValue)])
    }
    let kpi = CancelRate(.preFulfilment)
    let (none, unknown) = (InstantColumn.none, InstantColumn.unknown)
    #expect(verdict(kpi, of: order(.seller, shipped: none, cancelled: hour), asOf: day) == "hit")
    #expect(verdict(kpi, of: order(.customer, shipped: none, cancelled: hour), asOf: day) == "miss")
    #expect(verdict(kpi, of: order(.seller, shipped: hour, cancelled: 2 * hour), asOf: day) == "miss")
    #expect(verdict(kpi, of: order(.seller, shipped: hour, cancelled: unknown), asOf: day) == "hit")
    #expect(verdict(kpi, of: order(.seller, shipped: unknown, cancelled: hour), asOf: day) == "miss")
  }

  @Test func `orders without units give no rate of units`() throws {
    #expect(try result(CancelRate(.lines), of: [TestOrder(placedAt: 0)], asOf: day).quotient == nil)
  }
}
