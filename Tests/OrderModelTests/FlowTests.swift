import Testing

@testable import OrderModel

struct FlowTests {
  @Test func `every transition of the lifecycle is there, once, and nothing is unreachable or a dead end`() {
    #expect(Transition.all.map(\.id) == (1...45).map { $0 < 10 ? "T0\($0)" : "T\($0)" })
    #expect(Flow.lint() == [])
  }

  @Test func `lint tells of nodes nothing leads to, of dead ends and of names used twice`() {
    let without = Transition.all.filter { $0.event != "label" }
    #expect(Flow.lint(without) == ["labelled: nothing leads there"])
    #expect(Flow.lint(Transition.all.filter { !$0.from.contains(.delivered) }).contains("delivered: nothing leads on"))
    #expect(Flow.lint(Transition.all + [Transition.all[3]]) == ["T04 expire: told twice"])
  }

  private func obstacle(
    _ wanted: Node, _ passed: [Node], _ profile: Profile.ID = .standard, holds: Int64 = 0
  ) -> Flow.Obstacle? {
    let node = passed.max() ?? .placed
    return Flow.obstacle(
      to: wanted, at: node, profile: Profile.of(profile), holds: holds,
      passed: { $0 == .placed || passed.contains($0) })
  }

  @Test func `the shop's own decisions follow each other without a gap`() {
    #expect(obstacle(.validated, []) == .missing([.paid]))
    #expect(obstacle(.released, [.paid, .validated]) == .missing([.approved, .reserved, .allocated]))
    #expect(obstacle(.released, [.paid, .validated, .approved, .reserved, .allocated]) == nil)
  }

  @Test func `what others report may skip and come late, once the order is released`() {
    let released: [Node] = [.paid, .validated, .approved, .reserved, .allocated, .released]
    #expect(obstacle(.delivered, released) == nil)
    #expect(obstacle(.inTransit, released + [.delivered]) == nil)
    #expect(obstacle(.shipped, [.paid]) == .missing([.validated, .approved, .reserved, .allocated, .released]))
  }

  @Test func `a profile requires what it names and nothing else`() {
    #expect(obstacle(.shipped, [.paid, .validated, .approved, .allocated, .released], .dropship) == nil)
    #expect(obstacle(.delivered, [.paid, .validated, .approved], .digital) == nil)
    #expect(obstacle(.delivered, [], .simple) == nil)
    #expect(Profile.of(.pos).requiredNodes == 1 << 1 | 1 << 2 | 1 << 15)
    #expect(!Profile.of(.pickup).requires(.shipped) && Profile.of(.pickup).requires(.packed))
  }

  @Test func `an open hold blocks what leaves the house and nothing else`() {
    let allocated: [Node] = [.paid, .validated, .approved, .reserved, .allocated]
    #expect(obstacle(.released, allocated, holds: HoldKind.fraud.bit) == .held([.fraud]))
    #expect(obstacle(.validated, [.paid], holds: HoldKind.fraud.bit) == nil)
    #expect(obstacle(.delivered, allocated + [.released, .shipped], holds: HoldKind.fraud.bit) == nil)
  }

  @Test func `what is over stays over, and what follows a sale needs what it follows`() {
    #expect(obstacle(.paid, [.cancelled]) == .illegal)
    #expect(obstacle(.refunded, [.paid, .cancelled]) == nil)
    #expect(obstacle(.returnRequested, [.paid]) == .missing([.delivered]))
    #expect(obstacle(.expired, [.paid]) == .illegal)
    #expect(obstacle(.cancelled, [.shipped]) == .illegal)
    #expect(obstacle(.cancelled, [.paid, .refunded]) == nil)
    #expect(obstacle(.cancelled, [.paid, .delivered, .refunded]) == .illegal)
  }

  @Test func `priorities rank numbers by their value and words by their meaning`() {
    let words: [String?] = ["1", "2", "urgent", "high", nil, "whatever", "low"]
    let ranks = words.map { OrderPriority.rank(of: $0) }
    #expect(ranks == ranks.sorted() && ranks[4] == ranks[5] && Set(ranks).count == 6)
  }
}
