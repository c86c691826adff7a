import Columns
import OrderModel
import OrderStore
import Testing

struct CreditTests {
  private let note = CreditNote(
    channel: "web", number: "C-1", occurredAt: at(50), order: .number("T-1"), customer: CustomerIdentity(key: "lin"),
    currency: "EUR",
    lines: [
      CreditLine(sku: "cup", quantity: 2, unitPriceMinorUnits: 450),
      CreditLine(sku: "pot", quantity: 1, unitPriceMinorUnits: 100),
    ], region: "Bayern", reason: "broken")

  @Test func `a credit note is stored once, with its order and its value`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    #expect(
      try test.submit(.credit(note)) == Receipt(outcome: .created, sequence: 2, order: OrderID(rawValue: 0)))
    let before = try test.extent()
    #expect(
      try test.submit(.credit(note)) == Receipt(outcome: .unchanged, sequence: 2, order: OrderID(rawValue: 0)))
    #expect(try test.extent() == before)
    let snapshot = try test.snapshot()
    let batch = try snapshot.credits(group: 0, [.value, .units, .order, .customer, .occurredAt])
    #expect(batch[.value] == [1_000] && batch[.units] == [3] && batch[.order] == [1] && batch[.customer] == [1])
    #expect(batch[.occurredAt] == [at(50).milliseconds])
    let lines = try snapshot.creditLines(group: 0, [.credit, .quantity, .unitPrice])
    #expect(lines[.credit] == [0, 0] && lines[.quantity] == [2, 1] && lines[.unitPrice] == [450, 100])
    try test.expectSound()
  }

  @Test func `a credit note needs no order`() throws {
    let test = try TestStore()
    var alone = note
    alone.order = nil
    #expect(try test.submit(.credit(alone)) == Receipt(outcome: .created, sequence: 1, order: nil))
    try test.expectSound()
  }

  @Test func `another body under a credit note's number is refused and the difference is named`() throws {
    let test = try TestStore()
    try test.submit([.place(.tea()), .place(.tea("T-2")), .credit(note)])
    let changes: [(String, (inout CreditNote) -> Void)] = [
      ("instant", { $0.occurredAt = at(51) }),
      ("customer", { $0.customer = nil }),
      ("currency", { $0.currency = "CHF" }),
      ("region", { $0.region = nil }),
      ("reason", { $0.reason = "late" }),
      ("number of lines", { $0.lines.removeLast() }),
      ("SKU of line 1", { $0.lines[0].sku = "jug" }),
      ("quantity of line 2", { $0.lines[1].quantity = 2 }),
      ("price of line 2", { $0.lines[1].unitPriceMinorUnits = 101 }),
      ("order", { $0.order = nil }),
      ("order", { $0.order = .number("T-2") }),
    ]
    for (field, change) in changes {
      var changed = note
      change(&changed)
      try test.expectRefusal(.changedBody(number: "C-1", field: field), of: .credit(changed))
    }
  }

  @Test func `what a credit note needs is asked for`() throws {
    let test = try TestStore()
    let changes: [(Refusal, (inout CreditNote) -> Void)] = [
      (.unknownOrder("T-1"), { _ in }),
      (.missingText(field: "channel"), { $0.channel = "" }),
      (.missingText(field: "credit note number"), { $0.number = "" }),
      (.missingText(field: "currency"), { $0.currency = "" }),
      (.missingText(field: "SKU"), { $0.lines[0].sku = "" }),
      (.invalidQuantity(sku: "pot", quantity: 0), { $0.lines[1].quantity = 0 }),
      (.invalidAmount(field: "price", value: -1), { $0.lines[1].unitPriceMinorUnits = -1 }),
      (.overflow(field: "credit"), { $0.lines[0].unitPriceMinorUnits = .max }),
    ]
    for (refusal, change) in changes {
      var changed = note
      change(&changed)
      try test.expectRefusal(refusal, of: .credit(changed))
    }
  }
}
