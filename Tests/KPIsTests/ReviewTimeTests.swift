import KPIs
import OrderModel
import Testing

struct ReviewTimeTests {
  private let kpi = ReviewTime()

  @Test func `a person's approval and rejection count, a rule's is automatic`() throws {
    let base: [OrderField: Int64] = [.reached(.validated): hour, .told(.decider): 2]
    let approved = TestOrder(placedAt: 0, base.merging([.reached(.approved): 3 * hour]) { $1 })
    #expect(try result(kpi, of: [approved], asOf: day).numerator == 2 * hour)
    var rejected = TestOrder(placedAt: 0, base.merging([.reached(.cancelled): 2 * hour]) { $1 })
    rejected[.cancelSide] = Int64(Side.seller.rawValue)
    #expect(try result(kpi, of: [rejected], asOf: day).numerator == hour)
    rejected[.cancelSide] = Int64(Side.customer.rawValue)
    #expect(verdict(kpi, of: rejected, asOf: day) == "cancelled")
    var automatic = approved
    automatic[.told(.decider)] = 1
    #expect(verdict(kpi, of: automatic, asOf: day) == "automatic")
  }

  @Test func `without the instant of the check there is no time`() {
    let order = TestOrder(placedAt: 0, [.reached(.approved): hour, .told(.decider): 2])
    #expect(verdict(kpi, of: order, asOf: day) == "time-missing")
    #expect(verdict(kpi, of: TestOrder(placedAt: 0), asOf: day) == "pending")
  }
}
