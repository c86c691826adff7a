import OrderModel
import OrderStore
import Testing

/// The same number with another content: refused, and the first difference is named.
struct ChangedBodyTests {
  private let known: NewOrder = {
    var order = order("A-1", [line("CUP", 2, price: 450, list: 500), line("POT", 1, price: 2_000)])
    order.customer = CustomerIdentity(key: "lin")
    (order.region, order.shipBy) = ("Bayern", instant(60))
    (order.discountMinorUnits, order.shippingMinorUnits, order.taxMinorUnits) = (100, 490, 10)
    return order
  }()

  private func expectRefusal(of command: Command, _ number: String, _ field: String, in shop: TestShop) throws {
    let before = try shop.everything()
    #expect(try shop.refusal(of: command) == .changedBody(number: number, field: field))
    #expect(try shop.everything() == before, "\(field)")
  }

  @Test func `every part of an order is told apart, placed or observed`() throws {
    let shop = try TestShop(.bytes(300))
    try shop.submit(.place(known))
    let changes: [(String, (inout NewOrder) -> Void)] = [
      ("placed instant", { $0.placedAt = instant(1) }),
      ("customer", { $0.customer = nil }),
      ("customer", { $0.customer?.key = "mei" }),
      ("currency", { $0.currency = "CHF" }),
      ("type", { $0.type = "b2b" }),
      ("priority", { $0.priority = "high" }),
      ("region", { $0.region = nil }),
      ("city", { $0.city = "Augsburg" }),
      ("ship-by promise", { $0.shipBy = nil }),
      ("deliver-by promise", { $0.deliverBy = instant(90) }),
      ("discount", { $0.discountMinorUnits += 1 }),
      ("shipping", { $0.shippingMinorUnits += 1 }),
      ("tax", { $0.taxMinorUnits += 1 }),
      ("number of lines", { $0.lines.removeLast() }),
      ("SKU of line 2", { $0.lines[1].sku = "JUG" }),
      ("quantity of line 1", { $0.lines[0].quantity = 3 }),
      ("price of line 2", { $0.lines[1].unitPriceMinorUnits = 1_999 }),
      ("list price of line 1", { $0.lines[0].listPriceMinorUnits = nil }),
      ("location of a line", { $0.lines[0].location = "north" }),
    ]
    for (field, change) in changes {
      var changed = known
      change(&changed)
      try expectRefusal(of: .place(changed), "A-1", field, in: shop)
      try expectRefusal(of: .observe(ObservedOrder(order: changed)), "A-1", field, in: shop)
    }
    #expect(try shop.submit(.place(known)).outcome == .unchanged)
  }

  @Test func `what a source may rightly change does not make another order`() throws {
    let shop = try TestShop()
    try shop.submit(.place(known))
    var later = known
    (later.carrier, later.note, later.sourceStatus) = ("dhl", "mind the dog", "open")
    later.customer = CustomerIdentity(key: "lin", name: "Lin", grade: "gold")
    #expect(try shop.submit(.place(later)) == Receipt(outcome: .unchanged, sequence: 1, order: OrderID(rawValue: 0)))
  }

  @Test func `every part of a credit note is told apart`() throws {
    let shop = try TestShop(.bytes(300))
    let note = CreditNote(
      channel: "web", number: "C-1", occurredAt: instant(50), order: .named("A-1"),
      customer: CustomerIdentity(key: "lin"), currency: "EUR",
      lines: [
        CreditLine(sku: "CUP", quantity: 2, unitPriceMinorUnits: 450),
        CreditLine(sku: "POT", quantity: 1, unitPriceMinorUnits: 100),
      ], region: "Bayern", reason: "broken")
    try shop.submit(.place(known))
    try shop.place("A-2")
    try shop.submit(.credit(note))
    let changes: [(String, (inout CreditNote) -> Void)] = [
      ("instant", { $0.occurredAt = instant(51) }),
      ("customer", { $0.customer = nil }),
      ("currency", { $0.currency = "CHF" }),
      ("region", { $0.region = nil }),
      ("reason", { $0.reason = "late" }),
      ("number of lines", { $0.lines.removeLast() }),
      ("SKU of line 1", { $0.lines[0].sku = "JUG" }),
      ("quantity of line 2", { $0.lines[1].quantity = 2 }),
      ("price of line 2", { $0.lines[1].unitPriceMinorUnits = 101 }),
      ("order", { $0.order = nil }),
      ("order", { $0.order = .named("A-2") }),
    ]
    for (field, change) in changes {
      var changed = note
      change(&changed)
      try expectRefusal(of: .credit(changed), "C-1", field, in: shop)
    }
    #expect(try shop.submit(.credit(note)).outcome == .unchanged)
  }
}
