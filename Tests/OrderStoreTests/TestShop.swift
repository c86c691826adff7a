import Columns
import Foundation
import OrderModel
import OrderStore
import Synchronization
import Testing

extension Tag {
  /// Two ways to one answer agree.
  @Tag static var differential: Self
  /// Random input from a printed seed.
  @Tag static var property: Self
}

/// A directory of a test's own, removed with its owner.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "store-tests-\(UUID())").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "shop.orders") -> String { path + "/" + name }
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

/// A clock that tests turn.
final class TestClock: Sendable {
  private let time: Mutex<Int64>
  init(_ time: Int64 = 1_000) { self.time = Mutex(time) }
  var now: Int64 {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
  func advance() { time.withLock { $0 += 1 } }
}

extension OrderStore.Options {
  /// Options for tests: nothing flushed, a small map.
  static func quick(_ lag: Lag = .unbounded) -> OrderStore.Options {
    var options = OrderStore.Options()
    (options.lag, options.durability, options.mapSizeBytes) = (lag, .unsynced, 512 << 20)
    return options
  }
}

/// A store in a directory of its own with short words for what tests do.
final class TestShop {
  let directory = TemporaryDirectory()
  let clock = TestClock()
  private(set) var store: OrderStore
  let lag: OrderStore.Options.Lag

  init(_ lag: OrderStore.Options.Lag = .unbounded, settings: StoreSettings = StoreSettings()) throws {
    let clock = clock
    self.lag = lag
    store = try OrderStore.create(
      path: directory.file(), settings: settings, options: .quick(lag), clock: { clock.now })
  }

  /// Closes the store and opens it anew.
  func reopen() throws {
    try store.close()
    let clock = clock
    store = try OrderStore.open(path: directory.file(), options: .quick(lag), clock: { clock.now })
  }

  @discardableResult
  func submit(_ command: Command, key: String? = nil) throws -> Receipt {
    try store.submit(command, idempotencyKey: key)
  }

  func refusal(of command: Command, key: String? = nil) throws -> Refusal? {
    do { try store.submit(command, idempotencyKey: key) } catch {
      if case .refused(let refusal) = error { return refusal }
      throw error
    }
    return nil
  }

  @discardableResult
  func place(_ number: String, _ lines: [NewLine] = [line("TEA", 2)], in channel: String = "web") throws -> OrderID {
    try #require(try submit(.place(order(number, lines, in: channel))).order)
  }

  @discardableResult
  func receive(_ sku: String, _ quantity: Int64, at location: String = "north", cost: Int64? = nil) throws -> Receipt {
    try submit(
      .receive(
        StockReceipt(
          sku: sku, location: location, quantity: quantity, unitCostMinorUnits: cost, occurredAt: instant(0))))
  }

  @discardableResult
  func record(
    _ number: String, _ node: Node, leg: UInt8 = 0, at second: Int64, actor: String? = nil
  ) throws -> Receipt {
    try submit(
      .record(
        StatusEvent(order: .named(number), node: node, leg: leg, occurredAt: instant(second), actor: actor)))
  }

  func stored(_ number: String, channel: String? = nil) throws -> StoredOrder {
    let snapshot = try store.snapshot()
    let id = try #require(try snapshot.orders(number: number, channel: channel).first)
    return try #require(try snapshot.order(id))
  }

  /// Registers a kit of so many units of each SKU.
  @discardableResult
  func kit(_ sku: String, _ components: [(sku: String, quantity: Int64)]) throws -> Receipt {
    try submit(
      .registerSKU(
        NewSKU(sku: sku, components: components.map { KitComponent(sku: $0.sku, quantity: $0.quantity) })))
  }

  func level(_ sku: String, _ location: String = "north") throws -> StockLevel? {
    try store.snapshot().stock(sku: sku)?.first { $0.location == location }
  }

  /// One column's value of an order.
  func value(_ field: OrderField, of number: String) throws -> Int64 {
    let snapshot = try store.snapshot()
    let id = Int(try #require(try snapshot.orders(number: number).first).rawValue)
    let batch = try snapshot.orders(group: id / 4_080, [field])
    return batch[field][id % 4_080]
  }

  /// The instant at which an order reached a node: in seconds, or "none" or "unknown".
  func reached(_ node: Node, _ number: String, first: Bool = false) throws -> String {
    switch try value(first ? .firstReached(node) : .reached(node), of: number) {
    case InstantColumn.none: "none"
    case InstantColumn.unknown: "unknown"
    case let value: "\((value - instant(0).milliseconds) / 1_000)"
    }
  }

  func verify() throws -> VerificationReport { try store.verify(temporaryDirectory: directory.path) }

  /// Everything that a command could have changed.
  func everything() throws -> [String] { try StoreDump.lines(of: try store.snapshot()) }
}

/// A moment so many seconds after the tests' day zero.
func instant(_ second: Int64) -> Instant { Instant(milliseconds: 1_700_000_000_000 + second * 1_000) }

func line(_ sku: String, _ quantity: Int64, price: Int64 = 500, list: Int64? = nil) -> NewLine {
  NewLine(sku: sku, quantity: quantity, unitPriceMinorUnits: price, listPriceMinorUnits: list)
}

func order(_ number: String, _ lines: [NewLine] = [line("TEA", 2)], in channel: String = "web") -> NewOrder {
  NewOrder(
    channel: channel, number: number, placedAt: instant(0), currency: "EUR", lines: lines, profile: .simple)
}

func operation(
  _ number: String, at location: String = "north", _ lines: [LineQuantity] = [], second: Int64 = 10, leg: UInt8 = 0
) -> StockOperation {
  StockOperation(order: .named(number), location: location, lines: lines, occurredAt: instant(second), leg: leg)
}

extension OrderReference {
  static func named(_ number: String) -> OrderReference { .number(number, channel: nil) }
}
