import KPIs
import OrderModel
import Testing

struct BackorderRateTests {
  @Test(
    arguments: [(BackorderRate.Variant.lines, 1, 2), (.units, 3, 4), (.value, 150, 250)]
      as [(BackorderRate.Variant, Int64, Int64)])
  func `of an order approved, what waited counts`(
    variant: BackorderRate.Variant, numerator: Int64, denominator: Int64
  ) throws {
    var order = TestOrder(
      placedAt: 0,
      [
        .reached(.approved): hour, .lineCount: 2, .units: 4, .listValue: 250, .told(.backorderedAtApproval): 3,
        .told(.backorderedLinesAtApproval): 1, .told(.backorderedValueAtApproval): 150,
      ])
    let expected = Fraction(numerator: numerator, denominator: denominator)
    #expect(try result(BackorderRate(variant), of: [order], asOf: day).quotient == expected)
    // Cancelled later: it had waited all the same.
    order[.reached(.cancelled)] = 2 * hour
    #expect(try result(BackorderRate(variant), of: [order], asOf: day).quotient == expected)
    #expect(verdict(BackorderRate(variant), of: order, asOf: hour) == "pending")
  }

  @Test func `cancelled before the approval is left out`() {
    let order = TestOrder(placedAt: 0, [.reached(.cancelled): hour])
    #expect(verdict(BackorderRate(), of: order, asOf: day) == "cancelled")
  }
}
