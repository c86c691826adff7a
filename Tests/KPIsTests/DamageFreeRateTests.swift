import KPIs
import OrderModel
import Testing

struct DamageFreeRateTests {
  @Test func `G1: 8 of 8`() throws {
    let result = try result(
      DamageFreeRate(claimWindowDays: 7), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march,
      byCreated: true)
    #expect(result.quotient == Fraction(numerator: 8, denominator: 8))
  }

  @Test func `each claim is a line, of those there are`() throws {
    let orders = [0, 1, 5].map {
      TestOrder(placedAt: 0, [.reached(.delivered): hour, .lineCount: 2, .told(.raised(.damaged)): $0])
    }
    #expect(
      try result(DamageFreeRate(.lines), of: orders, asOf: 30 * day).quotient
        == Fraction(numerator: 3, denominator: 6))
    #expect(
      try result(DamageFreeRate(.orders), of: orders, asOf: 30 * day).quotient
        == Fraction(numerator: 1, denominator: 3))
  }
}
