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
  public var shipBy, deliverBy: Instant?
  public var listValueMinorUnits, lineValueMinorUnits, discountMinorUnits, shippingMinorUnits, taxMinorUnits: Int64
  public var cancelledValueMinorUnits, paidMinorUnits: Int64
  public var units, cancelledUnits: Int64
  /// The group that first held it.
  public var sequence: UInt64
  public var lines: [StoredLine]
  /// Placing first, then every event by (occurred at, sequence); those without an instant stand last.
  public var timeline: [TimelineEntry]
  public var payments: [StoredPayment]
}

/// A line of a stored order with what became of its units.
public struct StoredLine: Sendable, Hashable {
  public var sku: String
  public var location: String
  public var quantity, cancelled, reserved, shipped: Int64
  public var unitPriceMinorUnits, listPriceMinorUnits: Int64
}

/// One entry of an order's timeline.
public struct TimelineEntry: Sendable, Hashable {
  public var node: Node
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
}

/// One SKU at one location.
public struct StockLevel: Sendable, Hashable {
  public var sku: String
  public var location: String
  public var counters: InventoryCounters
  /// Value of what is on hand, minor units of the store's currency.
  public var valueMinorUnits: Int64
}
