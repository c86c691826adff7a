import KPIs
import OrderModel
import Testing

struct PerfectOrderTests {
  @Test func `G1: 5 of 8`() throws {
    let result = try result(
      PerfectOrder(claimWindowDays: 7), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march,
      byCreated: true)
    #expect(result.quotient == Fraction(numerator: 5, denominator: 8))
  }

  @Test func `one of the four is enough to spoil an order`() {
    func verdict(_ values: [OrderField: Int64]) -> String {
      var order = TestOrder(placedAt: 0, [.reached(.delivered): hour, .deliverBy: hour])
      for (field, value) in values { order[field] = value }
      return KPIsTests.verdict(PerfectOrder(), of: order, asOf: 30 * day)
    }
    #expect(verdict([:]) == "hit")
    #expect(verdict([.deliverBy: hour - 1]) == "miss")
    #expect(verdict([.told(.strayedUnits): 1]) == "miss")
    #expect(verdict([.told(.exceptions): ExceptionKind.damaged.bit]) == "miss")
    #expect(verdict([.told(.exceptions): ExceptionKind.docError.bit]) == "miss")
    #expect(verdict([.deliverBy: InstantColumn.none]) == "no-promise")
  }

  @Test func `an order is mature when its window has passed to the millisecond`() {
    let order = TestOrder(placedAt: 0, [.reached(.delivered): hour, .deliverBy: hour])
    #expect(verdict(PerfectOrder(), of: order, asOf: hour + 14 * day) == "hit")
    #expect(verdict(PerfectOrder(), of: order, asOf: hour + 14 * day - 1) == "pending")
  }
}
