import KPIs
import OrderModel
import Testing

struct DuplicateRateTests {
  @Test func `G1: 0 of 10`() throws {
    let result = try result(
      DuplicateRate(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 0, denominator: 10))
  }

  @Test func `a flag was right when the order was cancelled, wrong when it was resolved otherwise`() {
    let bit = ExceptionKind.duplicate.bit
    func verdict(_ values: [OrderField: Int64]) -> String {
      KPIsTests.verdict(DuplicateRate(.precision), of: TestOrder(placedAt: 0, values), asOf: day)
    }
    #expect(verdict([.told(.exceptions): bit, .reached(.cancelled): hour]) == "hit")
    #expect(verdict([.told(.exceptions): bit]) == "miss")
    #expect(verdict([.told(.exceptions): bit, .told(.openExceptions): bit]) == "pending")
    #expect(verdict([:]) == "outside")
  }
}
