/// What can be read of an order, a value of 64 bits each.
///
/// Instants are milliseconds with the two absent values of ``InstantColumn``; words are codes of their ``Vocabulary``
/// with 0 for none; money is in minor units of the order's currency; rows of other tables are their number plus 1, with
/// 0 for none.
public enum OrderField: Sendable, Hashable {
  case placedAt
  case channel, region, city, type, priority, currency, carrier, location, grade, sourceStatus
  /// Customer row + 1; 0 is a guest.
  case customer
  /// The roll-up node as the store knows it now, a raw ``Node``; for an as-of use ``reached(_:)``.
  case node
  /// 1 when told by another system.
  case observed
  /// A raw ``Side``, meaningful once cancelled.
  case cancelSide
  case cancelReason
  /// The original promises.
  case shipBy, deliverBy
  /// The promises as they stand: the original ones unless they were changed since.
  case currentShipBy, currentDeliverBy
  /// Bit sets of open ``HoldKind`` and ``ExceptionKind`` raw values.
  case holds, openExceptions
  /// A raw ``Profile/ID``.
  case profile
  /// Σ ordered quantity × list price.
  case listValue
  /// Σ ordered quantity × price paid.
  case lineValue
  case discount, shipping, tax
  /// Σ cancelled quantity × list price.
  case cancelledValue
  /// Units ordered, units cancelled.
  case units, cancelledUnits
  case lineCount
  /// Legs that had an event of their own; 0 is an order that moves as a whole.
  case legCount
  /// Captured so far, and given back of it.
  case paid, refunded
  /// Who entered it, a code of the actors.
  case creator
  /// Seller-caused errors known of the order.
  case errorCount
  /// First processing act of anybody, and of a person.
  case firstActAt, firstHumanActAt
  /// When all required quantity reached the node.
  case reached(Node)
  /// When the first leg reached the node.
  case firstReached(Node)
  /// What the timeline and the movements tell of the order as of an instant. No store has such a column: it is gathered
  /// from the entries before that instant.
  case told(StoryField)
}

/// What can be read of an order line.
public enum LineField: Sendable, Hashable {
  /// Order row (not + 1).
  case order
  case sku, category, location
  case quantity, unitPrice, listPrice
  case cancelled, backordered, presold, reserved, shipped
  case delivered, lost, returnedToOrigin, returned, restocked, quarantined, scrapped
  /// Units cancelled before an instant; `cancelled` are those known. As ``OrderField/told(_:)``, gathered from timelines.
  case cancelledBefore
}

/// What can be read of an entry of an order's timeline. The placing is the order itself and no entry.
public enum EventField: Sendable, Hashable {
  /// Order row (not + 1).
  case order
  /// A raw ``EventKind``.
  case kind
  /// A raw ``HoldKind`` or ``ExceptionKind``, or which part an edit changed.
  case subject
  /// A raw ``Node``: the one passed, of other entries the one at which the order stood.
  case node
  /// 0 is the order as a whole.
  case leg
  case occurredAt
  case actor, reason, location, carrier
  /// A raw ``Side``.
  case side
  /// Line row + 1 that it is about.
  case line
  /// What it changed: units, minor units, codes or instants.
  case before, after
  /// 1 once it was taken back.
  case voided
  /// Event row + 1 that it takes back.
  case voids
  /// Movement row + 1 of the first that belongs to it, and how many.
  case firstMovement, movementCount
  /// The group that holds it.
  case sequence
}

/// What can be read of a payment.
public enum PaymentField: Sendable, Hashable {
  /// Order row (not + 1).
  case order
  case method
  /// Above 0, whichever way it went.
  case amount
  case occurredAt
  /// 1 when the money went back.
  case isRefund
}

/// What can be read of a credit note.
public enum CreditField: Sendable, Hashable {
  case occurredAt
  case channel, region, currency, reason
  /// Customer row + 1, order row + 1; 0 is none.
  case customer, order
  /// Σ quantity × price credited.
  case value
  case units
}

/// What can be read of a line of a credit note.
public enum CreditLineField: Sendable, Hashable {
  case credit
  case sku, category
  case quantity, unitPrice
}

/// What can be read of a stock movement.
public enum MovementField: Sendable, Hashable {
  case occurredAt
  case sku, category, location, reason
  /// A raw ``MovementKind``.
  case kind
  /// Units that moved; negative when a movement was taken back.
  case quantity
  /// Change of on hand, of reserved, in units.
  case onHandChange, reservedChange
  /// Change of the value of what is on hand, minor units of the store's currency.
  case valueChange
  /// Order row + 1, line row + 1; 0 is none.
  case order, line
  /// 1 when counters moved, 0 for an observed movement of stock that is not tracked, 2 for one of a kit: those of its
  /// components, which follow, moved them.
  case applied
}
