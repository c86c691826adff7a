/// A decision that an order may go on. Its units are reserved in the same commit.
public struct Approval: Sendable, Hashable {
  /// What happens to units that are not available.
  public enum Shortage: UInt8, Sendable, Hashable {
    /// They are presold within the location's quota, and wait for stock beyond it.
    case backorder = 1
    /// The approval is refused.
    case refuse = 2
  }

  public var order: OrderReference
  /// Where units come from when neither the line says so nor stock does.
  public var location: String?
  public var shortage: Shortage
  /// Who approved; a name that starts with `system` is a rule. Nobody approves an order of their own.
  public var actor: String?
  public var reason: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, location: String? = nil, shortage: Shortage = .backorder, actor: String? = nil,
    reason: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.location, self.shortage, self.actor) = (order, location, shortage, actor)
    (self.reason, self.occurredAt) = (reason, occurredAt)
  }
}

/// The checks of an order were run: duplicate, price, address, credit and what else the shop looks at.
public struct Validation: Sendable, Hashable {
  public var order: OrderReference
  /// What a blocking check found. The order is validated when there is none; else each is an exception, and it stays
  /// where it is.
  public var failed: [ExceptionKind]
  public var actor: String?
  public var reason: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, failed: [ExceptionKind] = [], actor: String? = nil, reason: String? = nil,
    occurredAt: Instant
  ) {
    (self.order, self.failed, self.actor) = (order, failed, actor)
    (self.reason, self.occurredAt) = (reason, occurredAt)
  }
}

/// Credit terms or cash on delivery in place of a payment.
public struct CreditGrant: Sendable, Hashable {
  public var order: OrderReference
  /// Cash on delivery: no limit of credit is touched.
  public var isCashOnDelivery: Bool
  public var actor: String?
  public var occurredAt: Instant

  public init(order: OrderReference, isCashOnDelivery: Bool = false, actor: String? = nil, occurredAt: Instant) {
    (self.order, self.isCashOnDelivery, self.actor) = (order, isCashOnDelivery, actor)
    self.occurredAt = occurredAt
  }
}

/// A leg gets its location, its carrier and its units; again before it is released.
public struct Allocation: Sendable, Hashable {
  public var order: OrderReference
  /// 1 or above.
  public var leg: UInt8
  public var location: String
  public var carrier: String?
  /// What the leg takes; empty means everything reserved that no leg has yet.
  public var lines: [LineQuantity]
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, leg: UInt8 = 1, location: String, carrier: String? = nil, lines: [LineQuantity] = [],
    actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.leg, self.location, self.carrier) = (order, leg, location, carrier)
    (self.lines, self.actor, self.occurredAt) = (lines, actor, occurredAt)
  }
}

/// A hold put on an order, or taken off.
public struct HoldChange: Sendable, Hashable {
  public var order: OrderReference
  public var kind: HoldKind
  public var isOn: Bool
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, kind: HoldKind, isOn: Bool, reason: String? = nil, actor: String? = nil,
    occurredAt: Instant
  ) {
    (self.order, self.kind, self.isOn, self.reason) = (order, kind, isOn, reason)
    (self.actor, self.occurredAt) = (actor, occurredAt)
  }
}

/// A step in the life of an exception. An order has at most one open exception of each kind.
public struct ExceptionChange: Sendable, Hashable {
  public var order: OrderReference
  public var kind: ExceptionKind
  public var step: ExceptionStep
  /// 0 is the order as a whole.
  public var leg: UInt8
  /// Units concerned, when known.
  public var lines: [LineQuantity]
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, kind: ExceptionKind, step: ExceptionStep, leg: UInt8 = 0, lines: [LineQuantity] = [],
    reason: String? = nil, actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.kind, self.step, self.leg, self.lines) = (order, kind, step, leg, lines)
    (self.reason, self.actor, self.occurredAt) = (reason, actor, occurredAt)
  }
}

/// Something to remember of an order; shown in its timeline.
public struct OrderNote: Sendable, Hashable {
  public var order: OrderReference
  public var text: String
  public var actor: String?
  public var occurredAt: Instant

  public init(order: OrderReference, text: String, actor: String? = nil, occurredAt: Instant) {
    (self.order, self.text, self.actor, self.occurredAt) = (order, text, actor, occurredAt)
  }
}

/// A change of an order before it ships. Each part is told in the timeline with the value before and after.
public struct OrderEdit: Sendable, Hashable {
  public enum Change: Sendable, Hashable {
    /// Units of a SKU ordered, over all its lines: raised on the first line, lowered from the last.
    case quantity(sku: String, Int64)
    case add(NewLine)
    /// Units of a line give way to another article; needs the customer's consent.
    case substitute(sku: String, NewLine)
    case region(String)
    case city(String)
    case priority(String)
    /// A new promise; the original one is kept.
    case shipBy(Instant)
    case deliverBy(Instant)
  }

  public var order: OrderReference
  public var changes: [Change]
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, changes: [Change], reason: String? = nil, actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.changes, self.reason) = (order, changes, reason)
    (self.actor, self.occurredAt) = (actor, occurredAt)
  }
}

/// What became of a parcel that was not simply delivered.
public struct ParcelReport: Sendable, Hashable {
  public enum Outcome: UInt8, Sendable, Hashable, CaseIterable {
    case attemptFailed = 1
    case lost = 2
    case returnToOrigin = 3

    /// The name in commands and outputs.
    public var name: String {
      switch self {
      case .attemptFailed: "attempt_failed"
      case .lost: "lost"
      case .returnToOrigin: "return_to_origin"
      }
    }
  }

  /// Attempts to deliver a parcel; after that it goes back to where it came from.
  public static let attemptLimit = 3

  public var order: OrderReference
  public var outcome: Outcome
  /// 0 is every parcel of the order.
  public var leg: UInt8
  /// Units concerned; empty means all that are under way.
  public var lines: [LineQuantity]
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, outcome: Outcome, leg: UInt8 = 0, lines: [LineQuantity] = [], reason: String? = nil,
    actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.outcome, self.leg, self.lines) = (order, outcome, leg, lines)
    (self.reason, self.actor, self.occurredAt) = (reason, actor, occurredAt)
  }
}

/// A step in the return of delivered units.
public struct ReturnStep: Sendable, Hashable {
  public enum Step: UInt8, Sendable, Hashable, CaseIterable {
    case request = 1
    case authorise, decline, receive, inspect

    /// The name in commands.
    public var name: String { "\(self)" }
  }

  /// What is done with units that came back.
  public enum Disposition: UInt8, Sendable, Hashable, CaseIterable {
    case restock = 1
    case quarantine, scrap

    /// The name in commands.
    public var name: String { "\(self)" }
  }

  public var order: OrderReference
  public var step: Step
  /// Units concerned; empty means all that can be meant.
  public var lines: [LineQuantity]
  /// For `receive` and `inspect`.
  public var disposition: Disposition
  /// Where units came back to, for `receive` and `inspect`.
  public var location: String?
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, step: Step, lines: [LineQuantity] = [], disposition: Disposition = .restock,
    location: String? = nil, reason: String? = nil, actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.step, self.lines, self.disposition) = (order, step, lines, disposition)
    (self.location, self.reason, self.actor, self.occurredAt) = (location, reason, actor, occurredAt)
  }
}

/// Money given back, with or without a return; never more than was captured.
public struct Refund: Sendable, Hashable {
  public var order: OrderReference
  public var method: String
  /// Above 0.
  public var amountMinorUnits: Int64
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, method: String, amountMinorUnits: Int64, reason: String? = nil, actor: String? = nil,
    occurredAt: Instant
  ) {
    (self.order, self.method, self.amountMinorUnits) = (order, method, amountMinorUnits)
    (self.reason, self.actor, self.occurredAt) = (reason, actor, occurredAt)
  }
}

/// An entry of an order's timeline taken back, with the exact inverse of what it moved.
public struct VoidEntry: Sendable, Hashable {
  public var order: OrderReference
  /// Which entry: its number in the order of recording, 1 for the first after the placing.
  public var entry: Int
  public var reason: String?
  public var actor: String?
  public var occurredAt: Instant

  public init(
    order: OrderReference, entry: Int, reason: String? = nil, actor: String? = nil, occurredAt: Instant
  ) {
    (self.order, self.entry, self.reason) = (order, entry, reason)
    (self.actor, self.occurredAt) = (actor, occurredAt)
  }
}
