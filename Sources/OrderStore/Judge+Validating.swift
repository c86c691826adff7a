internal import ColumnStore
internal import OrderModel

extension Judge {
  /// T05, T06: the checks were run. What blocks is raised and leaves the order where it is; either is an act of processing.
  func validate(_ validation: Validation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    guard !validation.failed.isEmpty else {
      return try record(
        StatusEvent(
          order: validation.order, node: .validated, occurredAt: validation.occurredAt, actor: validation.actor,
          reason: validation.reason), in: session)
    }
    try check(validation.occurredAt, "occurred at")
    let order = try row(of: validation.order, in: session)
    var standing = try standing(of: order, in: session)
    try require(.validated, of: standing)
    guard standing.node.isKeyNode, !standing.hasPassed(.validated) else {
      throw .refused(.illegalStep(from: standing.node, to: .validated))
    }
    for kind in ExceptionKind.allCases where validation.failed.contains(kind) {
      try raise(
        kind, leg: 0, units: 0, reason: validation.reason, actor: validation.actor, validation.occurredAt, &standing,
        in: session)
    }
    return try updated(order: order, in: session)
  }
}
