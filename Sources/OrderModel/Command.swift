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
  case approve(Approval)
  case grantCredit(CreditGrant)
  case allocate(Allocation)
  case shortPick(StockOperation)
  case hold(HoldChange)
  case exception(ExceptionChange)
  case note(OrderNote)
  case alert(AlertNotice)
  case merge(ShipmentMerge)
  case edit(OrderEdit)
  case parcel(ParcelReport)
  case giveBack(ReturnStep)
  case refund(Refund)
  case void(VoidEntry)
  case expect(ExpectedStock)
  case transfer(StockTransfer)
  case count(StockCount)
  case block(StockBlock)
  case presale(PresaleQuota)
  case cap(ChannelCap)
  case claim(StockClaim)
  case endClaim(ClaimRelease)
  case expire(Expiry)
  case registerCustomer(CustomerIdentity)
  case registerSKU(NewSKU)
  case validate(Validation)
}

/// A command with the key that makes its repetition harmless.
public struct Submission: Sendable, Hashable {
  public var command: Command
  /// A replay with the same key and body returns the first receipt; with another body it is refused. Orders and credit
  /// notes need none: their channel and number serve.
  public var idempotencyKey: String?
  /// The version the order must still have (``Receipt/version``); another one is refused as stale.
  public var ifVersion: UInt64?

  public init(_ command: Command, idempotencyKey: String? = nil, ifVersion: UInt64? = nil) {
    self.command = command
    self.idempotencyKey = idempotencyKey
    self.ifVersion = ifVersion
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
  /// From RELEASED on the warehouse must have said that nothing goes out any more.
  public var isAcknowledged: Bool

  public init(
    order: OrderReference, lines: [LineQuantity] = [], side: Side, reason: String? = nil, occurredAt: Instant,
    actor: String? = nil, isAcknowledged: Bool = false
  ) {
    self.isAcknowledged = isAcknowledged
    self.order = order
    self.lines = lines
    self.side = side
    self.reason = reason
    self.occurredAt = occurredAt
    self.actor = actor
  }
}

extension Command {
  /// The order it is about; nil for stock and for what makes an order.
  public var order: OrderReference? {
    switch self {
    case .record(let event): event.order
    case .pay(let payment): payment.order
    case .reserve(let operation), .release(let operation), .ship(let operation), .shortPick(let operation):
      operation.order
    case .cancel(let cancellation): cancellation.order
    case .approve(let approval): approval.order
    case .grantCredit(let grant): grant.order
    case .allocate(let allocation): allocation.order
    case .hold(let change): change.order
    case .exception(let change): change.order
    case .note(let note): note.order
    case .alert(let notice): notice.order
    case .merge(let merge): merge.order
    case .edit(let edit): edit.order
    case .parcel(let report): report.order
    case .giveBack(let step): step.order
    case .refund(let refund): refund.order
    case .void(let entry): entry.order
    case .validate(let validation): validation.order
    case .place, .observe, .receive, .adjust, .credit, .expect, .transfer, .count, .block, .presale, .cap, .claim,
      .endClaim, .expire, .registerCustomer, .registerSKU:
      nil
    }
  }
}
