import OrderModel
import OrderStore
import Testing
import Workload

/// What is folded, when, and whether the store was opened anew in between changes time, never an answer.
struct LagTests {
  /// Commands of a small shop, in which much goes wrong.
  static func commands(_ count: Int, seed: UInt64) -> [Command] {
    var random = SplitMix64(Seed(seed))
    let (skus, places) = (["TEA", "CUP", "杯"], ["north", "south"])
    var commands: [Command] = skus.map { .registerSKU(NewSKU(sku: $0, unitCostMinorUnits: 100)) }
    let nodes: [Node] = [
      .paid, .validated, .approved, .released, .packed, .shipped, .delivered, .completed, .expired, .returnRequested,
      .refunded, .cancelled, .placed,
    ]
    for number in 0..<count {
      let second = Int64(random.below(5_000))
      let (sku, place) = (random.pick(of: skus), random.pick(of: places))
      // Old numbers come again, as replays and as orders with a history.
      let name = "N-\(random.below(count / 6 + 1))"
      let operation = StockOperation(
        order: .named(name), location: random.happens(1_500) ? "" : place, occurredAt: instant(second))
      switch random.below(12) {
      case 0, 1:
        commands.append(
          .receive(
            StockReceipt(
              sku: sku, location: place, quantity: Int64(random.within(1...9)),
              unitCostMinorUnits: Int64(random.below(200)), occurredAt: instant(second))))
      case 2:
        let quantity = Int64(random.within(1...6)) * (random.happens(7_000) ? -1 : 1)
        commands.append(
          .adjust(StockAdjustment(sku: sku, location: place, quantity: quantity, occurredAt: instant(second))))
      case 3, 4:
        // A number's content follows from the number, so that placing it again is a replay.
        var lines = SplitMix64(Seed(UInt64(number)))
        let number = "N-\(number / 6)"
        lines = SplitMix64(Seed(UInt64(number.utf8.reduce(0) { $0 * 31 + Int($1) })))
        commands.append(
          .place(
            order(number, (0..<lines.within(1...3)).map { _ in line(lines.pick(of: skus), Int64(lines.within(1...4))) })
          ))
      case 5, 6: if !operation.location.isEmpty { commands.append(.reserve(operation)) }
      case 7: commands.append(.ship(operation))
      case 8: commands.append(.release(operation))
      case 9:
        commands.append(.cancel(Cancellation(order: .named(name), side: .customer, occurredAt: instant(second))))
      default:
        commands.append(
          .record(StatusEvent(order: .named(name), node: random.pick(of: nodes), occurredAt: instant(second))))
      }
    }
    return commands
  }

  /// Commands of every kind, with legs, keys, customers, credits and texts.
  static func everyKind(_ count: Int, seed: UInt64) -> [Submission] {
    var random = SplitMix64(Seed(seed))
    let nodes: [Node] = [
      .approved, .released, .packed, .shipped, .delivered, .returnRequested, .returnReceived, .completed,
    ]
    return (0..<count).map { step in
      let reference = OrderReference.named("\(random.below(max(1, step / 3)))")
      let sku = random.pick(of: ["TEA", "MUG", "茶", "PAN"])
      let at = instant(Int64(step * 60 + random.below(6_000)))
      let stock = StockOperation(order: reference, location: "north", occurredAt: at, leg: UInt8(random.below(3)))
      switch random.below(15) {
      case 0, 1, 2, 3:
        var placed = order("\(step / 3)", [line(sku, 1), line("TEA", 2)], in: random.pick(of: ["web", "pos"]))
        if random.happens(7_000) {
          placed.customer = CustomerIdentity(
            key: random.pick(of: ["a", "b", "顾客"]), phone: random.pick(of: [nil, "138", "1 3 9"]),
            email: random.pick(of: [nil, "A@b.c"]), grade: random.pick(of: [nil, "gold", "silver"]))
        }
        placed.placedAt = at
        placed.deliverBy = random.pick(of: [nil, instant(Int64(step) + 90_000)])
        placed.region = random.pick(of: [nil, "上海", "Berlin"])
        return Submission(.place(placed))
      case 4:
        let events = [Node.paid, .shipped, .delivered].map {
          ObservedEvent(node: $0, occurredAt: random.pick(of: [nil, at, instant(4_000_000_000)]))
        }
        let payments = [ObservedPayment(method: "bank", amountMinorUnits: -5)]
        return Submission(
          .observe(ObservedOrder(order: order("x\(step % 40)", []), events: events, payments: payments)))
      case 5:
        return Submission(
          .receive(
            StockReceipt(
              sku: sku, location: "north", quantity: Int64(random.within(1...9)), unitCostMinorUnits: 3,
              occurredAt: at)), idempotencyKey: random.pick(of: [nil, "k\(step % 50)"]))
      case 6: return Submission(.reserve(stock))
      case 7: return Submission(.ship(stock))
      case 8: return Submission(.release(stock))
      case 9:
        let side = random.pick(of: Side.allCases)
        return Submission(
          .cancel(Cancellation(order: reference, side: side, reason: "r\(step % 5)", occurredAt: at)))
      case 10:
        return Submission(.pay(Payment(order: reference, method: "card", amountMinorUnits: 800, occurredAt: at)))
      case 11:
        return Submission(
          .credit(
            CreditNote(
              channel: "web", number: "C\(step % 90)", occurredAt: at, currency: "EUR",
              lines: [CreditLine(sku: sku, quantity: 1, unitPriceMinorUnits: 7)])))
      case 12:
        return Submission(
          .adjust(
            StockAdjustment(
              sku: sku, location: "north", quantity: random.pick(of: [-1, 2]), reason: "count", occurredAt: at)))
      case 13:
        return Submission(.registerSKU(NewSKU(sku: sku, category: random.pick(of: ["a", "b"]))))
      default:
        return Submission(
          .record(
            StatusEvent(
              order: reference, node: random.pick(of: nodes), leg: random.pick(of: [0, 0, 1, 2]), occurredAt: at,
              actor: random.pick(of: [nil, "ann", "system"]), carrier: random.pick(of: [nil, "SF"]))))
      }
    }
  }

  private static let lags: [OrderStore.Options.Lag] = [.none, .bytes(2_000), .unbounded]

  /// One store for each lag, and one that is folded and opened anew at random.
  private func shops() throws -> [TestShop] { try Self.lags.map { try TestShop($0) } + [try TestShop()] }

  private func disturb(_ shop: TestShop, _ random: inout SplitMix64) throws {
    if random.happens(400) { try shop.reopen() } else if random.happens(800) { try shop.store.fold() }
  }

  @Test(.tags(.differential, .property), arguments: [1, 2, 3, 4] as [UInt64])
  func `random commands leave the same store under every lag, and that of the model`(seed: UInt64) throws {
    let shops = try shops()
    var random = SplitMix64(Seed(seed &+ 1_000))
    var model = ShopModel()
    var accepted = 0
    for (index, command) in Self.commands(500, seed: seed).enumerated() {
      let results = try shops.map { try $0.store.submit([Submission(command)])[0] }
      #expect(Set(results).count == 1, "seed \(seed), command \(index): \(results)")
      if case .registerSKU = command { continue }
      let isAccepted = (try? results[0].get()) != nil
      #expect(model.apply(command) == isAccepted, "seed \(seed), command \(index): \(command), \(results[0])")
      accepted += isAccepted ? 1 : 0
      try disturb(shops[3], &random)
      if index % 150 == 149 {
        let snapshots = try shops.map { try $0.store.snapshot() }
        #expect(try model.differences(from: snapshots[0]) == [], "seed \(seed), command \(index)")
        let dumps = try snapshots.map { try StoreDump.lines(of: $0) }
        for dump in dumps.dropFirst() { try requireEqual(dump, dumps[0], "seed \(seed), command \(index)") }
      }
    }
    #expect(accepted > 120 && accepted < 460, "the commands are neither all good nor all bad: \(accepted)")
    let reports = try shops.map { try $0.verify() }
    #expect(reports.map(\.findings) == [[], [], [], []], "seed \(seed)")
    #expect(Set(reports.map(\.contentHash)).count == 1, "seed \(seed)")
  }

  @Test(.tags(.differential), arguments: [11, 12] as [UInt64])
  func `a generated shop leaves the same store under every lag`(seed: UInt64) throws {
    var profile = ShopProfile.festival
    (profile.skuCount, profile.dayCount, profile.seasons) = (12, 8, [])
    let stream = Shop(profile: profile, seed: Seed(seed)).orders(60)
    var submissions = StockStory(of: stream).commands.map { Submission($0) }
    for order in stream {
      if order.index % 3 == 2 {
        submissions.append(Submission(.observe(order.observed)))
      } else {
        submissions += order.commands.map { Submission($0) }
      }
    }
    let shops = try shops()
    var random = SplitMix64(Seed(seed))
    var rest = submissions[...]
    while !rest.isEmpty {
      let portion = Array(rest.prefix(random.within(1...40)))
      rest = rest.dropFirst(portion.count)
      for shop in shops {
        for result in try shop.store.submit(portion) { _ = try result.get() }
      }
      try disturb(shops[3], &random)
    }
    let dumps = try shops.map { try $0.everything() }
    for dump in dumps.dropFirst() { try requireEqual(dump, dumps[0], "seed \(seed)") }
    #expect(try shops.map { try $0.verify().findings } == [[], [], [], []])
    // In commits of another size it is the same content.
    let single = try TestShop()
    for submission in submissions { try single.submit(submission.command) }
    let one = try StoreDump.content(of: single.store.snapshot(), sequences: false)
    try requireEqual(one, StoreDump.content(of: shops[0].store.snapshot(), sequences: false), "seed \(seed)")
    #expect(try single.verify().contentHash == shops[0].verify().contentHash)
  }

  @Test(.tags(.differential, .property), arguments: [3, 77] as [UInt64])
  func `commands of every kind leave the same store under every lag, in any portions`(seed: UInt64) throws {
    let shops = try shops()
    var random = SplitMix64(Seed(seed &+ 1))
    var rest = Self.everyKind(900, seed: seed)[...]
    var accepted = 0
    while !rest.isEmpty {
      let portion = Array(rest.prefix(random.within(1...40)))
      rest = rest.dropFirst(portion.count)
      let results = try shops.map { try $0.store.submit(portion) }
      #expect(Set(results).count == 1, "seed \(seed)")
      accepted += results[0].count { (try? $0.get()) != nil }
      try disturb(shops[3], &random)
    }
    #expect(accepted > 400 && accepted < 850, "the commands are neither all good nor all bad: \(accepted)")
    let dumps = try shops.map { try $0.everything() }
    for dump in dumps.dropFirst() { try requireEqual(dump, dumps[0], "seed \(seed)") }
    let reports = try shops.map { try $0.verify() }
    #expect(reports.map(\.findings) == [[], [], [], []], "seed \(seed)")
    #expect(Set(reports.map(\.contentHash)).count == 1, "seed \(seed)")
  }

  private func requireEqual(_ dump: [String], _ expected: [String], _ comment: String) throws {
    if dump == expected { return }
    let difference = zip(dump, expected).first { $0 != $1 }
    let told = difference.map { "\($0.prefix(600))\nis not\n\($1.prefix(600))" } ?? "another length"
    throw Different(description: "\(comment): \(told)")
  }

  private struct Different: Error, CustomStringConvertible { var description: String }
}
