import OrderModel
import OrderStore
import Testing

struct PaymentTests {
  private func pay(_ amount: Int64, at second: Int64 = 5, method: String = "card") -> Command {
    .pay(
      Payment(order: .named("A-1"), method: method, amountMinorUnits: amount, occurredAt: instant(second)))
  }

  @Test func `an order is paid when all that is owed was captured`() throws {
    let shop = try TestShop()
    var placed = order("A-1", [line("TEA", 2, price: 400, list: 500)])
    (placed.shippingMinorUnits, placed.taxMinorUnits, placed.discountMinorUnits) = (100, 50, 30)
    try shop.submit(.place(placed))
    try shop.submit(pay(919, at: 5))
    #expect(try shop.stored("A-1").node == .placed)
    try shop.submit(pay(1, at: 9, method: "points"))
    let stored = try shop.stored("A-1")
    #expect(stored.node == .paid && stored.paidMinorUnits == 920)
    #expect(stored.payments.map(\.method) == ["card", "points"])
    #expect(stored.payments.map(\.amountMinorUnits) == [919, 1])
    #expect(stored.payments.map(\.occurredAt) == [instant(5), instant(9)])
    #expect(try shop.reached(.paid, "A-1") == "9")
    // More money is more money, but no second passing.
    try shop.submit(pay(5, at: 12))
    #expect(try shop.stored("A-1").timeline.filter { $0.kind == .passed }.map(\.node) == [.placed, .paid])
    // What was paid in all, before and after each.
    let told = try shop.stored("A-1").timeline.filter { $0.kind == .paid || $0.node == .paid }
    #expect(told.map { "\($0.before) to \($0.after)" } == [" to 919", "919 to 920", "920 to 925"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `units cancelled are not owed, at the price that was to be paid`() throws {
    let shop = try TestShop()
    try shop.place("A-1", [line("TEA", 2, price: 400, list: 500)])
    try shop.submit(
      .cancel(
        Cancellation(
          order: .named("A-1"), lines: [LineQuantity(sku: "TEA", quantity: 1)], side: .customer,
          occurredAt: instant(2))))
    try shop.submit(pay(399))
    #expect(try shop.stored("A-1").node == .placed)
    try shop.submit(pay(1))
    #expect(try shop.stored("A-1").node == .paid)
  }

  @Test func `a payment that would leave 64 bits is refused, told or commanded`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.submit(pay(.max))
    let before = try shop.everything()
    #expect(try shop.refusal(of: pay(1)) == .overflow(field: "paid"))
    let observed = ObservedOrder(
      order: order("A-1"), payments: [ObservedPayment(method: "card", amountMinorUnits: 1)])
    #expect(try shop.refusal(of: .observe(observed)) == .overflow(field: "paid"))
    #expect(try shop.everything() == before)
  }

  @Test func `two equal payments are two, unless a key says otherwise`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.submit(pay(100))
    try shop.submit(pay(100))
    try shop.submit(pay(100), key: "p")
    try shop.submit(pay(100), key: "p")
    #expect(try shop.stored("A-1").paidMinorUnits == 300)
  }
}
