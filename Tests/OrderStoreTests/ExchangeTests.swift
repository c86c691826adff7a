import OrderModel
import OrderStore
import Testing

/// Orders that replace returned goods, and edits of approved orders.
struct ExchangeTests {
  let shop: TestShop

  init() throws {
    shop = try TestShop()
    try shop.receive("TEA", 5)
  }

  private func returning(_ number: String, customer: String?) throws {
    var asked = order(number)
    asked.customer = customer.map { CustomerIdentity(key: $0) }
    try shop.submit(.place(asked))
    try shop.submit(.reserve(operation(number)))
    try shop.record(number, .shipped, at: 30)
    try shop.record(number, .delivered, at: 40)
    for step in [ReturnStep.Step.request, .authorise] {
      try shop.submit(
        .giveBack(ReturnStep(order: .named(number), step: step, location: "north", occurredAt: instant(50))))
    }
  }

  private func exchange(_ number: String, for origin: String, customer: String?, _ lines: [NewLine]) -> Command {
    var asked = order(number, lines)
    (asked.profile, asked.placedAt, asked.exchangeFor) = (.standard, instant(60), .named(origin))
    asked.customer = customer.map { CustomerIdentity(key: $0) }
    return .place(asked)
  }

  @Test func `an exchange of equal value is paid, and both orders name each other`() throws {
    try returning("A", customer: "ann")
    try shop.submit(exchange("B", for: "A", customer: "ann", [line("TEA", 2)]))
    #expect(try shop.stored("B").node == .paid)
    #expect(try shop.stored("B").paidMinorUnits == 0)
    #expect(try shop.stored("B").timeline.first { $0.kind == .replaces }?.text == "A")
    #expect(try shop.stored("A").node == .exchanged)
    #expect(try shop.stored("A").timeline.first { $0.node == .exchanged }?.text == "B")
    #expect(
      try shop.refusal(of: exchange("C", for: "A", customer: "ann", [line("TEA", 1)]))
        == .illegalStep(from: .exchanged, to: .exchanged))
    #expect(try shop.verify().findings == [])
  }

  @Test func `an exchange that is worth more waits for its payment`() throws {
    try returning("A", customer: nil)
    try shop.submit(exchange("B", for: "A", customer: nil, [line("TEA", 2, price: 501)]))
    #expect(try shop.stored("B").node == .placed)
  }

  @Test func `an exchange is for the customer who returns, once the return is authorised`() throws {
    try returning("A", customer: "ann")
    let before = try shop.everything()
    #expect(try shop.refusal(of: exchange("B", for: "A", customer: "ben", [line("TEA", 1)])) == .otherCustomer("A"))
    try shop.place("D")
    #expect(
      try shop.refusal(of: exchange("B", for: "D", customer: nil, [line("TEA", 1)]))
        == .illegalStep(from: .placed, to: .exchanged))
    #expect(try shop.everything() != before)
    #expect(try shop.store.snapshot().orders(number: "B").isEmpty)
  }
}

/// T32: what an edit adds to an approved order is promised with it.
struct EditedUnitsTests {
  let shop: TestShop

  init() throws {
    shop = try TestShop()
    try shop.receive("TEA", 3)
    try shop.receive("CUP", 1)
    var asked = order("A", [line("TEA", 2)])
    asked.profile = .standard
    try shop.submit(.place(asked))
    try shop.submit(
      .pay(Payment(order: .named("A"), method: "card", amountMinorUnits: 1_000, occurredAt: instant(1))))
    try shop.record("A", .validated, at: 2)
    try shop.submit(.approve(Approval(order: .named("A"), occurredAt: instant(3))))
  }

  private func edit(_ change: OrderEdit.Change) throws {
    try shop.submit(.edit(OrderEdit(order: .named("A"), changes: [change], occurredAt: instant(4))))
  }

  @Test func `more of a line is reserved as far as it is there, and the rest waits`() throws {
    try edit(.quantity(sku: "TEA", 5))
    let units = try #require(try shop.stored("A").lines.first?.partition)
    #expect((units[.reserved], units[.backordered]) == (3, 2))
    #expect(try shop.verify().findings == [])
  }

  @Test func `a line added is reserved with the order, a line taken away lets go`() throws {
    try edit(.add(line("CUP", 1)))
    #expect(try shop.level("CUP")?.counters.reserved == 1)
    try edit(.substitute(sku: "CUP", line("TEA", 1)))
    #expect(try shop.level("CUP")?.counters.reserved == 0)
    #expect(try shop.level("TEA")?.counters.reserved == 3)
    #expect(try shop.verify().findings == [])
  }
}
