import OrderModel
import OrderStore
import Testing

/// Placing and observing orders, each exactly once.
struct PlacingTests {
  private var full: NewOrder {
    var order = order("A-1", [line("TEA", 2, price: 450, list: 500), line("CUP", 1, price: 900)])
    order.customer = CustomerIdentity(key: "c-1", grade: "gold")
    (order.type, order.priority, order.region, order.city) = ("retail", "high", "浙江", "杭州")
    (order.shipBy, order.deliverBy) = (instant(86_400), instant(300_000))
    (order.discountMinorUnits, order.shippingMinorUnits, order.taxMinorUnits) = (100, 490, 33)
    (order.carrier, order.sourceStatus, order.note) = ("顺丰", "paid", "leave at the door")
    return order
  }

  @Test func `an order is stored as it was told`() throws {
    let shop = try TestShop()
    let receipt = try shop.submit(.place(full))
    #expect(receipt == Receipt(outcome: .created, sequence: 1, order: OrderID(rawValue: 0)))
    for _ in 0..<2 {
      let stored = try shop.stored("A-1")
      #expect(stored.channel == "web" && stored.number == "A-1" && stored.placedAt == instant(0))
      #expect(stored.customer == "c-1" && stored.grade == "gold" && stored.currency == "EUR")
      #expect([stored.type, stored.priority, stored.region, stored.city] == ["retail", "high", "浙江", "杭州"])
      #expect([stored.carrier, stored.sourceStatus, stored.note] == ["顺丰", "paid", "leave at the door"])
      #expect(stored.shipBy == instant(86_400) && stored.deliverBy == instant(300_000))
      #expect(stored.listValueMinorUnits == 1_900 && stored.lineValueMinorUnits == 1_800)
      #expect(stored.discountMinorUnits == 100 && stored.shippingMinorUnits == 490 && stored.taxMinorUnits == 33)
      #expect(stored.units == 3 && stored.node == .placed && !stored.isObserved)
      #expect(stored.lines.map(\.sku) == ["TEA", "CUP"] && stored.lines.map(\.listPriceMinorUnits) == [500, 900])
      #expect(stored.timeline.map(\.node) == [.placed])
      try shop.reopen()
    }
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `the same order again gets the first receipt and writes nothing`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    let first = try shop.submit(.place(full))
    try shop.place("A-2")
    let before = try shop.everything()
    var again = full
    // What a source may rightly change is no other body.
    (again.carrier, again.sourceStatus, again.note) = ("中通", "shipped", nil)
    again.customer?.grade = "silver"
    for order in [full, again] {
      let receipt = try shop.submit(.place(order))
      #expect(receipt == Receipt(outcome: .unchanged, sequence: first.sequence, order: first.order))
    }
    #expect(try shop.everything() == before)
  }

  static let changes: [(String, @Sendable (inout NewOrder) -> Void)] = [
    ("placed instant", { $0.placedAt.milliseconds += 1 }),
    ("customer", { $0.customer = CustomerIdentity(key: "c-2") }),
    ("customer", { $0.customer = nil }),
    ("currency", { $0.currency = "USD" }),
    ("type", { $0.type = "b2b" }),
    ("priority", { $0.priority = nil }),
    ("region", { $0.region = "浙" }),
    ("city", { $0.city = "宁波" }),
    ("ship-by promise", { $0.shipBy = nil }),
    ("deliver-by promise", { $0.deliverBy?.milliseconds += 1 }),
    ("discount", { $0.discountMinorUnits = 0 }),
    ("shipping", { $0.shippingMinorUnits = 1 }),
    ("tax", { $0.taxMinorUnits = 1 }),
    ("number of lines", { $0.lines.removeLast() }),
    ("SKU of line 1", { $0.lines.swapAt(0, 1) }),
    ("quantity of line 2", { $0.lines[1].quantity = 2 }),
    ("price of line 1", { $0.lines[0].unitPriceMinorUnits = 451 }),
    ("list price of line 2", { $0.lines[1].listPriceMinorUnits = 901 }),
    ("location of a line", { $0.lines[0].location = "north" }),
  ]

  @Test(arguments: changes.indices)
  func `another body under the same number is refused, with what differs, and leaves nothing`(index: Int) throws {
    let shop = try TestShop()
    try shop.submit(.place(full))
    let before = try shop.everything()
    var other = full
    Self.changes[index].1(&other)
    let refusal = Refusal.changedBody(number: "A-1", field: Self.changes[index].0)
    #expect(try shop.refusal(of: .place(other)) == refusal)
    #expect(try shop.refusal(of: .observe(ObservedOrder(order: other))) == refusal)
    #expect(try shop.everything() == before)
  }

  @Test func `a guest's order does not become that of a customer nobody knows`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    var other = order("A-1")
    other.customer = CustomerIdentity(key: "new")
    #expect(try shop.refusal(of: .place(other)) == .changedBody(number: "A-1", field: "customer"))
  }

  @Test func `two channels may use one number, and then it must be named with its channel`() throws {
    let shop = try TestShop()
    let web = try shop.place("7", in: "web")
    let pos = try shop.place("7", in: "pos")
    #expect(web != pos)
    let snapshot = try shop.store.snapshot()
    #expect(try snapshot.orders(number: "7") == [pos, web])
    #expect(try snapshot.orders(number: "7", channel: "web") == [web])
    #expect(try snapshot.orders(number: "7", channel: "app") == [])
    #expect(
      try shop.refusal(of: .record(StatusEvent(order: .named("7"), node: .validated, occurredAt: instant(1))))
        == .ambiguousOrder("7"))
    try shop.submit(
      .record(StatusEvent(order: .number("7", channel: "pos"), node: .validated, occurredAt: instant(1))))
    #expect(try shop.stored("7", channel: "pos").node == .validated)
    #expect(try shop.stored("7", channel: "web").node == .placed)
  }

  @Test func `an order without lines can be observed, not placed`() throws {
    let shop = try TestShop()
    #expect(try shop.refusal(of: .place(order("A-1", []))) == .emptyOrder)
    let receipt = try shop.submit(.observe(ObservedOrder(order: order("A-1", []))))
    #expect(receipt.outcome == .created)
    let stored = try shop.stored("A-1")
    #expect(stored.isObserved && stored.lines.isEmpty && stored.units == 0)
    #expect(try shop.refusal(of: .place(order("A-1", [line("TEA", 1)]))) != nil)
  }

  @Test func `observing again adds what is new and nothing else`() throws {
    let shop = try TestShop()
    var observed = ObservedOrder(
      order: order("A-1"), events: [ObservedEvent(node: .paid, occurredAt: instant(5))],
      payments: [
        ObservedPayment(method: "card", amountMinorUnits: 400, occurredAt: instant(5)),
        ObservedPayment(method: "card", amountMinorUnits: 400, occurredAt: instant(5)),
      ])
    observed.order.sourceStatus = "paid"
    #expect(try shop.submit(.observe(observed)).outcome == .created)
    #expect(try shop.stored("A-1").payments.count == 2)
    let before = try shop.everything()
    let again = try shop.submit(.observe(observed))
    #expect(again.outcome == .unchanged && again.sequence == 1 && again.order == OrderID(rawValue: 0))
    #expect(try shop.everything() == before)

    observed.order.sourceStatus = "delivered"
    observed.events.append(ObservedEvent(node: .delivered, occurredAt: nil))
    observed.payments.append(ObservedPayment(method: "card", amountMinorUnits: 200))
    let receipt = try shop.submit(.observe(observed))
    #expect(receipt.outcome == .updated && receipt.sequence == 2 && receipt.version == again.version + 1)
    let stored = try shop.stored("A-1")
    #expect(stored.sourceStatus == "delivered" && stored.node == .delivered && stored.paidMinorUnits == 1_000)
    #expect(stored.timeline.map(\.occurredAt) == [instant(0), instant(5), nil])
    #expect(try shop.reached(.delivered, "A-1") == "unknown")
    // The time becomes known.
    observed.events.append(ObservedEvent(node: .delivered, occurredAt: instant(9)))
    try shop.submit(.observe(observed))
    #expect(try shop.reached(.delivered, "A-1") == "9")
    #expect(try shop.verify().findings == [])
  }

  @Test func `an observed order may be cancelled after it shipped, and its end is the last that was told`() throws {
    let shop = try TestShop()
    try shop.submit(
      .observe(
        ObservedOrder(
          order: order("A-1"),
          events: [
            ObservedEvent(node: .shipped, occurredAt: instant(5)),
            ObservedEvent(node: .cancelled, occurredAt: instant(9), side: .seller, reason: "lost"),
          ])))
    #expect(try shop.stored("A-1").node == .cancelled)
    #expect(try shop.reached(.cancelled, "A-1") == "9")
    #expect(try shop.value(.cancelSide, of: "A-1") == Int64(Side.seller.rawValue))
    #expect(try shop.reached(.shipped, "A-1") == "5")
  }

  @Test func `what a customer owes stays within 64 bits`() throws {
    let shop = try TestShop()
    var huge = order("A-1", [line("TEA", 1, price: .max / 2)])
    (huge.shippingMinorUnits, huge.taxMinorUnits) = (.max / 2, 2)
    #expect(try shop.refusal(of: .place(huge)) == .overflow(field: "order value"))
    huge.taxMinorUnits = 1
    #expect(try shop.refusal(of: .place(huge)) == nil)
    let paid = Payment(order: .named("A-1"), method: "card", amountMinorUnits: 1, occurredAt: instant(1))
    try shop.submit(.pay(paid))
    #expect(try shop.stored("A-1").node == .placed)
  }
}
