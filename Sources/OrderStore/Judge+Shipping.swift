internal import ColumnStore
internal import OrderModel

/// Units leaving, arriving, and going astray.
extension Judge {
  /// T24 for units of an order at a location, as one leg or as a whole.
  func ship(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(operation.occurredAt, "occurred at")
    let order = try row(of: operation.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.node.isKeyNode else { throw .refused(.illegalStep(from: standing.node, to: .shipped)) }
    try require(.shipped, leg: operation.leg, of: standing)
    var units = try units(of: order, in: session)
    let isMeant = try isAt(operation.location, in: session)
    let legRow = standing.legs.first { $0.number == operation.leg }?.row
    // A leg that was allocated takes what it has; one that was not takes what no leg has.
    let hasOwn = legRow != nil && units.allotments.contains { $0.leg == legRow && $0.reserved > 0 }
    func reserved(_ allotment: OrderUnits.Allotment) -> Int64 {
      let isOfLeg = operation.leg == 0 || (hasOwn ? allotment.leg == legRow : allotment.leg == nil)
      return isOfLeg && isMeant(allotment.location) ? allotment.reserved : 0
    }
    let portions = try portions(operation.lines, of: units.lines, in: session) { line in
      units.allotments.reduce(0) { $0 + ($1.line == line ? reserved($1) : 0) }
        + (!units.lines[line].isTracked && !operation.lines.isEmpty ? units.lines[line].unreserved : 0)
    }
    guard portions.contains(where: { $0 > 0 }) else {
      let first = units.lines.first { $0.open > 0 } ?? units.lines.first
      throw .refused(.tooManyUnits(sku: first?.name ?? "", requested: first?.open ?? 0, possible: 0))
    }
    let leg = try shippingLeg(operation.leg, location: operation.location, &standing, in: session)
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      if units.lines[line].isTracked {
        for share in shares(of: quantity, line: line, in: units, reserved) {
          try ship(share.quantity, ofAllotment: share.allotment, by: leg, &units, operation.occurredAt, in: session)
        }
      } else {
        try dispatch(quantity, ofLine: line, by: leg, &units, operation.occurredAt, in: session)
      }
    }
    if units.lines.allSatisfy({ !$0.isTracked || $0.open == 0 }) {
      // What nobody counts goes along with the last that is.
      for line in units.lines.indices where !units.lines[line].isTracked {
        try dispatch(units.lines[line].unreserved, ofLine: line, by: leg, &units, operation.occurredAt, in: session)
      }
    }
    standing.weigh(units)
    if !units.hasOpenUnits || operation.leg != 0 {
      try pass(
        .shipped, leg: operation.leg, at: operation.occurredAt, actor: operation.actor, reason: nil, side: .unknown,
        location: operation.location, carrier: nil, standing: &standing, in: session)
    } else {
      try tell(
        Story(
          kind: .shipped, after: portions.reduce(0, +), actor: operation.actor, occurredAt: operation.occurredAt),
        standing: &standing, in: session)
    }
    return try updated(order: order, in: session)
  }

  private func shippingLeg(
    _ number: UInt8, location: String, _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) -> Int? {
    if number == 0 { return nil }
    let place = try code(location, in: .location, session)
    return ensureLeg(number, location: place, carrier: 0, standing: &standing)
  }

  /// Ships reserved units. A leg that they were not allocated to takes them over first.
  private func ship(
    _ quantity: Int64, ofAllotment index: Int, by leg: Int?, _ units: inout OrderUnits, _ instant: Instant,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    var index = index
    let line = units.allotments[index].line
    if let leg, units.allotments[index].leg == nil {
      let own = try allotment(
        line: line, cell: units.allotments[index].cell, leg: leg, of: &units, at: instant, in: session)
      try move(.release, quantity, line: line, allotment: index, of: &units, at: instant, in: session)
      try move(.reserve, quantity, line: line, allotment: own, of: &units, at: instant, in: session)
      index = own
    }
    try move(.ship, quantity, line: line, allotment: index, of: &units, at: instant, in: session)
  }

  /// Ships units that the store does not count.
  private func dispatch(
    _ quantity: Int64, ofLine line: Int, by leg: Int?, _ units: inout OrderUnits, _ instant: Instant,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    if quantity == 0 { return }
    let allotment = try allotment(line: line, cell: nil, leg: leg, of: &units, at: instant, in: session)
    try move(.dispatch, quantity, line: line, allotment: allotment, of: &units, at: instant, in: session)
  }

  /// What a recorded SHIPPED or a later node moves: the units of the order or of the leg. A later node that comes first
  /// says that they left, too; the event that tells when finds nothing more to move.
  func moveParcel(
    to node: Node, leg number: UInt8, of standing: inout Standing, _ event: StatusEvent, in session: borrowing Session
  ) throws(JudgeFailure) {
    var units = try units(of: standing.order, in: session)
    let leg = standing.legs.first { $0.number == number }?.row
    func isMeant(_ allotment: OrderUnits.Allotment) -> Bool { number == 0 || (leg != nil && allotment.leg == leg) }
    if node == .shipped || node == .delivered || standing.profile.requires(.shipped) {
      for index in units.allotments.indices where isMeant(units.allotments[index]) {
        try ship(
          units.allotments[index].reserved, ofAllotment: index, by: units.allotments[index].leg, &units,
          event.occurredAt, in: session)
      }
      // What nobody counts goes along with the last that is counted.
      if !standing.isObserved, number == 0 || units.lines.allSatisfy({ !$0.isTracked || $0.open == 0 }) {
        for line in units.lines.indices where !units.lines[line].isTracked {
          try dispatch(units.lines[line].unreserved, ofLine: line, by: leg, &units, event.occurredAt, in: session)
        }
      }
    }
    standing.weigh(units)
    guard node == .delivered else { return }
    for index in units.allotments.indices where isMeant(units.allotments[index]) {
      try move(
        .deliver, units.allotments[index].underway, line: units.allotments[index].line, allotment: index, of: &units,
        at: event.occurredAt, in: session)
    }
  }

  /// T21: promised units are not where they should be. They wait again, on hand is corrected, and an exception tells.
  func shortPick(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(operation.occurredAt, "occurred at")
    let order = try row(of: operation.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.node.isKeyNode, standing.node < .shipped, !standing.hasPassed(.picked, leg: operation.leg) else {
      throw .refused(.illegalStep(from: standing.node, to: .picking))
    }
    try require(.picking, leg: operation.leg, of: standing)
    guard !operation.lines.isEmpty else { throw .refused(.nothingToDo) }
    var units = try units(of: order, in: session)
    let isMeant = try isAt(operation.location, in: session)
    let legRow = standing.legs.first { $0.number == operation.leg }?.row
    func reserved(_ allotment: OrderUnits.Allotment) -> Int64 {
      (operation.leg == 0 || allotment.leg == legRow) && isMeant(allotment.location) ? allotment.reserved : 0
    }
    let portions = try portions(operation.lines, of: units.lines, in: session) { line in
      units.allotments.reduce(0) { $0 + ($1.line == line ? reserved($1) : 0) }
    }
    let reason = try code("short", in: .reason, session)
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      for share in shares(of: quantity, line: line, in: units, fromNewest: true, reserved) {
        try move(
          .displace, share.quantity, line: line, allotment: share.allotment, of: &units, at: operation.occurredAt,
          in: session)
        guard let cell = units.allotments[share.allotment].cell else { continue }
        try move(
          .adjust, -share.quantity, line: line, allotment: nil, cell: cell, of: &units, at: operation.occurredAt,
          reason: reason, in: session)
      }
    }
    try raise(
      .shortPick, leg: operation.leg, units: portions.reduce(0, +), actor: operation.actor, operation.occurredAt,
      &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// T28, T35, T36: what a carrier says of a parcel that was not simply delivered.
  func report(_ report: ParcelReport, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(report.occurredAt, "occurred at")
    let order = try row(of: report.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.hasPassed(.shipped, leg: report.leg), !standing.node.endsUnfulfilled else {
      throw .refused(.illegalStep(from: standing.node, to: report.outcome == .lost ? .shipped : .returnInTransit))
    }
    let leg = standing.legs.first { $0.number == report.leg }?.row
    if report.outcome == .attemptFailed {
      guard standing.node.isKeyNode, standing.isOutForDelivery(leg: report.leg) else {
        throw .refused(.notOutForDelivery(at: standing.node))
      }
      let attempts = standing.failedAttempts(ofLeg: report.leg)
      guard attempts < ParcelReport.attemptLimit else { throw .refused(.noMoreAttempts(attempts)) }
      try tell(
        Story(
          kind: .attemptFailed, leg: report.leg, reason: report.reason, actor: report.actor,
          occurredAt: report.occurredAt), standing: &standing, in: session)
      try raise(
        .attemptFailed, leg: report.leg, units: 0, actor: report.actor, report.occurredAt, &standing, in: session)
      return try updated(order: order, in: session)
    }
    var units = try units(of: order, in: session)
    func underway(_ allotment: OrderUnits.Allotment) -> Int64 {
      report.leg == 0 || allotment.leg == leg ? allotment.underway : 0
    }
    let portions = try portions(report.lines, of: units.lines, in: session) { line in
      units.allotments.reduce(0) { $0 + ($1.line == line ? underway($1) : 0) }
    }
    guard portions.contains(where: { $0 > 0 }) else { throw .refused(.nothingToDo) }
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      for share in shares(of: quantity, line: line, in: units, underway) {
        try move(
          report.outcome == .lost ? .lose : .returnToOrigin, share.quantity, line: line, allotment: share.allotment,
          of: &units, at: report.occurredAt, in: session)
      }
    }
    if report.outcome == .lost {
      try tell(
        Story(
          kind: .lost, leg: report.leg, after: portions.reduce(0, +), reason: report.reason, actor: report.actor,
          occurredAt: report.occurredAt), standing: &standing, in: session)
      try raise(
        .lost, leg: report.leg, units: portions.reduce(0, +), actor: report.actor, report.occurredAt, &standing,
        in: session)
    } else {
      try pass(
        .returnInTransit, leg: report.leg, at: report.occurredAt, actor: report.actor, reason: report.reason,
        side: .unknown, location: nil, carrier: nil, after: portions.reduce(0, +), standing: &standing, in: session)
    }
    return try updated(order: order, in: session)
  }
}
