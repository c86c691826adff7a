import OrderModel
import OrderStore
import Testing

/// Promising, giving back, shipping and cancelling units.
struct StockTests {
  /// `on hand / reserved = value` of a cell.
  private func counters(_ shop: TestShop, _ sku: String = "TEA", _ location: String = "north") throws -> String {
    guard let level = try shop.level(sku, location) else { return "none" }
    return "\(level.counters.onHand)/\(level.counters.reserved) = \(level.valueMinorUnits)"
  }

  /// `quantity: cancelled, reserved, shipped` of an order's lines.
  private func units(_ shop: TestShop, _ number: String = "A-1") throws -> [String] {
    try shop.stored(number).lines.map { "\($0.quantity): \($0.cancelled), \($0.reserved), \($0.shipped)" }
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `units are received, promised, shipped, and the order follows`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    try shop.receive("TEA", 10, cost: 100)
    try shop.place("A-1", [line("TEA", 3), line("TEA", 1)])
    try shop.submit(.reserve(operation("A-1", second: 5)))
    #expect(try counters(shop) == "10/4 = 1000")
    #expect(try units(shop) == ["3: 0, 3, 0", "1: 0, 1, 0"])
    #expect(try shop.stored("A-1").node == .reserved && shop.reached(.reserved, "A-1") == "5")
    #expect(try shop.submit(.reserve(operation("A-1"))).outcome == .unchanged)
    try shop.submit(.ship(operation("A-1", second: 9)))
    #expect(try counters(shop) == "6/0 = 600")
    #expect(try units(shop) == ["3: 0, 0, 3", "1: 0, 0, 1"])
    #expect(try shop.stored("A-1").node == .shipped && shop.reached(.shipped, "A-1") == "9")
    #expect(try shop.refusal(of: .ship(operation("A-1"))) == .tooManyUnits(sku: "TEA", requested: 0, possible: 0))
    #expect(try shop.verify().findings == [])
  }

  @Test func `a part is promised and shipped, by legs`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    try shop.place("A-1", [line("TEA", 5)])
    try shop.submit(.reserve(operation("A-1", [LineQuantity(sku: "TEA", quantity: 2)])))
    #expect(try shop.stored("A-1").node == .placed)
    try shop.submit(.reserve(operation("A-1")))
    #expect(try shop.stored("A-1").node == .reserved)
    try shop.submit(.ship(operation("A-1", [LineQuantity(sku: "TEA", quantity: 1)], second: 20, leg: 1)))
    // What no leg has yet has not shipped.
    #expect(try shop.reached(.shipped, "A-1") == "none" && shop.reached(.shipped, "A-1", first: true) == "20")
    try shop.record("A-1", .packed, leg: 2, at: 21)
    #expect(try shop.reached(.shipped, "A-1") == "none")
    try shop.submit(.ship(operation("A-1", second: 30, leg: 2)))
    #expect(try shop.reached(.shipped, "A-1") == "30" && shop.reached(.shipped, "A-1", first: true) == "20")
    #expect(try units(shop) == ["5: 0, 0, 5"])
    #expect(try counters(shop) == "5/0 = 0")
    #expect(try shop.verify().findings == [])
  }

  @Test func `a line's units may be promised at several locations, and each gives back and ships its own`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10, at: "north")
    try shop.receive("TEA", 10, at: "south")
    try shop.receive("CUP", 10, at: "south")
    try shop.place("A-1", [line("TEA", 5), line("CUP", 1)])
    try shop.submit(.reserve(operation("A-1", at: "north", [LineQuantity(sku: "TEA", quantity: 2)])))
    try shop.submit(.reserve(operation("A-1", at: "south", [LineQuantity(sku: "TEA", quantity: 1)])))
    // Everything that can still be meant.
    try shop.submit(.reserve(operation("A-1", at: "south")))
    #expect(try units(shop) == ["5: 0, 5, 0", "1: 0, 1, 0"])
    #expect(try counters(shop, "TEA", "south") == "10/3 = 0" && counters(shop, "TEA", "north") == "10/2 = 0")
    #expect(
      try shop.refusal(of: .release(operation("A-1", at: "south", [LineQuantity(sku: "TEA", quantity: 4)])))
        == .tooManyUnits(sku: "TEA", requested: 4, possible: 3))
    try shop.submit(.ship(operation("A-1", at: "south")))
    #expect(try units(shop) == ["5: 0, 2, 3", "1: 0, 0, 1"])
    #expect(try shop.stored("A-1").node == .reserved)
    try shop.submit(.ship(operation("A-1", at: "")))
    #expect(try units(shop) == ["5: 0, 0, 5", "1: 0, 0, 1"])
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try counters(shop, "TEA", "south") == "7/0 = 0" && counters(shop, "TEA", "north") == "8/0 = 0")
    #expect(try shop.verify().findings == [])
  }

  @Test func `releasing gives back, and nothing to give back is nothing`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    try shop.place("A-1", [line("TEA", 5)])
    try shop.submit(.reserve(operation("A-1")))
    try shop.submit(.release(operation("A-1", [LineQuantity(sku: "TEA", quantity: 2)])))
    #expect(try units(shop) == ["5: 0, 3, 0"])
    try shop.submit(.release(operation("A-1")))
    #expect(try counters(shop) == "10/0 = 0")
    #expect(try shop.submit(.release(operation("A-1"))).outcome == .unchanged)
  }

  @Test func `units the store does not count hold nothing up`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    try shop.submit(.registerSKU(NewSKU(sku: "CARD", tracked: false)))
    try shop.place("A-1", [line("CARD", 1), line("TEA", 2)])
    try shop.submit(.reserve(operation("A-1")))
    #expect(try shop.stored("A-1").node == .reserved)
    #expect(try units(shop) == ["1: 0, 0, 0", "2: 0, 2, 0"])
    #expect(
      try shop.refusal(of: .reserve(operation("A-1", [LineQuantity(sku: "CARD", quantity: 1)])))
        == .untrackedSKU("CARD"))
    // What nobody counts goes along with what is counted.
    try shop.submit(.ship(operation("A-1")))
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try units(shop) == ["1: 0, 0, 1", "2: 0, 0, 2"])
  }

  @Test func `a recorded shipping takes the promised units out`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10, cost: 7)
    try shop.place("A-1", [line("TEA", 5)])
    try shop.submit(.reserve(operation("A-1", [LineQuantity(sku: "TEA", quantity: 4)])))
    try shop.record("A-1", .shipped, at: 20)
    #expect(try counters(shop) == "6/0 = 42")
    #expect(try units(shop) == ["5: 0, 0, 4"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a reservation is all or nothing, and two lines of one SKU count together`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try shop.receive("CUP", 1)
    try shop.place("A-1", [line("TEA", 2), line("CUP", 2)])
    #expect(
      try shop.refusal(of: .reserve(operation("A-1")))
        == .oversold(sku: "CUP", location: "north", requested: 2, available: 1))
    #expect(try counters(shop) == "5/0 = 0")
    try shop.place("A-2", [line("TEA", 3), line("TEA", 3)])
    #expect(
      try shop.refusal(of: .reserve(operation("A-2")))
        == .oversold(sku: "TEA", location: "north", requested: 3, available: 2))
    #expect(try counters(shop) == "5/0 = 0")
  }

  // MARK: Ends

  @Test func `cancelling gives everything back`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    try shop.place("A-1", [line("TEA", 5, price: 400, list: 500)])
    try shop.submit(.reserve(operation("A-1", [LineQuantity(sku: "TEA", quantity: 3)])))
    let cancel = Command.cancel(
      Cancellation(order: .named("A-1"), side: .customer, reason: "late", occurredAt: instant(20), actor: "li"))
    try shop.submit(cancel)
    let stored = try shop.stored("A-1")
    #expect(stored.node == .cancelled && stored.cancelledUnits == 5 && stored.cancelledValueMinorUnits == 2_500)
    #expect(stored.timeline.last?.side == .customer && stored.timeline.last?.reason == "late")
    #expect(try counters(shop) == "10/0 = 0" && units(shop) == ["5: 5, 0, 0"])
    let before = try shop.everything()
    #expect(try shop.submit(cancel).outcome == .unchanged)
    #expect(try shop.everything() == before)
    #expect(try shop.verify().findings == [])
  }

  @Test func `units nobody was promised are cancelled first`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    try shop.place("A-1", [line("TEA", 5)])
    try shop.submit(.reserve(operation("A-1", [LineQuantity(sku: "TEA", quantity: 3)])))
    func cancel(_ quantity: Int64) -> Command {
      .cancel(
        Cancellation(
          order: .named("A-1"), lines: [LineQuantity(sku: "TEA", quantity: quantity)], side: .seller,
          occurredAt: instant(quantity)))
    }
    try shop.submit(cancel(2))
    #expect(try units(shop) == ["5: 2, 3, 0"])
    try shop.submit(cancel(1))
    #expect(try units(shop) == ["5: 3, 2, 0"] && counters(shop) == "10/2 = 0")
    #expect(try shop.stored("A-1").node == .placed)
    try shop.submit(.ship(operation("A-1", second: 30)))
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try shop.refusal(of: cancel(1)) == .illegalStep(from: .shipped, to: .cancelled))
    #expect(try shop.verify().findings == [])
  }

  @Test func `an order whose rest is cancelled after a part was shipped has shipped, at a time nobody told`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    try shop.place("A-1", [line("TEA", 5)])
    try shop.submit(.reserve(operation("A-1", [LineQuantity(sku: "TEA", quantity: 2)])))
    try shop.submit(.ship(operation("A-1", second: 20)))
    #expect(try shop.stored("A-1").node == .placed)
    try shop.submit(.cancel(Cancellation(order: .named("A-1"), side: .seller, occurredAt: instant(30))))
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try shop.reached(.shipped, "A-1") == "unknown" && shop.reached(.cancelled, "A-1") == "none")
    #expect(try units(shop) == ["5: 3, 0, 2"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `an expired order lets go of what it holds, one ended by another system can`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10)
    for number in ["A-1", "A-2"] {
      try shop.place(number, [line("TEA", 4)])
      try shop.submit(.reserve(operation(number)))
    }
    try shop.record("A-1", .expired, at: 50)
    #expect(try counters(shop) == "10/4 = 0" && shop.stored("A-1").node == .expired)
    try shop.submit(
      .observe(
        ObservedOrder(
          order: order("A-2", [line("TEA", 4)]), events: [ObservedEvent(node: .cancelled, occurredAt: instant(60))])))
    #expect(try shop.stored("A-2").node == .cancelled && counters(shop) == "10/4 = 0")
    try shop.submit(.release(operation("A-2")))
    #expect(try counters(shop) == "10/0 = 0")
    #expect(try shop.verify().findings == [])
  }

  // MARK: Value

  @Test func `units leave at their average cost, half to even, and the last take what is left`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 3, cost: 100)
    try shop.receive("TEA", 1, cost: 103)
    #expect(try counters(shop) == "4/0 = 403")
    func adjust(_ quantity: Int64, _ second: Int64) throws {
      try shop.submit(
        .adjust(
          StockAdjustment(sku: "TEA", location: "north", quantity: quantity, occurredAt: instant(second))))
    }
    try adjust(-2, 1)  // 201.5
    #expect(try counters(shop) == "2/0 = 201")  // 202 left, the even one
    try adjust(-1, 2)  // 100.5
    #expect(try counters(shop) == "1/0 = 101")  // 100 left
    try adjust(3, 3)  // found at the average of what is there
    #expect(try counters(shop) == "4/0 = 404")
    try adjust(-4, 4)
    #expect(try counters(shop) == "0/0 = 0")
    // Nothing there to take a cost from: the SKU's own.
    try adjust(2, 5)
    #expect(try counters(shop) == "2/0 = 200")
    #expect(try shop.verify().findings == [])
  }

  @Test func `a value beyond 64 bits is refused`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 1, cost: .max)
    let adjust = Command.adjust(
      StockAdjustment(sku: "TEA", location: "north", quantity: 1, occurredAt: instant(1)))
    #expect(try shop.refusal(of: adjust) == .overflow(field: "stock value"))
    #expect(try counters(shop) == "1/0 = \(Int64.max)")
  }

  @Test func `stock that another system wrote off and nobody counts moves no counter`() throws {
    let shop = try TestShop()
    try shop.submit(
      .adjust(
        StockAdjustment(
          sku: "OLD", location: "north", quantity: -7, reason: "broken", occurredAt: instant(1), observed: true)))
    #expect(try shop.level("OLD") == nil && shop.store.snapshot().movementCount == 1)
    #expect(try shop.store.snapshot().stock(sku: "OLD") == [])
    #expect(try shop.store.snapshot().stock(sku: "none") == nil)
    #expect(try shop.verify().findings == [])
  }

  @Test func `registering a SKU again changes what is known of it`() throws {
    let shop = try TestShop()
    var sku = NewSKU(sku: "TEA", name: "Tea", category: "drinks", unitCostMinorUnits: 100)
    #expect(try shop.submit(.registerSKU(sku)) == Receipt(outcome: .created, sequence: 1, order: nil))
    try shop.place("A-1")
    #expect(try shop.submit(.registerSKU(sku)) == Receipt(outcome: .unchanged, sequence: 1, order: nil))
    sku.unitCostMinorUnits = 200
    #expect(try shop.submit(.registerSKU(sku)) == Receipt(outcome: .updated, sequence: 3, order: nil))
    try shop.receive("TEA", 2)
    #expect(try counters(shop) == "2/0 = 400")
  }
}
