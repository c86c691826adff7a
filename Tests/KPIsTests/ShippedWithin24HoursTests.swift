import KPIs
import OrderModel
import Testing

struct ShippedWithin24HoursTests {
  let fromPlaced = ShippedWithin24Hours(.placed)

  private func order(shipped: Int64? = nil, cancelled: Int64? = nil, by side: Side = .unknown) -> TestOrder {
    var order = TestOrder(placedAt: 0, [.cancelSide: Int64(side.rawValue)])
    if let shipped { order[.reached(.shipped)] = shipped }
    if let cancelled { order[.reached(.cancelled)] = cancelled }
    return order
  }

  @Test func `G1 from paid: 6 of 9, the customer's cancellation excluded`() throws {
    let result = try result(
      ShippedWithin24Hours(.paid), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 6, denominator: 9))
    #expect(result.excluded("cancelled-customer") == 1)
    #expect(result.pending == 0)
  }

  @Test func `G1 as of 04-01: 5 of 8, and one pending`() throws {
    let result = try result(
      ShippedWithin24Hours(.paid), of: GoldenOrders.orders, asOf: GoldenOrders.at("04-01 00:00"),
      in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 5, denominator: 8))
    #expect(result.pending == 1)
  }

  @Test func `shipped at the 24th hour is in time, a millisecond later is not`() {
    #expect(verdict(fromPlaced, of: order(shipped: day), asOf: 9 * day) == "hit")
    #expect(verdict(fromPlaced, of: order(shipped: day + 1), asOf: 9 * day) == "miss")
  }

  @Test func `unshipped is pending until the deadline is over`() {
    #expect(verdict(fromPlaced, of: order(), asOf: day) == "pending")
    #expect(verdict(fromPlaced, of: order(), asOf: day + 1) == "miss")
    #expect(verdict(fromPlaced, of: order(shipped: day), asOf: day) == "pending")
  }

  @Test func `a negative duration is a hit`() {
    var order = order(shipped: -hour)
    order[.reached(.paid)] = hour
    #expect(verdict(ShippedWithin24Hours(.paid), of: order, asOf: day) == "hit")
  }

  @Test func `shipped without an instant is missed at once`() {
    #expect(verdict(fromPlaced, of: order(shipped: InstantColumn.unknown), asOf: hour) == "miss")
    var passed = order()
    passed[.reached(.delivered)] = hour
    #expect(verdict(fromPlaced, of: passed, asOf: 2 * hour) == "miss")
  }

  @Test(arguments: [InstantColumn.none, InstantColumn.unknown, 2 * day])
  func `without a start there is nothing to count from`(start: Int64) {
    var order = order(shipped: hour)
    order[.reached(.approved)] = start
    #expect(verdict(ShippedWithin24Hours(.approved), of: order, asOf: day) == "no-start")
    #expect(verdict(fromPlaced, of: order, asOf: day) == "hit")
  }

  @Test(arguments: [
    (Side.unknown, "cancelled-unknown"), (.customer, "cancelled-customer"), (.system, "cancelled-system"),
  ])
  func `cancelled by others before the deadline is excluded, after it judged`(side: Side, reason: String) {
    #expect(verdict(fromPlaced, of: order(cancelled: hour, by: side), asOf: 9 * day) == reason)
    #expect(verdict(fromPlaced, of: order(cancelled: InstantColumn.unknown, by: side), asOf: 9 * day) == reason)
    #expect(verdict(fromPlaced, of: order(cancelled: day, by: side), asOf: 9 * day) == "miss")
    #expect(verdict(fromPlaced, of: order(cancelled: hour, by: side), asOf: hour) == "pending")
  }

  @Test func `cancelled by the seller is missed`() {
    #expect(verdict(fromPlaced, of: order(cancelled: hour, by: .seller), asOf: 2 * hour) == "miss")
    #expect(verdict(fromPlaced, of: order(cancelled: InstantColumn.unknown, by: .seller), asOf: 2 * hour) == "miss")
  }

  @Test func `expired before the deadline is excluded as expired`() {
    let order = TestOrder(placedAt: 0, [.reached(.expired): hour])
    #expect(verdict(fromPlaced, of: order, asOf: day) == "expired")
  }

  @Test func `an order belongs to the period of its start`() throws {
    let order = TestOrder(placedAt: 0, [.reached(.paid): 2 * day, .reached(.shipped): 2 * day])
    let result = try result(ShippedWithin24Hours(.paid), of: [order], asOf: 9 * day, in: 0..<day)
    #expect(result.quotient == nil)
    #expect(try KPIsTests.result(fromPlaced, of: [order], asOf: 9 * day, in: 0..<day).denominator == 1)
  }
}
