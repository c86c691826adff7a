import KPIs
import OrderModel
import Testing

struct OrderAccuracyTests {
  @Test func `G1 with a claim window of seven days: 7 of 8 shipped orders`() throws {
    let result = try result(
      OrderAccuracy(claimWindowDays: 7), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 7, denominator: 8))
    #expect(result.pending == 1)
    #expect(result.excluded("cancelled") == 1)
  }

  @Test func `with fourteen days the order shipped on 04-01 is not mature`() throws {
    let result = try result(
      OrderAccuracy(), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 6, denominator: 7))
    #expect(result.pending == 2)
  }

  @Test func `an order is mature when its window has passed to the millisecond`() {
    let order = TestOrder(placedAt: 0, [.reached(.shipped): hour])
    #expect(verdict(OrderAccuracy(), of: order, asOf: hour + 14 * day) == "hit")
    #expect(verdict(OrderAccuracy(), of: order, asOf: hour + 14 * day - 1) == "pending")
  }

  @Test func `any number of errors is one wrong order`() {
    let errors = ExceptionKind.misShip.bit | ExceptionKind.price.bit
    let order = TestOrder(placedAt: 0, [.reached(.shipped): hour, .told(.exceptions): errors])
    #expect(verdict(OrderAccuracy(), of: order, asOf: 30 * day) == "miss")
  }

  @Test(arguments: ExceptionKind.allCases)
  func `only what is the seller's error makes an order wrong`(kind: ExceptionKind) {
    let order = TestOrder(placedAt: 0, [.reached(.shipped): hour, .told(.exceptions): kind.bit])
    #expect(verdict(OrderAccuracy(), of: order, asOf: 30 * day) == (kind.isSellerError ? "miss" : "hit"))
  }

  @Test func `shipped orders are those with the instant, cancelled later or not`() {
    let untimed = TestOrder(placedAt: 0, [.reached(.shipped): InstantColumn.unknown])
    #expect(verdict(OrderAccuracy(), of: untimed, asOf: 30 * day) == "time-missing")
    let cancelled = TestOrder(placedAt: 0, [.reached(.shipped): hour, .reached(.cancelled): 2 * hour])
    #expect(verdict(OrderAccuracy(), of: cancelled, asOf: 30 * day) == "hit")
    let expired = TestOrder(placedAt: 0, [.reached(.expired): hour])
    #expect(verdict(OrderAccuracy(), of: expired, asOf: 30 * day) == "expired")
  }
}
