/// Goods that arrived at a location.
public struct StockReceipt: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Units, at least 1.
  public var quantity: Int64
  /// Cost of one unit in minor units of the store's currency; nil takes the SKU's standard cost.
  public var unitCostMinorUnits: Int64?
  public var occurredAt: Instant

  public init(
    sku: String, location: String, quantity: Int64, unitCostMinorUnits: Int64? = nil, occurredAt: Instant
  ) {
    self.sku = sku
    self.location = location
    self.quantity = quantity
    self.unitCostMinorUnits = unitCostMinorUnits
    self.occurredAt = occurredAt
  }
}

/// A correction of what is on hand: a count, a find, a write-off.
public struct StockAdjustment: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Units, positive or negative, not 0.
  public var quantity: Int64
  public var reason: String?
  public var occurredAt: Instant
  /// Told by another system: for a SKU that the store does not track it is written down and moves no counter.
  public var observed: Bool

  public init(
    sku: String, location: String, quantity: Int64, reason: String? = nil, occurredAt: Instant,
    observed: Bool = false
  ) {
    self.sku = sku
    self.location = location
    self.quantity = quantity
    self.reason = reason
    self.occurredAt = occurredAt
    self.observed = observed
  }
}

/// Units of one SKU of an order at a location.
public struct LineQuantity: Sendable, Hashable {
  public var sku: String
  /// Units, at least 1.
  public var quantity: Int64

  public init(sku: String, quantity: Int64) {
    self.sku = sku
    self.quantity = quantity
  }
}

/// Lines of one order at one location, for reserve, release and ship.
public struct StockOperation: Sendable, Hashable {
  public var order: OrderReference
  public var location: String
  /// What of the order; empty means everything that can still be meant.
  public var lines: [LineQuantity]
  public var occurredAt: Instant
  public var actor: String?
  /// For `ship`: the leg that leaves; 0 is the order as a whole.
  public var leg: UInt8

  public init(
    order: OrderReference, location: String, lines: [LineQuantity] = [], occurredAt: Instant, actor: String? = nil,
    leg: UInt8 = 0
  ) {
    self.order = order
    self.location = location
    self.lines = lines
    self.occurredAt = occurredAt
    self.actor = actor
    self.leg = leg
  }
}

/// An article the shop sells.
public struct NewSKU: Sendable, Hashable {
  public var sku: String
  /// Shown only.
  public var name: String?
  public var category: String?
  /// Cost of one unit in minor units of the store's currency.
  public var unitCostMinorUnits: Int64
  /// Whether the store counts it. What is not tracked has no counters and cannot be reserved.
  public var tracked: Bool

  public init(
    sku: String, name: String? = nil, category: String? = nil, unitCostMinorUnits: Int64 = 0, tracked: Bool = true
  ) {
    self.sku = sku
    self.name = name
    self.category = category
    self.unitCostMinorUnits = unitCostMinorUnits
    self.tracked = tracked
  }
}
