internal import ColumnStore
internal import OrderModel

extension Judge {
  /// T09, T31: ends an order, or units of it, before they ship. What has shipped comes back by a return.
  func cancel(_ cancellation: Cancellation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(cancellation.occurredAt, "occurred at")
    var standing = try standing(of: try row(of: cancellation.order, in: session), in: session)
    if let known = standing.passages.first(where: {
      $0.node == .cancelled && $0.occurredAt == cancellation.occurredAt.milliseconds
    }) {
      return try unchanged(known, order: standing.order, in: session)
    }
    try require(.cancelled, of: standing)
    if standing.profile.requires(.released), standing.hasPassed(.released), !cancellation.isAcknowledged {
      throw .refused(.needsAcknowledgement)
    }
    var units = try units(of: standing.order, in: session)
    let portions = try portions(cancellation.lines, of: units.lines, in: session) { units.lines[$0].open }
    let before = units.lines.map(\.open)
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      try cancel(quantity, ofLine: line, of: &units, at: cancellation.occurredAt, in: session)
    }
    standing.weigh(units)
    if zip(before, portions).allSatisfy({ $0 == $1 }) {
      if units.lines.allSatisfy({ $0.shipped == 0 }) {
        try pass(
          .cancelled, leg: 0, at: cancellation.occurredAt, actor: cancellation.actor, reason: cancellation.reason,
          side: cancellation.side, location: nil, carrier: nil, standing: &standing, in: session)
      } else if hasFacts, !standing.hasPassed(.shipped) {
        // Closed short: all that is still required has shipped, in parts whose instants no event holds.
        try pass(
          .shipped, leg: 0, at: nil, actor: cancellation.actor, reason: cancellation.reason, side: cancellation.side,
          location: nil, carrier: nil, standing: &standing, in: session)
      } else if hasFacts {
        try tellCancelled(cancellation, portions.reduce(0, +), &standing, in: session)
      }
    } else if hasFacts {
      try tellCancelled(cancellation, portions.reduce(0, +), &standing, in: session)
    }
    guard hasFacts else { throw .refused(.illegalStep(from: .shipped, to: .cancelled)) }
    try lowerExposure(of: standing.order, units: units, in: session)
    return try updated(order: standing.order, in: session)
  }

  private func tellCancelled(
    _ cancellation: Cancellation, _ quantity: Int64, _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    try tell(
      Story(
        kind: .cancelled, after: quantity, side: cancellation.side, reason: cancellation.reason,
        actor: cancellation.actor, occurredAt: cancellation.occurredAt), standing: &standing, in: session)
  }

  /// Cancels units of a line: first those that nobody was promised, then those that wait, then the newest promise.
  func cancel(
    _ quantity: Int64, ofLine line: Int, of units: inout OrderUnits, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    let promised = quantity - units.lines[line].unreserved
    if promised > 0 {
      var rest = promised
      func waiting(_ allotment: OrderUnits.Allotment) -> Int64 { allotment.backordered + allotment.presold }
      for share in shares(of: rest, line: line, in: units, fromNewest: true, waiting) {
        try letGo(share.quantity, ofAllotment: share.allotment, of: &units, at: instant, in: session)
        rest -= share.quantity
      }
      for share in shares(of: rest, line: line, in: units, fromNewest: true, \.reserved) {
        try move(
          .release, share.quantity, line: line, allotment: share.allotment, of: &units, at: instant, in: session)
      }
    }
    do throws(PartitionError) { try units.lines[line].partition.cancel(quantity) } catch {
      throw .refused(
        .tooManyUnits(sku: units.lines[line].name, requested: error.requested, possible: error.possible))
    }
    emit(
      .lineCancelled(
        line: units.lines[line].row, order: units.order, quantity: quantity,
        value: try product(quantity, units.lines[line].listPrice, "cancelled value")))
  }
}
