import OrderModel
import OrderStore
import Testing

struct LimitsTests {
  /// 65,536 bytes of Chinese.
  private let longest = String(repeating: "茶", count: 21_845) + "!"

  @Test func `texts of 64 KiB are kept whole`() throws {
    let test = try TestStore(lag: .none)
    try #require(longest.utf8.count == 65_536)
    var order = NewOrder.tea(longest, channel: longest)
    (order.note, order.region, order.lines[0].sku) = (longest, longest, longest)
    order.customer = CustomerIdentity(key: longest, name: longest, phone: longest + "", email: longest)
    try test.submit(.place(order), key: longest)
    try test.reopen()
    let stored = try test.order(longest, channel: longest)
    #expect(stored.note == longest && stored.region == longest && stored.channel == longest)
    #expect(stored.customer == longest && stored.lines[0].sku == longest)
    #expect(try test.snapshot().orders(customer: longest) == [stored.id])
    #expect(try test.snapshot().orders(email: longest) == [stored.id])
    #expect(try test.submit(.place(order)).outcome == .unchanged)
    #expect(try test.submit(.place(order), key: longest).outcome == .unchanged)
    try test.expectSound()
  }

  @Test func `longer texts are refused and leave nothing`() throws {
    let test = try TestStore()
    let long = longest + "茶"
    let changes: [(String, (inout NewOrder) -> Void)] = [
      ("channel", { $0.channel = long }), ("order number", { $0.number = long }), ("note", { $0.note = long }),
      ("region", { $0.region = long }), ("city", { $0.city = long }), ("SKU", { $0.lines[0].sku = long }),
      ("location", { $0.lines[0].location = long }), ("source_status", { $0.sourceStatus = long }),
      ("customer key", { $0.customer = CustomerIdentity(key: long) }),
      ("name", { $0.customer = CustomerIdentity(key: "a", name: long) }),
      ("phone", { $0.customer = CustomerIdentity(key: "a", phone: long) }),
      ("e-mail", { $0.customer = CustomerIdentity(key: "a", email: long) }),
      ("grade", { $0.customer = CustomerIdentity(key: "a", grade: long) }),
    ]
    for (field, change) in changes {
      var order = NewOrder.tea()
      change(&order)
      try test.expectRefusal(.textTooLong(field: field, byteCount: 65_539), of: .place(order))
    }
    try test.expectRefusal(
      .textTooLong(field: "idempotency key", byteCount: 65_539), of: .place(.tea()), key: long)
    try test.expectRefusal(
      .textTooLong(field: "SKU name", byteCount: 65_539), of: .registerSKU(NewSKU(sku: "cup", name: long)))
    #expect(try test.extent().sequence == 0)
  }

  @Test func `texts that look alike but differ are not the same`() throws {
    let test = try TestStore()
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    try test.submit([.place(.tea(composed)), .place(.tea(decomposed))])
    #expect(try test.snapshot().orderCount == 2)
    #expect(try test.snapshot().wordCount(.sku) == 2)
    try test.submit([.received(1, composed), .received(2, decomposed)])
    #expect(try test.snapshot().stockCellCount == 2)
    try test.expectSound()
  }

  @Test func `an order of twenty thousand lines is one order`() throws {
    let test = try TestStore()
    var order = NewOrder.tea()
    order.lines = (0..<20_000).map {
      NewLine(sku: "sku-\($0 % 9_000)", quantity: 1 + Int64($0 % 7), unitPriceMinorUnits: Int64($0))
    }
    let results = try test.store.submit(
      [.place(.tea("small-1")), .place(order), .place(.tea("small-2"))].map { Submission($0) })
    #expect(try results.map { try $0.get().outcome } == [.created, .created, .created])
    let stored = try test.order("T-1")
    #expect(stored.lines.count == 20_000)
    #expect(stored.lines.map(\.unitPriceMinorUnits) == (0..<20_000).map(Int64.init))
    #expect(stored.units == order.lines.reduce(0) { $0 + $1.quantity })
    #expect(try test.submit(.place(order)).outcome == .unchanged)
    try test.expectSound()
  }

  @Test func `commands that do not fit into one commit take several, in their order`() throws {
    let test = try TestStore()
    let orders = (0..<40).map { index in
      var order = NewOrder.tea("T-\(index)")
      order.note = longest
      return order
    }
    let receipts = try test.submit(orders.map { .place($0) })
    let sequences = receipts.map(\.sequence)
    #expect(sequences == sequences.sorted() && Set(sequences).count > 2)
    #expect(receipts.map(\.order) == (0..<40).map { OrderID(rawValue: $0) })
    #expect(try test.snapshot().sequence == sequences.last)
    try test.expectSound()
  }

  @Test func `a command larger than a commit is refused`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    var order = NewOrder.tea("T-2")
    order.lines = (0..<20).map {
      NewLine(sku: String(longest.dropLast(4)) + "\($0)", quantity: 1, unitPriceMinorUnits: 1)
    }
    let before = try test.extent()
    do throws(StoreError) {
      try test.store.submit(.place(order))
      Issue.record("more than a commit takes was accepted")
    } catch {
      guard case .refused(.commandTooLarge(let byteCount, let limit)) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(byteCount > limit && limit > 1_000_000)
    }
    #expect(try test.extent() == before)
    // Words of the refused command are not remembered.
    order.lines.removeLast(19)
    try test.submit([.place(order), .place(.tea("T-3"))])
    #expect(try test.order("T-2").lines[0].sku == order.lines[0].sku)
    try test.expectSound()
  }

  @Test(arguments: [
    Instant(milliseconds: .min), Instant(milliseconds: .min + 1), Instant(milliseconds: .max),
    Instant(milliseconds: Instant.earliest.milliseconds - 1), Instant(milliseconds: Instant.latest.milliseconds + 1),
  ])
  func `instants outside the years 1 to 9999 are refused`(instant: Instant) throws {
    let test = try TestStore()
    func refusal(_ field: String) -> Refusal {
      .invalidInstant(field: field, milliseconds: instant.milliseconds)
    }
    for (field, change) in [
      ("placed", { $0.placedAt = instant }), ("ship-by", { $0.shipBy = instant }),
      ("deliver-by", { $0.deliverBy = instant }),
    ] as [(String, (inout NewOrder) -> Void)] {
      var order = NewOrder.tea()
      change(&order)
      try test.expectRefusal(refusal(field), of: .place(order))
    }
    try test.submit([.place(.tea("T-2")), .received(5, "cup")])
    for command: Command in [
      .event("T-2", .paid, at: instant),
      .pay(Payment(order: .number("T-2"), method: "card", amountMinorUnits: 1, occurredAt: instant)),
      .observe(ObservedOrder(order: .tea(), events: [ObservedEvent(node: .paid, occurredAt: instant)])),
      .observe(
        ObservedOrder(
          order: .tea(), payments: [ObservedPayment(method: "card", amountMinorUnits: 1, occurredAt: instant)])),
      .receive(StockReceipt(sku: "cup", location: "wien", quantity: 1, occurredAt: instant)),
      .adjust(StockAdjustment(sku: "cup", location: "wien", quantity: 1, occurredAt: instant)),
      .reserve(StockOperation(order: .number("T-2"), location: "hangzhou", occurredAt: instant)),
      .release(StockOperation(order: .number("T-2"), location: "hangzhou", occurredAt: instant)),
      .ship(StockOperation(order: .number("T-2"), location: "hangzhou", occurredAt: instant)),
      .cancel(Cancellation(order: .number("T-2"), side: .seller, occurredAt: instant)),
      .credit(CreditNote(channel: "web", number: "C", occurredAt: instant, currency: "EUR", lines: [])),
    ] {
      try test.expectRefusal(refusal("occurred at"), of: command)
    }
  }

  @Test func `the first and the last instant are kept, however far apart`() throws {
    let test = try TestStore(lag: .none)
    var order = NewOrder.tea()
    (order.placedAt, order.shipBy, order.deliverBy) = (.earliest, .latest, .earliest)
    try test.submit([.place(order), .event("T-1", .paid, at: .latest)])
    try test.reopen()
    let stored = try test.order("T-1")
    #expect(stored.placedAt == .earliest && stored.shipBy == .latest && stored.deliverBy == .earliest)
    #expect(stored.timeline.last?.occurredAt == .latest)
    try test.expectSound()
  }

  @Test func `sums that would leave 64 bits are refused`() throws {
    let test = try TestStore()
    let changes: [(String, (inout NewOrder) -> Void)] = [
      ("order value", { $0.lines[0].listPriceMinorUnits = .max }),
      ("order value", { $0.lines[1].unitPriceMinorUnits = .max }),
      ("order value", { $0.taxMinorUnits = .max }),
      ("order value", { ($0.shippingMinorUnits, $0.taxMinorUnits) = (.max - 5_000, 5_000) }),
      (
        "units of the order",
        {
          $0.lines = (0..<3).map {
            NewLine(sku: "sku-\($0)", quantity: Int64(Int32.max), unitPriceMinorUnits: 1)
          }
        }
      ),
    ]
    for (field, change) in changes {
      var order = NewOrder.tea()
      change(&order)
      try test.expectRefusal(.overflow(field: field), of: .place(order))
    }
    let tooMany = Int64(Int32.max) + 1
    try test.expectRefusal(.invalidQuantity(sku: "cup", quantity: tooMany), of: .received(tooMany, "cup"))
    try test.expectRefusal(.overflow(field: "stock value"), of: .received(2, "cup", cost: .max))
    try test.submit([.received(1, "cup", cost: .max), .place(.tea())])
    try test.expectRefusal(.overflow(field: "stock value"), of: .received(1, "cup", cost: 1))
    try test.submit(.pay(Payment(order: .number("T-1"), method: "card", amountMinorUnits: .max, occurredAt: at(1))))
    try test.expectRefusal(
      .overflow(field: "paid"),
      of: .pay(Payment(order: .number("T-1"), method: "card", amountMinorUnits: 1, occurredAt: at(2))))
    try test.expectSound()
  }
}
