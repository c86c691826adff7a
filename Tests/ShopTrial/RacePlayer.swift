import OrderModel
import Workload

/// One task of a race: makes its next commands and keeps count of what they brought.
struct RacePlayer {
  private let name: String
  private let kind: RaceKind
  private var random: SplitMix64
  private var orders = 0
  /// Entries of the present order: a long timeline makes every attempt slow.
  private var entries = 0
  private var attempts = 0
  private var won: Int64 = 0
  private var second: Int64 = 0

  init(name: String, kind: RaceKind, seed: UInt64) {
    (self.name, self.kind, random) = (name, kind, SplitMix64(Seed(seed)))
  }

  private var reference: OrderReference { .number("\(name)-\(orders)", channel: "race") }
  private var now: Instant { Instant(milliseconds: 1_700_000_000_000 + second * 1_000) }

  /// The next commands; the first ever places an order.
  mutating func batch(_ count: Int) -> [Command] {
    var commands: [Command] = []
    if entries > 8, kind == .churn {
      commands.append(.cancel(Cancellation(order: reference, side: .customer, occurredAt: now)))
    }
    if entries > 8 || orders == 0 { commands.append(newOrder()) }
    while commands.count < count {
      second += 1
      commands.append(kind == .winners ? reserve(1) : churn())
    }
    return commands
  }

  /// What became of a command.
  mutating func learn(_ command: Command, _ isAccepted: Bool) {
    if isAccepted, command.order != nil { entries += 1 }
    switch command {
    case .reserve(let operation):
      attempts += 1
      if isAccepted { won += operation.lines.reduce(0) { $0 + $1.quantity } }
    case .claim(let claim):
      attempts += 1
      if isAccepted { won += claim.quantity }
    default: break
    }
  }

  mutating func takeReport() -> (attempts: Int, won: Int64) {
    defer { (attempts, won) = (0, 0) }
    return (attempts, won)
  }

  private mutating func newOrder() -> Command {
    orders += 1
    entries = 0
    return .place(
      NewOrder(
        channel: "race", number: "\(name)-\(orders)", placedAt: now, currency: "EUR",
        lines: RaceWorker.skus.map { NewLine(sku: $0, quantity: 100_000, unitPriceMinorUnits: 1) }, profile: .simple))
  }

  private mutating func reserve(_ most: Int) -> Command {
    .reserve(operation([LineQuantity(sku: random.pick(of: RaceWorker.skus), quantity: Int64(random.within(1...most)))]))
  }

  private func operation(_ lines: [LineQuantity]) -> StockOperation {
    StockOperation(order: reference, location: RaceWorker.location, lines: lines, occurredAt: now)
  }

  private mutating func churn() -> Command {
    let sku = random.pick(of: RaceWorker.skus)
    let few = Int64(random.within(1...3))
    switch random.below(1_000) {
    case 0..<700: return reserve(3)
    case 700..<900:
      var expires = now
      expires.milliseconds += Int64(random.below(400)) * 1_000
      return .claim(
        StockClaim(
          sku: sku, location: RaceWorker.location, quantity: few, owner: name, expiresAt: expires, occurredAt: now))
    case 900..<925:
      return .endClaim(ClaimRelease(sku: sku, location: RaceWorker.location, owner: name, occurredAt: now))
    case 925..<950: return .release(operation([LineQuantity(sku: sku, quantity: few)]))
    case 950..<970: return .ship(operation([LineQuantity(sku: sku, quantity: few)]))
    case 970..<980:
      // Takes what is reserved, since all else is not even asked for.
      return .cancel(
        Cancellation(order: reference, lines: [LineQuantity(sku: sku, quantity: few)], side: .customer, occurredAt: now)
      )
    case 980..<982:
      let ended = reference
      return .cancel(Cancellation(order: ended, side: .customer, occurredAt: now))
    case 982..<986: return .expire(Expiry(asOf: now))
    case 986..<996:
      return .receive(StockReceipt(sku: sku, location: RaceWorker.location, quantity: few, occurredAt: now))
    default: return newOrder()
    }
  }
}
