import OrderModel
import OrderStore
import Testing

/// As large, as early and as late as it goes.
struct LimitsTests {
  @Test(.timeLimit(.minutes(1)))
  func `an order of twenty thousand lines and nine thousand new SKUs is one order, in seconds`() throws {
    let shop = try TestShop()
    let large = order(
      "LARGE", (0..<20_000).map { line("sku-\($0 % 9_000)", 1 + Int64($0 % 7), price: Int64($0)) })
    let results = try shop.store.submit(
      [order("A-1"), large, order("A-2")].map { Submission(.place($0)) })
    #expect(try results.map { try $0.get().outcome } == [.created, .created, .created])
    let stored = try shop.stored("LARGE")
    #expect(stored.lines.map(\.sku) == large.lines.map(\.sku))
    #expect(stored.lines.map(\.unitPriceMinorUnits) == (0..<20_000).map(Int64.init))
    #expect(stored.units == large.lines.reduce(0) { $0 + $1.quantity })
    #expect(try shop.submit(.place(large)).outcome == .unchanged)
    #expect(try shop.store.snapshot().wordCount(.sku) == 9_001)
    #expect(try shop.verify().findings == [])
  }

  @Test func `new words of a refused command are not remembered`() throws {
    let shop = try TestShop()
    let results = try shop.store.submit([
      Submission(.place(order("A-1", [line("CUP", 1), line("POT", 0)]))),
      Submission(.place(order("A-2", [line("POT", 1), line("JUG", 1), line("POT", 2)]))),
      Submission(.place(order("A-3", [line("CUP", 1)]))),
    ])
    #expect(throws: Refusal.invalidQuantity(sku: "POT", quantity: 0)) { try results[0].get() }
    #expect(try shop.stored("A-2").lines.map(\.sku) == ["POT", "JUG", "POT"])
    #expect(try shop.stored("A-3").lines.map(\.sku) == ["CUP"])
    #expect(try shop.store.snapshot().wordCount(.sku) == 3)
    #expect(try shop.verify().findings == [])
  }

  @Test(arguments: [
    Instant(milliseconds: .min), Instant(milliseconds: .min + 1), Instant(milliseconds: .max),
    Instant(milliseconds: Instant.earliest.milliseconds - 1), Instant(milliseconds: Instant.latest.milliseconds + 1),
  ])
  func `no command takes an instant outside the years 1 to 9999`(moment: Instant) throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.receive("TEA", 5)
    let before = try shop.everything()
    for command: Command in [
      .record(StatusEvent(order: .named("A-1"), node: .paid, occurredAt: moment)),
      .pay(Payment(order: .named("A-1"), method: "card", amountMinorUnits: 1, occurredAt: moment)),
      .observe(ObservedOrder(order: order("A-2"), events: [ObservedEvent(node: .paid, occurredAt: moment)])),
      .observe(
        ObservedOrder(
          order: order("A-2"),
          payments: [ObservedPayment(method: "card", amountMinorUnits: 1, occurredAt: moment)])),
      .receive(StockReceipt(sku: "TEA", location: "north", quantity: 1, occurredAt: moment)),
      .adjust(StockAdjustment(sku: "TEA", location: "north", quantity: 1, occurredAt: moment)),
      .reserve(StockOperation(order: .named("A-1"), location: "north", occurredAt: moment)),
      .release(StockOperation(order: .named("A-1"), location: "north", occurredAt: moment)),
      .ship(StockOperation(order: .named("A-1"), location: "north", occurredAt: moment)),
      .cancel(Cancellation(order: .named("A-1"), side: .seller, occurredAt: moment)),
      .credit(CreditNote(channel: "web", number: "C-1", occurredAt: moment, currency: "EUR", lines: [])),
    ] {
      #expect(
        try shop.refusal(of: command) == .invalidInstant(field: "occurred at", milliseconds: moment.milliseconds))
    }
    #expect(try shop.everything() == before)
  }

  @Test func `the first and the last instant are kept, however far apart`() throws {
    let shop = try TestShop(.none)
    var early = order("A-1")
    (early.placedAt, early.shipBy, early.deliverBy) = (.earliest, .latest, .earliest)
    try shop.submit(.place(early))
    try shop.submit(.record(StatusEvent(order: .named("A-1"), node: .paid, occurredAt: .latest)))
    try shop.reopen()
    let stored = try shop.stored("A-1")
    #expect(stored.placedAt == .earliest && stored.shipBy == .latest && stored.deliverBy == .earliest)
    #expect(stored.timeline.last?.occurredAt == .latest)
    #expect(try shop.value(.reached(.paid), of: "A-1") == Instant.latest.milliseconds)
    #expect(try shop.verify().findings == [])
  }
}
