import OrderModel
import OrderStore
import Testing

/// The most units that the orders of a channel may hold.
struct CapTests {
  @discardableResult
  private func cap(
    _ shop: TestShop, _ units: Int64?, of sku: String = "TEA", at location: String? = nil, channel: String = "web"
  ) throws -> Receipt {
    try shop.submit(
      .cap(ChannelCap(sku: sku, location: location, channel: channel, units: units, occurredAt: instant(50))))
  }

  private func taken(_ shop: TestShop) throws -> [String] {
    try shop.store.snapshot().caps().map { "\($0.sku) '\($0.location)' \($0.channel) \($0.taken)/\($0.units)" }
  }

  private func approve(
    _ shop: TestShop, _ number: String, _ quantity: Int64, of sku: String = "TEA",
    _ shortage: Approval.Shortage = .backorder, in channel: String = "web", at location: String = "north"
  ) throws {
    var order = order(number, [line(sku, quantity)], in: channel)
    order.profile = .standard
    try shop.submit(.place(order))
    try shop.submit(
      .pay(Payment(order: .named(number), method: "card", amountMinorUnits: 500 * quantity, occurredAt: instant(1))))
    try shop.record(number, .validated, at: 2)
    try shop.submit(
      .approve(Approval(order: .named(number), location: location, shortage: shortage, occurredAt: instant(5))))
  }

  private func partition(_ shop: TestShop, _ number: String) throws -> String {
    try shop.stored(number).lines[0].partition.description
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `a channel gets no more than its cap, another channel does`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    try shop.receive("TEA", 9)
    try shop.place("A", [line("TEA", 2)])
    try shop.submit(.reserve(operation("A")))
    // What is held when the cap is set counts.
    try cap(shop, 3)
    #expect(try taken(shop) == ["TEA '' web 2/3"])
    try shop.place("B", [line("TEA", 2)])
    let before = try shop.everything()
    #expect(
      try shop.refusal(of: .reserve(operation("B")))
        == .capExceeded(sku: "TEA", location: "", channel: "web", cap: 3, taken: 2, requested: 2))
    #expect(try shop.everything() == before)
    try shop.submit(.reserve(operation("B", [LineQuantity(sku: "TEA", quantity: 1)])))
    #expect(try taken(shop) == ["TEA '' web 3/3"])
    try shop.place("C", [line("TEA", 5)], in: "app")
    try shop.submit(.reserve(operation("C")))
    // What has left is held no more.
    try shop.submit(.ship(operation("A")))
    #expect(try taken(shop) == ["TEA '' web 1/3"])
    try shop.submit(.reserve(operation("B")))
    try shop.reopen()
    #expect(try taken(shop) == ["TEA '' web 2/3"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `an approval beyond the cap waits, or is refused when it asks for that`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 9)
    try cap(shop, 3)
    #expect(
      throws: StoreError.refused(
        .capExceeded(sku: "TEA", location: "", channel: "web", cap: 3, taken: 0, requested: 5))
    ) { try approve(shop, "R", 5, .refuse) }
    try approve(shop, "A", 5)
    #expect(try partition(shop, "A") == "ordered 5, backordered 2, reserved 3")
    try approve(shop, "B", 1, in: "app")
    #expect(try partition(shop, "B") == "ordered 1, reserved 1", "who waits for a cap holds up nobody else")
    // A raised cap lets through who waited for it.
    try cap(shop, 4)
    #expect(try partition(shop, "A") == "ordered 5, backordered 1, reserved 4")
    try cap(shop, nil)
    #expect(try partition(shop, "A") == "ordered 5, reserved 5")
    #expect(try taken(shop) == [])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a cap of all locations that leaves room again fills queues elsewhere`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5, at: "north")
    try shop.receive("TEA", 5, at: "south")
    try cap(shop, 2)
    try shop.place("A", [line("TEA", 2)])
    try shop.submit(.reserve(operation("A", at: "south")))
    try approve(shop, "B", 1)
    #expect(try partition(shop, "B") == "ordered 1, backordered 1")
    try shop.submit(.release(operation("A", at: "south", [LineQuantity(sku: "TEA", quantity: 1)])))
    #expect(try partition(shop, "B") == "ordered 1, reserved 1")
    #expect(try taken(shop) == ["TEA '' web 2/2"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `what is held beyond a lowered cap stays, moves and ships`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    try approve(shop, "A", 4)
    try cap(shop, 1)
    try cap(shop, 2, at: "south")
    #expect(try taken(shop) == ["TEA '' web 4/1", "TEA 'south' web 0/2"])
    try shop.receive("TEA", 5, at: "south")
    func allocate(_ leg: UInt8, _ location: String, _ quantity: Int64) -> Command {
      .allocate(
        Allocation(
          order: .named("A"), leg: leg, location: location, lines: [LineQuantity(sku: "TEA", quantity: quantity)],
          occurredAt: instant(6)))
    }
    #expect(
      try shop.refusal(of: allocate(1, "south", 3))
        == .capExceeded(sku: "TEA", location: "south", channel: "web", cap: 2, taken: 0, requested: 3))
    try shop.submit(allocate(1, "south", 2))
    try shop.submit(allocate(2, "north", 2))
    #expect(try taken(shop) == ["TEA '' web 4/1", "TEA 'south' web 2/2"])
    for leg in [1, 2] as [UInt8] { try shop.record("A", .released, leg: leg, at: 8) }
    try shop.submit(.ship(operation("A", at: "", second: 9)))
    #expect(try taken(shop) == ["TEA '' web 0/1", "TEA 'south' web 0/2"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `units in kits and those sold in advance count for the cap of their SKU`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 9)
    try shop.receive("CUP", 9)
    try shop.kit("SET", [("TEA", 2), ("CUP", 1)])
    try cap(shop, 5)
    try shop.place("S", [line("SET", 3)])
    #expect(
      try shop.refusal(of: .reserve(operation("S")))
        == .capExceeded(sku: "TEA", location: "", channel: "web", cap: 5, taken: 0, requested: 6))
    try approve(shop, "A", 3, of: "SET")
    #expect(try partition(shop, "A") == "ordered 3, backordered 1, reserved 2")
    #expect(try taken(shop) == ["TEA '' web 4/5"])
    try shop.submit(.presale(PresaleQuota(sku: "TEA", location: "east", quantity: 9, occurredAt: instant(0))))
    try approve(shop, "B", 4, at: "east")
    #expect(try partition(shop, "B") == "ordered 4, backordered 3, presold 1")
    #expect(try taken(shop) == ["TEA '' web 5/5"])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a cap of what is not counted is refused, and the same cap again is nothing new`() throws {
    let shop = try TestShop()
    try shop.receive("TEA", 1)
    try shop.kit("SET", [("TEA", 1)])
    try shop.submit(.registerSKU(NewSKU(sku: "CARD", tracked: false)))
    func refusal(_ sku: String, _ units: Int64?, channel: String = "web") throws -> Refusal? {
      try shop.refusal(of: .cap(ChannelCap(sku: sku, channel: channel, units: units, occurredAt: instant(1))))
    }
    #expect(try refusal("nobody's", 1) == .unknownSKU("nobody's"))
    #expect(try refusal("CARD", 1) == .untrackedSKU("CARD"))
    #expect(try refusal("SET", 1) == .kitHasNoStock(sku: "SET"))
    #expect(try refusal("TEA", -1) == .invalidQuantity(sku: "TEA", quantity: -1))
    #expect(try refusal("TEA", 1, channel: "") == .missingText(field: "channel"))
    let first = try cap(shop, 1)
    #expect(try cap(shop, 1).outcome == .unchanged && first.outcome == .created)
    #expect(try cap(shop, 1).sequence == first.sequence)
  }
}
