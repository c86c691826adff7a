import ColumnStore
import Foundation
import OrderModel
import Testing

@testable import OrderStore

/// Verification of what is new: sound where the store is, harm in reach of the newest facts is found, cost follows them.
struct VerificationSinceTests {
  private func shop(_ lag: OrderStore.Options.Lag = .bytes(2_000), _ count: Int = 600) throws -> TestShop {
    let shop = try TestShop(lag)
    for submission in LagTests.everyKind(count, seed: 5) { _ = try shop.store.submit([submission]) }
    return shop
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .bytes(2_000), .unbounded])
  func `a sound store is sound behind any sequence`(lag: OrderStore.Options.Lag) throws {
    let shop = try shop(lag)
    for command in LagTests.commands(300, seed: 4) { _ = try shop.store.submit([Submission(command)]) }
    let all = try shop.verify()
    #expect(all.findings == [])
    for since in stride(from: UInt64(0), through: all.sequence, by: 37) {
      let report = try shop.store.verify(since: since)
      #expect(report.findings == [], "since \(since)")
      #expect(report.groups == Int(all.sequence - since))
      if since == 0 { #expect(report.facts == all.facts && report.factBytes == all.factBytes) }
    }
    let newest = try shop.store.verify(since: all.sequence)
    #expect(newest.groups == 0 && newest.rowsRead == 0 && newest.findings == [])
  }

  @Test func `cost follows the facts and not the store`() throws {
    let (small, large) = (try shop(.none, 100), try shop(.none, 1_500))
    var read: [Int] = []
    for shop in [small, large] {
      let since = try shop.store.snapshot().sequence
      try shop.place("new", [line("TEA", 2)])
      try shop.submit(.note(OrderNote(order: .named("new"), text: "x", occurredAt: instant(9))))
      let report = try shop.store.verify(since: since)
      #expect(report.groups == 2 && report.orders == 1 && report.lines == 1)
      read.append(report.rowsRead)
    }
    // A customer's or SKU's first mention adds a word's row in the small store, if anything.
    #expect(read[1] <= read[0] && read[0] < 20, "\(read)")
  }

  /// Findings after facts that no command would make, decoded as if they stood in the log.
  private func findings(after facts: (TestShop) throws -> [Fact]) throws -> [String] {
    let shop = try shop()
    let since = try shop.store.snapshot().sequence
    let writer = LogWriter(file: shop.store.file, folding: OrderFold(), lag: .unbounded)
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
    let found = try shop.store.verify(since: since).findings
    #expect(try !shop.verify().findings.isEmpty)
    #expect(try shop.store.verify(since: since + 1).findings == [], "what is not in reach is not looked at")
    return found
  }

  @Test func `units, sums, chains and names that do not hold are found`() throws {
    let cancelled = try findings { _ in [.lineCancelled(line: 0, order: 0, quantity: 50, value: 1)] }
    #expect(cancelled.contains { $0.contains("breaks their invariant") }, "\(cancelled)")
    #expect(cancelled.contains { $0.contains("differ from its lines'") }, "\(cancelled)")
    let events = try findings { _ in [.event(EventFact(order: 1, previous: 0, node: .paid, occurredAt: 5))] }
    #expect(events.contains { $0.contains("lies in the chain of") }, "\(events)")
    let payment = try findings { _ in
      [.payment(PaymentFact(order: 1, previous: 0, method: 1, amount: 1, occurredAt: 5))]
    }
    #expect(payment.contains { $0.contains("payment") || $0.contains("its payments come to") }, "\(payment)")
    let number = try findings { shop in
      let snapshot = try shop.store.snapshot()
      let channel = UInt32(try #require(try snapshot.code(.channel, try snapshot.channel(order: 0))))
      return [
        .order(
          OrderFact(
            placedAt: 0, number: try snapshot.number(order: 0), bodyHash: 1, observed: true, currency: 1,
            channel: channel))
      ]
    }
    #expect(number.contains { $0.contains("names row 0 too") }, "\(number)")
  }

  @Test func `movements that break the counters are found`() throws {
    let found = try findings { shop in
      let level = try #require(try shop.store.snapshot().stock().first)
      return [
        .movement(
          MovementFact(
            kind: .reserve, cell: 0, sku: UInt32(try #require(try shop.store.snapshot().code(.sku, level.sku))),
            location: UInt32(try #require(try shop.store.snapshot().code(.location, level.location))),
            quantity: 1_000_000, occurredAt: 0))
      ]
    }
    #expect(found.contains { $0.hasPrefix("movement") && $0.contains("breaks the counters") }, "\(found)")
  }

  @Test func `a fold that differs from the newest facts is found`() throws {
    let shop = try shop(.none)
    let since = try shop.store.snapshot().sequence
    try shop.place("new", [line("TEA", 7)])
    let path = shop.directory.file()
    try shop.store.close()
    // A bit of the folded quantity: the chunk's checksum differs.
    var bytes = try Data(contentsOf: URL(filePath: path))
    let number = try #require(bytes.range(of: Data("\u{3}new".utf8), options: .backwards))
    bytes[number.lowerBound + 1] ^= 1
    try bytes.write(to: URL(filePath: path))
    let damaged = try OrderStore.open(path: path, options: .quick())
    let found = try damaged.verify(since: since).findings
    #expect(!found.isEmpty)
  }
}
