import Foundation
import Columns
import OrderModel
import OrderStore
import Testing

/// The same commands under every fold schedule, reopened at random, end in the same answers.
struct LagTests {
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  /// Commands of all kinds, legal and illegal.
  private func commands(seed: UInt64, count: Int) -> [Submission] {
    var random = Seeded(state: seed)
    func pick<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random)! }
    return (0..<count).map { step in
      let number = "\(Int.random(in: 0..<max(1, step / 3), using: &random))"
      let reference = OrderReference.number(number, channel: nil)
      let sku = pick(["TEA", "MUG", "JAM", "PAN"])
      let at = Instant(milliseconds: minute(Int64(step)).milliseconds + Int64.random(in: 0..<60_000, using: &random))
      switch Int.random(in: 0..<14, using: &random) {
      case 0, 1, 2, 3:
        var new = order(
          "\(step / 3)", channel: pick(["web", "pos"]), lines: [(sku, 1), ("TEA", 2)], customer: pick(["a", "b", nil]))
        new.placedAt = at
        new.deliverBy = pick([nil, minute(Int64(step) + 900)])
        new.region = pick([nil, "上海", "Berlin"])
        return Submission(.place(new))
      case 4:
        let events = [Node.paid, .shipped, .delivered].map {
          ObservedEvent(node: $0, occurredAt: pick([nil, at, minute(Int64(step) + 40_000)]))
        }
        return Submission(.observe(ObservedOrder(order: order("x\(step)", lines: []), events: events)))
      case 5:
        return Submission(
          receipt(sku, Int64.random(in: 1...9, using: &random)), idempotencyKey: pick([nil, "k\(step)"]))
      case 6: return Submission(.reserve(StockOperation(order: reference, location: "north", occurredAt: at)))
      case 7: return Submission(.ship(StockOperation(order: reference, location: "north", occurredAt: at)))
      case 8: return Submission(.release(StockOperation(order: reference, location: "north", occurredAt: at)))
      case 9:
        return Submission(
          .cancel(
            Cancellation(order: reference, side: pick([.customer, .seller]), reason: "r\(step % 5)", occurredAt: at)))
      case 10:
        return Submission(.pay(Payment(order: reference, method: "card", amountMinorUnits: 2_000, occurredAt: at)))
      case 11:
        return Submission(
          .credit(
            CreditNote(
              channel: "web", number: "C\(step)", occurredAt: at, currency: "EUR",
              lines: [CreditLine(sku: sku, quantity: 1, unitPriceMinorUnits: 7)])))
      case 12:
        return Submission(
          .adjust(
            StockAdjustment(sku: sku, location: "north", quantity: pick([-1, 2]), reason: "count", occurredAt: at)))
      default:
        return Submission(
          .record(
            StatusEvent(
              order: reference, node: pick([.approved, .released, .packed, .delivered]), leg: pick([0, 0, 1, 2]),
              occurredAt: at, actor: pick([nil, "ann", "system"]), carrier: pick([nil, "SF"]))))
      }
    }
  }

  private struct Answers: Equatable {
    var orders: [StoredOrder?]
    var stock: [StockLevel]
    var columns: [[Int64]]
    var counts: [Int]
    var hash: String
  }

  private func answers(of test: TestStore) throws -> Answers {
    let snapshot = try test.store.snapshot()
    let orders = try (0..<snapshot.orderCount).map { try snapshot.order(OrderID(rawValue: UInt32($0))) }
    var columns: [[Int64]] = []
    for group in 0..<snapshot.orderGroupCount {
      let batch = try snapshot.orders(
        group: group,
        [.placedAt, .node, .reached(.shipped), .firstReached(.shipped), .paid, .cancelledValue, .lineValue])
      for field in [.placedAt, .node, .reached(.shipped), .firstReached(.shipped), .paid, .cancelledValue, .lineValue]
        as [OrderField]
      { columns.append(batch[field]) }
    }
    let report = try test.verify()
    #expect(report.findings == [])
    var counts = try test.counts()
    counts[0] = 0  // the sequence depends on how commands were grouped
    return Answers(
      orders: orders.map { order in
        guard var order else { return nil }
        order.sequence = 0
        for index in order.timeline.indices { order.timeline[index].sequence = 0 }
        return order
      }, stock: try snapshot.stock(), columns: columns, counts: counts, hash: report.contentHash)
  }

  @Test(arguments: [3, 77] as [UInt64])
  func `no fold schedule changes an answer`(seed: UInt64) throws {
    let commands = commands(seed: seed, count: 1_500)
    var expected: Answers?
    for (lag, reopens) in [
      (OrderStore.Options.Lag.none, false), (.bytes(2_000), true), (.unbounded, false), (.bytes(40_000), true),
    ] {
      var random = Seeded(state: seed &+ 1)
      let test = try TestStore(lag: lag)
      var accepted = 0
      var index = 0
      while index < commands.count {
        let end = min(commands.count, index + Int.random(in: 1...40, using: &random))
        for result in try test.store.submit(Array(commands[index..<end])) {
          if case .success = result { accepted += 1 }
        }
        index = end
        if reopens, Int.random(in: 0..<12, using: &random) == 0 {
          if Bool.random(using: &random) { try test.store.fold() } else { try test.reopen(lag: lag) }
        }
      }
      #expect(accepted > 700, "too many commands were refused to prove anything: \(accepted)")
      let found = try answers(of: test)
      if let expected { #expect(found == expected, "lag \(lag)") } else { expected = found }
      try test.reopen(lag: lag)
      #expect(try answers(of: test) == expected, "lag \(lag), reopened")
    }
  }

  @Test func `the state at a sequence is that of a store that stopped there`() throws {
    let commands = commands(seed: 5, count: 400)
    let (test, stopped) = (try TestStore(), try TestStore())
    for command in commands[..<200] {
      _ = try test.store.submit([command])
      _ = try stopped.store.submit([command])
    }
    let sequence = try test.store.snapshot().sequence
    for command in commands[200...] { _ = try test.store.submit([command]) }
    #expect(try test.store.snapshot().sequence > sequence)
    let earlier = try test.store.snapshot(at: sequence, temporaryDirectory: FileManager.default.temporaryDirectory.path)
    let expected = try stopped.store.snapshot()
    #expect(earlier.orderCount == expected.orderCount)
    for row in 0..<expected.orderCount {
      let id = OrderID(rawValue: UInt32(row))
      #expect(try earlier.order(id) == expected.order(id))
    }
    #expect(try earlier.stock() == expected.stock())
    let before = try test.store.snapshot(
      recordedBy: Instant(milliseconds: 999), temporaryDirectory: FileManager.default.temporaryDirectory.path)
    #expect(before.sequence == 0)
    #expect(before.orderCount == 0)
  }
}
