/// Money given back by a document of its own, with or without the order it belongs to.
public struct CreditNote: Sendable, Hashable {
  public var channel: String
  /// The credit note's own number; unique in its channel, among orders and credit notes alike.
  public var number: String
  public var occurredAt: Instant
  /// The order it credits, when known.
  public var order: OrderReference?
  public var customer: CustomerIdentity?
  public var currency: String
  public var lines: [CreditLine]
  public var region: String?
  public var reason: String?

  public init(
    channel: String, number: String, occurredAt: Instant, order: OrderReference? = nil,
    customer: CustomerIdentity? = nil, currency: String, lines: [CreditLine], region: String? = nil,
    reason: String? = nil
  ) {
    self.channel = channel
    self.number = number
    self.occurredAt = occurredAt
    self.order = order
    self.customer = customer
    self.currency = currency
    self.lines = lines
    self.region = region
    self.reason = reason
  }
}

/// One SKU and quantity given back.
public struct CreditLine: Sendable, Hashable {
  public var sku: String
  /// Units given back, at least 1.
  public var quantity: Int64
  /// Price credited for one unit, at least 0.
  public var unitPriceMinorUnits: Int64

  public init(sku: String, quantity: Int64, unitPriceMinorUnits: Int64) {
    self.sku = sku
    self.quantity = quantity
    self.unitPriceMinorUnits = unitPriceMinorUnits
  }
}
