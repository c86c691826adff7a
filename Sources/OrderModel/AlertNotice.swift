/// What needs somebody. Raw values are stored; they never change.
public enum AlertCause: UInt8, Sendable, Hashable, CaseIterable {
  /// The promise to ship, or to deliver, is over.
  case lateToShip = 1, lateToDeliver
  /// No event for longer than the node's limit.
  case stalled
  /// An exception was raised and nobody answered within 4 hours, or it was not resolved within 4 hours.
  case unanswered, unresolved

  /// The name in commands and outputs.
  public var name: String {
    switch self {
    case .lateToShip: "late_to_ship"
    case .lateToDeliver: "late_to_deliver"
    default: "\(self)"
    }
  }

  /// Whether it is about one of the order's exceptions.
  public var isOfException: Bool { self == .unanswered || self == .unresolved }

  public init?(name: String) {
    let wanted = String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard let found = AlertCause.allCases.first(where: { $0.name == wanted }) else { return nil }
    self = found
  }
}

/// The statement that an order, or one of its legs, needs somebody: an entry of the timeline, cleared by the next event
/// of that leg.
///
/// An alert is raised once for each leg, node and limit: the same again changes nothing, neither for the same deadline
/// nor, whatever the deadline, before something happened to the leg.
public struct AlertNotice: Sendable, Hashable {
  public var order: OrderReference
  /// 0 is the order as a whole.
  public var leg: UInt8
  /// Where the leg stands.
  public var node: Node
  public var cause: AlertCause
  /// Which exception it is about, with causes that are about one (``AlertCause/isOfException``).
  public var exception: ExceptionKind?
  /// The deadline, or the end of the limit; before ``occurredAt``.
  public var dueAt: Instant
  public var actor: String?
  /// When somebody was told.
  public var occurredAt: Instant

  public init(
    order: OrderReference, leg: UInt8 = 0, node: Node, cause: AlertCause, exception: ExceptionKind? = nil,
    dueAt: Instant, actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.leg, self.node, self.cause) = (order, leg, node, cause)
    (self.exception, self.dueAt, self.actor, self.occurredAt) = (exception, dueAt, actor, occurredAt)
  }
}
