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
    let row = try source(of: units.lines[line], preferred, for: units.order, in: session)
    guard let row else {
      // Nowhere heard of: there is no place to wait at.
      throw .refused(
        .oversold(sku: units.lines[line].name, location: approval.location ?? "", requested: wanted, available: 0))
    }
    let cell = try cell(at: row, in: session)
    let room = try room(ofCell: row, for: units.order, in: session)
    // Who takes no shortage is told of the cap, too.
    let most = approval.shortage == .refuse ? .max : room.most
    let reserved = min(wanted, room.available, most)
    if reserved < wanted, approval.shortage == .refuse {
      throw .refused(
        .oversold(
          sku: units.lines[line].name, location: try name(of: cell.location, in: .location, session),
          requested: wanted, available: room.available))
    }
    let allotment = try allotment(
      line: line, cell: row, leg: nil, of: &units, at: approval.occurredAt,
      approvedAt: approval.occurredAt.milliseconds, in: session)
    try move(
      .reserve, reserved, line: line, allotment: allotment, of: &units, at: approval.occurredAt, in: session)
    let presold = min(wanted - reserved, room.presale, most - reserved)
    try move(.presell, presold, line: line, allotment: allotment, of: &units, at: approval.occurredAt, in: session)
    try move(
      .backorder, wanted - reserved - presold, line: line, allotment: allotment, of: &units,
      at: approval.occurredAt, in: session)
  }

  /// The cell a line's units come from: where the line says, else where the command says, else where most are
  /// available, the oldest cell first. Nil when the SKU has no cell at all.
  private func source(
    of line: OrderUnits.Line, _ preferred: UInt32, for order: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> Int? {
    let place = line.location != 0 ? line.location : preferred
    if place != 0 { return try cell(sku: line.sku, location: place, in: session) }
    // A kit is where its first component is, among other places.
    let components = try components(of: line.sku, in: session)
    let sku = components.first?.sku ?? line.sku
    // Cells that the present command made are in no chain yet.
    let known = session.rowCount(of: StoreTable.stock.rawValue)
    var rows = cells.values.filter { $0.row >= known && $0.sku == sku }.map(\.row).sorted(by: >)
    var row = Int(try value(Int(sku) - 1, SKUColumn.lastCell, session)) - 1
    while row >= 0 {
      rows.append(row)
      row = Int(try value(row, StockColumn.previousCell, session)) - 1
    }
    var best: (cell: StockCell, available: Int64)?
    for row in rows {
      let cell = try cell(at: row, in: session)
      let available =
        components.isEmpty
        ? cell.counters.available : try room(ofKit: components, at: cell.location, for: order, in: session).available
      if best == nil || available >= best!.available { best = (cell, available) }
    }
    guard let cell = best?.cell else { return nil }
    return components.isEmpty ? cell.row : try self.cell(sku: line.sku, location: cell.location, in: session)
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
}
