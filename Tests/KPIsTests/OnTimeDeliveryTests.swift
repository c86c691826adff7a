import KPIs
import OrderModel
import Testing

struct OnTimeDeliveryTests {
  let everyVariant: [OnTimeDelivery] = OnTimeDelivery.Variant.allCases.map { OnTimeDelivery($0) }

  private func verdicts(of order: TestOrder, asOf: Int64) -> [String] {
    everyVariant.map { verdict($0, of: order, asOf: asOf) }
  }

  @Test func `G1 scor: 7 of 8 delivered orders`() throws {
    let result = try result(
      OnTimeDelivery(.scor), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 7, denominator: 8))
    #expect(result.pending == 1)
  }

  @Test func `G1 commit: 7 of 9, the overdue order is missed and the cancelled one left out`() throws {
    let result = try result(
      OnTimeDelivery(.commit), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march, byCreated: true
    )
    #expect(result.quotient == Fraction(numerator: 7, denominator: 9))
    #expect(result.excluded("cancelled-customer") == 1)
    #expect(result.pending == 0)
  }

  @Test func `an order belongs to the period of its deadline`() throws {
    let result = try result(
      OnTimeDelivery(.commit), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(result.quotient == Fraction(numerator: 6, denominator: 8))
  }

  @Test func `delivered at the deadline is on time, a millisecond later is not`() {
    let order = TestOrder(placedAt: 0, [.deliverBy: day, .reached(.delivered): day])
    #expect(verdicts(of: order, asOf: 2 * day) == ["hit", "hit", "hit"])
    let late = TestOrder(placedAt: 0, [.deliverBy: day, .reached(.delivered): day + 1])
    #expect(verdicts(of: late, asOf: 2 * day) == ["miss", "miss", "miss"])
  }

  @Test func `a deadline is over only after it`() {
    let order = TestOrder(placedAt: 0, [.deliverBy: day])
    #expect(verdicts(of: order, asOf: day) == ["pending", "pending", "pending"])
    #expect(verdicts(of: order, asOf: day + 1) == ["pending", "miss", "miss"])
  }

  @Test func `delivered without an instant is missed, and outside scor's denominator`() {
    let order = TestOrder(placedAt: 0, [.deliverBy: day, .reached(.delivered): InstantColumn.unknown])
    #expect(verdicts(of: order, asOf: hour) == ["time-missing", "miss", "miss"])
  }

  @Test func `without a promise there is nothing to keep`() {
    let order = TestOrder(placedAt: 0, [.reached(.delivered): hour])
    #expect(verdicts(of: order, asOf: day) == ["no-promise", "no-promise", "no-promise"])
  }

  @Test func `not cancelled looks at the end, delivered at the instant`() {
    let order = TestOrder(
      placedAt: 0, [.deliverBy: day, .reached(.delivered): hour, .reached(.cancelled): InstantColumn.unknown])
    #expect(verdicts(of: order, asOf: 2 * day) == ["hit", "cancelled-unknown", "cancelled-unknown"])
  }

  @Test(arguments: [
    (Side.customer, "cancelled-customer"), (.system, "cancelled-system"), (.unknown, "cancelled-unknown"),
  ])
  func `a cancellation that is not the seller's excludes, counted by side`(side: Side, reason: String) {
    let order = TestOrder(
      placedAt: 0, [.deliverBy: day, .reached(.cancelled): hour, .cancelSide: Int64(side.rawValue)])
    #expect(verdicts(of: order, asOf: 2 * day) == [reason, reason, reason])
    #expect(verdicts(of: order, asOf: hour) == ["pending", "pending", "pending"])
  }

  @Test func `the seller's cancellation is a miss of commit-strict alone`() {
    let order = TestOrder(
      placedAt: 0, [.deliverBy: day, .reached(.cancelled): hour, .cancelSide: Int64(Side.seller.rawValue)])
    #expect(verdicts(of: order, asOf: 2 * day) == ["cancelled-seller", "cancelled-seller", "miss"])
  }

  @Test func `an expired order is excluded as expired`() {
    let order = TestOrder(placedAt: 0, [.deliverBy: day, .reached(.expired): hour])
    #expect(verdicts(of: order, asOf: 2 * day) == ["expired", "expired", "expired"])
  }
}
