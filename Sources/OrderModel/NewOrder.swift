/// An order as its channel states it: identity, customer, lines, money, promises.
///
/// Money is in minor units of `currency` at the store's scale. Strings may be of any script, up to 64 KiB each.
public struct NewOrder: Sendable, Hashable {
  public var channel: String
  /// The number the channel knows the order by; unique in its channel.
  public var number: String
  public var placedAt: Instant
  /// Who ordered; nil is a guest, outside every customer figure.
  public var customer: CustomerIdentity?
  /// ISO 4217 code.
  public var currency: String
  public var lines: [NewLine]
  /// `retail`, `b2b`, … as the shop calls it.
  public var type: String?
  public var priority: String?
  /// Ship-to state, province or country.
  public var region: String?
  public var city: String?
  public var carrier: String?
  /// The original promise to ship, an instant.
  public var shipBy: Instant?
  /// The original promise to deliver, an instant.
  public var deliverBy: Instant?
  /// Taken off the order as a whole, at least 0.
  public var discountMinorUnits: Int64
  public var shippingMinorUnits: Int64
  public var taxMinorUnits: Int64
  /// The source's own status word, kept as told.
  public var sourceStatus: String?
  /// Shown only.
  public var note: String?
  /// Which nodes it has to pass.
  public var profile: Profile.ID
  public var split: SplitPolicy
  /// Who entered it, when a person did: nobody approves an order of their own.
  public var creator: String?
  /// The order whose goods it replaces, once their return is authorised; of the same customer. It needs no payment when it
  /// is worth no more than they were.
  public var exchangeFor: OrderReference?

  public init(
    channel: String, number: String, placedAt: Instant, customer: CustomerIdentity? = nil, currency: String,
    lines: [NewLine] = [], type: String? = nil, priority: String? = nil, region: String? = nil, city: String? = nil,
    carrier: String? = nil, shipBy: Instant? = nil, deliverBy: Instant? = nil, discountMinorUnits: Int64 = 0,
    shippingMinorUnits: Int64 = 0, taxMinorUnits: Int64 = 0, sourceStatus: String? = nil, note: String? = nil,
    profile: Profile.ID = .standard, split: SplitPolicy = .asAvailable, creator: String? = nil,
    exchangeFor: OrderReference? = nil
  ) {
    (self.profile, self.split, self.creator, self.exchangeFor) = (profile, split, creator, exchangeFor)
    self.channel = channel
    self.number = number
    self.placedAt = placedAt
    self.customer = customer
    self.currency = currency
    self.lines = lines
    self.type = type
    self.priority = priority
    self.region = region
    self.city = city
    self.carrier = carrier
    self.shipBy = shipBy
    self.deliverBy = deliverBy
    self.discountMinorUnits = discountMinorUnits
    self.shippingMinorUnits = shippingMinorUnits
    self.taxMinorUnits = taxMinorUnits
    self.sourceStatus = sourceStatus
    self.note = note
  }
}

extension NewOrder {
  /// What the customer owes: lines at the price paid, less discount, with shipping and tax.
  package var totalMinorUnits: Int64 {
    lines.reduce(shippingMinorUnits &+ taxMinorUnits &- discountMinorUnits) {
      $0 &+ $1.quantity &* $1.unitPriceMinorUnits
    }
  }
}

/// One SKU and quantity of an order.
public struct NewLine: Sendable, Hashable {
  public var sku: String
  /// Units, at least 1.
  public var quantity: Int64
  /// Price paid for one unit, before the order's discount.
  public var unitPriceMinorUnits: Int64
  /// Price of one unit before any discount; the price paid when nil.
  public var listPriceMinorUnits: Int64?
  /// Where it is to come from, when the source says (warehouse, seller).
  public var location: String?

  public init(
    sku: String, quantity: Int64, unitPriceMinorUnits: Int64, listPriceMinorUnits: Int64? = nil,
    location: String? = nil
  ) {
    self.sku = sku
    self.quantity = quantity
    self.unitPriceMinorUnits = unitPriceMinorUnits
    self.listPriceMinorUnits = listPriceMinorUnits
    self.location = location
  }
}

/// A customer by a strong key, with what is personal kept apart from the order.
public struct CustomerIdentity: Sendable, Hashable {
  /// The key that identifies the person in the source: equal keys are one customer.
  public var key: String
  /// Personal; kept outside the log, erasable.
  public var name: String?
  /// Personal; found again by its digits.
  public var phone: String?
  /// Personal; found again regardless of letter case.
  public var email: String?
  /// Customer grade or segment, as of the command.
  public var grade: String?
  /// The most that may be owed on terms, minor units of the store's currency; nil changes nothing, 0 allows none.
  public var creditLimitMinorUnits: Int64?

  public init(
    key: String, name: String? = nil, phone: String? = nil, email: String? = nil, grade: String? = nil,
    creditLimitMinorUnits: Int64? = nil
  ) {
    self.creditLimitMinorUnits = creditLimitMinorUnits
    self.key = key
    self.name = name
    self.phone = phone
    self.email = email
    self.grade = grade
  }
}
