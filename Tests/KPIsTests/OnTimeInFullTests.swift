import KPIs
import OrderModel
import Testing

struct OnTimeInFullTests {
  @Test func `G1: 5 of 8`() throws {
    let result = try result(
      OnTimeInFull(.scor), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 5, denominator: 8))
  }

  @Test func `by commitment, what is overdue counts below the line`() throws {
    let result = try result(
      OnTimeInFull(.commit), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 5, denominator: 9))
  }
}
