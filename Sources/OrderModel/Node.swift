/// A station of an order's way: the fifteen key nodes, then what closes or follows a sale.
///
/// Raw values are stored; they never change. The fifteen key nodes stand in the order in which an order passes them.
public enum Node: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  /// The customer committed the order in its channel.
  case placed = 1
  /// Captured at least the total, or terms granted, or cash on delivery accepted.
  case paid = 2
  /// Duplicate, price, address and credit checks all ran.
  case validated = 3
  /// A rule or an authorised person approved.
  case approved = 4
  /// Every open unit is reserved, presold or explicitly backordered.
  case reserved = 5
  /// The leg has its location and carrier.
  case allocated = 6
  /// Handed to the warehouse: the end of order processing.
  case released = 7
  /// The first pick task started.
  case picking = 8
  /// All pick tasks closed.
  case picked = 9
  /// Contents verified against the leg.
  case packed = 10
  /// A waybill is bound to the parcel.
  case labelled = 11
  /// The parcel left our custody.
  case shipped = 12
  /// First hub scan after acceptance.
  case inTransit = 13
  /// On the last vehicle, in the locker, or ready for collection.
  case outForDelivery = 14
  /// The recipient or an agent took it.
  case delivered = 15
  /// Nothing more is to come.
  case completed = 16
  case cancelled = 17
  /// Unpaid for longer than the channel allows.
  case expired = 18
  case returnRequested = 19
  case returnAuthorised = 20
  case returnInTransit = 21
  case returnReceived = 22
  case inspected = 23
  case refunded = 24
  case exchanged = 25

  public static func < (left: Node, right: Node) -> Bool { left.rawValue < right.rawValue }

  /// The fifteen key nodes, from placed to delivered.
  public static let keyNodes: [Node] = allCases.filter(\.isKeyNode)

  /// Whether this is one of the fifteen nodes an order passes on its way to the customer.
  public var isKeyNode: Bool { rawValue <= Node.delivered.rawValue }

  /// Whether the order went no further: cancelled or expired.
  public var endsUnfulfilled: Bool { self == .cancelled || self == .expired }

  /// The name in commands, files and queries: `placed`, `in_transit`, `out_for_delivery`.
  public var name: String {
    switch self {
    case .placed: "placed"
    case .paid: "paid"
    case .validated: "validated"
    case .approved: "approved"
    case .reserved: "reserved"
    case .allocated: "allocated"
    case .released: "released"
    case .picking: "picking"
    case .picked: "picked"
    case .packed: "packed"
    case .labelled: "labelled"
    case .shipped: "shipped"
    case .inTransit: "in_transit"
    case .outForDelivery: "out_for_delivery"
    case .delivered: "delivered"
    case .completed: "completed"
    case .cancelled: "cancelled"
    case .expired: "expired"
    case .returnRequested: "return_requested"
    case .returnAuthorised: "return_authorised"
    case .returnInTransit: "return_in_transit"
    case .returnReceived: "return_received"
    case .inspected: "inspected"
    case .refunded: "refunded"
    case .exchanged: "exchanged"
    }
  }

  /// The node of that name, letter case and `-` for `_` not mattering.
  public init?(name: String) {
    let wanted = String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard let node = Node.allCases.first(where: { $0.name == wanted }) else { return nil }
    self = node
  }
}
