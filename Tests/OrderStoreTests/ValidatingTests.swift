import OrderModel
import OrderStore
import Testing

/// Checks of an order: what blocks is an exception, and the order stays where it is.
struct ValidatingTests {
  private func paid(_ shop: TestShop, profile: Profile.ID = .standard) throws {
    var order = order("A")
    order.profile = profile
    try shop.submit(.place(order))
    try shop.submit(.pay(Payment(order: .named("A"), method: "card", amountMinorUnits: 1_000, occurredAt: instant(1))))
  }

  private func validate(_ failed: [ExceptionKind] = [], at second: Int64, actor: String? = "rules") -> Command {
    .validate(
      Validation(order: .named("A"), failed: failed, actor: actor, reason: "checks", occurredAt: instant(second)))
  }

  @Test func `a blocking check leaves the order paid with an exception, until it is validated`() throws {
    let shop = try TestShop()
    try paid(shop)
    try shop.submit(validate([.address, .price, .address], at: 2))
    var stored = try shop.stored("A")
    #expect(stored.node == .paid && stored.openExceptions == [.price, .address])
    #expect(stored.timeline.filter { $0.kind == .raised }.map(\.subject) == ["price", "address"])
    #expect(stored.timeline.last?.reason == "checks" && stored.timeline.last?.actor == "rules")
    #expect(try shop.value(.firstActAt, of: "A") == instant(2).milliseconds, "it is the first act of processing")
    try shop.submit(validate(at: 4))
    stored = try shop.stored("A")
    #expect(stored.node == .validated)
    #expect(try shop.reached(.validated, "A") == "4")
    #expect(stored.openExceptions == [.price, .address], "whoever put it right says so")
    #expect(try shop.submit(validate(at: 4)).outcome == .unchanged)
    #expect(try shop.verify().findings == [])
  }

  @Test(arguments: [Profile.ID.standard, .b2b, .digital])
  func `checks come after the payment`(profile: Profile.ID) throws {
    let shop = try TestShop()
    var order = order("A")
    order.profile = profile
    try shop.submit(.place(order))
    let before = try shop.everything()
    let missing = Refusal.stepsMissing(to: .validated, missing: [.paid], profile: profile)
    #expect(try shop.refusal(of: validate(at: 2)) == missing)
    #expect(try shop.refusal(of: validate([.price], at: 2)) == missing)
    #expect(try shop.everything() == before)
  }

  @Test func `no check blocks an order that is validated, or over`() throws {
    let shop = try TestShop()
    try paid(shop)
    try shop.submit(validate(at: 2))
    #expect(try shop.refusal(of: validate([.price], at: 3)) == .illegalStep(from: .validated, to: .validated))
    try shop.submit(.cancel(Cancellation(order: .named("A"), side: .customer, occurredAt: instant(4))))
    let before = try shop.everything()
    #expect(try shop.refusal(of: validate([.price], at: 5)) == .illegalStep(from: .cancelled, to: .validated))
    #expect(try shop.everything() == before)
  }

  @Test func `the same key with another finding is refused`() throws {
    let shop = try TestShop()
    try paid(shop)
    try shop.submit(validate([.price], at: 2), key: "k")
    #expect(try shop.submit(validate([.price], at: 2), key: "k").outcome == .unchanged)
    #expect(try shop.refusal(of: validate([.address], at: 2), key: "k") == .reusedKey("k"))
    #expect(try shop.refusal(of: validate(at: 2), key: "k") == .reusedKey("k"))
  }
}
