import KPIs
import OrderModel
import Testing

struct FillRateTests {
  @Test func `G1: 8 of 9`() throws {
    let result = try result(
      FillRate(.line), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 8, denominator: 9))
  }

  @Test func `G1: seven of eight orders left complete at once`() throws {
    let result = try result(
      FillRate(.order), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 7, denominator: 8))
  }

  @Test func `where only the node is told, all left at once unless part was cancelled`() {
    let whole = TestOrder(placedAt: 0, [.units: 3, .reached(.shipped): hour])
    #expect(verdict(FillRate(.order), of: whole, asOf: day) == "hit")
    var short = whole
    short[.told(.cancelledUnits)] = 1
    #expect(verdict(FillRate(.order), of: short, asOf: day) == "miss")
    short[.told(.cancelledUnitsBy(.customer))] = 1
    #expect(verdict(FillRate(.order), of: short, asOf: day) == "hit")
  }
}
