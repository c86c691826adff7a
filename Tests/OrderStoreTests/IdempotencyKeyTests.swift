import OrderModel
import OrderStore
import Testing

struct IdempotencyKeyTests {
  private let receipt = StockReceipt(sku: "TEA", location: "north", quantity: 5, occurredAt: instant(0))

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `a replay gets the first receipt and moves nothing`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    let first = try shop.submit(.receive(receipt), key: "k-1")
    try shop.place("A-1")
    let before = try shop.everything()
    for _ in 0..<2 {
      let again = try shop.submit(.receive(receipt), key: "k-1")
      #expect(again == Receipt(outcome: .unchanged, sequence: first.sequence, order: nil))
      #expect(try shop.everything() == before)
      try shop.reopen()
    }
    #expect(try shop.level("TEA")?.counters.onHand == 5)
    // Without the key, or with another, it is another command.
    try shop.submit(.receive(receipt))
    try shop.submit(.receive(receipt), key: "k-2")
    #expect(try shop.level("TEA")?.counters.onHand == 15)
  }

  @Test func `a key names the order of its first command`() throws {
    let shop = try TestShop()
    try shop.place("A-0")
    let first = try shop.submit(.place(order("A-1")), key: "k")
    try shop.place("A-2")
    #expect(try shop.submit(.place(order("A-1")), key: "k").order == first.order)
  }

  static let bodies: [(Command, Command)] = [
    (.place(order("A-1")), .observe(ObservedOrder(order: order("A-1")))),
    (
      .observe(ObservedOrder(order: order("B-1"))),
      .observe(ObservedOrder(order: order("B-1"), events: [ObservedEvent(node: .paid, occurredAt: instant(1))]))
    ),
    (
      .observe(ObservedOrder(order: order("B-1"))),
      .observe(
        ObservedOrder(order: order("B-1"), payments: [ObservedPayment(method: "card", amountMinorUnits: 1)]))
    ),
    (
      .registerCustomer(CustomerIdentity(key: "c", grade: "gold")),
      .registerCustomer(CustomerIdentity(key: "c", grade: "silver"))
    ),
    (.registerSKU(NewSKU(sku: "TEA", name: "Tea")), .registerSKU(NewSKU(sku: "TEA", name: "Green tea"))),
    (
      .adjust(StockAdjustment(sku: "X", location: "n", quantity: -1, occurredAt: instant(0), observed: true)),
      .adjust(StockAdjustment(sku: "X", location: "n", quantity: -1, occurredAt: instant(0), observed: false))
    ),
    (
      .receive(StockReceipt(sku: "X", location: "n", quantity: 1, occurredAt: instant(0))),
      .receive(StockReceipt(sku: "X", location: "n", quantity: 1, unitCostMinorUnits: 0, occurredAt: instant(0)))
    ),
    (
      .record(StatusEvent(order: .named("Z"), node: .paid, occurredAt: instant(1))),
      .record(StatusEvent(order: .named("Z"), node: .paid, leg: 1, occurredAt: instant(1)))
    ),
    (
      .cancel(Cancellation(order: .named("Z"), side: .seller, occurredAt: instant(1))),
      .cancel(Cancellation(order: .named("Z"), side: .customer, occurredAt: instant(1)))
    ),
    (.reserve(operation("Z")), .release(operation("Z"))),
    (.reserve(operation("Z")), .reserve(operation("Z", [LineQuantity(sku: "TEA", quantity: 1)]))),
    (
      .pay(Payment(order: .named("Z"), method: "card", amountMinorUnits: 1, occurredAt: instant(1))),
      .pay(Payment(order: .named("Z"), method: "cash", amountMinorUnits: 1, occurredAt: instant(1)))
    ),
    (
      .credit(CreditNote(channel: "web", number: "C-1", occurredAt: instant(1), currency: "EUR", lines: [])),
      .credit(
        CreditNote(
          channel: "web", number: "C-1", occurredAt: instant(1), order: .named("Z"), currency: "EUR", lines: []))
    ),
  ]

  @Test(arguments: bodies.indices)
  func `the same key with another body is refused and leaves nothing`(index: Int) throws {
    let shop = try TestShop()
    try shop.place("Z")
    try shop.receive("TEA", 5)
    try shop.submit(Self.bodies[index].0, key: "k")
    let before = try shop.everything()
    #expect(try shop.refusal(of: Self.bodies[index].1, key: "k") == .reusedKey("k"))
    #expect(try shop.everything() == before)
    #expect(try shop.submit(Self.bodies[index].0, key: "k").outcome == .unchanged)
  }

  @Test func `a key is kept although its command changed nothing`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    let first = try shop.submit(.place(order("A-1")), key: "k")
    #expect(first.outcome == .unchanged)
    #expect(try shop.submit(.place(order("A-1")), key: "k") == first)
    #expect(try shop.refusal(of: .place(order("A-2")), key: "k") == .reusedKey("k"))
  }

  @Test func `a refused command does not use up its key`() throws {
    let shop = try TestShop()
    #expect(try shop.refusal(of: .place(order("A-1", [])), key: "k") == .emptyOrder)
    #expect(try shop.submit(.place(order("A-1")), key: "k").outcome == .created)
  }

  @Test func `an empty key and one that is too long are refused`() throws {
    let shop = try TestShop()
    #expect(try shop.refusal(of: .place(order("A-1")), key: "") == .missingText(field: "idempotency key"))
    let long = String(repeating: "k", count: 65_537)
    #expect(
      try shop.refusal(of: .place(order("A-1")), key: long)
        == .textTooLong(field: "idempotency key", byteCount: 65_537))
    #expect(try shop.submit(.place(order("A-1")), key: String(long.dropLast())).outcome == .created)
    #expect(try shop.submit(.place(order("A-1")), key: String(long.dropLast())).outcome == .unchanged)
  }
}
