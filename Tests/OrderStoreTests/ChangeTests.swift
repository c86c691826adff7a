import OrderModel
import OrderStore
import Testing

struct ChangeTests {
  /// A store of which every kind of change can be told, a commit each command.
  private func shop() throws -> TestStore {
    let test = try TestStore()
    test.clock.now = 77
    var order = NewOrder.tea()
    order.customer = CustomerIdentity(key: "lin", name: "Secret Name", phone: "12345", grade: "silver")
    var later = NewOrder.tea("T-3")
    later.sourceStatus = "late"
    for command: Command in [
      .registerSKU(NewSKU(sku: "cup", name: "Tasse", category: "china", unitCostMinorUnits: 300)), .place(order),
      .received(5, "cup"), .received(5, "pot"), .reserve(.of("T-1")),
      .pay(Payment(order: .number("T-1"), method: "card", amountMinorUnits: 3_300, occurredAt: at(4))),
      .event("T-1", .packed, leg: 1, at: at(6)), .place(.tea("T-2")),
      .cancel(Cancellation(order: .number("T-2"), side: .seller, occurredAt: at(7))),
      .credit(
        CreditNote(
          channel: "web", number: "C-1", occurredAt: at(8), order: .number("T-1"), currency: "EUR",
          lines: [CreditLine(sku: "cup", quantity: 1, unitPriceMinorUnits: 450)])),
      .registerCustomer(CustomerIdentity(key: "lin", grade: "gold")), .observe(ObservedOrder(order: .tea("T-3"))),
      .observe(ObservedOrder(order: later)),
    ] {
      try test.submit(command)
    }
    try test.submit(.received(1, "jug"), key: "delivery")
    return test
  }

  private func records(_ snapshot: OrderSnapshot, from first: UInt64 = 0) throws -> [ChangeRecord] {
    var records: [ChangeRecord] = []
    try snapshot.forEachChange(from: first) { records.append($0) }
    return records
  }

  @Test func `every kind of change is told`() throws {
    let test = try shop()
    let records = try records(try test.snapshot())
    #expect(
      Set(records.map(\.kind)) == [
        "order", "order_line", "event", "order_change", "leg", "payment", "line_cancelled", "line_location",
        "stock_cell", "movement", "sku", "customer", "customer_grade", "credit", "credit_line", "idempotency_key",
      ])
    #expect(records.map(\.sequence) == records.map(\.sequence).sorted())
    #expect(records.allSatisfy { $0.recordedAt == Instant(milliseconds: 77) })
    let payment = try #require(records.first { $0.kind == "payment" })
    #expect(
      payment.fields == [
        .init("channel", .text("web")), .init("number", .text("T-1")), .init("method", .text("card")),
        .init("amount", .integer(3_300)), .init("occurred_at", .integer(at(4).milliseconds)),
      ])
    let cancelled = records.filter { $0.kind == "line_cancelled" }
    #expect(cancelled.map { $0.fields.last?.value } == [.integer(1_000), .integer(2_000)])
    #expect(cancelled[1].fields.contains(.init("line", .integer(2))))
    #expect(cancelled[1].fields.contains(.init("number", .text("T-2"))))
  }

  @Test func `nothing personal is told`() throws {
    let test = try shop()
    for record in try records(try test.snapshot()) {
      for field in record.fields {
        #expect(field.value != .text("Secret Name") && field.value != .text("12345"))
      }
    }
  }

  @Test func `reading goes on behind the last group`() throws {
    let test = try shop()
    let snapshot = try test.snapshot()
    let all = try records(snapshot)
    for first in 1...(snapshot.sequence + 1) {
      #expect(try records(snapshot, from: first) == all.filter { $0.sequence >= first })
    }
    for limit in [1, 3, 1_000] {
      var (collected, next): ([ChangeRecord], UInt64?) = ([], 1)
      while let first = next {
        let portion = try snapshot.changes(from: first, limit: limit)
        #expect(!portion.records.isEmpty)
        collected += portion.records
        next = portion.next
      }
      #expect(collected == all, "by \(limit)")
    }
    #expect(try snapshot.changes(from: snapshot.sequence + 1, limit: 10).records == [])
  }

  @Test func `a long log is told whole, from an earlier state only its part`() throws {
    let test = try TestStore()
    for index in 0..<150 { try test.submit(.place(.tea("T-\(index)"))) }
    #expect(try records(try test.snapshot()).filter { $0.kind == "order" }.count == 150)
    #expect(try records(try test.snapshot(), from: 140).filter { $0.kind == "order" }.count == 11)
    let early = try test.store.snapshot(at: 70, temporaryDirectory: test.directory)
    #expect(try records(early).filter { $0.kind == "order" }.count == 70)
  }
}
