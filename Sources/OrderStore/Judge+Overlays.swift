internal import ColumnStore
internal import OrderModel

/// Holds, exceptions and notes: what lies over the nodes of an order.
extension Judge {
  /// T30.
  func hold(_ change: HoldChange, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(change.occurredAt, "occurred at")
    let order = try row(of: change.order, in: session)
    var standing = try standing(of: order, in: session)
    if change.isOn {
      guard standing.node.isKeyNode, standing.node < .shipped else {
        throw .refused(.illegalStep(from: standing.node, to: standing.node))
      }
      guard standing.holds & change.kind.bit == 0 else { throw .refused(.holdOpen(change.kind)) }
    } else {
      guard standing.holds & change.kind.bit != 0 else { throw .refused(.holdNotOpen(change.kind)) }
    }
    standing.holds ^= change.kind.bit
    try tell(
      Story(
        kind: change.isOn ? .held : .unheld, subject: change.kind.rawValue, reason: change.reason,
        actor: change.actor, occurredAt: change.occurredAt, isAct: change.isOn,
        changes: [EventFact.Change(column: OrderColumn.holds.rawValue, value: standing.holds)]),
      standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// T44.
  func change(_ change: ExceptionChange, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(change.occurredAt, "occurred at")
    let order = try row(of: change.order, in: session)
    var standing = try standing(of: order, in: session)
    let last = Judge.state(of: change.kind, in: standing)
    let isOpen = standing.openExceptions & change.kind.bit != 0
    switch change.step {
    case .raise:
      guard !isOpen else { throw .refused(.exceptionOpen(change.kind)) }
      let units = change.lines.reduce(0) { $0 &+ $1.quantity }
      try raise(
        change.kind, leg: change.leg, units: units, reason: change.reason, actor: change.actor, change.occurredAt,
        &standing, in: session)
      return try updated(order: order, in: session)
    case .acknowledge:
      guard isOpen, last == .raised || last == .reopened else { throw .refused(.exceptionNotOpen(change.kind)) }
    case .resolve:
      guard isOpen else { throw .refused(.exceptionNotOpen(change.kind)) }
      standing.openExceptions &= ~change.kind.bit
    case .reopen:
      guard !isOpen, last == .resolved else { throw .refused(.exceptionNotOpen(change.kind)) }
      standing.openExceptions |= change.kind.bit
    }
    try tell(
      Story(
        kind: change.step.event, leg: change.leg, subject: change.kind.rawValue, reason: change.reason,
        actor: change.actor, occurredAt: change.occurredAt,
        changes: [
          EventFact.Change(column: OrderColumn.openExceptions.rawValue, value: standing.openExceptions)
        ]), standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// The last that is told of an exception of that kind; nil when none was.
  static func state(of kind: ExceptionKind, in standing: Standing) -> EventKind? {
    standing.entries.last {
      !$0.isVoided && $0.subject == kind.rawValue
        && [.raised, .acknowledged, .resolved, .reopened].contains($0.kind)
    }?.kind
  }

  /// Raises an exception; one that is open stays open and is told again.
  func raise(
    _ kind: ExceptionKind, leg: UInt8, units: Int64, reason: String? = nil, actor: String?, _ instant: Instant,
    _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    let wasRaised = Judge.state(of: kind, in: standing) != nil
    standing.openExceptions |= kind.bit
    var changes = [EventFact.Change(column: OrderColumn.openExceptions.rawValue, value: standing.openExceptions)]
    if kind.isSellerError, !wasRaised {
      let errors = try value(standing.order, OrderColumn.errorCount, session)
      changes.append(EventFact.Change(column: OrderColumn.errorCount.rawValue, value: min(errors + 1, 65_535)))
    }
    try tell(
      Story(
        kind: .raised, leg: leg, subject: kind.rawValue, after: units, reason: reason, actor: actor,
        occurredAt: instant, isAct: true, changes: changes), standing: &standing, in: session)
  }

  func note(_ note: OrderNote, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(note.occurredAt, "occurred at")
    try require(note.text, "note")
    var standing = try standing(of: try row(of: note.order, in: session), in: session)
    try tell(
      Story(kind: .noted, actor: note.actor, text: note.text, occurredAt: note.occurredAt), standing: &standing,
      in: session)
    return try updated(order: standing.order, in: session)
  }
}
