internal import ColumnStore
internal import OrderModel

/// Alerts in the timeline: each is told once, and stands until something happens to its leg.
extension Judge {
  func alert(_ notice: AlertNotice, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(notice.occurredAt, "occurred at")
    try check(notice.dueAt, "due at")
    let order = try row(of: notice.order, in: session)
    var standing = try standing(of: order, in: session)
    let isOfLeg = notice.leg == 0 || standing.legs.contains { $0.number == notice.leg }
    guard isOfLeg, notice.dueAt < notice.occurredAt, standing.hasPassed(notice.node, leg: notice.leg) else {
      throw .refused(.nothingToDo)
    }
    let exception = notice.cause.isOfException ? notice.exception : nil
    if notice.cause.isOfException {
      guard let exception else { throw .refused(.missingText(field: "exception")) }
      guard standing.openExceptions & exception.bit != 0 else { throw .refused(.exceptionNotOpen(exception)) }
    }
    let about = Int64(exception?.rawValue ?? 0)
    if try isKnown(notice, about: about, standing, in: session) { return try unchanged(order: order, in: session) }
    try tell(
      Story(
        kind: .alerted, leg: notice.leg, node: notice.node, subject: notice.cause.rawValue, before: about,
        after: notice.dueAt.milliseconds, actor: notice.actor, occurredAt: notice.occurredAt),
      standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// Whether the timeline has the alert: of the same deadline, or of another while nothing happened to the leg since.
  private func isKnown(
    _ notice: AlertNotice, about: Int64, _ standing: Standing, in session: borrowing Session
  ) throws(JudgeFailure) -> Bool {
    var isCleared = false
    for entry in standing.entries.reversed() where !entry.isVoided {
      guard entry.kind == .alerted else {
        isCleared = isCleared || entry.leg == 0 || notice.leg == 0 || entry.leg == notice.leg
        continue
      }
      guard entry.leg == notice.leg, entry.node == notice.node, entry.subject == notice.cause.rawValue,
        try value(entry.row, EventColumn.before, session) == about
      else { continue }
      let due = try value(entry.row, EventColumn.after, session)
      if !isCleared || due == notice.dueAt.milliseconds { return true }
    }
    return false
  }
}
