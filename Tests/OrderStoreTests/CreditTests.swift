import Columns
import OrderModel
import OrderStore
import Testing

struct CreditTests {
  private var note: CreditNote {
    CreditNote(
      channel: "web", number: "C-1", occurredAt: instant(50), order: .named("A-1"),
      customer: CustomerIdentity(key: "c-1"), currency: "EUR",
      lines: [
        CreditLine(sku: "TEA", quantity: 2, unitPriceMinorUnits: 450),
        CreditLine(sku: "CUP", quantity: 1, unitPriceMinorUnits: 900),
      ], region: "浙江", reason: "broken")
  }

  @Test func `a credit note is stored with its order, its customer and its lines`() throws {
    let shop = try TestShop()
    let order = try shop.place("A-1")
    let receipt = try shop.submit(.credit(note))
    #expect(receipt == Receipt(outcome: .created, sequence: 2, order: order))
    let snapshot = try shop.store.snapshot()
    #expect(snapshot.creditCount == 1)
    #expect(try snapshot.number(credit: 0) == "C-1")
    let batch = try snapshot.credits(group: 0, [.value, .units, .order, .customer, .reason, .occurredAt])
    #expect(batch[.value][0] == 1_800 && batch[.units][0] == 3 && batch[.order][0] == 1 && batch[.customer][0] == 1)
    #expect(try snapshot.word(.reason, batch[.reason][0]) == "broken")
    #expect(batch[.occurredAt][0] == instant(50).milliseconds)
    let lines = try snapshot.creditLines(group: 0, [.credit, .quantity, .unitPrice])
    #expect(Array(lines[.quantity]) == [2, 1] && Array(lines[.unitPrice]) == [450, 900])
    #expect(try shop.verify().findings == [])
  }

  @Test func `a credit note may stand without an order and a customer`() throws {
    let shop = try TestShop()
    var alone = note
    (alone.order, alone.customer) = (nil, nil)
    #expect(try shop.submit(.credit(alone)).order == nil)
    let batch = try shop.store.snapshot().credits(group: 0, [.order, .customer])
    #expect(batch[.order][0] == 0 && batch[.customer][0] == 0)
  }

  @Test func `the same note again is the first, another body is refused with what differs`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.place("A-2")
    let first = try shop.submit(.credit(note))
    let before = try shop.everything()
    #expect(
      try shop.submit(.credit(note))
        == Receipt(outcome: .unchanged, sequence: first.sequence, order: first.order))
    let changes: [(String, (inout CreditNote) -> Void)] = [
      ("instant", { $0.occurredAt = instant(51) }), ("customer", { $0.customer = nil }),
      ("order", { $0.order = nil }), ("order", { $0.order = .named("A-2") }), ("currency", { $0.currency = "USD" }),
      ("region", { $0.region = nil }), ("reason", { $0.reason = "late" }),
      ("number of lines", { $0.lines.removeLast() }), ("SKU of line 2", { $0.lines[1].sku = "TEA" }),
      ("quantity of line 1", { $0.lines[0].quantity = 1 }),
      ("price of line 1", { $0.lines[0].unitPriceMinorUnits = 1 }),
    ]
    for (field, change) in changes {
      var other = note
      change(&other)
      #expect(try shop.refusal(of: .credit(other)) == .changedBody(number: "C-1", field: field))
    }
    #expect(try shop.everything() == before)
  }

  @Test func `orders and credit notes of a channel share their numbers`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.submit(.credit(note))
    #expect(
      try shop.refusal(of: .place(order("C-1")))
        == .changedBody(number: "C-1", field: "kind (it is a credit note)"))
    try shop.place("C-1", in: "pos")
    var other = note
    other.number = "A-1"
    #expect(
      try shop.refusal(of: .credit(other)) == .changedBody(number: "A-1", field: "kind (it is an order)"))
  }
}
