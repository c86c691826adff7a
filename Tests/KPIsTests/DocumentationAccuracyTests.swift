import KPIs
import OrderModel
import Testing

struct DocumentationAccuracyTests {
  @Test func `G1: 8 of 8`() throws {
    let result = try result(
      DocumentationAccuracy(claimWindowDays: 7), of: GoldenOrders.orders, asOf: GoldenOrders.asOf,
      in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 8, denominator: 8))
  }

  @Test func `a document exception spoils an order, another does not`() {
    func verdict(_ kind: ExceptionKind) -> String {
      KPIsTests.verdict(
        DocumentationAccuracy(),
        of: TestOrder(placedAt: 0, [.reached(.delivered): hour, .told(.exceptions): kind.bit]), asOf: 30 * day)
    }
    #expect(verdict(.docError) == "miss")
    #expect(verdict(.damaged) == "hit")
  }
}
