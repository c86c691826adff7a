/// The statement that an order, or one leg of it, passed a node.
public struct StatusEvent: Sendable, Hashable {
  public var order: OrderReference
  public var node: Node
  /// 0 is the order as a whole; 1, 2, … are its legs. A leg exists from its first event on.
  public var leg: UInt8
  public var occurredAt: Instant
  /// Who did it; a name that starts with `system` is not a person.
  public var actor: String?
  public var reason: String?
  public var location: String?
  public var carrier: String?
  /// The carrier's number of the parcel, with `labelled`; unique for its carrier.
  public var waybill: String?

  public init(
    order: OrderReference, node: Node, leg: UInt8 = 0, occurredAt: Instant, actor: String? = nil,
    reason: String? = nil, location: String? = nil, carrier: String? = nil, waybill: String? = nil
  ) {
    self.waybill = waybill
    self.order = order
    self.node = node
    self.leg = leg
    self.occurredAt = occurredAt
    self.actor = actor
    self.reason = reason
    self.location = location
    self.carrier = carrier
  }
}
