internal import ColumnStore
internal import OrderModel

/// T37–T40: delivered units coming back.
extension Judge {
  func giveBack(_ step: ReturnStep, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(step.occurredAt, "occurred at")
    let order = try row(of: step.order, in: session)
    var standing = try standing(of: order, in: session)
    let node: Node =
      switch step.step {
      case .request: .returnRequested
      case .authorise: .returnAuthorised
      case .decline: .returnRequested
      case .receive: .returnReceived
      case .inspect: .inspected
      }
    if step.step == .decline {
      return try decline(step, &standing, in: session)
    }
    try require(node, of: standing)
    var units = try units(of: order, in: session)
    if standing.isObserved { try takeAsTold(&units, standing, at: step.occurredAt, in: session) }
    let portions = try portions(step.lines, of: units.lines, in: session) {
      Judge.possible(step, of: units.lines[$0].partition)
    }
    guard portions.contains(where: { $0 > 0 }) else { throw .refused(.nothingToDo) }
    let reason = try code(step.reason, in: .reason, session)
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      let kind = Judge.movement(of: step, isTracked: units.lines[line].isTracked)
      var cell: Int?
      if kind.needsCell {
        guard let location = step.location, !location.isEmpty else {
          throw .refused(.missingText(field: "location"))
        }
        cell = try self.cell(
          sku: units.lines[line].sku, location: try code(location, in: .location, session), in: session)
      }
      try move(
        kind, quantity, line: line, allotment: nil, cell: cell, of: &units, at: step.occurredAt, reason: reason,
        in: session)
    }
    try pass(
      node, leg: 0, at: step.occurredAt, actor: step.actor, reason: step.reason, side: .unknown,
      location: step.location, carrier: nil, after: portions.reduce(0, +), standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// How many units of a line a step may take.
  private static func possible(_ step: ReturnStep, of line: LinePartition) -> Int64 {
    switch step.step {
    case .request: line[.delivered] - line[.requested]
    case .authorise, .decline: line[.requested] - line[.authorised]
    case .receive: line[.authorised] + line[.returnedToOrigin] - line[.returned]
    case .inspect: line[.quarantined]
    }
  }

  private static func movement(of step: ReturnStep, isTracked: Bool) -> MovementKind {
    switch step.step {
    case .request: .requestReturn
    case .authorise, .decline: .authoriseReturn
    case .receive:
      switch step.disposition {
      case .restock: isTracked ? .restock : .takeBack
      case .quarantine: isTracked ? .quarantine : .takeBack
      case .scrap: .scrap
      }
    case .inspect: step.disposition == .scrap ? .inspectScrap : .inspectRestock
    }
  }

  /// T38: the wish is declined: as if it had not been made, but told.
  private func decline(
    _ step: ReturnStep, _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) -> Receipt {
    guard let index = standing.passages.lastIndex(where: { $0.node == .returnRequested }),
      let row = standing.passages[index].row, standing.node == .returnRequested
    else { throw .refused(.illegalStep(from: standing.node, to: .returnRequested)) }
    try takeBack(eventAt: row, of: &standing, at: step.occurredAt, in: session)
    try tellTakenBack(
      Story(
        kind: .declined, voids: row, reason: step.reason, actor: step.actor, occurredAt: step.occurredAt),
      &standing, in: session)
    return try updated(order: standing.order, in: session)
  }

  /// An observed order that was delivered: its open units were, though no movement tells so. They are told now.
  private func takeAsTold(
    _ units: inout OrderUnits, _ standing: Standing, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    guard standing.hasPassed(.delivered) else { return }
    for line in units.lines.indices where units.lines[line].unreserved > 0 {
      let quantity = units.lines[line].unreserved
      let allotment = try allotment(line: line, cell: nil, leg: nil, of: &units, at: instant, in: session)
      try move(.dispatch, quantity, line: line, allotment: allotment, of: &units, at: instant, in: session)
      try move(.deliver, quantity, line: line, allotment: allotment, of: &units, at: instant, in: session)
    }
  }
}
