/// Goods that arrived at a location.
public struct StockReceipt: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Units, at least 1.
  public var quantity: Int64
  /// Cost of one unit in minor units of the store's currency; nil takes the SKU's standard cost.
  public var unitCostMinorUnits: Int64?
  public var occurredAt: Instant
  /// Whether these are goods that were expected, by ``ExpectedStock`` or a transfer: at most as many as are.
  public var wasExpected: Bool

  public init(
    sku: String, location: String, quantity: Int64, unitCostMinorUnits: Int64? = nil, occurredAt: Instant,
    wasExpected: Bool = false
  ) {
    self.sku = sku
    self.location = location
    self.quantity = quantity
    self.unitCostMinorUnits = unitCostMinorUnits
    self.occurredAt = occurredAt
    self.wasExpected = wasExpected
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
  /// What a kit consists of; empty for what is no kit.
  public var components: [KitComponent]

  public init(
    sku: String, name: String? = nil, category: String? = nil, unitCostMinorUnits: Int64 = 0, tracked: Bool = true,
    components: [KitComponent] = []
  ) {
    self.components = components
    self.sku = sku
    self.name = name
    self.category = category
    self.unitCostMinorUnits = unitCostMinorUnits
    self.tracked = tracked
  }
}

/// Goods that will arrive at a location.
public struct ExpectedStock: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Units, at least 1.
  public var quantity: Int64
  /// When they are due; what is promised against them counts from then.
  public var due: Instant
  public var occurredAt: Instant

  public init(sku: String, location: String, quantity: Int64, due: Instant, occurredAt: Instant) {
    (self.sku, self.location, self.quantity, self.due, self.occurredAt) = (sku, location, quantity, due, occurredAt)
  }
}

/// Goods sent from one location to another. They leave the first at once and are expected at the second, where a
/// ``StockReceipt`` of what was expected ends the transfer.
public struct StockTransfer: Sendable, Hashable {
  public var sku: String
  public var from: String
  public var to: String
  /// Units, at least 1 and available.
  public var quantity: Int64
  /// When they are due at the second location.
  public var due: Instant
  public var occurredAt: Instant

  public init(sku: String, from: String, to: String, quantity: Int64, due: Instant, occurredAt: Instant) {
    (self.sku, self.from, self.to, self.quantity) = (sku, from, to, quantity)
    (self.due, self.occurredAt) = (due, occurredAt)
  }
}

/// What somebody counted. The difference to the book is written down even when it is 0; where fewer units are there
/// than were promised, the newest promises wait for stock again.
public struct StockCount: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Units, at least 0.
  public var counted: Int64
  public var reason: String?
  public var occurredAt: Instant

  public init(sku: String, location: String, counted: Int64, reason: String? = nil, occurredAt: Instant) {
    (self.sku, self.location, self.counted, self.reason) = (sku, location, counted, reason)
    self.occurredAt = occurredAt
  }
}

/// Units on hand that cannot be sold: more of them, or fewer when negative.
public struct StockBlock: Sendable, Hashable {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    case damaged = 1
    case held, safety

    /// The name in commands.
    public var name: String { "\(self)" }

    /// How the ledger tells it.
    public var movement: MovementKind {
      switch self {
      case .damaged: .blockDamaged
      case .held: .blockHeld
      case .safety: .blockSafety
      }
    }
  }

  public var sku: String
  public var location: String
  public var kind: Kind
  /// Not 0.
  public var quantity: Int64
  public var reason: String?
  public var occurredAt: Instant

  public init(
    sku: String, location: String, kind: Kind, quantity: Int64, reason: String? = nil, occurredAt: Instant
  ) {
    (self.sku, self.location, self.kind, self.quantity) = (sku, location, kind, quantity)
    (self.reason, self.occurredAt) = (reason, occurredAt)
  }
}

/// Units that may be sold before they are there: more of them, or fewer when negative.
public struct PresaleQuota: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Not 0.
  public var quantity: Int64
  public var occurredAt: Instant

  public init(sku: String, location: String, quantity: Int64, occurredAt: Instant) {
    (self.sku, self.location, self.quantity, self.occurredAt) = (sku, location, quantity, occurredAt)
  }
}

/// Units promised to somebody who has not ordered yet, such as a basket, until a given instant.
public struct StockClaim: Sendable, Hashable {
  public var sku: String
  public var location: String
  /// Units, at least 1.
  public var quantity: Int64
  /// Who holds them; one claim an owner, SKU and location, which a further one adds to.
  public var owner: String
  public var expiresAt: Instant
  public var occurredAt: Instant

  public init(
    sku: String, location: String, quantity: Int64, owner: String, expiresAt: Instant, occurredAt: Instant
  ) {
    (self.sku, self.location, self.quantity, self.owner) = (sku, location, quantity, owner)
    (self.expiresAt, self.occurredAt) = (expiresAt, occurredAt)
  }
}

/// The end of what somebody claimed without ordering.
public struct ClaimRelease: Sendable, Hashable {
  public var sku: String
  public var location: String
  public var owner: String
  public var occurredAt: Instant

  public init(sku: String, location: String, owner: String, occurredAt: Instant) {
    (self.sku, self.location, self.owner, self.occurredAt) = (sku, location, owner, occurredAt)
  }
}

/// Lets go of every claim that has run out by an instant.
public struct Expiry: Sendable, Hashable {
  public var asOf: Instant

  public init(asOf: Instant) { self.asOf = asOf }
}
