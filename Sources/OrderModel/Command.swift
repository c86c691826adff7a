/// What a caller asks of a store. It is judged as a whole against the current state: accepted, it becomes facts in one
/// commit; refused, it leaves nothing.
public enum Command: Sendable, Hashable {
  case place(NewOrder)
  case observe(ObservedOrder)
  case record(StatusEvent)
  case pay(Payment)
  case receive(StockReceipt)
  case adjust(StockAdjustment)
  case reserve(StockOperation)
  case release(StockOperation)
  case ship(StockOperation)
  case cancel(Cancellation)
  case credit(CreditNote)
  case registerCustomer(CustomerIdentity)
  case registerSKU(NewSKU)
}

/// A command with the key that makes its repetition harmless.
public struct Submission: Sendable, Hashable {
  public var command: Command
  /// A replay with the same key and body returns the first receipt; with another body it is refused. Orders and credit
  /// notes need none: their channel and number serve.
  public var idempotencyKey: String?

  public init(_ command: Command, idempotencyKey: String? = nil) {
    self.command = command
    self.idempotencyKey = idempotencyKey
  }
}

/// Money captured for an order.
public struct Payment: Sendable, Hashable {
  public var order: OrderReference
  public var method: String
  /// At least 0.
  public var amountMinorUnits: Int64
  public var occurredAt: Instant

  public init(order: OrderReference, method: String, amountMinorUnits: Int64, occurredAt: Instant) {
    self.order = order
    self.method = method
    self.amountMinorUnits = amountMinorUnits
    self.occurredAt = occurredAt
  }
}

/// The end of an order, or of some units of it, before they ship.
public struct Cancellation: Sendable, Hashable {
  public var order: OrderReference
  /// What of the order; empty means everything not yet shipped.
  public var lines: [LineQuantity]
  public var side: Side
  public var reason: String?
  public var occurredAt: Instant
  public var actor: String?

  public init(
    order: OrderReference, lines: [LineQuantity] = [], side: Side, reason: String? = nil, occurredAt: Instant,
    actor: String? = nil
  ) {
    self.order = order
    self.lines = lines
    self.side = side
    self.reason = reason
    self.occurredAt = occurredAt
    self.actor = actor
  }
}
