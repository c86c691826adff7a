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
          occurredAt: try value(row, EventColumn.occurredAt, session)))
      let back = Int(try value(row, EventColumn.previous, session))
      row = back == 0 ? -1 : row - back
    }
    standing.passages.reverse()
    row = Int(try value(order, OrderColumn.lastLeg, session)) - 1
    standing.lastLeg = row < 0 ? nil : row
    while row >= 0 {
      standing.legs.append(
        Standing.Leg(
          number: UInt8(truncatingIfNeeded: try value(row, LegColumn.number, session)), row: row,
          node: Node(rawValue: UInt8(truncatingIfNeeded: try value(row, LegColumn.node, session))) ?? .placed))
      let back = Int(try value(row, LegColumn.previous, session))
      row = back == 0 ? -1 : row - back
    }
    return standing
  }

  func record(_ event: StatusEvent, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(event.occurredAt, "occurred at")
    let order = try row(of: event.order, in: session)
    if event.node == .cancelled {
      return try cancel(
        Cancellation(
          order: event.order, side: .unknown, reason: event.reason, occurredAt: event.occurredAt, actor: event.actor),
        in: session)
    }
    var standing = try standing(of: order, in: session)
    if standing.passages.contains(where: {
      $0.node == event.node && $0.leg == event.leg && $0.occurredAt == event.occurredAt.milliseconds
    }) {
      return try unchanged(order: order, in: session)
    }
    guard Judge.isLegal(event.node, from: standing) else {
      throw .refused(.illegalStep(from: standing.node, to: event.node))
    }
    if event.node == .shipped { try shipReserved(of: order, leg: event.leg, at: event.occurredAt, in: session) }
    try pass(
      event.node, leg: event.leg, at: event.occurredAt, actor: event.actor, reason: event.reason, side: .unknown,
      location: event.location, carrier: event.carrier, standing: &standing, in: session)
    return Receipt(outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(order)))
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
    if leg != 0 {
      fact.legRow = legRow(leg, location: fact.location, carrier: fact.carrier, node: node, standing: &standing)
    }
    let before = standing.legs.isEmpty ? [] : Node.keyNodes.dropFirst().map { standing.reached($0) }
    standing.passages.append(Standing.Passage(node: node, leg: leg, occurredAt: occurredAt))

    func change(_ column: Int, _ value: Int64) { fact.changes.append(EventFact.Change(column: column, value: value)) }
    if standing.legs.isEmpty {
      let all = standing.reached(node).all
      change(OrderColumn.reached(node), all)
    } else {
      // A new leg may take back what the others had completed, so every node is looked at.
      if !node.isKeyNode { change(OrderColumn.reached(node), standing.reached(node).all) }
      for (index, key) in Node.keyNodes.dropFirst().enumerated() {
        let after = standing.reached(key)
        if after != before[index] || key == node || leg != 0 && after.all != after.first {
          change(OrderColumn.reached(key), after.all)
          change(OrderColumn.firstReached(key), after.first == after.all ? InstantColumn.none : after.first)
        }
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

  /// The row of a leg, which begins to exist with its first event.
  private func legRow(
    _ number: UInt8, location: UInt32, carrier: UInt32, node: Node, standing: inout Standing
  ) -> Int {
    if let index = standing.legs.firstIndex(where: { $0.number == number }) {
      if node.isKeyNode { standing.legs[index].node = max(standing.legs[index].node, node) }
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
