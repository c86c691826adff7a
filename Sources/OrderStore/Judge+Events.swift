internal import ColumnStore
internal import OrderModel

extension Judge {
  /// Reads where an order stands: its columns and its chain of events.
  func standing(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> Standing {
    var standing = Standing(order: order, isObserved: try value(order, OrderColumn.observed, session) == 1)
    standing.node = Node(rawValue: UInt8(truncatingIfNeeded: try value(order, OrderColumn.node, session))) ?? .placed
    standing.firstActAt = try value(order, OrderColumn.firstActAt, session)
    standing.firstHumanActAt = try value(order, OrderColumn.firstHumanActAt, session)
    var row = Int(try value(order, OrderColumn.lastEvent, session)) - 1
    standing.lastEvent = row < 0 ? nil : row
    while row >= 0 {
      guard let node = Node(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.node, session))) else {
        throw .file(.damaged(.inconsistent(place: "event \(row)", "no such node")))
      }
      standing.passages.append(
        Standing.Passage(
          node: node, leg: UInt8(truncatingIfNeeded: try value(row, EventColumn.leg, session)),
          occurredAt: try value(row, EventColumn.occurredAt, session), row: row))
      row = try previous(row, EventColumn.previous, in: session)
    }
    standing.passages.reverse()
    row = Int(try value(order, OrderColumn.lastLeg, session)) - 1
    standing.lastLeg = row < 0 ? nil : row
    while row >= 0 {
      let number = UInt8(truncatingIfNeeded: try value(row, LegColumn.number, session))
      let furthest = standing.passages.lazy.filter { $0.leg == number && $0.node.isKeyNode }.map(\.node).max()
      standing.legs.append(Standing.Leg(number: number, row: row, node: furthest ?? .placed))
      row = try previous(row, LegColumn.previous, in: session)
    }
    return standing
  }

  /// The row before `row` in its chain; −1 at the end.
  func previous<Column: StoreColumn>(
    _ row: Int, _ column: Column, in session: borrowing Session
  ) throws(JudgeFailure) -> Int {
    let back = Int(try value(row, column, session))
    guard back <= row else {
      throw .file(.damaged(.inconsistent(place: "\(Column.table) \(row)", "a chain before the first row")))
    }
    return back == 0 ? -1 : row - back
  }

  func record(_ event: StatusEvent, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(event.occurredAt, "occurred at")
    let order = try row(of: event.order, in: session)
    if event.node == .cancelled {
      guard event.leg == 0 else {
        // Legs hold no lines of their own yet: what is not to come is cancelled by its lines.
        throw .refused(.illegalStep(from: try standing(of: order, in: session).node, to: .cancelled))
      }
      return try cancel(
        Cancellation(
          order: event.order, side: .unknown, reason: event.reason, occurredAt: event.occurredAt, actor: event.actor),
        in: session)
    }
    var standing = try standing(of: order, in: session)
    if let known = standing.passages.first(where: {
      $0.node == event.node && $0.leg == event.leg && $0.occurredAt == event.occurredAt.milliseconds
    }) {
      return try unchanged(known, order: order, in: session)
    }
    guard Judge.isLegal(event.node, from: standing) else {
      throw .refused(.illegalStep(from: standing.node, to: event.node))
    }
    if event.node == .shipped { try shipReserved(of: order, leg: event.leg, at: event.occurredAt, in: session) }
    if event.node == .expired { try releaseReserved(of: order, at: event.occurredAt, in: session) }
    try pass(
      event.node, leg: event.leg, at: event.occurredAt, actor: event.actor, reason: event.reason, side: .unknown,
      location: event.location, carrier: event.carrier, standing: &standing, in: session)
    return Receipt(outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(order)))
  }

  /// The receipt of an event that is stored already.
  func unchanged(
    _ known: Standing.Passage, order: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> Receipt {
    var receipt = try unchanged(order: order, in: session)
    if let row = known.row { receipt.sequence = UInt64(try value(row, EventColumn.sequence, session)) }
    return receipt
  }

  /// Whether an order that stands so may pass `node`. Key nodes may be skipped and may arrive late; what is closed by
  /// cancelling or expiring stays closed; what follows a sale needs what it follows.
  private static func isLegal(_ node: Node, from standing: Standing) -> Bool {
    if standing.node.endsUnfulfilled { return node == .refunded && standing.hasPassed(.paid) }
    switch node {
    case .placed, .cancelled: return false
    case .expired: return !standing.hasPassed(.paid) && standing.node < .released
    case .completed, .returnRequested: return standing.hasPassed(.delivered)
    case .returnAuthorised: return standing.hasPassed(.returnRequested)
    case .returnInTransit: return standing.hasPassed(.shipped) || standing.hasPassed(.delivered)
    case .returnReceived: return standing.hasPassed(.returnInTransit) || standing.hasPassed(.returnAuthorised)
    case .inspected: return standing.hasPassed(.returnReceived)
    case .refunded: return standing.hasPassed(.paid)
    case .exchanged: return standing.hasPassed(.returnAuthorised)
    default: return true
    }
  }

  /// Writes an event with what it makes of the order: milestones, roll-up node, first acts.
  func pass(
    _ node: Node, leg: UInt8, at instant: Instant?, actor: String?, reason: String?, side: Side, location: String?,
    carrier: String?, standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    let occurredAt = instant?.milliseconds ?? InstantColumn.unknown
    var fact = EventFact(
      order: standing.order, previous: standing.lastEvent, node: node, leg: leg, occurredAt: occurredAt)
    fact.actor = try code(actor, in: .actor, session)
    fact.reason = try code(reason, in: .reason, session)
    fact.location = try code(location, in: .location, session)
    fact.carrier = try code(carrier, in: .carrier, session)
    fact.side = side
    func change(_ column: Int, _ value: Int64) { fact.changes.append(EventFact.Change(column: column, value: value)) }
    let passage = Standing.Passage(node: node, leg: leg, occurredAt: occurredAt)
    if leg == 0, standing.legs.isEmpty {
      // Nearly every event: one node of an order that moves as a whole.
      let before = standing.reached(node).all
      standing.passages.append(passage)
      let after = Standing.earlier(before, occurredAt)
      if after != before { change(OrderColumn.reached(node), after) }
    } else {
      // A new leg may take back what the others had completed, so with legs every node is looked at.
      let nodes = Node.allCases.dropFirst()
      let before = nodes.map { standing.reached($0) }
      if leg != 0 {
        fact.legRow = legRow(leg, location: fact.location, carrier: fact.carrier, node: node, standing: &standing)
      }
      standing.passages.append(passage)
      for (node, before) in zip(nodes, before) {
        let after = standing.reached(node)
        if after.all != before.all { change(OrderColumn.reached(node), after.all) }
        let stored = [before, after].map { $0.first == $0.all ? InstantColumn.none : $0.first }
        if stored[0] != stored[1] { change(OrderColumn.firstReached(node), stored[1]) }
      }
    }
    let rolledUp = standing.rolledUp
    if rolledUp != standing.node {
      change(OrderColumn.node.rawValue, Int64(rolledUp.rawValue))
      standing.node = rolledUp
    }
    if node == .cancelled {
      change(OrderColumn.cancelSide.rawValue, Int64(side.rawValue))
      change(OrderColumn.cancelReason.rawValue, Int64(fact.reason))
    }
    let isHuman = !(actor ?? "").isEmpty && !actor!.hasPrefix("system")
    if node == .validated || node == .approved || isHuman, InstantColumn.isInstant(occurredAt) {
      if !InstantColumn.isInstant(standing.firstActAt) || occurredAt < standing.firstActAt {
        standing.firstActAt = occurredAt
        change(OrderColumn.firstActAt.rawValue, occurredAt)
      }
      if isHuman, !InstantColumn.isInstant(standing.firstHumanActAt) || occurredAt < standing.firstHumanActAt {
        standing.firstHumanActAt = occurredAt
        change(OrderColumn.firstHumanActAt.rawValue, occurredAt)
      }
    }
    standing.lastEvent = heads.events
    emit(.event(fact))
  }

  /// The row of a leg, which begins to exist with its first event; nil when the event comes late and leaves the leg at
  /// the node where it stands.
  private func legRow(
    _ number: UInt8, location: UInt32, carrier: UInt32, node: Node, standing: inout Standing
  ) -> Int? {
    if let index = standing.legs.firstIndex(where: { $0.number == number }) {
      if node.isKeyNode {
        guard node > standing.legs[index].node else { return nil }
        standing.legs[index].node = node
      }
      return standing.legs[index].row
    }
    let row = heads.legs
    emit(
      .leg(
        order: standing.order, number: number, previous: standing.lastLeg.map { row - $0 } ?? 0, location: location,
        carrier: carrier))
    standing.lastLeg = row
    standing.legs.append(Standing.Leg(number: number, row: row, node: node.isKeyNode ? node : .placed))
    return row
  }
}
