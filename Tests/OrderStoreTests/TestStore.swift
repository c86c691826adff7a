import Foundation
import OrderModel
import OrderStore
import Synchronization
import Testing

/// A clock that stands still until it is set.
final class TestClock: Sendable {
  private let time = Mutex<Int64>(0)

  var now: Int64 {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}

/// A store in a directory of its own, removed with the value.
final class TestStore {
  let directory: String
  let clock = TestClock()
  let lag: OrderStore.Options.Lag
  private(set) var store: OrderStore

  var path: String { directory + "/test.orders" }

  init(lag: OrderStore.Options.Lag = .bytes(1 << 20), _ settings: StoreSettings = StoreSettings()) throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "orderstore-\(UUID())").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    self.lag = lag
    store = try OrderStore.create(
      path: directory + "/test.orders", settings: settings, options: TestStore.options(lag),
      clock: { [clock] in clock.now })
  }

  deinit {
    try? store.close()
    try? FileManager.default.removeItem(atPath: directory)
  }

  private static func options(_ lag: OrderStore.Options.Lag) -> OrderStore.Options {
    var options = OrderStore.Options()
    options.lag = lag
    options.durability = .unsynced
    options.mapSizeBytes = 1 << 30
    return options
  }

  /// Closes the store and opens it again.
  func reopen() throws {
    try store.close()
    store = try OrderStore.open(path: path, options: TestStore.options(lag), clock: { [clock] in clock.now })
  }

  /// Submits commands, each of which must be accepted.
  @discardableResult
  func submit(_ commands: [Command]) throws -> [Receipt] {
    try store.submit(commands.map { Submission($0) }).map { try $0.get() }
  }

  @discardableResult
  func submit(_ command: Command, key: String? = nil) throws -> Receipt {
    try store.submit(command, idempotencyKey: key)
  }

  func snapshot() throws -> OrderSnapshot { try store.snapshot() }

  /// The order of this number, which must be there once.
  func order(_ number: String, channel: String? = nil) throws -> StoredOrder {
    let snapshot = try store.snapshot()
    let found = try snapshot.orders(number: number, channel: channel)
    try #require(found.count == 1, "order '\(number)' is there \(found.count) times")
    return try #require(try snapshot.order(found[0]))
  }

  /// The one stock cell of this SKU and location.
  func stock(_ sku: String, _ location: String = "hangzhou") throws -> StockLevel {
    let levels = try #require(try store.snapshot().stock(sku: sku)).filter { $0.location == location }
    try #require(levels.count == 1)
    return levels[0]
  }

  /// Everything that counts what a store holds.
  func extent() throws -> Extent { Extent(try store.snapshot()) }

  /// Expects a refusal that leaves nothing.
  func expectRefusal(
    _ refusal: Refusal, of command: Command, key: String? = nil, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let before = try extent()
    #expect(throws: StoreError.refused(refusal), sourceLocation: location) {
      try store.submit(command, idempotencyKey: key)
    }
    #expect(try extent() == before, "a refused command left something", sourceLocation: location)
  }

  /// Expects that everything derived is as the log says.
  @discardableResult
  func expectSound(_ location: SourceLocation = #_sourceLocation) throws -> VerificationReport {
    let report = try store.verify(temporaryDirectory: directory)
    #expect(report.findings == [], sourceLocation: location)
    return report
  }
}

/// How much there is in a store.
struct Extent: Equatable {
  var sequence: UInt64
  var counts: [Int]
  var words: [Int]

  init(_ snapshot: OrderSnapshot) {
    sequence = snapshot.sequence
    counts = [
      snapshot.orderCount, snapshot.lineCount, snapshot.eventCount, snapshot.movementCount, snapshot.paymentCount,
      snapshot.creditCount, snapshot.customerCount, snapshot.skuCount, snapshot.stockCellCount,
    ]
    words = Vocabulary.allCases.map { snapshot.wordCount($0) }
  }
}

extension Tag {
  /// Two ways to one answer.
  @Tag static var differential: Self
}

/// A small generator whose numbers follow from its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

// MARK: Short ways to say it

/// `minutes` after 2026-03-02T00:00Z.
func at(_ minutes: Int64) -> Instant { Instant(milliseconds: 1_772_409_600_000 + minutes * 60_000) }

extension OrderReference {
  static func number(_ number: String) -> OrderReference { .number(number, channel: nil) }
}

extension NewOrder {
  /// An order of the web shop over two cups and a pot.
  static func tea(_ number: String = "T-1", channel: String = "web") -> NewOrder {
    NewOrder(
      channel: channel, number: number, placedAt: at(0), currency: "EUR",
      lines: [
        NewLine(sku: "cup", quantity: 2, unitPriceMinorUnits: 450, listPriceMinorUnits: 500),
        NewLine(sku: "pot", quantity: 1, unitPriceMinorUnits: 2_000),
      ], discountMinorUnits: 100, shippingMinorUnits: 490, taxMinorUnits: 10)
  }
}

extension Command {
  static func event(
    _ number: String, _ node: Node, leg: UInt8 = 0, at instant: Instant, actor: String? = nil, carrier: String? = nil
  ) -> Command {
    .record(
      StatusEvent(
        order: .number(number), node: node, leg: leg, occurredAt: instant, actor: actor, carrier: carrier))
  }

  static func received(
    _ quantity: Int64, _ sku: String, _ location: String = "hangzhou", cost: Int64? = nil
  ) -> Command {
    .receive(
      StockReceipt(
        sku: sku, location: location, quantity: quantity, unitCostMinorUnits: cost, occurredAt: at(0)))
  }

  static func adjusted(_ quantity: Int64, _ sku: String, _ location: String = "hangzhou") -> Command {
    .adjust(StockAdjustment(sku: sku, location: location, quantity: quantity, reason: "count", occurredAt: at(1)))
  }
}

extension StockOperation {
  static func of(
    _ number: String, _ lines: [String: Int64] = [:], at location: String = "hangzhou", _ minutes: Int64 = 5,
    leg: UInt8 = 0
  ) -> StockOperation {
    StockOperation(
      order: .number(number), location: location,
      lines: lines.sorted { $0.key < $1.key }.map { LineQuantity(sku: $0.key, quantity: $0.value) },
      occurredAt: at(minutes), leg: leg)
  }
}
