import KPIs
import OrderModel
import Testing

struct CancelRateOfLinesTests {
  @Test func `by SKU the units and values of lines add up to those of orders`() throws {
    for variant in [CancelRate.Variant.lines, .value] {
      let kpi = CancelRate(variant)
      let whole = try result(kpi, of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
      let parts = try results(
        bySKU: #require(kpi.ofLines), of: TestLine.golden, orders: GoldenOrders.orders, asOf: GoldenOrders.asOf,
        skuCount: 3)
      #expect(parts.map(\.numerator).reduce(0, +) == whole.numerator)
      #expect(parts.compactMap(\.denominator).reduce(0, +) == whole.denominator)
    }
  }

  @Test func `only B was cancelled: 2 of 6 units`() throws {
    let parts = try results(
      bySKU: #require(CancelRate(.lines).ofLines), of: TestLine.golden, orders: GoldenOrders.orders,
      asOf: GoldenOrders.asOf, skuCount: 3)
    #expect(parts.map(\.numerator) == [0, 2, 0])
    #expect(parts[1].denominator == 6)
  }

  @Test func `counts of orders have no grain of lines`() { #expect(CancelRate(.orders).ofLines == nil) }
}
