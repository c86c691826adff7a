import OrderModel
import OrderStore
import Testing

/// One order's way, each step beside what it moves.
struct LifecycleTests {
  private func counters(_ shop: TestShop, _ sku: String = "TEA", _ location: String = "north") throws -> [Int64] {
    let level = try shop.level(sku, location)?.counters ?? InventoryCounters()
    return [level.onHand, level.reserved, level.backordered, level.available]
  }

  private func partition(_ shop: TestShop, _ number: String, _ line: Int = 0) throws -> String {
    try shop.stored(number).lines[line].partition.description
  }

  @discardableResult
  private func approved(
    _ shop: TestShop, _ number: String, _ quantity: Int64, priority: String? = nil, at second: Int64 = 3
  ) throws -> Receipt {
    var order = order(number, [line("TEA", quantity)])
    (order.profile, order.priority) = (.standard, priority)
    try shop.submit(.place(order))
    try shop.submit(
      .pay(Payment(order: .named(number), method: "card", amountMinorUnits: 500 * quantity, occurredAt: instant(1))))
    try shop.record(number, .validated, at: 2)
    return try shop.submit(.approve(Approval(order: .named(number), location: "north", occurredAt: instant(second))))
  }

  private func wanted(_ quantity: Int64) -> [LineQuantity] { [LineQuantity(sku: "TEA", quantity: quantity)] }

  @Test func `approval reserves what is there and lets the rest wait; receipts fill the queue in its order`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 3)
    try approved(shop, "A", 5, at: 3)
    #expect(try partition(shop, "A") == "ordered 5, backordered 2, reserved 3")
    #expect(try shop.stored("A").node == .reserved)
    try approved(shop, "B", 2, at: 4)
    #expect(try shop.stored("B").node == .approved, "nothing of it is promised")
    try approved(shop, "C", 1, priority: "urgent", at: 5)
    #expect(try counters(shop) == [3, 3, 5, 0])
    // Urgent first, then by approval.
    try shop.receive("TEA", 2)
    #expect(try partition(shop, "C") == "ordered 1, reserved 1")
    #expect(try partition(shop, "A") == "ordered 5, backordered 1, reserved 4")
    #expect(try partition(shop, "B") == "ordered 2, backordered 2")
    // What is let go goes to the next in the queue.
    try shop.submit(.cancel(Cancellation(order: .named("A"), side: .customer, occurredAt: instant(9))))
    #expect(try partition(shop, "B") == "ordered 2, reserved 2")
    #expect(try shop.stored("B").node == .reserved)
    #expect(try counters(shop) == [5, 3, 0, 2])
    #expect(try shop.verify().findings == [])
  }

  @Test func `parts of an order go their own ways, and the order is where its last part is`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try shop.submit(
      .expect(ExpectedStock(sku: "TEA", location: "south", quantity: 4, due: instant(50), occurredAt: instant(0))))
    try approved(shop, "A", 5)
    func allocate(_ leg: UInt8, _ quantity: Int64, _ second: Int64) throws {
      try shop.submit(
        .allocate(
          Allocation(
            order: .named("A"), leg: leg, location: "north", carrier: "SF", lines: wanted(quantity),
            occurredAt: instant(second))))
    }
    try allocate(1, 3, 10)
    try allocate(2, 2, 11)
    for leg in [1, 2] as [UInt8] { try shop.record("A", .released, leg: leg, at: 12) }
    try shop.record("A", .shipped, leg: 1, at: 20)
    var stored = try shop.stored("A")
    #expect(stored.node == .released && stored.state == "partially shipped")
    #expect(stored.legs.map(\.node) == [.shipped, .released])
    #expect(try counters(shop) == [2, 2, 0, 0])
    try shop.record("A", .delivered, leg: 1, at: 30)
    #expect(try partition(shop, "A") == "ordered 5, reserved 2, shipped 3, delivered 3")
    try shop.record("A", .shipped, leg: 2, at: 31)
    try shop.record("A", .delivered, leg: 2, at: 40)
    stored = try shop.stored("A")
    #expect(stored.node == .delivered && stored.state == "delivered")
    #expect(try shop.reached(.shipped, "A") == "31" && shop.reached(.shipped, "A", first: true) == "20")
    #expect(try shop.verify().findings == [])
  }

  @Test func `reports that come out of order leave the timeline and the stock of those in order`() throws {
    let late = try TestShop()
    let inOrder = try TestShop()
    let reports: [(Node, Int64)] = [(.released, 12), (.picked, 14), (.shipped, 20), (.inTransit, 25), (.delivered, 30)]
    for (shop, order) in [(inOrder, [0, 1, 2, 3, 4]), (late, [0, 4, 2, 1, 3])] {
      try shop.receive("TEA", 5)
      try approved(shop, "A", 2)
      try shop.submit(.allocate(Allocation(order: .named("A"), location: "north", occurredAt: instant(11))))
      for index in order { try shop.record("A", reports[index].0, leg: 1, at: reports[index].1) }
      for index in order { try shop.record("A", reports[index].0, leg: 1, at: reports[index].1) }
    }
    #expect(
      try late.stored("A").timeline.map { "\($0.node) \($0.leg) \($0.occurredAt!.milliseconds)" }
        == inOrder.stored("A").timeline.map { "\($0.node) \($0.leg) \($0.occurredAt!.milliseconds)" })
    #expect(try late.stored("A").lines == inOrder.stored("A").lines)
    #expect(try counters(late) == counters(inOrder))
    for node in Node.keyNodes { #expect(try late.reached(node, "A") == inOrder.reached(node, "A"), "\(node)") }
    #expect(try late.verify().findings == [])
  }

  @Test func `a short pick waits again, a count below what is promised makes the newest promise wait`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 6, cost: 7)
    try approved(shop, "A", 2, at: 3)
    try approved(shop, "B", 3, at: 4)
    try shop.submit(.allocate(Allocation(order: .named("B"), location: "north", occurredAt: instant(5))))
    try shop.record("B", .released, leg: 1, at: 6)
    try shop.submit(.shortPick(operation("B", wanted(1), second: 7)))
    // One unit was free: it takes the place of the missing one at once.
    #expect(try partition(shop, "B") == "ordered 3, reserved 3")
    #expect(try counters(shop) == [5, 5, 0, 0])
    #expect(try shop.stored("B").openExceptions == [.shortPick])
    try shop.submit(.count(StockCount(sku: "TEA", location: "north", counted: 3, occurredAt: instant(8))))
    #expect(try counters(shop) == [3, 3, 2, 0])
    #expect(try partition(shop, "A") == "ordered 2, reserved 2")
    #expect(try partition(shop, "B") == "ordered 3, backordered 2, reserved 1")
    try shop.receive("TEA", 9)
    #expect(try partition(shop, "B") == "ordered 3, reserved 3")
    #expect(try shop.verify().findings == [])
  }

  @Test func `returns move stock and money apart, and never more than was delivered or paid`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try approved(shop, "A", 4)
    try shop.submit(.allocate(Allocation(order: .named("A"), location: "north", occurredAt: instant(5))))
    for (node, second) in [(Node.released, 6), (.shipped, 7), (.delivered, 8)] as [(Node, Int64)] {
      try shop.record("A", node, leg: 1, at: second)
    }
    func step(_ step: ReturnStep.Step, _ quantity: Int64, _ disposition: ReturnStep.Disposition = .restock) -> Command {
      .giveBack(
        ReturnStep(
          order: .named("A"), step: step, lines: wanted(quantity), disposition: disposition, location: "north",
          occurredAt: instant(20)))
    }
    #expect(try shop.refusal(of: step(.request, 5)) == .tooManyUnits(sku: "TEA", requested: 5, possible: 4))
    try shop.submit(step(.request, 3))
    try shop.submit(step(.authorise, 3))
    try shop.submit(step(.receive, 1))
    try shop.submit(step(.receive, 1, .quarantine))
    try shop.submit(step(.receive, 1, .scrap))
    #expect(try shop.level("TEA")?.counters == InventoryCounters(onHand: 3, reserved: 0, unavailable: 1))
    try shop.submit(step(.inspect, 1, .scrap))
    #expect(try counters(shop) == [2, 0, 0, 2])
    #expect(
      try partition(shop, "A")
        == "ordered 4, shipped 4, delivered 4, requested 3, authorised 3, returned 3, restocked 1, scrapped 2")
    func refund(_ amount: Int64) -> Command {
      .refund(Refund(order: .named("A"), method: "card", amountMinorUnits: amount, occurredAt: instant(30)))
    }
    #expect(try shop.refusal(of: refund(2_001)) == .overRefunded(requested: 2_001, left: 2_000))
    try shop.submit(refund(1_500))
    #expect(try shop.stored("A").node == .inspected, "a part is not the whole")
    try shop.submit(refund(500))
    #expect(try shop.stored("A").node == .refunded)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a cancelled order that was paid back stays cancelled: nothing of it moves on, no money comes`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try approved(shop, "A", 2)
    try shop.submit(.cancel(Cancellation(order: .named("A"), side: .customer, occurredAt: instant(4))))
    try shop.submit(
      .refund(Refund(order: .named("A"), method: "card", amountMinorUnits: 1_000, occurredAt: instant(5))))
    #expect(try shop.stored("A").node == .cancelled)
    for node in [Node.validated, .allocated, .released, .shipped, .delivered] {
      let event = StatusEvent(order: .named("A"), node: node, occurredAt: instant(6))
      #expect(try shop.refusal(of: .record(event)) == .illegalStep(from: .cancelled, to: node))
    }
    let payment = Payment(order: .named("A"), method: "card", amountMinorUnits: 1_000, occurredAt: instant(7))
    #expect(try shop.refusal(of: .pay(payment)) == .illegalStep(from: .cancelled, to: .paid))
    #expect(try counters(shop) == [5, 0, 0, 5])
    #expect(try shop.verify().findings == [])
  }

  @Test func `an order may be paid back first and cancelled then: what it was promised is free again`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try approved(shop, "A", 2)
    try shop.submit(
      .refund(Refund(order: .named("A"), method: "card", amountMinorUnits: 1_000, occurredAt: instant(4))))
    #expect(try counters(shop) == [5, 2, 0, 3])
    try shop.submit(.cancel(Cancellation(order: .named("A"), side: .seller, occurredAt: instant(5))))
    #expect(try shop.stored("A").node == .cancelled)
    #expect(try counters(shop) == [5, 0, 0, 5])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a voided shipment is as if it had not been`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5, cost: 7)
    try approved(shop, "A", 2)
    try shop.submit(.allocate(Allocation(order: .named("A"), location: "north", occurredAt: instant(5))))
    try shop.record("A", .released, leg: 1, at: 6)
    let before = (try counters(shop), try partition(shop, "A"), try shop.level("TEA")?.valueMinorUnits)
    try shop.record("A", .shipped, leg: 1, at: 7)
    let entry = try #require(try shop.stored("A").timeline.first { $0.node == .shipped }?.number)
    try shop.submit(.void(VoidEntry(order: .named("A"), entry: entry, occurredAt: instant(8))))
    let after = (try counters(shop), try partition(shop, "A"), try shop.level("TEA")?.valueMinorUnits)
    #expect(after == before)
    #expect(try shop.stored("A").node == .released)
    #expect(try shop.reached(.shipped, "A") == "none")
    let again: Command = .void(VoidEntry(order: .named("A"), entry: entry, occurredAt: instant(8)))
    #expect(try shop.refusal(of: again) == .alreadyVoided(entry))
    #expect(try shop.verify().findings == [])
  }

  @Test func `edits keep both values, the lines they add count, and promises move with the units`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try shop.receive("CUP", 5)
    try approved(shop, "A", 2)
    func edit(_ changes: OrderEdit.Change...) -> Command {
      .edit(OrderEdit(order: .named("A"), changes: changes, reason: "asked", actor: "ann", occurredAt: instant(9)))
    }
    try shop.submit(edit(.quantity(sku: "TEA", 4), .region("south"), .deliverBy(instant(99))))
    #expect(try partition(shop, "A") == "ordered 4, reserved 4")
    try shop.submit(edit(.substitute(sku: "TEA", line("CUP", 1))))
    let stored = try shop.stored("A")
    #expect(stored.lines.map(\.sku) == ["TEA", "CUP"] && stored.lines[1].replaces == "TEA")
    #expect(stored.units == 5 && stored.cancelledUnits == 1 && stored.currentDeliverBy == instant(99))
    let told = stored.timeline.filter { $0.kind == .edited }.map { "\($0.subject) \($0.before) \($0.after)" }
    #expect(told == ["quantity 2 4", "region  south", "deliver_by  \(instant(99).milliseconds)", "substitute TEA 1"])
    #expect(try counters(shop) == [5, 3, 0, 2])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a transfer takes units and their value along, and ends where they are received`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 10, cost: 7)
    try shop.submit(
      .transfer(
        StockTransfer(sku: "TEA", from: "north", to: "south", quantity: 4, due: instant(50), occurredAt: instant(5))))
    #expect(try shop.level("TEA", "north")?.valueMinorUnits == 42 && counters(shop) == [6, 0, 0, 6])
    #expect(try shop.level("TEA", "south")?.counters.incoming == 4)
    let snapshot = try shop.store.snapshot()
    #expect(try snapshot.availableToPromise(sku: "TEA", location: "south", by: instant(49)) == 0)
    #expect(try snapshot.availableToPromise(sku: "TEA", location: "south", by: instant(50)) == 4)
    func arrive(_ quantity: Int64) -> Command {
      .receive(
        StockReceipt(sku: "TEA", location: "south", quantity: quantity, occurredAt: instant(60), wasExpected: true))
    }
    try shop.submit(arrive(3))
    #expect(try shop.refusal(of: arrive(2)) != nil)
    try shop.submit(arrive(1))
    #expect(try shop.level("TEA", "south")?.valueMinorUnits == 28 && shop.store.snapshot().expectedGoods() == [])
    #expect(try shop.verify().findings == [])
  }

  @Test func `claims hold units until they run out, and presales stay within their quota`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 3)
    func claim(_ quantity: Int64, until second: Int64) -> Command {
      .claim(
        StockClaim(
          sku: "TEA", location: "north", quantity: quantity, owner: "basket 1", expiresAt: instant(second),
          occurredAt: instant(0)))
    }
    try shop.submit(claim(2, until: 50))
    #expect(try shop.refusal(of: claim(2, until: 50)) != nil)
    #expect(try shop.store.snapshot().claims().map(\.quantity) == [2])
    try shop.submit(.presale(PresaleQuota(sku: "TEA", location: "north", quantity: 2, occurredAt: instant(0))))
    try approved(shop, "A", 6)
    #expect(try partition(shop, "A") == "ordered 6, backordered 3, presold 2, reserved 1")
    #expect(try shop.submit(.expire(Expiry(asOf: instant(49)))).outcome == .unchanged)
    try shop.submit(.expire(Expiry(asOf: instant(50))))
    // The claim's units go to those who wait.
    #expect(try partition(shop, "A") == "ordered 6, backordered 3, reserved 3")
    #expect(try shop.verify().findings == [])
  }

  @Test func `terms stay within the credit limit, and what is paid or cancelled frees it`() throws {
    let shop = try TestShop()
    try shop.submit(.registerCustomer(CustomerIdentity(key: "c", creditLimitMinorUnits: 1_500)))
    func place(_ number: String) throws {
      var placed = order(number, [line("TEA", 2)])
      (placed.profile, placed.customer) = (.b2b, CustomerIdentity(key: "c"))
      try shop.submit(.place(placed))
    }
    func grant(_ number: String) -> Command {
      .grantCredit(CreditGrant(order: .named(number), occurredAt: instant(1)))
    }
    for number in ["A", "B", "C"] { try place(number) }
    try shop.submit(grant("A"))
    #expect(try shop.stored("A").node == .paid)
    #expect(try shop.refusal(of: grant("B")) == .creditExceeded(limit: 1_500, exposure: 1_000, total: 1_000))
    try shop.submit(.pay(Payment(order: .named("A"), method: "wire", amountMinorUnits: 600, occurredAt: instant(5))))
    try shop.submit(grant("B"))
    #expect(try shop.refusal(of: grant("C")) != nil)
    try shop.submit(.cancel(Cancellation(order: .named("B"), side: .customer, occurredAt: instant(6))))
    try shop.submit(grant("C"))
    #expect(try shop.verify().findings == [])
  }

  @Test func `a sale at the counter is paid and handed over in one commit`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    var sale = order(
      "A", [NewLine(sku: "TEA", quantity: 2, unitPriceMinorUnits: 500, location: "north"), line("BAG", 1)])
    sale.profile = .pos
    try shop.submit(.place(sale))
    #expect(try shop.stored("A").node == .delivered && counters(shop) == [3, 0, 0, 3])
    #expect(try partition(shop, "A", 1) == "ordered 1, shipped 1, delivered 1")
    var large = order("B", [NewLine(sku: "TEA", quantity: 9, unitPriceMinorUnits: 500, location: "north")])
    large.profile = .pos
    #expect(try shop.refusal(of: .place(large)) == .oversold(sku: "TEA", location: "north", requested: 9, available: 3))
    #expect(try shop.verify().findings == [])
  }

  @Test func `a stale version is refused, a right one is not`() throws {
    let shop = try TestShop()
    let placed = try shop.submit(.place(order("A")))
    let first = try shop.submit(.note(OrderNote(order: .named("A"), text: "one", occurredAt: instant(1))))
    #expect(first.version > placed.version)
    let note = Command.note(OrderNote(order: .named("A"), text: "two", occurredAt: instant(2)))
    #expect(throws: StoreError.refused(.staleVersion(expected: placed.version, actual: first.version))) {
      try shop.store.submit(note, ifVersion: placed.version)
    }
    try shop.store.submit(note, ifVersion: first.version)
    #expect(try shop.stored("A").timeline.map(\.text) == ["", "one", "two"])
  }
}
