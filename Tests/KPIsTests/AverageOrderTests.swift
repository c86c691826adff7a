import KPIs
import OrderModel
import Testing

struct AverageOrderTests {
  @Test func `G1 value: 26,000 over 9 orders, median 100`() throws {
    let result = try result(
      AverageOrder(.value), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 26_000, denominator: 9))
    #expect(result.median == 100)
    #expect(result.excluded("cancelled") == 1)
  }

  @Test func `G1 units: 22 left of 24, over 9 orders`() throws {
    let result = try result(AverageOrder(.units), of: GoldenOrders.orders, asOf: GoldenOrders.asOf)
    #expect(result.quotient == Fraction(numerator: 22, denominator: 9))
    #expect(result.median == 1)
  }

  @Test func `an order worth nothing is excluded from value, one without units from units`() {
    let free = TestOrder(placedAt: 0, [.listValue: 100, .lineValue: 100, .discount: 100, .units: 1])
    #expect(verdict(AverageOrder(.value), of: free, asOf: day) == "zero-value")
    #expect(verdict(AverageOrder(.units), of: free, asOf: day) == "hit")
    #expect(verdict(AverageOrder(.units), of: TestOrder(placedAt: 0), asOf: day) == "no-units")
  }

  @Test func `expired orders are out, apart from cancelled ones`() {
    let order = TestOrder(placedAt: 0, [.listValue: 100, .lineValue: 100, .units: 1, .reached(.expired): hour])
    #expect(verdict(AverageOrder(.value), of: order, asOf: day) == "expired")
    #expect(verdict(AverageOrder(.units), of: order, asOf: day) == "expired")
    #expect(verdict(AverageOrder(.units), of: order, asOf: hour) == "hit")
  }

  @Test func `no orders, no average and no median`() throws {
    let result = try result(AverageOrder(), of: [], asOf: day)
    #expect(result.quotient == nil)
    #expect(result.median == nil)
  }
}
