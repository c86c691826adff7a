/// A leg that travels in the parcel of another order's leg, to the same customer. Each order keeps its lines and its
/// timeline; the carrier's number of the parcel may then be that of both.
public struct ShipmentMerge: Sendable, Hashable {
  public var order: OrderReference
  /// 1 or above.
  public var leg: UInt8
  /// Whose parcel it joins, and which leg of it.
  public var into: OrderReference
  public var intoLeg: UInt8
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, leg: UInt8 = 1, into: OrderReference, intoLeg: UInt8 = 1, actor: String? = nil,
    occurredAt: Instant
  ) {
    (self.order, self.leg, self.into, self.intoLeg) = (order, leg, into, intoLeg)
    (self.actor, self.occurredAt) = (actor, occurredAt)
  }
}

/// Why two legs cannot share a parcel.
public enum MergeFault: String, Sendable, Hashable, CaseIterable {
  case sameOrder, notAllocated, held, customer, destination, location, carrier, waybill

  /// In words.
  public var text: String {
    switch self {
    case .sameOrder: "it is the same order"
    case .notAllocated: "both legs have to be allocated and not yet released"
    case .held: "one of the orders is on hold"
    case .customer: "they are not of one known customer"
    case .destination: "they go to different places"
    case .location: "they come from different locations"
    case .carrier: "they have different carriers"
    case .waybill: "its parcel has a number already"
    }
  }
}
