public import OrderModel

/// An order as the store knows it.
public struct StoredOrder: Sendable, Hashable {
  public var id: OrderID
  public var channel: String
  public var number: String
  public var placedAt: Instant
  /// The customer's strong key; nil for a guest.
  public var customer: String?
  public var currency: String
  public var node: Node
  public var isObserved: Bool
  public var type, priority, region, city, carrier, grade, sourceStatus, note: String
  /// The promises as made at first, and as they stand.
  public var shipBy, deliverBy: Instant?
  public var currentShipBy, currentDeliverBy: Instant?
  public var profile: Profile.ID
  public var split: SplitPolicy
  public var holds: [HoldKind]
  public var openExceptions: [ExceptionKind]
  public var listValueMinorUnits, lineValueMinorUnits, discountMinorUnits, shippingMinorUnits, taxMinorUnits: Int64
  public var cancelledValueMinorUnits, paidMinorUnits, refundedMinorUnits: Int64
  public var units, cancelledUnits: Int64
  /// The group that first held it.
  public var sequence: UInt64
  /// For ``Submission/ifVersion``.
  public var version: UInt64
  public var lines: [StoredLine]
  /// Placing first, then every event by (occurred at, sequence); those without an instant stand last.
  public var timeline: [TimelineEntry]
  public var payments: [StoredPayment]
  public var legs: [StoredLeg]
  public var allotments: [StoredAllotment]
}

extension StoredOrder {
  /// The state in words: the roll-up node, `partially` when some units are further on, `closed short` when what could
  /// not be sent was cancelled.
  public var state: String {
    let units = lines.reduce(into: (open: Int64(0), shipped: Int64(0), delivered: Int64(0), short: Int64(0))) {
      $0.open += $1.partition.open
      $0.shipped += $1.partition[.shipped]
      $0.delivered += $1.partition[.delivered]
      $0.short += $1.partition[.cancelled]
    }
    if !node.isKeyNode { return node.name }
    if units.open > 0, units.delivered > 0 { return "partially delivered" }
    if units.open > 0, units.shipped > 0 { return "partially shipped" }
    if units.shipped > units.delivered, units.delivered > 0 { return "partially delivered" }
    if node >= .shipped, units.short > 0, units.shipped > 0 { return "\(node.name), closed short" }
    if node < .shipped, lines.contains(where: { $0.reserved > 0 }),
      lines.contains(where: { $0.partition.unreserved + $0.partition[.backordered] > 0 })
    {
      return node == .reserved ? "partially reserved" : "\(node.name), partially reserved"
    }
    let further = legs.map(\.node).filter { $0.isKeyNode }.max() ?? node
    return further > node ? "partially \(further.name)" : node.name
  }
}

/// A line of a stored order with what became of its units.
public struct StoredLine: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// What became of its units.
  public var partition: LinePartition
  public var unitPriceMinorUnits, listPriceMinorUnits: Int64
  /// The SKU that it stands for after a substitution.
  public var replaces: String?

  public var quantity: Int64 { partition.ordered }
  public var cancelled: Int64 { partition[.cancelled] }
  public var reserved: Int64 { partition[.reserved] }
  public var shipped: Int64 { partition[.shipped] }
}

/// A part of an order that travels on its own.
public struct StoredLeg: Sendable, Hashable {
  public var number: UInt8
  public var node: Node
  public var enteredAt: Instant?
  public var location, carrier, waybill: String
}

/// Units of a line that one location owes, holds or has sent.
public struct StoredAllotment: Sendable, Hashable {
  public var sku: String
  /// Empty for what is not counted.
  public var location: String
  /// 0 before it is allocated.
  public var leg: UInt8
  public var backordered, presold, reserved, shipped: Int64
  /// Delivered, lost, or on their way back.
  public var settled: Int64
  public var since: Instant
}

/// Units promised to somebody who has not ordered.
public struct StoredClaim: Sendable, Hashable {
  public var sku, location, owner: String
  public var quantity: Int64
  public var since, expiresAt: Instant
}

/// What the orders of a channel may hold of a SKU.
public struct StoredCap: Sendable, Hashable {
  public var sku: String
  /// Empty for all locations together.
  public var location: String
  public var channel: String
  /// The most units.
  public var units: Int64
  /// Units that they hold, reserved or sold in advance.
  public var taken: Int64
}

/// Goods that a location expects.
public struct ExpectedGoods: Sendable, Hashable {
  public var sku, location: String
  /// Where they come from; empty for a supplier.
  public var from: String
  public var quantity: Int64
  public var due: Instant
}

/// One entry of an order's timeline.
public struct TimelineEntry: Sendable, Hashable {
  /// Its number in the order of recording, for ``VoidEntry``; 0 is the placing.
  public var number: Int
  public var kind: EventKind
  /// The node that was passed; of other entries, where the order stood.
  public var node: Node
  /// The hold, the exception, the cause of an alert, or the part that an edit changed; empty for others.
  public var subject: String
  /// What an edit changed, the units or money concerned, or when what an alert tells of was due, in milliseconds; empty
  /// when nothing of that kind is told.
  public var before, after: String
  public var text: String
  public var isVoided: Bool
  public var leg: UInt8
  /// Nil when the source stated the node but not its time.
  public var occurredAt: Instant?
  /// The group that recorded it.
  public var sequence: UInt64
  public var actor, reason, location, carrier: String
  /// Meaningful for cancellations.
  public var side: Side
}

/// A payment of a stored order.
public struct StoredPayment: Sendable, Hashable {
  public var method: String
  public var amountMinorUnits: Int64
  public var occurredAt: Instant?
  /// Whether the money went back.
  public var isRefund: Bool
}

/// A movement of stock as the ledger tells it.
public struct StoredMovement: Sendable, Hashable {
  public var kind: MovementKind
  public var sku, location: String
  /// Units, negative when a movement was taken back.
  public var quantity: Int64
  public var onHandChange, reservedChange: Int64
  public var valueChangeMinorUnits: Int64
  /// The order's number.
  public var order: String?
  public var reason: String
  public var occurredAt: Instant
  public var sequence: UInt64
  /// Whether counters of the location moved.
  public var isApplied: Bool
}

/// One SKU at one location.
public struct StockLevel: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Of a kit all are 0: what there is belongs to its components.
  public var counters: InventoryCounters
  /// Units left to promise; of a kit, whole kits.
  public var available: Int64
  /// Value of what is on hand, minor units of the store's currency.
  public var valueMinorUnits: Int64
}
