import OrderModel
import OrderStore
import Testing

/// What random commands against the model of `ShopTrial` found.
struct LifecycleRepairTests {
  let shop: TestShop

  init() throws { shop = try TestShop() }

  private func allocate(_ number: String, leg: UInt8 = 1, _ lines: [LineQuantity] = []) throws {
    try shop.submit(
      .allocate(
        Allocation(order: .named(number), leg: leg, location: "north", lines: lines, occurredAt: instant(30))))
  }

  private func void(_ number: String, _ entry: Int) -> Command {
    .void(VoidEntry(order: .named(number), entry: entry, occurredAt: instant(90)))
  }

  private func giveBack(_ number: String, _ step: ReturnStep.Step) throws {
    try shop.submit(
      .giveBack(ReturnStep(order: .named(number), step: step, location: "north", occurredAt: instant(60))))
  }

  /// An approved order that waits for `TEA`.
  private func wait(_ number: String) throws {
    var waiting = order(number)
    waiting.profile = .standard
    try shop.submit(.place(waiting))
    try shop.submit(
      .pay(Payment(order: .named(number), method: "card", amountMinorUnits: 1_000, occurredAt: instant(5))))
    try shop.record(number, .validated, at: 6)
    try shop.submit(.approve(Approval(order: .named(number), location: "north", occurredAt: instant(7))))
  }

  private func requireSound() throws { #expect(try shop.verify().findings == []) }

  @Test func `an order on hold can be allocated and not released`() throws {
    try shop.receive("TEA", 5)
    try shop.place("A")
    try shop.submit(.reserve(operation("A")))
    try shop.submit(.hold(HoldChange(order: .named("A"), kind: .manual, isOn: true, occurredAt: instant(20))))
    try allocate("A")
    let release = Command.record(StatusEvent(order: .named("A"), node: .released, leg: 1, occurredAt: instant(31)))
    #expect(try shop.refusal(of: release) == .held(to: .released, holds: [.manual]))
  }

  @Test func `a promise that went on to a leg cannot be voided`() throws {
    try shop.receive("TEA", 5)
    try shop.place("A")
    try shop.place("B")
    try shop.submit(.reserve(operation("A")))
    try shop.submit(.reserve(operation("B")))
    try allocate("A")
    let before = try shop.everything()
    #expect(try shop.refusal(of: void("A", 1)) == .tooManyUnits(sku: "TEA", requested: 2, possible: 0))
    #expect(try shop.everything() == before)
    try requireSound()
  }

  @Test func `stock is never worth less than nothing after a void`() throws {
    try shop.receive("TEA", 1, cost: 100)
    for number in ["A", "B"] { try shop.place(number, [line("TEA", 1)]) }
    try shop.submit(.reserve(operation("A")))
    try shop.submit(.ship(operation("A")))
    try shop.record("A", .delivered, at: 40)
    for step in [ReturnStep.Step.request, .authorise, .receive] { try giveBack("A", step) }
    try shop.receive("TEA", 1, cost: 0)
    try shop.submit(.reserve(operation("B")))
    try shop.submit(.ship(operation("B")))
    #expect(try shop.level("TEA")?.valueMinorUnits == 50)
    let entry = try #require(try shop.stored("A").timeline.first { $0.node == .returnReceived })
    try shop.submit(void("A", entry.number))
    #expect(try shop.level("TEA")?.counters.onHand == 0)
    #expect(try shop.level("TEA")?.valueMinorUnits == 0)
    try requireSound()
  }

  @Test func `an exception raised twice stays open when the second entry is voided`() throws {
    try shop.receive("TEA", 3)
    try shop.place("A", [line("TEA", 3)])
    try shop.submit(.reserve(operation("A")))
    for second in [20, 21] as [Int64] {
      try shop.submit(.shortPick(operation("A", [LineQuantity(sku: "TEA", quantity: 1)], second: second)))
    }
    let last = try #require(try shop.stored("A").timeline.last { $0.kind == .raised })
    try shop.submit(void("A", last.number))
    #expect(try shop.stored("A").openExceptions == [.shortPick])
  }

  @Test func `an edit of the priority moves an order in the queue`() throws {
    try shop.receive("TEA", 1)
    try wait("A")
    try wait("B")
    #expect(try shop.stored("A").lines[0].reserved == 1)
    try shop.submit(
      .edit(OrderEdit(order: .named("B"), changes: [.priority("urgent")], occurredAt: instant(20))))
    try shop.receive("TEA", 1)
    #expect(try shop.stored("A").lines[0].reserved == 1)
    #expect(try shop.stored("B").lines[0].reserved == 1)
  }

  @Test func `a count that displaces two promises of one order keeps both entries`() throws {
    try shop.receive("TEA", 4)
    try shop.place("A", [line("TEA", 2), line("TEA", 2)])
    try shop.submit(.reserve(operation("A")))
    try shop.submit(.count(StockCount(sku: "TEA", location: "north", counted: 0, occurredAt: instant(20))))
    #expect(try shop.stored("A").timeline.count { $0.kind == .backordered } == 2)
    try requireSound()
  }

  @Test func `the handing over of a counter sale takes its units back when it is voided`() throws {
    try shop.receive("TEA", 5)
    var sale = order("A", [NewLine(sku: "TEA", quantity: 2, unitPriceMinorUnits: 5, location: "north")])
    sale.profile = .pos
    try shop.submit(.place(sale))
    #expect(try shop.level("TEA")?.counters.onHand == 3)
    try shop.submit(void("A", 2))
    #expect(try shop.level("TEA")?.counters.onHand == 5)
    #expect(try shop.stored("A").node == .paid)
  }

  @Test func `the rest of an order of which one leg was delivered is open, and can be cancelled`() throws {
    for sku in ["TEA", "CUP"] { try shop.receive(sku, 5) }
    try shop.place("A", [line("TEA", 2), line("CUP", 1)])
    try shop.submit(.reserve(operation("A")))
    try allocate("A", [LineQuantity(sku: "TEA", quantity: 2)])
    try shop.submit(.ship(operation("A", second: 40, leg: 1)))
    try shop.record("A", .delivered, leg: 1, at: 50)
    #expect(try shop.stored("A").node == .reserved)
    #expect(try shop.reached(.delivered, "A") == "none")
    #expect(try shop.reached(.delivered, "A", first: true) == "50")
    try shop.submit(.cancel(Cancellation(order: .named("A"), side: .customer, occurredAt: instant(60))))
    #expect(try shop.stored("A").node == .delivered)
    #expect(try shop.reached(.delivered, "A") == "50")
    #expect(try shop.stored("A").timeline.last?.kind == .cancelled)
    try requireSound()
  }

  @Test func `a leg whose units were cancelled holds the order back no more`() throws {
    for sku in ["TEA", "CUP"] { try shop.receive(sku, 5) }
    try shop.place("A", [line("TEA", 2), line("CUP", 1)])
    try shop.submit(.reserve(operation("A")))
    try allocate("A", leg: 1, [LineQuantity(sku: "TEA", quantity: 2)])
    try allocate("A", leg: 2, [LineQuantity(sku: "CUP", quantity: 1)])
    try shop.record("A", .packed, leg: 1, at: 40)
    #expect(try shop.stored("A").node == .allocated)
    try shop.submit(
      .cancel(
        Cancellation(
          order: .named("A"), lines: [LineQuantity(sku: "CUP", quantity: 1)], side: .customer,
          occurredAt: instant(60))))
    #expect(try shop.stored("A").node == .packed)
  }

  @Test func `the timeline tells the waybill`() throws {
    try shop.place("A")
    try shop.submit(
      .record(
        StatusEvent(order: .named("A"), node: .labelled, occurredAt: instant(10), carrier: "SF", waybill: "SF1")))
    #expect(try shop.stored("A").timeline.last?.text == "SF1")
  }

  @Test func `an acknowledged cancellation is another body than one that is not`() throws {
    try shop.place("A")
    var cancellation = Cancellation(order: .named("A"), side: .customer, occurredAt: instant(10))
    try shop.submit(.cancel(cancellation), key: "k")
    cancellation.isAcknowledged = true
    #expect(try shop.refusal(of: .cancel(cancellation), key: "k") == .reusedKey("k"))
  }
}
