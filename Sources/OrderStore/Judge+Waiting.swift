internal import ColumnStore
internal import OrderModel

/// Those who wait: what becomes available goes to them in their order.
extension Judge {
  /// An allotment that waits for stock.
  private struct Waiting {
    var row: Int
    var cell: Int
    var order: Int
    var line: Int
    var rank: Int64
    var approvedAt: Int64
    /// Units of it that can be had, and those among them that were not sold in advance.
    var available: Int64
    var most: Int64

    func isBefore(_ other: Waiting) -> Bool {
      (rank, approvedAt, order, line, row) < (other.rank, other.approvedAt, other.order, other.line, other.row)
    }
  }

  /// T33, T34: gives available units of a cell to the first in its queue: by priority, then approval, then order and
  /// line. All that the order waits for there, as far as it goes.
  ///
  /// A kit waits for all of its components. While one is missing, those behind it get the others; and it is not served
  /// before somebody who comes first in the queue of another of its components.
  ///
  /// - Returns: Whether somebody got units.
  func fillNext(
    ofCell row: Int, at given: Instant? = nil, in session: borrowing Session
  ) throws(JudgeFailure) -> Bool {
    guard var first = try firstWaiting(onCell: row, in: session) else { return false }
    var rows = try componentCells(ofCell: first.cell, in: session)
    while let next = rows.popLast() {
      if let other = try firstWaiting(onCell: next, in: session), other.isBefore(first) {
        first = other
        rows = try componentCells(ofCell: first.cell, in: session)
      }
    }
    var units = try units(of: first.order, in: session)
    guard let index = units.allotments.firstIndex(where: { $0.row == first.row }) else {
      throw .file(.damaged(.inconsistent(place: "allotment \(first.row)", "is not in its order's chain")))
    }
    let newest = try lastMoved(in: session)
    let instant = given ?? newest
    let line = units.allotments[index].line
    let presold = min(first.available, units.allotments[index].presold)
    try move(.fillPresale, presold, line: line, allotment: index, of: &units, at: instant, in: session)
    let waited = min(first.available - presold, first.most, units.allotments[index].backordered)
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

  /// The first in the queue of a cell who can be served; nil when nobody can.
  private func firstWaiting(onCell row: Int, in session: borrowing Session) throws(JudgeFailure) -> Waiting? {
    let cell = try cell(at: row, in: session)
    guard cell.canHandOn else { return nil }
    let waiting = cell.counters.backordered + cell.counters.presaleSold
    var first: Waiting?
    var found: Int64 = 0
    for open in try openAllotments(at: cell, in: session) where open.backordered + open.presold > 0 {
      found += (open.backordered + open.presold) * open.unitsEach
      let order = Int(try value(open.row, AllotmentColumn.order, session)) - 1
      guard order >= 0 else {
        throw .file(.damaged(.inconsistent(place: "allotment \(open.row)", "waits for no order")))
      }
      let room = try room(ofCell: open.cell, for: order, in: session)
      guard room.available > 0, open.presold > 0 || room.most > 0 else { continue }
      let candidate = Waiting(
        row: open.row, cell: open.cell, order: order,
        line: Int(try value(open.row, AllotmentColumn.line, session)) - 1,
        rank: try rank(ofOrder: order, in: session),
        approvedAt: try value(open.row, AllotmentColumn.approvedAt, session), available: room.available,
        most: room.most)
      if first.map({ candidate.isBefore($0) }) ?? true { first = candidate }
    }
    if found < waiting {
      throw .file(.damaged(.inconsistent(place: "stock cell \(row)", "nobody waits although units are waited for")))
    }
    return first
  }

  /// The cells of a kit's components; none for what is no kit.
  private func componentCells(ofCell row: Int, in session: borrowing Session) throws(JudgeFailure) -> [Int] {
    let cell = try cell(at: row, in: session)
    var rows: [Int] = []
    for component in try components(of: cell.sku, in: session) {
      if let row = try existingCell(sku: component.sku, location: cell.location, in: session) { rows.append(row) }
    }
    return rows
  }

  /// What the priority of an order is worth as it stands: an edit may have changed it since the order began to wait.
  private func rank(ofOrder order: Int, in session: borrowing Session) throws(JudgeFailure) -> Int64 {
    let priority = UInt32(try value(order, OrderColumn.priority, session))
    return OrderPriority.rank(of: try name(of: priority, in: .priority, session))
  }

  /// When the movement happened that made units available: the newest one.
  private func lastMoved(in session: borrowing Session) throws(JudgeFailure) -> Instant {
    Instant(milliseconds: try value(heads.movements - 1, MovementColumn.occurredAt, session))
  }
}
