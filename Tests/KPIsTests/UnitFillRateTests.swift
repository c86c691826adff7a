import KPIs
import OrderModel
import Testing

struct UnitFillRateTests {
  @Test func `G1: 21 of 22`() throws {
    let result = try result(
      UnitFillRate(.final), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 21, denominator: 22))
  }

  @Test func `G1: 19 of 22 units were there when they were approved`() throws {
    let result = try result(
      UnitFillRate(.firstPass), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 19, denominator: 22))
    #expect(result.pending == 1)
  }

  @Test func `the seller's cancellation is not filled, the customer's no part of it`() throws {
    func order(_ side: Side) -> TestOrder {
      TestOrder(placedAt: 0, [.units: 3, .reached(.cancelled): hour, .cancelSide: Int64(side.rawValue)])
    }
    #expect(
      try result(UnitFillRate(.final), of: [order(.seller)], asOf: day).quotient
        == Fraction(numerator: 0, denominator: 3))
    #expect(verdict(UnitFillRate(.final), of: order(.customer), asOf: day) == "cancelled")
    #expect(verdict(UnitFillRate(.firstPass), of: order(.seller), asOf: day) == "cancelled")
  }

  @Test func `presale is another promise, and what nobody counts was never short`() {
    let presold = TestOrder(placedAt: 0, [.units: 3, .reached(.approved): hour, .told(.presoldAtApproval): 1])
    #expect(verdict(UnitFillRate(.firstPass), of: presold, asOf: day) == "presale")
    let uncounted = TestOrder(placedAt: 0, [.units: 3, .reached(.approved): hour])
    #expect(verdict(UnitFillRate(.firstPass), of: uncounted, asOf: day) == "untracked")
  }
}
