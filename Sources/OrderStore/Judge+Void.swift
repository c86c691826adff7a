internal import ColumnStore
internal import OrderModel

/// T45: an entry of the timeline taken back, with the exact inverse of what it moved.
extension Judge {
  func void(_ void: VoidEntry, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(void.occurredAt, "occurred at")
    let order = try row(of: void.order, in: session)
    var standing = try standing(of: order, in: session)
    guard void.entry >= 1, void.entry <= standing.entries.count else { throw .refused(.noEntry(void.entry)) }
    let entry = standing.entries[void.entry - 1]
    guard !entry.isVoided else { throw .refused(.alreadyVoided(void.entry)) }
    try requireVoidable(entry, standing)
    if entry.kind == .merged, let leg = standing.legs.first(where: { $0.number == entry.leg }),
      try value(leg.row, LegColumn.waybill, session) != 0
    {
      // Its number may be another's, too.
      throw .refused(.notVoidable(.merged))
    }
    try takeBack(eventAt: entry.row, of: &standing, at: void.occurredAt, in: session)
    var story = Story(
      kind: .voided, leg: entry.leg, voids: entry.row, reason: void.reason, actor: void.actor,
      occurredAt: void.occurredAt)
    switch entry.kind {
    case .held, .unheld:
      standing.holds ^= 1 << Int64(entry.subject)
      story.changes.append(EventFact.Change(column: OrderColumn.holds.rawValue, value: standing.holds))
    case .raised, .reopened, .resolved:
      guard let kind = ExceptionKind(rawValue: entry.subject) else { break }
      // It stands where the entry before left it: one raised twice is open still.
      let last = Judge.state(of: kind, in: standing)
      let isOpen = last != nil && last != .resolved
      standing.openExceptions = isOpen ? standing.openExceptions | kind.bit : standing.openExceptions & ~kind.bit
      story.changes.append(
        EventFact.Change(column: OrderColumn.openExceptions.rawValue, value: standing.openExceptions))
      if kind.isSellerError, last == nil {
        let errors = try value(order, OrderColumn.errorCount, session)
        story.changes.append(EventFact.Change(column: OrderColumn.errorCount.rawValue, value: max(0, errors - 1)))
      }
    default: break
    }
    try tellTakenBack(story, &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// What a passage made of its leg: the node where it stands, and the number of the parcel, which another may then have.
  private func takeBackFromLeg(
    _ entry: Standing.Entry, _ standing: Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    if entry.leg != 0, let leg = standing.legs.first(where: { $0.number == entry.leg }) {
      let (node, enteredAt) = standing.stored(ofLeg: entry.leg)
      let stored = (
        node: try value(leg.row, LegColumn.node, session), enteredAt: try value(leg.row, LegColumn.enteredAt, session)
      )
      if stored != (Int64(node.rawValue), enteredAt) {
        emit(.legStand(leg: leg.row, node: node, enteredAt: enteredAt))
      }
    }
    let waybill = try text(at: try value(entry.row, EventColumn.text, session), session)
    guard !waybill.isEmpty, let leg = standing.legs.first(where: { $0.number == max(1, entry.leg) }),
      try text(at: try value(leg.row, LegColumn.waybill, session), session) == waybill
    else { return }
    emit(.waybill(leg: leg.row, carrier: UInt32(try value(leg.row, LegColumn.carrier, session)), text: ""))
  }

  /// Money and cancelled units are not taken back but given back, and what an edit changed is edited again. Of holds and
  /// exceptions only the newest entry can be: those before it are what it stands on.
  private func requireVoidable(_ entry: Standing.Entry, _ standing: Standing) throws(JudgeFailure) {
    switch entry.kind {
    case .passed:
      switch entry.node {
      case .placed, .paid, .cancelled, .expired, .refunded, .exchanged: throw .refused(.notVoidable(entry.kind))
      default: return
      }
    case .reserved, .unreserved, .shipped, .attemptFailed, .lost, .noted, .reallocated, .backordered, .merged, .alerted:
      return
    case .held, .unheld, .raised, .acknowledged, .resolved, .reopened:
      let isOfHold = entry.kind == .held || entry.kind == .unheld
      let newest = standing.entries.last {
        !$0.isVoided && $0.subject == entry.subject
          && (isOfHold
            ? $0.kind == .held || $0.kind == .unheld
            : [.raised, .acknowledged, .resolved, .reopened].contains($0.kind))
      }
      guard newest?.row == entry.row else { throw .refused(.notVoidable(entry.kind)) }
    case .cancelled, .paid, .refunded, .edited, .voided, .declined, .replaces: throw .refused(.notVoidable(entry.kind))
    }
  }

  /// Moves back, the last first, what an event moved, and strikes it out of where the order stands.
  func takeBack(
    eventAt row: Int, of standing: inout Standing, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    if standing.baseline == nil { standing.baseline = Judge.milestones(of: standing) }
    var units = try units(of: standing.order, in: session)
    let first = Int(try value(row, EventColumn.firstMovement, session)) - 1
    let count = Int(try value(row, EventColumn.movementCount, session))
    for movement in (first..<(first + (first < 0 ? 0 : count))).reversed() where first >= 0 {
      try takeBack(movementAt: movement, &units, at: instant, in: session)
    }
    if let index = standing.entries.firstIndex(where: { $0.row == row }) { standing.entries[index].isVoided = true }
    standing.passages.removeAll { $0.row == row }
    for index in standing.legs.indices {
      standing.legs[index].node = standing.furthest(ofLeg: standing.legs[index].number)
    }
    standing.weigh(units)
    if let entry = standing.entries.first(where: { $0.row == row && $0.kind == .passed }) {
      try takeBackFromLeg(entry, standing, in: session)
    }
  }

  private func takeBack(
    movementAt row: Int, _ units: inout OrderUnits, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    guard let kind = MovementKind(rawValue: UInt8(truncatingIfNeeded: try value(row, MovementColumn.kind, session)))
    else { throw .file(.damaged(.inconsistent(place: "movement \(row)", "no such kind"))) }
    let line = Int(try value(row, MovementColumn.line, session)) - 1
    let quantity = try value(row, MovementColumn.quantity, session)
    var fact = MovementFact(
      kind: kind, cell: nil, sku: UInt32(try value(row, MovementColumn.sku, session)),
      location: UInt32(try value(row, MovementColumn.location, session)), quantity: -quantity, order: units.order,
      line: line < 0 ? nil : line, reason: UInt32(try value(row, MovementColumn.reason, session)),
      occurredAt: instant.milliseconds)
    let allotment = Int(try value(row, MovementColumn.allotment, session)) - 1
    if allotment >= 0 {
      fact.allotment = allotment
      if let index = units.allotments.firstIndex(where: { $0.row == allotment }) {
        // The line may have such units elsewhere; those of this place went on.
        units.allotments[index].apply(kind, -quantity)
        let shortage = units.allotments[index].shortage
        if shortage < 0 {
          throw .refused(
            .tooManyUnits(
              sku: units.lines[units.allotments[index].line].name, requested: quantity,
              possible: max(0, quantity + shortage)))
        }
      }
    }
    if let index = units.lines.firstIndex(where: { $0.row == line }) {
      do throws(PartitionError) { try units.lines[index].partition.apply(kind, -quantity) } catch {
        throw .refused(
          .tooManyUnits(sku: units.lines[index].name, requested: quantity, possible: max(0, error.possible)))
      }
    }
    if try value(row, MovementColumn.applied, session) == 1 {
      guard let cell = try existingCell(sku: fact.sku, location: fact.location, in: session) else {
        throw .file(.damaged(.inconsistent(place: "movement \(row)", "there is no such stock cell")))
      }
      try apply(
        &fact, to: cell, value: try valueTakenBack(movementAt: row, fact, cell: cell, in: session), in: session)
    }
    emit(.movement(fact))
    countMovement()
  }

  /// The inverse of what a movement did to the value of a cell, as far as that is still there: stock is never worth less
  /// than nothing, and no stock is worth nothing.
  private func valueTakenBack(
    movementAt row: Int, _ fact: MovementFact, cell: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> Int64 {
    let moved = try value(row, MovementColumn.valueChange, session)
    let change = fact.change(of: .onHand)
    let cell = try self.cell(at: cell, in: session)
    if change < 0, cell.counters.onHand + change == 0 { return -cell.value }
    return max(-cell.value, -moved)
  }

  /// Writes an event that takes one back, with what that makes of the milestones.
  func tellTakenBack(
    _ story: Story, _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    var story = story
    if let before = standing.baseline { story.changes += Judge.changes(from: before, to: standing) }
    standing.baseline = nil
    try tell(story, standing: &standing, in: session)
  }
}
