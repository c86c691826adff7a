/// An order that another system ran, stored as told.
///
/// It may have no lines, name nodes in any order, without instants or without the nodes between, and may be cancelled
/// after it shipped. Only its identity, its references and its types are judged. Observing a known order again adds the
/// events and payments that are new; another body under the same number is refused.
public struct ObservedOrder: Sendable, Hashable {
  public var order: NewOrder
  /// Nodes passed, beyond `placed`, which the order itself states.
  public var events: [ObservedEvent]
  public var payments: [ObservedPayment]

  public init(order: NewOrder, events: [ObservedEvent] = [], payments: [ObservedPayment] = []) {
    self.order = order
    self.events = events
    self.payments = payments
  }
}

/// A node that an observed order passed.
public struct ObservedEvent: Sendable, Hashable {
  public var node: Node
  /// When; nil when the source states the node but not its time ("time missing").
  public var occurredAt: Instant?
  public var side: Side
  public var reason: String?
  public var actor: String?

  public init(
    node: Node, occurredAt: Instant?, side: Side = .unknown, reason: String? = nil, actor: String? = nil
  ) {
    self.node = node
    self.occurredAt = occurredAt
    self.side = side
    self.reason = reason
    self.actor = actor
  }
}

/// Money that an observed order brought in.
public struct ObservedPayment: Sendable, Hashable {
  public var method: String
  public var amountMinorUnits: Int64
  public var occurredAt: Instant?

  public init(method: String, amountMinorUnits: Int64, occurredAt: Instant? = nil) {
    self.method = method
    self.amountMinorUnits = amountMinorUnits
    self.occurredAt = occurredAt
  }
}
