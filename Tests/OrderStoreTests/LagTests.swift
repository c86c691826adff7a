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

  private static let lags: [OrderStore.Options.Lag] = [.none, .bytes(2_000), .unbounded]

  /// One store for each lag, and one that is folded and opened anew at random.
  private func shops() throws -> [TestShop] { try Self.lags.map { try TestShop($0) } + [try TestShop()] }

  private func disturb(_ shop: TestShop, _ random: inout SplitMix64) throws {
    if random.happens(400) { try shop.reopen() } else if random.happens(800) { try shop.store.fold() }
  }

  @Test(.tags(.differential, .property), arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `random commands leave the same store under every lag, and that of the model`(seed: UInt64) throws {
    let shops = try shops()
    var random = SplitMix64(Seed(seed &+ 1_000))
    var model = ShopModel()
    var accepted = 0
    for (index, command) in Self.commands(600, seed: seed).enumerated() {
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
    #expect(accepted > 150 && accepted < 560, "the commands are neither all good nor all bad: \(accepted)")
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

  private func requireEqual(_ dump: [String], _ expected: [String], _ comment: String) throws {
    if dump == expected { return }
    let difference = zip(dump, expected).first { $0 != $1 }
    let told = difference.map { "\($0.prefix(600))\nis not\n\($1.prefix(600))" } ?? "another length"
    throw Different(description: "\(comment): \(told)")
  }

  private struct Different: Error, CustomStringConvertible { var description: String }
}
