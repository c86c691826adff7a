internal import ColumnStore
internal import OrderModel

/// Approving, reserving and letting go: what an order is promised.
extension Judge {
  /// T07, T08 with T10–T13: the decision and the promise of stock in one.
  func approve(_ approval: Approval, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(approval.occurredAt, "occurred at")
    let order = try row(of: approval.order, in: session)
    var standing = try standing(of: order, in: session)
    if let known = standing.passages.first(where: {
      $0.node == .approved && $0.leg == 0 && $0.occurredAt == approval.occurredAt.milliseconds
    }) {
      return try unchanged(known, order: order, in: session)
    }
    try require(.approved, of: standing)
    guard standing.node.isKeyNode else {
      // Paid back, say: nothing is promised to it any more.
      throw .refused(.illegalStep(from: standing.node, to: .approved))
    }
    if standing.profile.requires(.approved), standing.hasPassed(.approved) {
      throw .refused(.illegalStep(from: standing.node, to: .approved))
    }
    if let actor = approval.actor, !actor.isEmpty,
      let code = try existingCode(actor, in: .actor, session),
      try value(order, OrderColumn.creator, session) == Int64(code)
    {
      throw .refused(.ownOrder(actor: actor))
    }
    try pass(
      .approved, leg: 0, at: approval.occurredAt, actor: approval.actor, reason: approval.reason, side: .unknown,
      location: approval.location, carrier: nil, standing: &standing, in: session)
    guard standing.profile.requires(.reserved) else { return try updated(order: order, in: session) }
    var units = try units(of: order, in: session)
    var preferred: UInt32 = 0
    if let location = approval.location, !location.isEmpty { preferred = try code(location, in: .location, session) }
    for index in units.lines.indices where units.lines[index].isTracked {
      try promise(units.lines[index].unreserved, ofLine: index, preferred, approval, of: &units, in: session)
    }
    standing.weigh(units)
    if units.lines.contains(where: { $0.partition[.backordered] > 0 }) {
      let waiting = units.lines.reduce(0) { $0 + $1.partition[.backordered] }
      try tell(
        Story(kind: .backordered, after: waiting, occurredAt: approval.occurredAt), standing: &standing, in: session)
    }
    if units.isEverythingSpokenFor, units.isAnyPromised, !standing.hasPassed(.reserved) {
      try pass(
        .reserved, leg: 0, at: approval.occurredAt, actor: approval.actor, reason: nil, side: .unknown,
        location: approval.location, carrier: nil, standing: &standing, in: session)
    } else if hasUntoldMovements {
      try tell(
        Story(
          kind: .reserved, after: units.lines.reduce(0) { $0 + $1.reserved }, actor: approval.actor,
          occurredAt: approval.occurredAt), standing: &standing, in: session)
    }
    return try updated(order: order, in: session)
  }

  /// Reserves units of a line where they are, then within the presale quota, and lets the rest wait.
  func promise(
    _ wanted: Int64, ofLine line: Int, _ preferred: UInt32, _ approval: Approval, of units: inout OrderUnits,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    if wanted == 0 { return }
    let row = try source(of: units.lines[line], preferred, in: session)
    guard let row else {
      // Nowhere heard of: there is no place to wait at.
      throw .refused(
        .oversold(sku: units.lines[line].name, location: approval.location ?? "", requested: wanted, available: 0))
    }
    let cell = try cell(at: row, in: session)
    let reserved = min(wanted, cell.counters.available)
    if reserved < wanted, approval.shortage == .refuse {
      throw .refused(
        .oversold(
          sku: units.lines[line].name, location: try name(of: cell.location, in: .location, session),
          requested: wanted, available: cell.counters.available))
    }
    let allotment = try allotment(
      line: line, cell: row, leg: nil, of: &units, at: approval.occurredAt,
      approvedAt: approval.occurredAt.milliseconds, in: session)
    try move(
      .reserve, reserved, line: line, allotment: allotment, of: &units, at: approval.occurredAt, in: session)
    let presold = min(wanted - reserved, cell.counters.presaleQuota - cell.counters.presaleSold)
    try move(.presell, presold, line: line, allotment: allotment, of: &units, at: approval.occurredAt, in: session)
    try move(
      .backorder, wanted - reserved - presold, line: line, allotment: allotment, of: &units,
      at: approval.occurredAt, in: session)
  }

  /// The cell a line's units come from: where the line says, else where the command says, else where most are
  /// available, the oldest cell first. Nil when the SKU has no cell at all.
  private func source(
    of line: OrderUnits.Line, _ preferred: UInt32, in session: borrowing Session
  ) throws(JudgeFailure) -> Int? {
    let place = line.location != 0 ? line.location : preferred
    if place != 0 { return try cell(sku: line.sku, location: place, in: session) }
    var best: (row: Int, available: Int64)?
    // Cells that the present command made are in no chain yet.
    let known = session.rowCount(of: StoreTable.stock.rawValue)
    for cell in cells.values.filter({ $0.row >= known && $0.sku == line.sku }).sorted(by: { $0.row > $1.row })
    where best == nil || cell.counters.available >= best!.available {
      best = (cell.row, cell.counters.available)
    }
    var row = Int(try value(Int(line.sku) - 1, SKUColumn.lastCell, session)) - 1
    while row >= 0 {
      let available = try cell(at: row, in: session).counters.available
      if best == nil || available >= best!.available { best = (row, available) }
      row = Int(try value(row, StockColumn.previousCell, session)) - 1
    }
    return best?.row
  }

  /// T10: units of an order at one location, all or nothing.
  func reserve(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(operation.location, "location")
    try check(operation.occurredAt, "occurred at")
    let order = try row(of: operation.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.node.isKeyNode else { throw .refused(.illegalStep(from: standing.node, to: .reserved)) }
    try require(.reserved, of: standing)
    var units = try units(of: order, in: session)
    let place = try code(operation.location, in: .location, session)
    let portions = try portions(operation.lines, of: units.lines, in: session) {
      units.lines[$0].isTracked || !operation.lines.isEmpty ? units.lines[$0].unreserved : 0
    }
    guard portions.contains(where: { $0 > 0 }) else {
      if let line = units.lines.first(where: { $0.unreserved > 0 }) {
        throw .refused(.untrackedSKU(line.name))
      }
      return try unchanged(order: order, in: session)
    }
    for (index, quantity) in portions.enumerated() where quantity > 0 {
      let line = units.lines[index]
      guard line.isTracked else { throw .refused(.untrackedSKU(line.name)) }
      if line.location != place { emit(.lineLocation(line: line.row, location: place)) }
      let cell = try cell(sku: line.sku, location: place, in: session)
      let allotment = try allotment(
        line: index, cell: cell, leg: nil, of: &units, at: operation.occurredAt, in: session)
      try move(.reserve, quantity, line: index, allotment: allotment, of: &units, at: operation.occurredAt, in: session)
    }
    standing.weigh(units)
    if units.isEverythingSpokenFor, !standing.hasPassed(.reserved) {
      try pass(
        .reserved, leg: 0, at: operation.occurredAt, actor: operation.actor, reason: nil, side: .unknown,
        location: operation.location, carrier: nil, standing: &standing, in: session)
    } else {
      try tell(
        Story(
          kind: .reserved, after: portions.reduce(0, +), actor: operation.actor, occurredAt: operation.occurredAt),
        standing: &standing, in: session)
    }
    return try updated(order: order, in: session)
  }

  /// Takes promised units back into what is available, the newest promise first.
  func release(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(operation.occurredAt, "occurred at")
    let order = try row(of: operation.order, in: session)
    var standing = try standing(of: order, in: session)
    var units = try units(of: order, in: session)
    let isMeant = try isAt(operation.location, in: session)
    func reserved(_ allotment: OrderUnits.Allotment) -> Int64 {
      isMeant(allotment.location) ? allotment.reserved : 0
    }
    let portions = try portions(operation.lines, of: units.lines, in: session) { line in
      units.allotments.reduce(0) { $0 + ($1.line == line ? reserved($1) : 0) }
    }
    guard portions.contains(where: { $0 > 0 }) else { return try unchanged(order: order, in: session) }
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      for share in shares(of: quantity, line: line, in: units, fromNewest: true, reserved) {
        try move(
          .release, share.quantity, line: line, allotment: share.allotment, of: &units, at: operation.occurredAt,
          in: session)
      }
    }
    standing.weigh(units)
    try tell(
      Story(
        kind: .unreserved, after: portions.reduce(0, +), actor: operation.actor, occurredAt: operation.occurredAt),
      standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  /// Whether a location is the one named; any is when none is named.
  func isAt(
    _ location: String, in session: borrowing Session
  ) throws(JudgeFailure) -> (UInt32) -> Bool {
    if location.isEmpty { return { _ in true } }
    let place = try existingCode(location, in: .location, session)
    return { $0 == place }
  }

  // MARK: Those who wait

  /// An allotment that waits for stock.
  fileprivate struct Waiting {
    var row: Int
    var order: Int
    var line: Int
    var rank: Int64
    var approvedAt: Int64
  }

  /// T33, T34: gives available units of a cell to the first in its queue: by priority, then approval, then order and
  /// line. All that the order waits for there, as far as it goes.
  ///
  /// - Returns: Whether somebody got units.
  func fillNext(ofCell row: Int, in session: borrowing Session) throws(JudgeFailure) -> Bool {
    let cell = try cell(at: row, in: session)
    guard cell.canHandOn else { return false }
    var first: Waiting?
    for open in try openAllotments(at: cell, in: session) where open.backordered + open.presold > 0 {
      let order = Int(try value(open.row, AllotmentColumn.order, session)) - 1
      let waiting = Waiting(
        row: open.row, order: order, line: Int(try value(open.row, AllotmentColumn.line, session)) - 1,
        rank: try rank(ofOrder: order, in: session),
        approvedAt: try value(open.row, AllotmentColumn.approvedAt, session))
      if first.map({ waiting.isBefore($0) }) ?? true { first = waiting }
    }
    guard let first, first.order >= 0 else {
      throw .file(.damaged(.inconsistent(place: "stock cell \(row)", "nobody waits although units are waited for")))
    }
    var units = try units(of: first.order, in: session)
    guard let index = units.allotments.firstIndex(where: { $0.row == first.row }) else {
      throw .file(.damaged(.inconsistent(place: "allotment \(first.row)", "is not in its order's chain")))
    }
    let instant = try lastMoved(cell: row, in: session)
    let line = units.allotments[index].line
    let presold = min(cell.counters.available, units.allotments[index].presold)
    try move(.fillPresale, presold, line: line, allotment: index, of: &units, at: instant, in: session)
    let waited = min(cell.counters.available - presold, units.allotments[index].backordered)
    try move(.fill, waited, line: line, allotment: index, of: &units, at: instant, in: session)
    var standing = try standing(of: first.order, in: session)
    standing.weigh(units)
    if units.isEverythingSpokenFor, !standing.hasPassed(.reserved), standing.node.isKeyNode {
      try pass(
        .reserved, leg: 0, at: instant, actor: nil, reason: nil, side: .unknown, location: nil, carrier: nil,
        standing: &standing, in: session)
    } else {
      try tell(
        Story(kind: .reserved, line: units.lines[line].row, after: presold + waited, occurredAt: instant),
        standing: &standing, in: session)
    }
    return true
  }

  /// What the priority of an order is worth as it stands: an edit may have changed it since the order began to wait.
  private func rank(ofOrder order: Int, in session: borrowing Session) throws(JudgeFailure) -> Int64 {
    guard order >= 0 else { return OrderPriority.rank(of: nil) }
    let priority = UInt32(try value(order, OrderColumn.priority, session))
    return OrderPriority.rank(of: try name(of: priority, in: .priority, session))
  }

  /// When the movement happened that made units of the cell available: the newest one.
  private func lastMoved(cell row: Int, in session: borrowing Session) throws(JudgeFailure) -> Instant {
    Instant(milliseconds: try value(heads.movements - 1, MovementColumn.occurredAt, session))
  }
}

extension Judge.Waiting {
  func isBefore(_ other: Self) -> Bool {
    (rank, approvedAt, order, line, row) < (other.rank, other.approvedAt, other.order, other.line, other.row)
  }
}
