import KPIs
import OrderModel
import Testing

struct SalesTests {
  private func golden(_ variant: Sales.Variant) throws -> KPIResult {
    try result(Sales(variant), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
  }

  @Test func `G1: GMV 26,100, gross 26,000, and an amount has no denominator`() throws {
    #expect(try golden(.gmv).numerator == 26_100)
    #expect(try golden(.gmvPaid).numerator == 26_100)
    #expect(try golden(.gross).numerator == 26_000)
    #expect(try golden(.gross).denominator == nil)
    #expect(try golden(.gross).excluded("cancelled") == 1)
  }

  @Test func `paid GMV waits for the payment, and gives up when the order is over`() {
    let kpi = Sales(.gmvPaid)
    #expect(verdict(kpi, of: TestOrder(placedAt: 0), asOf: day) == "pending")
    #expect(verdict(kpi, of: TestOrder(placedAt: 0, [.reached(.paid): InstantColumn.unknown]), asOf: day) == "hit")
    #expect(verdict(kpi, of: TestOrder(placedAt: 0, [.reached(.shipped): hour]), asOf: day) == "hit")
    #expect(verdict(kpi, of: TestOrder(placedAt: 0, [.reached(.paid): day]), asOf: day) == "pending")
    #expect(verdict(kpi, of: TestOrder(placedAt: 0, [.reached(.expired): hour]), asOf: day) == "expired")
  }

  @Test func `net takes off discounts on prices and on the order; total adds tax and shipping`() throws {
    let order = TestOrder(
      placedAt: 0, [.listValue: 1_000, .lineValue: 900, .discount: 50, .tax: 80, .shipping: 20])
    #expect(try result(Sales(.gross), of: [order], asOf: day).numerator == 1_000)
    #expect(try result(Sales(.net), of: [order], asOf: day).numerator == 850)
    #expect(try result(Sales(.total), of: [order], asOf: day).numerator == 950)
  }

  @Test func `of a partly cancelled order the discount on prices counts for what is left`() throws {
    let order = TestOrder(placedAt: 0, [.listValue: 200, .lineValue: 160, .told(.cancelledValue): 100])
    #expect(try result(Sales(.net), of: [order], asOf: day).numerator == 80)
  }

  @Test func `a cancelled order is worth nothing in net and total, tax and shipping included`() throws {
    let order = TestOrder(
      placedAt: 0,
      [
        .listValue: 200, .lineValue: 200, .discount: 10, .tax: 5, .shipping: 5,
        .reached(.cancelled): InstantColumn.unknown,
      ])
    for variant in [Sales.Variant.gross, .net, .netOrder, .total] {
      #expect(try result(Sales(variant), of: [order], asOf: day).numerator == 0)
    }
    #expect(try result(Sales(.gmv), of: [order], asOf: day).numerator == 200)
  }

  @Test func `a cancellation after as-of leaves the order whole`() throws {
    let order = TestOrder(
      placedAt: 0, [.listValue: 200, .lineValue: 200, .reached(.cancelled): day])
    #expect(try result(Sales(.gross), of: [order], asOf: day).numerator == 200)
  }

  @Test func `a sum beyond 64 bits is refused, not wrapped`() {
    let orders = [Int64.max, 1].map { TestOrder(placedAt: 0, [.listValue: $0]) }
    #expect(throws: KPIError.overflow(kpi: "K42:gmv")) { try result(Sales(.gmv), of: orders, asOf: day) }
  }
}
