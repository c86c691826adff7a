import Foundation
import OrderModel
import OrderStore

/// A store in a temporary file, removed with its owner.
final class TestStore {
  let path: String
  private(set) var store: OrderStore

  init(lag: OrderStore.Options.Lag = .bytes(1 << 20), settings: StoreSettings = StoreSettings()) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString).orders").path
    store = try OrderStore.create(path: path, settings: settings, options: Self.options(lag), clock: Self.clock)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: path + "-lock")
  }

  private static func options(_ lag: OrderStore.Options.Lag) -> OrderStore.Options {
    var options = OrderStore.Options()
    options.lag = lag
    options.durability = .unsynced
    return options
  }

  @Sendable private static func clock() -> Int64 { 1_000 }

  /// Closes the store and opens it again.
  func reopen(lag: OrderStore.Options.Lag) throws {
    try store.close()
    store = try OrderStore.open(path: path, options: Self.options(lag), clock: Self.clock)
  }

  @discardableResult
  func submit(_ command: Command, key: String? = nil) throws -> Receipt {
    try store.submit(command, idempotencyKey: key)
  }

  /// The refusal of a command, which must leave nothing.
  func refusal(of command: Command, key: String? = nil) throws -> Refusal? {
    let before = try counts()
    do {
      try store.submit(command, idempotencyKey: key)
      return nil
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      guard try counts() == before else { throw StoreError.failed("a refused command left something") }
      return refusal
    }
  }

  /// Everything that grows.
  func counts() throws -> [Int] {
    let snapshot = try store.snapshot()
    return [
      Int(snapshot.sequence), snapshot.orderCount, snapshot.lineCount, snapshot.eventCount, snapshot.movementCount,
      snapshot.paymentCount, snapshot.creditCount, snapshot.customerCount, snapshot.skuCount, snapshot.stockCellCount,
    ]
  }

  func order(_ number: String, channel: String? = nil) throws -> StoredOrder? {
    let snapshot = try store.snapshot()
    return try snapshot.orders(number: number, channel: channel).first.flatMap { try snapshot.order($0) }
  }

  func stock(_ sku: String) throws -> [StockLevel] { try store.snapshot().stock(sku: sku) ?? [] }

  func verify() throws -> VerificationReport {
    try store.verify(temporaryDirectory: FileManager.default.temporaryDirectory.path)
  }
}

/// `minutes` after 2026-03-01T00:00Z.
func minute(_ minutes: Int64) -> Instant { Instant(milliseconds: 1_772_323_200_000 + minutes * 60_000) }

func order(
  _ number: String, channel: String = "web", lines: [(String, Int64)] = [("TEA", 2)], customer: String? = nil
) -> NewOrder {
  NewOrder(
    channel: channel, number: number, placedAt: minute(0), customer: customer.map { CustomerIdentity(key: $0) },
    currency: "EUR", lines: lines.map { NewLine(sku: $0.0, quantity: $0.1, unitPriceMinorUnits: 1_250) })
}

func operation(_ number: String, at minutes: Int64 = 10, lines: [LineQuantity] = []) -> StockOperation {
  StockOperation(
    order: .number(number, channel: nil), location: "north", lines: lines, occurredAt: minute(minutes))
}

func receipt(_ sku: String = "TEA", _ quantity: Int64, cost: Int64 = 600) -> Command {
  .receive(
    StockReceipt(
      sku: sku, location: "north", quantity: quantity, unitCostMinorUnits: cost, occurredAt: minute(1)))
}
