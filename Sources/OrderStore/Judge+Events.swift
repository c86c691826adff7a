internal import ColumnStore
internal import OrderModel

extension Judge {
  /// Reads where an order stands: its columns and its chain of events.
  func standing(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> Standing {
    var standing = Standing(order: order, isObserved: try value(order, OrderColumn.observed, session) == 1)
    standing.node = Node(rawValue: UInt8(truncatingIfNeeded: try value(order, OrderColumn.node, session))) ?? .placed
    if !standing.isObserved {
      let id = Profile.ID(rawValue: UInt8(truncatingIfNeeded: try value(order, OrderColumn.profile, session)))
      standing.profile = Profile.of(id ?? .standard)
      standing.split = SplitPolicy(code: try value(order, OrderColumn.split, session))
    }
    standing.holds = try value(order, OrderColumn.holds, session)
    standing.openExceptions = try value(order, OrderColumn.openExceptions, session)
    standing.firstActAt = try value(order, OrderColumn.firstActAt, session)
    standing.firstHumanActAt = try value(order, OrderColumn.firstHumanActAt, session)
    var row = Int(try value(order, OrderColumn.lastEvent, session)) - 1
    standing.lastEvent = row < 0 ? nil : row
    while row >= 0 {
      guard let node = Node(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.node, session))),
        let kind = EventKind(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.kind, session)))
      else { throw .file(.damaged(.inconsistent(place: "event \(row)", "no such node or kind"))) }
      standing.entries.append(
        Standing.Entry(
          row: row, kind: kind, node: node, leg: UInt8(truncatingIfNeeded: try value(row, EventColumn.leg, session)),
          occurredAt: try value(row, EventColumn.occurredAt, session),
          subject: UInt8(truncatingIfNeeded: try value(row, EventColumn.subject, session)),
          isVoided: try value(row, EventColumn.voided, session) == 1))
      row = try previous(row, EventColumn.previous, in: session)
    }
    standing.entries.reverse()
    for entry in standing.entries where entry.kind == .passed && !entry.isVoided {
      standing.passages.append(
        Standing.Passage(node: entry.node, leg: entry.leg, occurredAt: entry.occurredAt, row: entry.row))
    }
    row = Int(try value(order, OrderColumn.lastLeg, session)) - 1
    standing.lastLeg = row < 0 ? nil : row
    while row >= 0 {
      let number = UInt8(truncatingIfNeeded: try value(row, LegColumn.number, session))
      standing.legs.append(Standing.Leg(number: number, row: row, node: standing.furthest(ofLeg: number)))
      row = try previous(row, LegColumn.previous, in: session)
    }
    if !standing.legs.isEmpty {
      standing.weigh(try units(of: order, in: session))
      standing.baseline = try storedMilestones(of: order, in: session)
    }
    return standing
  }

  private func storedMilestones(
    of order: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> [(all: Int64, first: Int64)] {
    var milestones: [(all: Int64, first: Int64)] = []
    for node in Node.allCases.dropFirst() {
      let all = try reached(node, of: order, session)
      let first = node.isKeyNode ? try reached(first: node, of: order, session) : InstantColumn.none
      milestones.append((all, first == InstantColumn.none ? all : first))
    }
    return milestones
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

  /// Refuses a step that the order may not take now.
  func require(
    _ node: Node, leg: UInt8 = 0, of standing: Standing
  ) throws(JudgeFailure) {
    let obstacle = Flow.obstacle(
      to: node, at: standing.node, profile: standing.profile, holds: standing.holds,
      passed: { standing.hasPassed($0, leg: leg) })
    switch obstacle {
    case nil: return
    case .illegal: throw .refused(.illegalStep(from: standing.node, to: node))
    case .missing(let missing):
      if missing.contains(where: { !$0.isKeyNode || $0 > .released }) {
        throw .refused(.illegalStep(from: standing.node, to: node))
      }
      throw .refused(.stepsMissing(to: node, missing: missing, profile: standing.profile.id))
    case .held(let holds): throw .refused(.held(to: node, holds: holds))
    }
  }

  func record(_ event: StatusEvent, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(event.occurredAt, "occurred at")
    let order = try row(of: event.order, in: session)
    switch event.node {
    case .cancelled:
      guard event.leg == 0 else {
        // Legs are sets of units: what is not to come is cancelled by its lines.
        throw .refused(.illegalStep(from: try standing(of: order, in: session).node, to: .cancelled))
      }
      return try cancel(
        Cancellation(
          order: event.order, side: .unknown, reason: event.reason, occurredAt: event.occurredAt, actor: event.actor),
        in: session)
    case .approved where event.leg == 0:
      return try approve(
        Approval(
          order: event.order, location: event.location, actor: event.actor, reason: event.reason,
          occurredAt: event.occurredAt), in: session)
    default: break
    }
    var standing = try standing(of: order, in: session)
    if let known = standing.passages.first(where: {
      $0.node == event.node && $0.leg == event.leg && $0.occurredAt == event.occurredAt.milliseconds
    }) {
      return try unchanged(known, order: order, in: session)
    }
    try require(event.node, leg: event.leg, of: standing)
    if event.node == .reserved || event.node == .allocated, standing.profile.requires(.reserved),
      try !units(of: order, in: session).isEverythingSpokenFor
    {
      // These nodes state that units are reserved: they are reached by reserving.
      throw .refused(.stepsMissing(to: event.node, missing: [.reserved], profile: standing.profile.id))
    }
    if event.node == .released { try requireSplit(leg: event.leg, of: standing, in: session) }
    if event.node >= .shipped, event.node.isKeyNode {
      try moveParcel(to: event.node, leg: event.leg, of: &standing, event, in: session)
    }
    if event.node == .expired { try letGo(of: &standing, at: event.occurredAt, in: session) }
    if let waybill = event.waybill { try bind(waybill, event, &standing, in: session) }
    try pass(
      event.node, leg: event.leg, at: event.occurredAt, actor: event.actor, reason: event.reason, side: .unknown,
      location: event.location, carrier: event.carrier, text: event.waybill ?? "", standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// The receipt of an event that is stored already.
  func unchanged(
    _ known: Standing.Passage, order: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> Receipt {
    var receipt = try unchanged(order: order, in: session)
    if let row = known.row { receipt.sequence = UInt64(try value(row, EventColumn.sequence, session)) }
    return receipt
  }

  /// The carrier's number of a parcel, which no other parcel of that carrier has.
  private func bind(
    _ waybill: String, _ event: StatusEvent, _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    try require(waybill, "waybill")
    let stored = try value(standing.order, OrderColumn.carrier, session)
    let carrier = event.carrier == nil ? UInt32(stored) : try code(event.carrier, in: .carrier, session)
    let leg = ensureLeg(max(1, event.leg), location: 0, carrier: carrier, standing: &standing)
    for row in try rows(.waybill, StoreHash.waybill(waybill), session) {
      let row = Int(row)
      guard row != leg, try value(row, LegColumn.carrier, session) == Int64(carrier),
        try text(at: try value(row, LegColumn.waybill, session), session) == waybill
      else { continue }
      if leg < session.rowCount(of: StoreTable.legs.rawValue),
        try parcel(ofLeg: leg, in: session) == (try parcel(ofLeg: row, in: session))
      {
        continue
      }
      throw .refused(.waybillTaken(carrier: try name(of: carrier, in: .carrier, session), waybill: waybill))
    }
    emit(.waybill(leg: leg, carrier: carrier, text: waybill))
  }

  /// Writes an event with what it makes of the order: milestones, roll-up node, first acts.
  func pass(
    _ node: Node, leg: UInt8, at instant: Instant?, actor: String?, reason: String?, side: Side, location: String?,
    carrier: String?, text: String = "", before: Int64 = 0, after: Int64 = 0, standing: inout Standing,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    let occurredAt = instant?.milliseconds ?? InstantColumn.unknown
    var fact = EventFact(
      order: standing.order, previous: standing.lastEvent, node: node, leg: leg, occurredAt: occurredAt)
    fact.actor = try code(actor, in: .actor, session)
    fact.reason = try code(reason, in: .reason, session)
    fact.location = try code(location, in: .location, session)
    fact.carrier = try code(carrier, in: .carrier, session)
    fact.side = side
    (fact.text, fact.before, fact.after) = (text, before, after)
    func change(_ column: Int, _ value: Int64) { fact.changes.append(EventFact.Change(column: column, value: value)) }
    let passage = Standing.Passage(node: node, leg: leg, occurredAt: occurredAt)
    if leg == 0, standing.legs.isEmpty, standing.baseline == nil {
      // Nearly every event: one node of an order that moves as a whole.
      let reachedBefore = standing.reached(node).all
      standing.passages.append(passage)
      let reached = Standing.earlier(reachedBefore, occurredAt)
      if reached != reachedBefore { change(OrderColumn.reached(node), reached) }
    } else {
      let milestones = standing.baseline ?? Judge.milestones(of: standing)
      if leg != 0 {
        fact.legRow = legRow(leg, location: fact.location, carrier: fact.carrier, node: node, standing: &standing)
      }
      standing.baseline = nil
      standing.passages.append(passage)
      fact.changes += Judge.changes(from: milestones, to: standing)
    }
    standing.entries.append(
      Standing.Entry(
        row: heads.events, kind: .passed, node: node, leg: leg, occurredAt: occurredAt, subject: 0, isVoided: false))
    let rolledUp = standing.rolledUp
    if rolledUp != standing.node {
      change(OrderColumn.node.rawValue, Int64(rolledUp.rawValue))
      standing.node = rolledUp
    }
    if node == .cancelled {
      change(OrderColumn.cancelSide.rawValue, Int64(side.rawValue))
      change(OrderColumn.cancelReason.rawValue, Int64(fact.reason))
    }
    let isHuman = Judge.isHuman(actor)
    if node == .validated || node == .approved || isHuman {
      fact.changes += acted(at: occurredAt, isHuman: isHuman, &standing)
    }
    standing.lastEvent = heads.events
    fact.movementCount = takeMovementCount()
    emit(fact)
  }

  /// What the timeline tells beside the passing of nodes.
  struct Story {
    var kind: EventKind
    var leg: UInt8 = 0
    /// Where its leg stood, when that is not where the order as a whole stands.
    var node: Node?
    var subject: UInt8 = 0
    var line: Int?
    var before: Int64 = 0
    var after: Int64 = 0
    var voids: Int?
    var side = Side.unknown
    var reason: String?
    var actor: String?
    var text = ""
    var occurredAt: Instant
    /// Whether it is an act of processing, whoever did it.
    var isAct = false
    /// What it makes of the order's columns.
    var changes: [EventFact.Change] = []
  }

  /// Writes an event that passes no node.
  func tell(_ story: Story, standing: inout Standing, in session: borrowing Session) throws(JudgeFailure) {
    let occurredAt = story.occurredAt.milliseconds
    let node = story.node ?? standing.node
    var fact = EventFact(
      order: standing.order, previous: standing.lastEvent, node: node, leg: story.leg, occurredAt: occurredAt)
    fact.actor = try code(story.actor, in: .actor, session)
    fact.reason = try code(story.reason, in: .reason, session)
    try check(story.text, "text")
    (fact.kind, fact.subject, fact.line, fact.side) = (story.kind, story.subject, story.line, story.side)
    (fact.before, fact.after, fact.voids, fact.text) = (story.before, story.after, story.voids, story.text)
    fact.changes = story.changes
    if let before = standing.baseline { fact.changes += Judge.changes(from: before, to: standing) }
    standing.baseline = nil
    standing.entries.append(
      Standing.Entry(
        row: heads.events, kind: story.kind, node: node, leg: story.leg, occurredAt: occurredAt,
        subject: story.subject, isVoided: false))
    let rolledUp = standing.rolledUp
    if rolledUp != standing.node {
      fact.changes.append(EventFact.Change(column: OrderColumn.node.rawValue, value: Int64(rolledUp.rawValue)))
      standing.node = rolledUp
    }
    let isHuman = Judge.isHuman(story.actor)
    if story.isAct || isHuman { fact.changes += acted(at: occurredAt, isHuman: isHuman, &standing) }
    standing.lastEvent = heads.events
    fact.movementCount = takeMovementCount()
    emit(fact)
  }

  /// An actor is a person unless nobody is named or the name starts with `system`.
  private static func isHuman(_ actor: String?) -> Bool { !(actor ?? "").isEmpty && !actor!.hasPrefix("system") }

  /// What an act of processing makes of the instants of the first ones.
  private func acted(at occurredAt: Int64, isHuman: Bool, _ standing: inout Standing) -> [EventFact.Change] {
    guard InstantColumn.isInstant(occurredAt) else { return [] }
    var changes: [EventFact.Change] = []
    if !InstantColumn.isInstant(standing.firstActAt) || occurredAt < standing.firstActAt {
      standing.firstActAt = occurredAt
      changes.append(EventFact.Change(column: OrderColumn.firstActAt.rawValue, value: occurredAt))
    }
    if isHuman, !InstantColumn.isInstant(standing.firstHumanActAt) || occurredAt < standing.firstHumanActAt {
      standing.firstHumanActAt = occurredAt
      changes.append(EventFact.Change(column: OrderColumn.firstHumanActAt.rawValue, value: occurredAt))
    }
    return changes
  }

  /// When each node but the first was reached. With legs, or once something was taken back, every node is looked at: a
  /// new leg may take back what the others had completed.
  static func milestones(of standing: Standing) -> [(all: Int64, first: Int64)] {
    Node.allCases.dropFirst().map { standing.reached($0) }
  }

  /// What changed since.
  static func changes(
    from before: [(all: Int64, first: Int64)], to standing: Standing
  ) -> [EventFact.Change] {
    var changes: [EventFact.Change] = []
    for (node, before) in zip(Node.allCases.dropFirst(), before) {
      let after = standing.reached(node)
      if after.all != before.all {
        changes.append(EventFact.Change(column: OrderColumn.reached(node), value: after.all))
      }
      guard node.isKeyNode else { continue }
      let stored = [before, after].map { $0.first == $0.all ? InstantColumn.none : $0.first }
      if stored[0] != stored[1] {
        changes.append(EventFact.Change(column: OrderColumn.firstReached(node), value: stored[1]))
      }
    }
    return changes
  }

  /// The row of a leg, which begins to exist with its first event; nil when the event comes late and leaves the leg at
  /// the node where it stands.
  private func legRow(
    _ number: UInt8, location: UInt32, carrier: UInt32, node: Node, standing: inout Standing
  ) -> Int? {
    let isNew = !standing.legs.contains { $0.number == number }
    let row = ensureLeg(number, location: location, carrier: carrier, standing: &standing)
    guard node.isKeyNode, let index = standing.legs.firstIndex(where: { $0.number == number }) else { return row }
    guard isNew || node > standing.legs[index].node else { return nil }
    standing.legs[index].node = max(node, standing.legs[index].node)
    return row
  }

  /// The row of a leg, made if there is none.
  func ensureLeg(_ number: UInt8, location: UInt32, carrier: UInt32, standing: inout Standing) -> Int {
    if let leg = standing.legs.first(where: { $0.number == number }) { return leg.row }
    if standing.baseline == nil { standing.baseline = Judge.milestones(of: standing) }
    let row = heads.legs
    emit(
      .leg(
        order: standing.order, number: number, previous: standing.lastLeg.map { row - $0 } ?? 0, location: location,
        carrier: carrier))
    standing.lastLeg = row
    standing.legs.append(Standing.Leg(number: number, row: row, node: .placed))
    return row
  }
}
