import KPIs
import OrderModel
import Testing

struct SalesOfLinesTests {
  private func bySKU(_ variant: Sales.Variant) throws -> [Int64] {
    try results(
      bySKU: #require(Sales(variant).ofLines), of: TestLine.golden, orders: GoldenOrders.orders,
      asOf: GoldenOrders.asOf, skuCount: 3, in: GoldenOrders.march
    ).map(\.numerator)
  }

  @Test func `G1 by SKU: the lines add up to the orders`() throws {
    #expect(try bySKU(.gmv) == [800, 300, 25_000])
    #expect(try bySKU(.gmvPaid) == [800, 300, 25_000])
    #expect(try bySKU(.gross) == [800, 200, 25_000])
  }

  @Test func `a discount on the order belongs to no line`() {
    #expect(Sales(.net).ofLines == nil)
    #expect(Sales(.netOrder).ofLines == nil)
    #expect(Sales(.total).ofLines == nil)
  }

  @Test func `a line of an order cancelled after as-of is whole`() throws {
    let orders = [TestOrder(placedAt: 0, [.reached(.cancelled): day])]
    let lines = [TestLine(order: 0, sku: 0, quantity: 2, listPrice: 10)]
    func gross(asOf: Int64) throws -> Int64 {
      try results(bySKU: #require(Sales(.gross).ofLines), of: lines, orders: orders, asOf: asOf, skuCount: 1)[0]
        .numerator
    }
    #expect(try gross(asOf: day) == 20)
    #expect(try gross(asOf: day + 1) == 0)
    #expect(try gross(asOf: 0) == 0)
  }
}
