import KPIs
import OrderModel
import Testing

struct AverageOrderOfLinesTests {
  private func bySKU(_ lines: [TestLine], orders: [TestOrder], asOf: Int64, skuCount: Int) throws -> [KPIResult] {
    try results(
      bySKU: #require(AverageOrder(.units).ofLines), of: lines, orders: orders, asOf: asOf, skuCount: skuCount)
  }

  @Test func `G1 by SKU: units of the SKU by the orders that hold it`() throws {
    let results = try bySKU(TestLine.golden, orders: GoldenOrders.orders, asOf: GoldenOrders.asOf, skuCount: 3)
    #expect(results.map(\.numerator) == [8, 4, 10])
    #expect(results.map(\.denominator) == [6, 3, 1])
    #expect(results[1].excluded("cancelled") == 1)
  }

  @Test func `two lines of one SKU are one order with their sum`() throws {
    let orders = [TestOrder(placedAt: 0), TestOrder(placedAt: 1)]
    let lines = [
      TestLine(order: 0, sku: 0, quantity: 2, listPrice: 1), TestLine(order: 0, sku: 1, quantity: 9, listPrice: 1),
      TestLine(order: 0, sku: 0, quantity: 3, listPrice: 1), TestLine(order: 1, sku: 0, quantity: 1, listPrice: 1),
    ]
    let results = try bySKU(lines, orders: orders, asOf: day, skuCount: 2)
    #expect(results[0].quotient == Fraction(numerator: 6, denominator: 2))
    #expect(results[0].ranks?.max == 5)
    #expect(results[1].quotient == Fraction(numerator: 9, denominator: 1))
  }

  @Test func `one line left is enough to put the order into the figure`() throws {
    let lines = [
      TestLine(order: 0, sku: 0, quantity: 2, listPrice: 1, cancelled: 2),
      TestLine(order: 0, sku: 0, quantity: 1, listPrice: 1),
    ]
    let result = try bySKU(lines, orders: [TestOrder(placedAt: 0)], asOf: day, skuCount: 1)[0]
    #expect(result.quotient == Fraction(numerator: 1, denominator: 1))
    #expect(result.excluded("no-units") == 0)
  }

  @Test func `an average value cannot be divided among lines`() { #expect(AverageOrder(.value).ofLines == nil) }
}
