internal import ColumnStore
internal import OrderModel

/// T15, T16, T17: which leg takes which units from where.
extension Judge {
  func allocate(_ allocation: Allocation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(allocation.location, "location")
    try check(allocation.occurredAt, "occurred at")
    guard allocation.leg > 0 else { throw .refused(.nothingToDo) }
    let order = try row(of: allocation.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.node.isKeyNode else { throw .refused(.illegalStep(from: standing.node, to: .allocated)) }
    try require(.allocated, leg: allocation.leg, of: standing)
    if standing.hasPassed(.released, leg: allocation.leg) {
      throw .refused(.illegalStep(from: standing.node, to: .allocated))
    }
    let isKnownLeg = standing.legs.contains { $0.number == allocation.leg }
    if case .maxLegs(let most) = standing.split, !isKnownLeg, standing.legs.count >= Int(most) {
      throw .refused(.splitForbidden(standing.split))
    }
    let place = try code(allocation.location, in: .location, session)
    let carrier = try code(allocation.carrier, in: .carrier, session)
    let wasAllocated = isKnownLeg && standing.hasPassed(.allocated, leg: allocation.leg)
    let leg = ensureLeg(allocation.leg, location: place, carrier: carrier, standing: &standing)
    if isKnownLeg {
      // A waybill is its carrier's: a leg that has one keeps the carrier until it is labelled anew.
      let isLabelled = try value(leg, LegColumn.waybill, session) != 0
      emit(
        .legPlan(
          leg: leg, location: place,
          carrier: isLabelled ? UInt32(try value(leg, LegColumn.carrier, session)) : carrier))
    }
    var units = try units(of: order, in: session)
    // A leg allocated again takes its units along; others must be free of a leg.
    func reserved(_ allotment: OrderUnits.Allotment) -> Int64 {
      allotment.leg == nil || allotment.leg == leg ? allotment.reserved : 0
    }
    let portions = try portions(allocation.lines, of: units.lines, in: session) { line in
      units.allotments.reduce(0) { $0 + ($1.line == line ? reserved($1) : 0) }
    }
    let hasUntracked = units.lines.contains { !$0.isTracked && $0.open > 0 }
    guard portions.contains(where: { $0 > 0 }) || hasUntracked else { throw .refused(.nothingToDo) }
    if standing.split == .complete, zip(units.lines, portions).contains(where: { $0.isTracked && $0.open > $1 }) {
      throw .refused(.splitForbidden(standing.split))
    }
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      let cell = try cell(sku: units.lines[line].sku, location: place, in: session)
      for share in shares(of: quantity, line: line, in: units, reserved) {
        let from = units.allotments[share.allotment]
        if from.cell == cell, from.leg == leg { continue }
        let to = try allotment(line: line, cell: cell, leg: leg, of: &units, at: allocation.occurredAt, in: session)
        try move(
          .release, share.quantity, line: line, allotment: share.allotment, of: &units, at: allocation.occurredAt,
          in: session)
        try move(
          .reserve, share.quantity, line: line, allotment: to, of: &units, at: allocation.occurredAt, in: session)
      }
    }
    standing.weigh(units)
    if wasAllocated {
      try tell(
        Story(kind: .reallocated, leg: allocation.leg, actor: allocation.actor, occurredAt: allocation.occurredAt),
        standing: &standing, in: session)
    } else {
      try pass(
        .allocated, leg: allocation.leg, at: allocation.occurredAt, actor: allocation.actor, reason: nil,
        side: .unknown, location: allocation.location, carrier: allocation.carrier, standing: &standing, in: session)
    }
    return try updated(order: order, in: session)
  }

  /// T17: what goes to the warehouse is reserved, and the split policy allows it to go now.
  func requireSplit(leg: UInt8, of standing: Standing, in session: borrowing Session) throws(JudgeFailure) {
    guard standing.profile.requires(.reserved), standing.split == .complete else { return }
    guard try units(of: standing.order, in: session).isEverythingReserved else {
      throw .refused(.splitForbidden(standing.split))
    }
  }
}
