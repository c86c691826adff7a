import OrderModel
import OrderStore
import Testing

/// Kits: sold as one, taken from the stock of their components.
struct KitTests {
  /// A shop that sells a set of one pot and two cups, and pots and cups alone.
  private func shop(_ lag: OrderStore.Options.Lag = .unbounded, pots: Int64 = 5, cups: Int64 = 5) throws -> TestShop {
    let shop = try TestShop(lag)
    try shop.receive("POT", pots, cost: 100)
    try shop.receive("CUP", cups, cost: 7)
    try shop.kit("SET", [("POT", 1), ("CUP", 2)])
    return shop
  }

  /// On hand, reserved, backordered, available.
  private func counters(_ shop: TestShop, _ sku: String, _ location: String = "north") throws -> [Int64] {
    let level = try shop.level(sku, location)?.counters ?? InventoryCounters()
    return [level.onHand, level.reserved, level.backordered, level.available]
  }

  private func partition(_ shop: TestShop, _ number: String, _ line: Int = 0) throws -> String {
    try shop.stored(number).lines[line].partition.description
  }

  private func approve(
    _ shop: TestShop, _ number: String, _ lines: [NewLine], priority: String? = nil,
    shortage: Approval.Shortage = .backorder, location: String? = "north", at second: Int64 = 3
  ) throws {
    var order = order(number, lines)
    (order.profile, order.priority) = (.standard, priority)
    try shop.submit(.place(order))
    let amount = lines.reduce(0) { $0 + $1.quantity * $1.unitPriceMinorUnits }
    try shop.submit(
      .pay(Payment(order: .named(number), method: "card", amountMinorUnits: amount, occurredAt: instant(1))))
    try shop.record(number, .validated, at: 2)
    try shop.submit(
      .approve(
        Approval(order: .named(number), location: location, shortage: shortage, occurredAt: instant(second))))
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `a kit takes all of its components with it, all the way`(lag: OrderStore.Options.Lag) throws {
    let shop = try shop(lag)
    try shop.place("A", [line("SET", 2, price: 900)])
    try shop.submit(.reserve(operation("A")))
    #expect(try counters(shop, "POT") == [5, 2, 0, 3] && counters(shop, "CUP") == [5, 4, 0, 1])
    #expect(try partition(shop, "A") == "ordered 2, reserved 2" && shop.stored("A").node == .reserved)
    try shop.submit(.release(operation("A", [LineQuantity(sku: "SET", quantity: 1)])))
    #expect(try counters(shop, "POT") == [5, 1, 0, 4] && counters(shop, "CUP") == [5, 2, 0, 3])
    try shop.submit(.reserve(operation("A")))
    try shop.submit(.ship(operation("A", second: 20)))
    #expect(try counters(shop, "POT") == [3, 0, 0, 3] && counters(shop, "CUP") == [1, 0, 0, 1])
    #expect(try shop.level("POT")?.valueMinorUnits == 300 && shop.level("CUP")?.valueMinorUnits == 7)
    try shop.record("A", .delivered, at: 30)
    for step in [ReturnStep.Step.request, .authorise] {
      try shop.submit(
        .giveBack(
          ReturnStep(
            order: .named("A"), step: step, lines: [LineQuantity(sku: "SET", quantity: 1)], occurredAt: instant(40))))
    }
    try shop.submit(
      .giveBack(
        ReturnStep(
          order: .named("A"), step: .receive, disposition: .quarantine, location: "south", occurredAt: instant(41))))
    #expect(try counters(shop, "POT", "south") == [1, 0, 0, 0] && counters(shop, "CUP", "south") == [2, 0, 0, 0])
    try shop.submit(
      .giveBack(
        ReturnStep(
          order: .named("A"), step: .inspect, disposition: .restock, location: "south", occurredAt: instant(42))))
    #expect(try counters(shop, "POT", "south") == [1, 0, 0, 1] && counters(shop, "CUP", "south") == [2, 0, 0, 2])
    #expect(
      try partition(shop, "A") == "ordered 2, shipped 2, delivered 2, requested 1, authorised 1, returned 1, "
        + "restocked 1")
    #expect(try shop.verify().findings == [])
    try shop.reopen()
    #expect(try shop.verify().findings == [])
  }

  @Test func `of a kit that lacks one component nothing is promised`() throws {
    let shop = try shop(cups: 3)
    try shop.place("A", [line("SET", 2)])
    let before = try shop.everything()
    #expect(
      try shop.refusal(of: .reserve(operation("A")))
        == .oversold(sku: "CUP", location: "north", requested: 4, available: 3))
    #expect(
      try shop.refusal(of: .reserve(operation("A", at: "south")))
        == .oversold(sku: "POT", location: "south", requested: 2, available: 0))
    #expect(try shop.everything() == before)
    #expect(try counters(shop, "POT") == [5, 0, 0, 5])
  }

  @Test func `kits and their components are sold side by side, and neither is oversold`() throws {
    let shop = try shop(pots: 3, cups: 5)
    for number in 1...4 { try shop.place("S\(number)", [line("SET", 1)]) }
    for number in 1...4 { try shop.place("C\(number)", [line("CUP", 1)]) }
    var won: [String] = []
    for number in ["S1", "C1", "S2", "C2", "S3", "C3", "S4", "C4"]
    where try shop.refusal(of: .reserve(operation(number))) == nil { won.append(number) }
    #expect(won == ["S1", "C1", "S2"])
    #expect(try counters(shop, "CUP") == [5, 5, 0, 0] && counters(shop, "POT") == [3, 2, 0, 1])
    #expect(
      try shop.refusal(
        of: .adjust(
          StockAdjustment(sku: "CUP", location: "north", quantity: -1, occurredAt: instant(1)))) != nil)
    #expect(try shop.verify().findings == [])
  }

  @Test func `kits wait whole, those behind them get what they cannot use, and a receipt completes them`() throws {
    let shop = try shop(pots: 4, cups: 3)
    try approve(shop, "A", [line("SET", 3)], at: 3)
    #expect(try partition(shop, "A") == "ordered 3, backordered 2, reserved 1")
    #expect(try counters(shop, "POT") == [4, 1, 2, 3] && counters(shop, "CUP") == [3, 2, 4, 1])
    // A cup is left that no set can use, and pots that wait for cups are free for others.
    try approve(shop, "B", [line("CUP", 2), line("POT", 2)], at: 4)
    #expect(try shop.stored("B").lines.map(\.reserved) == [1, 2])
    #expect(try counters(shop, "CUP") == [3, 3, 5, 0] && counters(shop, "POT") == [4, 3, 2, 1])
    // The set waited first: the next two cups are its, with the pot that is left.
    try shop.receive("CUP", 2)
    #expect(try partition(shop, "A") == "ordered 3, backordered 1, reserved 2")
    // Its last set lacks a pot: cups go to who can use them.
    try shop.receive("CUP", 2)
    #expect(try shop.stored("B").lines.map(\.reserved) == [2, 2])
    #expect(try counters(shop, "CUP") == [7, 6, 2, 1])
    try shop.receive("CUP", 1)
    try shop.receive("POT", 1)
    #expect(try partition(shop, "A") == "ordered 3, reserved 3")
    #expect(try counters(shop, "CUP") == [8, 8, 0, 0] && counters(shop, "POT") == [5, 5, 0, 0])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a kit is not served before somebody who comes first for another of its components`() throws {
    let shop = try shop(pots: 1, cups: 1)
    try shop.submit(.adjust(StockAdjustment(sku: "POT", location: "north", quantity: -1, occurredAt: instant(0))))
    try shop.submit(.adjust(StockAdjustment(sku: "CUP", location: "north", quantity: -1, occurredAt: instant(0))))
    try approve(shop, "A", [line("SET", 1)], at: 3)
    try approve(shop, "B", [line("CUP", 1)], priority: "urgent", at: 4)
    try shop.place("C", [line("CUP", 2), line("POT", 1)])
    // Pots are first in the store; with the release of both at once the urgent order still comes first.
    try shop.receive("CUP", 1)
    #expect(try partition(shop, "B") == "ordered 1, reserved 1")
    try shop.submit(.release(operation("B", [LineQuantity(sku: "CUP", quantity: 1)])))
    #expect(try partition(shop, "A") == "ordered 1, backordered 1")
    try shop.submit(.cancel(Cancellation(order: .named("B"), side: .customer, occurredAt: instant(9))))
    try approve(shop, "D", [line("CUP", 1)], priority: "urgent", at: 10)
    #expect(try partition(shop, "D") == "ordered 1, reserved 1", "one cup is of no use for the set")
    try shop.submit(.release(operation("D")))
    try shop.receive("CUP", 1)
    #expect(try partition(shop, "A") == "ordered 1, backordered 1", "the pot is missing")
    try shop.receive("POT", 1)
    #expect(try partition(shop, "A") == "ordered 1, reserved 1")
    #expect(try shop.verify().findings == [])
  }

  @Test func `approval takes the location that can make most, and refuses what nobody can make when asked to`() throws {
    let shop = try shop(pots: 5, cups: 1)
    try shop.receive("POT", 2, at: "south")
    try shop.receive("CUP", 9, at: "south")
    try approve(shop, "A", [line("SET", 2)], location: nil)
    #expect(try shop.stored("A").allotments.map(\.location) == ["south"])
    #expect(try partition(shop, "A") == "ordered 2, reserved 2")
    #expect(throws: StoreError.refused(.oversold(sku: "SET", location: "north", requested: 1, available: 0))) {
      try approve(shop, "B", [line("SET", 1)], shortage: .refuse, location: nil)
    }
    #expect(try shop.verify().findings == [])
  }

  @Test func `kits are presold within the quotas of all components`() throws {
    let shop = try shop(pots: 1, cups: 2)
    for (sku, quota) in [("POT", 9), ("CUP", 5)] as [(String, Int64)] {
      try shop.submit(.presale(PresaleQuota(sku: sku, location: "north", quantity: quota, occurredAt: instant(0))))
    }
    try approve(shop, "A", [line("SET", 4)])
    #expect(try partition(shop, "A") == "ordered 4, backordered 1, presold 2, reserved 1")
    #expect(try shop.level("CUP")?.counters.presaleSold == 4 && shop.level("POT")?.counters.presaleSold == 2)
    try shop.receive("POT", 3)
    try shop.receive("CUP", 6)
    #expect(try partition(shop, "A") == "ordered 4, reserved 4")
    #expect(try shop.level("CUP")?.counters.presaleSold == 0)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a count that misses one unit makes a whole kit wait, and frees its other components`() throws {
    let shop = try shop(pots: 2, cups: 4)
    try approve(shop, "A", [line("SET", 2)])
    try shop.submit(.count(StockCount(sku: "CUP", location: "north", counted: 3, occurredAt: instant(8))))
    #expect(try partition(shop, "A") == "ordered 2, backordered 1, reserved 1")
    #expect(try counters(shop, "CUP") == [3, 2, 2, 1] && counters(shop, "POT") == [2, 1, 1, 1])
    #expect(try shop.verify().findings == [])
  }

  @Test func `cancelling, allocating elsewhere, short picks and voids move whole kits`() throws {
    let shop = try shop(pots: 5, cups: 9)
    try shop.receive("POT", 5, at: "south")
    try shop.receive("CUP", 9, at: "south")
    try approve(shop, "A", [line("SET", 3)])
    try shop.submit(
      .cancel(
        Cancellation(
          order: .named("A"), lines: [LineQuantity(sku: "SET", quantity: 1)], side: .customer, occurredAt: instant(4))))
    #expect(try counters(shop, "POT") == [5, 2, 0, 3] && counters(shop, "CUP") == [9, 4, 0, 5])
    try shop.submit(.allocate(Allocation(order: .named("A"), location: "south", occurredAt: instant(5))))
    #expect(try counters(shop, "CUP") == [9, 0, 0, 9] && counters(shop, "CUP", "south") == [9, 4, 0, 5])
    try shop.record("A", .released, leg: 1, at: 6)
    try shop.submit(
      .shortPick(operation("A", at: "", [LineQuantity(sku: "SET", quantity: 1)], second: 7, leg: 1)))
    // What is there takes the place of the missing one at once.
    #expect(try counters(shop, "POT", "south") == [4, 2, 0, 2] && counters(shop, "CUP", "south") == [7, 4, 0, 3])
    try shop.submit(.ship(operation("A", at: "", second: 8, leg: 1)))
    #expect(try counters(shop, "POT", "south") == [2, 0, 0, 2] && counters(shop, "CUP", "south") == [3, 0, 0, 3])
    let entries = try shop.stored("A").timeline
    let shipped = try #require(entries.last { $0.node == .shipped }).number
    try shop.submit(.void(VoidEntry(order: .named("A"), entry: shipped, occurredAt: instant(9))))
    #expect(try counters(shop, "POT", "south") == [4, 2, 0, 2] && counters(shop, "CUP", "south") == [7, 4, 0, 3])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a kit shows how many there could be, now and by a date, and what it is made of`() throws {
    let shop = try shop(pots: 5, cups: 5)
    try shop.receive("POT", 1, at: "south")
    try shop.submit(
      .expect(ExpectedStock(sku: "CUP", location: "north", quantity: 4, due: instant(50), occurredAt: instant(0))))
    let snapshot = try shop.store.snapshot()
    #expect(try snapshot.stock(sku: "SET")?.map { "\($0.location) \($0.available)" } == ["north 2", "south 0"])
    #expect(try snapshot.stock().map(\.sku) == ["POT", "CUP", "POT"])
    #expect(try snapshot.availableToPromise(sku: "SET", by: instant(49)) == 2)
    #expect(try snapshot.availableToPromise(sku: "SET", by: instant(50)) == 4)
    #expect(try snapshot.availableToPromise(sku: "SET", location: "south", by: instant(50)) == 0)
    #expect(
      try snapshot.components(ofKit: "SET")
        == [KitComponent(sku: "POT", quantity: 1), KitComponent(sku: "CUP", quantity: 2)])
    #expect(try snapshot.components(ofKit: "CUP") == [])
  }

  @Test func `what cannot be a kit is refused, and the same kit again is nothing new`() throws {
    let shop = try shop()
    func refusal(_ sku: String, _ components: [(String, Int64)]) throws -> Refusal? {
      try shop.refusal(
        of: .registerSKU(NewSKU(sku: sku, components: components.map { KitComponent(sku: $0, quantity: $1) })))
    }
    let before = try shop.everything()
    #expect(try refusal("BOX", [("SET", 1)]) == .impossibleKit(sku: "BOX", .nested("SET")))
    #expect(try refusal("BOX", [("BOX", 1)]) == .unknownSKU("BOX"))
    #expect(try refusal("CUP", [("CUP", 1)]) == .impossibleKit(sku: "CUP", .nested("CUP")))
    #expect(try refusal("CUP", [("POT", 1)]) == .impossibleKit(sku: "CUP", .nested("CUP")))
    #expect(try refusal("SET", [("POT", 1)]) == .impossibleKit(sku: "SET", .fixed))
    #expect(try refusal("BOX", [("CUP", 1), ("CUP", 1)]) == .impossibleKit(sku: "BOX", .repeated("CUP")))
    #expect(try refusal("BOX", [("CUP", 0)]) == .invalidQuantity(sku: "CUP", quantity: 0))
    #expect(try refusal("BOX", [("nobody's", 1)]) == .unknownSKU("nobody's"))
    #expect(try shop.everything() == before)
    try shop.receive("TRAY", 1)
    #expect(try refusal("TRAY", [("CUP", 1)]) == .impossibleKit(sku: "TRAY", .counted))
    #expect(try shop.kit("SET", [("POT", 1), ("CUP", 2)]).outcome == .unchanged)
    // A catalogue that knows the kit by name alone takes nothing from it.
    try shop.submit(.registerSKU(NewSKU(sku: "SET", name: "Tea set", tracked: false)))
    #expect(try shop.store.snapshot().components(ofKit: "SET").count == 2)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a kit has no stock of its own to receive, count, correct, keep back, send or claim`() throws {
    let shop = try shop()
    let commands: [Command] = [
      .receive(StockReceipt(sku: "SET", location: "north", quantity: 1, occurredAt: instant(1))),
      .adjust(StockAdjustment(sku: "SET", location: "north", quantity: 1, occurredAt: instant(1))),
      .count(StockCount(sku: "SET", location: "north", counted: 1, occurredAt: instant(1))),
      .block(StockBlock(sku: "SET", location: "north", kind: .held, quantity: 1, occurredAt: instant(1))),
      .presale(PresaleQuota(sku: "SET", location: "north", quantity: 1, occurredAt: instant(1))),
      .expect(
        ExpectedStock(sku: "SET", location: "north", quantity: 1, due: instant(2), occurredAt: instant(1))),
      .transfer(
        StockTransfer(
          sku: "SET", from: "north", to: "south", quantity: 1, due: instant(2), occurredAt: instant(1))),
      .claim(
        StockClaim(
          sku: "SET", location: "north", quantity: 1, owner: "basket", expiresAt: instant(9), occurredAt: instant(1))),
    ]
    let before = try shop.everything()
    for command in commands { #expect(try shop.refusal(of: command) == .kitHasNoStock(sku: "SET"), "\(command)") }
    #expect(try shop.everything() == before)
  }

  @Test func `the change feed tells a kit and the movements of its components`() throws {
    let shop = try shop()
    try shop.place("A", [line("SET", 2)])
    let sequence = try shop.submit(.reserve(operation("A"))).sequence
    let records = try shop.store.snapshot().changes(from: 1, limit: .max).records
    func text(_ record: ChangeRecord, _ names: [String]) -> String {
      record.fields.filter { names.contains($0.name) }.map {
        switch $0.value {
        case .text(let text): text
        case .integer(let value): "\(value)"
        }
      }.joined(separator: " ")
    }
    #expect(
      records.filter { $0.kind == "kit_component" }.map { text($0, ["kit", "sku", "quantity"]) }
        == ["SET POT 1", "SET CUP 2"])
    #expect(
      records.filter { $0.kind == "movement" && $0.sequence == sequence }.map {
        text($0, ["movement", "sku", "quantity", "reserved_change", "line", "applied"])
      } == ["reserve SET 2 0 1 1", "reserve POT 2 2 1", "reserve CUP 4 4 1"])
  }
}
