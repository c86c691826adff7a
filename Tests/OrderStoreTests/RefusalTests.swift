import OrderModel
import OrderStore
import Testing

/// A refused command leaves nothing: no group, no row, no word, no personal data.
struct RefusalTests {
  private func shop() throws -> TestShop {
    let shop = try TestShop()
    try shop.receive("TEA", 5, cost: 100)
    try shop.submit(.registerSKU(NewSKU(sku: "GIFT", tracked: false)))
    try shop.place("A-1", [line("TEA", 3)])
    try shop.place("A-2", [line("GIFT", 1)])
    try shop.place("A-3", [line("TEA", 9)])
    try shop.place("GONE")
    try shop.submit(.cancel(Cancellation(order: .named("GONE"), side: .customer, occurredAt: instant(1))))
    try shop.submit(.reserve(operation("A-1")))
    return shop
  }

  private static let long = String(repeating: "x", count: 65_537)

  static let cases: [(Command, Refusal)] = {
    var cases: [(Command, Refusal)] = []
    func placing(_ refusal: Refusal, _ change: (inout NewOrder) -> Void) {
      var bad = order("BAD", [line("new SKU", 1)], in: "new channel")
      bad.customer = CustomerIdentity(key: "new customer", phone: "123", grade: "new grade")
      change(&bad)
      cases.append((.place(bad), refusal))
    }
    placing(.emptyOrder) { $0.lines = [] }
    placing(.missingText(field: "channel")) { $0.channel = "" }
    placing(.missingText(field: "order number")) { $0.number = "" }
    placing(.missingText(field: "currency")) { $0.currency = "" }
    placing(.missingText(field: "SKU")) { $0.lines[0].sku = "" }
    placing(.missingText(field: "customer key")) { $0.customer?.key = "" }
    placing(.invalidQuantity(sku: "new SKU", quantity: 0)) { $0.lines[0].quantity = 0 }
    placing(.invalidQuantity(sku: "new SKU", quantity: -4)) { $0.lines[0].quantity = -4 }
    placing(.invalidQuantity(sku: "new SKU", quantity: 1 << 31)) { $0.lines[0].quantity = 1 << 31 }
    placing(.invalidAmount(field: "price", value: -1)) { $0.lines[0].unitPriceMinorUnits = -1 }
    placing(.invalidAmount(field: "list price", value: -1)) { $0.lines[0].listPriceMinorUnits = -1 }
    placing(.invalidAmount(field: "discount", value: -1)) { $0.discountMinorUnits = -1 }
    placing(.invalidAmount(field: "shipping", value: -1)) { $0.shippingMinorUnits = -1 }
    placing(.invalidAmount(field: "tax", value: -1)) { $0.taxMinorUnits = -1 }
    placing(.overflow(field: "order value")) { $0.lines = [line("new SKU", 3, price: .max / 2)] }
    placing(.overflow(field: "order value")) {
      $0.lines = [line("a", 1, price: .max, list: 0), line("b", 1, price: 1, list: 0)]
    }
    placing(.overflow(field: "units of the order")) {
      $0.lines = (0..<3).map { line("s\($0)", Int64(Int32.max)) }
    }
    placing(.invalidInstant(field: "placed", milliseconds: .max)) { $0.placedAt = Instant(milliseconds: .max) }
    placing(.invalidInstant(field: "ship-by", milliseconds: .min)) { $0.shipBy = Instant(milliseconds: .min) }
    placing(.invalidInstant(field: "deliver-by", milliseconds: 253_402_300_800_000)) {
      $0.deliverBy = Instant(milliseconds: 253_402_300_800_000)
    }
    placing(.textTooLong(field: "channel", byteCount: 65_537)) { $0.channel = long }
    placing(.textTooLong(field: "order number", byteCount: 65_537)) { $0.number = long }
    placing(.textTooLong(field: "note", byteCount: 65_537)) { $0.note = long }
    placing(.textTooLong(field: "city", byteCount: 65_537)) { $0.city = long }
    placing(.textTooLong(field: "SKU", byteCount: 65_537)) { $0.lines[0].sku = long }
    placing(.textTooLong(field: "phone", byteCount: 65_537)) { $0.customer?.phone = long }

    func event(_ number: String, _ node: Node, leg: UInt8 = 0, at moment: Instant = instant(5)) -> Command {
      .record(
        StatusEvent(
          order: .named(number), node: node, leg: leg, occurredAt: moment, actor: "new actor", reason: "new reason"))
    }
    cases += [
      (event("none", .paid), .unknownOrder("none")),
      (
        .record(StatusEvent(order: .number("A-1", channel: "none"), node: .paid, occurredAt: instant(1))),
        .unknownOrder("A-1")
      ),
      (
        .record(StatusEvent(order: .id(OrderID(rawValue: 99)), node: .paid, occurredAt: instant(1))),
        .unknownOrder("#99")
      ),
      (event("A-1", .placed), .illegalStep(from: .reserved, to: .placed)),
      (event("A-1", .completed), .illegalStep(from: .reserved, to: .completed)),
      (event("A-1", .returnRequested), .illegalStep(from: .reserved, to: .returnRequested)),
      (event("A-1", .refunded), .stepsMissing(to: .refunded, missing: [.paid], profile: .simple)),
      (event("A-1", .cancelled, leg: 1), .illegalStep(from: .reserved, to: .cancelled)),
      (event("GONE", .shipped), .illegalStep(from: .cancelled, to: .shipped)),
      (event("A-1", .paid, at: Instant(milliseconds: .min)), .invalidInstant(field: "occurred at", milliseconds: .min)),
      (
        .pay(Payment(order: .named("A-1"), method: "", amountMinorUnits: 1, occurredAt: instant(1))),
        .missingText(field: "payment method")
      ),
      (
        .pay(Payment(order: .named("A-1"), method: "new", amountMinorUnits: -1, occurredAt: instant(1))),
        .invalidAmount(field: "amount", value: -1)
      ),
      (
        .pay(Payment(order: .named("GONE"), method: "new", amountMinorUnits: 1, occurredAt: instant(1))),
        .illegalStep(from: .cancelled, to: .paid)
      ),
      (
        .receive(StockReceipt(sku: "new", location: "", quantity: 1, occurredAt: instant(1))),
        .missingText(field: "location")
      ),
      (
        .receive(
          StockReceipt(sku: "new", location: "new", quantity: 2, unitCostMinorUnits: .max, occurredAt: instant(1))),
        .overflow(field: "stock value")
      ),
      (
        .adjust(StockAdjustment(sku: "new", location: "new", quantity: 1, occurredAt: instant(1))), .unknownSKU("new")
      ),
      (
        .adjust(StockAdjustment(sku: "GIFT", location: "new", quantity: 1, occurredAt: instant(1))),
        .untrackedSKU("GIFT")
      ),
      (
        .adjust(StockAdjustment(sku: "TEA", location: "north", quantity: 0, occurredAt: instant(1))),
        .invalidQuantity(sku: "TEA", quantity: 0)
      ),
      (
        .adjust(
          StockAdjustment(sku: "TEA", location: "north", quantity: -3, reason: "new", occurredAt: instant(1))),
        .belowReserved(sku: "TEA", location: "north", change: -3, onHand: 5, reserved: 3)
      ),
      (
        .adjust(StockAdjustment(sku: "TEA", location: "new", quantity: -1, occurredAt: instant(1))),
        .belowReserved(sku: "TEA", location: "new", change: -1, onHand: 0, reserved: 0)
      ),
      (.reserve(operation("A-3")), .oversold(sku: "TEA", location: "north", requested: 9, available: 2)),
      (
        .reserve(operation("A-3", at: "new", [LineQuantity(sku: "TEA", quantity: 1)])),
        .oversold(sku: "TEA", location: "new", requested: 1, available: 0)
      ),
      (.reserve(operation("A-2")), .untrackedSKU("GIFT")),
      (.reserve(operation("GONE")), .illegalStep(from: .cancelled, to: .reserved)),
      (.reserve(operation("A-1", at: "")), .missingText(field: "location")),
      (
        .release(operation("A-1", [LineQuantity(sku: "TEA", quantity: 4)])),
        .tooManyUnits(sku: "TEA", requested: 4, possible: 3)
      ),
      (
        .release(operation("A-1", at: "new", [LineQuantity(sku: "TEA", quantity: 1)])),
        .tooManyUnits(sku: "TEA", requested: 1, possible: 0)
      ),
      (.ship(operation("A-3")), .tooManyUnits(sku: "TEA", requested: 9, possible: 0)),
      (
        .ship(operation("A-1", [LineQuantity(sku: "TEA", quantity: 4)])),
        .tooManyUnits(sku: "TEA", requested: 4, possible: 3)
      ),
      (.ship(operation("A-1", at: "new")), .tooManyUnits(sku: "TEA", requested: 3, possible: 0)),
      (
        .cancel(
          Cancellation(
            order: .named("A-1"), lines: [LineQuantity(sku: "TEA", quantity: 4)], side: .seller, reason: "new",
            occurredAt: instant(1))),
        .tooManyUnits(sku: "TEA", requested: 4, possible: 3)
      ),
      (
        .cancel(Cancellation(order: .named("GONE"), side: .seller, occurredAt: instant(2))),
        .illegalStep(from: .cancelled, to: .cancelled)
      ),
      (
        .credit(
          CreditNote(
            channel: "new", number: "C", occurredAt: instant(1), order: .named("none"), currency: "EUR", lines: [])),
        .unknownOrder("none")
      ),
      (
        .credit(CreditNote(channel: "web", number: "A-1", occurredAt: instant(1), currency: "EUR", lines: [])),
        .changedBody(number: "A-1", field: "kind (it is an order)")
      ),
      (.registerSKU(NewSKU(sku: "")), .missingText(field: "SKU")),
      (
        .registerSKU(NewSKU(sku: "new", category: "new", unitCostMinorUnits: -1)),
        .invalidAmount(field: "unit cost", value: -1)
      ),
      (.registerCustomer(CustomerIdentity(key: "", phone: "1")), .missingText(field: "customer key")),
    ]
    return cases
  }()

  @Test func `every refusal says why and leaves nothing`() throws {
    let shop = try shop()
    let before = try shop.everything()
    let hash = try shop.verify().contentHash
    for (command, refusal) in Self.cases {
      #expect(try shop.refusal(of: command) == refusal, "\(String(describing: command).prefix(300))")
      #expect(!refusal.description.isEmpty)
      let after = try shop.everything()
      if after != before {
        Issue.record("\(refusal) left something")
        return
      }
    }
    let report = try shop.verify()
    #expect(report.contentHash == hash && report.findings == [])
  }

  @Test func `a refusal between accepted commands of one commit takes nothing of them`() throws {
    let shop = try TestShop()
    let results = try shop.store.submit([
      Submission(.place(order("A-1"))), Submission(.place(order("A-2", [line("new", 0)]))),
      Submission(.place(order("A-3"))),
    ])
    #expect(try results[0].get().sequence == 1)
    #expect(results[1] == .failure(.invalidQuantity(sku: "new", quantity: 0)))
    #expect(try results[2].get() == Receipt(outcome: .created, sequence: 1, order: OrderID(rawValue: 1)))
    #expect(try shop.store.snapshot().code(.sku, "new") == nil)
    #expect(try shop.store.snapshot().sequence == 1)
  }
}
