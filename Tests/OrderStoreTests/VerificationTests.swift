import ColumnStore
import Foundation
import OrderModel
import Testing

@testable import OrderStore

/// Verification: clean where the store is sound, and each kind of harm is found.
struct VerificationTests {
  /// A store with something of every kind.
  private func shop(_ lag: OrderStore.Options.Lag = .unbounded) throws -> TestShop {
    let shop = try TestShop(lag)
    for command in LagTests.commands(300, seed: 5) { _ = try shop.store.submit([Submission(command)]) }
    var placed = order("P-1")
    placed.customer = CustomerIdentity(key: "c-1", name: "Li", phone: "138 0013", email: "li@example.com")
    try shop.submit(.place(placed), key: "k")
    placed.number = "P-2"
    try shop.submit(.place(placed))
    try shop.record("P-1", .shipped, leg: 1, at: 5)
    try shop.submit(
      .pay(Payment(order: .named("P-1"), method: "card", amountMinorUnits: 9, occurredAt: instant(13))))
    try shop.submit(
      .credit(
        CreditNote(
          channel: "web", number: "C-1", occurredAt: instant(14), order: .named("P-1"), currency: "EUR",
          lines: [CreditLine(sku: "TEA", quantity: 1, unitPriceMinorUnits: 400)])))
    return shop
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .bytes(2_000), .unbounded])
  func `a sound store is told in figures`(lag: OrderStore.Options.Lag) throws {
    let shop = try shop(lag)
    let names = shop.directory.names
    let report = try shop.verify()
    let snapshot = try shop.store.snapshot()
    #expect(report.findings == [])
    #expect(report.sequence == snapshot.sequence && report.orders == snapshot.orderCount)
    #expect(report.lines == snapshot.lineCount && report.events == snapshot.eventCount)
    #expect(report.movements == snapshot.movementCount && report.facts > report.orders + report.events)
    #expect(report.pagesUsed > 10 && report.pagesLost == 0)
    #expect(report.contentHash.count == 32 && report.contentHash.allSatisfy(\.isHexDigit))
    #expect(shop.directory.names == names, "temporary files are gone")
    #expect(try shop.verify() == report)
  }

  @Test func `the content hash is that of the content, whatever the commits, the times and the folds`() throws {
    let commands = LagTests.commands(120, seed: 9)
    let (first, second) = (try TestShop(.none), try TestShop())
    for command in commands { _ = try first.store.submit([Submission(command)]) }
    second.clock.now = 99_999
    _ = try second.store.submit(commands.map { Submission($0) })
    let hash = try first.verify().contentHash
    #expect(try second.verify().contentHash == hash)
    try second.submit(.registerCustomer(CustomerIdentity(key: "c")))
    let other = try second.verify().contentHash
    #expect(other != hash)
    try second.submit(.registerCustomer(CustomerIdentity(key: "c", phone: "1")))
    #expect(try second.verify().contentHash != other)
  }

  // MARK: What it finds

  /// Findings after facts that no command would make, decoded as if they stood in the log.
  private func findings(after facts: (TestShop) throws -> [Fact]) throws -> [String] {
    let shop = try shop()
    #expect(try shop.verify().findings == [])
    let file = shop.store.file
    let writer = LogWriter(file: file, folding: OrderFold(), lag: .unbounded)
    let facts = try facts(shop)
    func append() throws(FileError) {
      _ = try writer.commit(clock: 2_000, onFileError: { $0 }) { (session) throws(FileError) in
        var heads = OrderFold.heads(of: session.tail)
        var bytes = ByteWriter()
        for fact in facts {
          fact.encode(into: &bytes, heads: heads)
          heads.advance(over: fact)
        }
        try session.append(facts: bytes.bytes)
      }
    }
    try append()
    return try shop.verify().findings
  }

  @Test func `counters that leave their bounds or their lines are found`() throws {
    let movement = MovementFact(
      kind: .reserve, cell: 0, sku: 1, location: 1, quantity: 1_000_000, occurredAt: 0)
    let found = try findings { shop in
      let level = try #require(try shop.store.snapshot().stock().first)
      var movement = movement
      movement.sku = UInt32(try #require(try shop.store.snapshot().code(.sku, level.sku)))
      movement.location = UInt32(try #require(try shop.store.snapshot().code(.location, level.location)))
      return [.movement(movement)]
    }
    #expect(found.contains { $0.hasPrefix("movement") && $0.contains("breaks the counters") }, "\(found)")
    #expect(found.contains { $0.contains("allotments hold") }, "\(found)")
    #expect(found.contains { $0.contains("its movements come to") }, "\(found)")
  }

  @Test func `a movement of another SKU than its cell is found`() throws {
    let found = try findings { _ in
      [
        .movement(
          MovementFact(
            kind: .receive, cell: 0, sku: 3, location: 2, quantity: 5, occurredAt: 0))
      ]
    }
    #expect(found.contains { $0.contains("its movements come to") || $0.contains("no such stock") })
  }

  @Test func `kits that nest, and movements of kits without those of their components, are found`() throws {
    let found = try findings { _ in
      [
        .component(kit: 1, sku: 2, quantity: 3, previous: nil, previousUse: nil),
        .component(kit: 2, sku: 1, quantity: 0, previous: nil, previousUse: nil),
        .movement(
          MovementFact(kind: .backorder, cell: nil, sku: 1, location: 1, quantity: 2, order: 0, line: 0, occurredAt: 0)),
        .movement(
          MovementFact(kind: .backorder, cell: nil, sku: 3, location: 1, quantity: 2, order: 0, line: 0, occurredAt: 0)),
      ]
    }
    #expect(found.contains { $0 == "component 1: 0 units of it" }, "\(found)")
    #expect(found.contains { $0.contains("a kit and a component of one") }, "\(found)")
    #expect(found.contains { $0 == "order 0: backorder of its kits and that of SKU 1 differ by 6" }, "\(found)")
    #expect(found.contains { $0.contains("its SKU is no kit") }, "\(found)")
  }

  @Test func `caps that stand twice or have taken other than is held are found`() throws {
    let found = try findings { _ in
      [
        .cap(sku: 1, location: 0, channel: 1, limit: 5, taken: 1_000, previous: nil),
        .cap(sku: 1, location: 0, channel: 1, limit: 5, taken: 0, previous: nil),
      ]
    }
    #expect(found.contains { $0 == "cap 1: there is one already" }, "\(found)")
    #expect(found.contains { $0 == "cap 1: does not lead to the one before it" }, "\(found)")
    #expect(found.contains { $0.hasPrefix("cap 0: 1000 taken, allotments hold") }, "\(found)")
  }

  @Test func `lines with more units than were ordered are found`() throws {
    let found = try findings { _ in [.lineCancelled(line: 0, order: 0, quantity: 50, value: 1)] }
    #expect(found.contains { $0.contains("breaks their invariant") }, "\(found)")
    #expect(found.contains { $0.contains("differ from its lines'") }, "\(found)")
  }

  @Test func `a chain that leads elsewhere is found`() throws {
    let found = try findings { _ in
      [
        .event(EventFact(order: 1, previous: 0, node: .paid, occurredAt: 5)),
        .payment(PaymentFact(order: 1, previous: 0, method: 1, amount: 1, occurredAt: 5)),
      ]
    }
    #expect(found.contains { $0.contains("event") && $0.contains("does not lead to the one before it") }, "\(found)")
    #expect(found.contains { $0.contains("payment") && $0.contains("does not lead") }, "\(found)")
  }

  @Test func `two orders of one number in one channel are found`() throws {
    let found = try findings { shop in
      let channel = UInt32(try #require(try shop.store.snapshot().code(.channel, "web")))
      var fact = OrderFact(placedAt: 0, number: "P-1", bodyHash: 1, observed: true, currency: 1, channel: channel)
      fact.customer = 0
      return [.order(fact)]
    }
    #expect(found.contains { $0.contains("'P-1' names row") }, "\(found)")
    #expect(found.contains { $0.contains("order") && $0.contains("does not lead to the one before it") }, "\(found)")
  }

  @Test func `two parcels of one number and carrier are found`() throws {
    let found = try findings { shop in
      try shop.submit(
        .record(
          StatusEvent(
            order: .named("P-1"), node: .labelled, leg: 1, occurredAt: instant(6), carrier: "SF", waybill: "W-1")))
      let carrier = UInt32(try #require(try shop.store.snapshot().code(.carrier, "SF")))
      let leg = try shop.store.snapshot().count(.legs)
      return [
        .leg(order: 0, number: 1, previous: 0, location: 0, carrier: carrier),
        .waybill(leg: leg, carrier: carrier, text: "W-1"),
      ]
    }
    #expect(found.contains { $0.contains("legs") && $0.contains("'W-1' names row") }, "\(found)")
  }

  // MARK: Personal data

  private func findings(afterAside change: ([UInt8], inout [([UInt8], [UInt8]?)]) -> Void) throws -> [String] {
    let shop = try shop()
    let customer = try #require(
      try (0..<shop.store.snapshot().customerCount).first {
        try shop.store.snapshot().key(customer: $0) == "c-1"
      })
    var changes: [([UInt8], [UInt8]?)] = []
    change(PersonalData.key(customer: customer), &changes)
    let writer = LogWriter(file: shop.store.file, folding: OrderFold(), lag: .unbounded)
    func write() throws(FileError) {
      _ = try writer.commit(clock: 2_000, onFileError: { $0 }) { (session) throws(FileError) in
        for (key, value) in changes { try session.setAside(value, for: key) }
      }
    }
    try write()
    return try shop.verify().findings
  }

  @Test func `harm to personal data is found, from the record and from its entries`() throws {
    let data = PersonalData(name: "Li", phone: "138 0013", email: "li@example.com")
    #expect(try findings { key, changes in changes.append((key, [1, 2, 3])) }.count >= 1)
    #expect(try findings { key, changes in changes.append((key, nil)) }.count == 2)
    #expect(
      try findings { _, changes in changes.append((data.entries(customer: 0)[0], nil)) }.first?.contains("not found")
        == true)
    #expect(
      try findings { _, changes in
        changes.append((PersonalData(name: "", phone: "999", email: "").entries(customer: 0)[0], []))
      }.first?.contains("leads to another phone") == true)
    #expect(try findings { _, changes in changes.append(([9, 9, 9, 9, 9, 9], [])) }.count == 1)
    #expect(try findings { _, changes in changes.append((PersonalData.key(customer: 4_000), [])) }.count == 1)
  }
}
