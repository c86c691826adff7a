internal import ColumnStore
internal import OrderModel

/// An allotment that holds units of a stock cell, as stored: of the cell itself, or of a kit that takes units of it.
struct OpenAllotment {
  var row: Int
  /// Its own cell, and how many units of the component one unit of it is.
  var cell: Int
  var unitsEach: Int64
  var reserved: Int64
  var backordered: Int64
  var presold: Int64
}

/// Which allotments of stock cells hold units, remembered from one command to the next, so that a cell with a long past
/// is not walked through for each of them.
///
/// A memory only: other processes write too, and a commit may fail. What is remembered is believed when the units of the
/// allotments found add up to the counters of the cell, those of kits among them, which says that there are no others, since none holds fewer than
/// 0 units. Otherwise the chain of the cell is walked again. Who claims is believed without adding up as long as nobody
/// else has written since.
struct OpenAllotments {
  private struct Known {
    /// Newest first.
    var open: [OpenAllotment]
    /// The newest allotment there was of the cell and of each kit's; what is newer is still to be looked at.
    var newest: [Int: Int]
    /// Allotments without an order, by who claims.
    var claims: [UInt32: Int]
    /// Nobody else has written since then as long as it is ``OpenAllotments/epoch``.
    var epoch: Int
  }

  /// Cells remembered; all are forgotten when there are more.
  private static let cellLimit = 65_536

  private var cells: [Int: Known] = [:]
  /// Raised when another process may have written.
  private var epoch = 0
  /// The group that is being written, and whether it has facts.
  private var group: (sequence: UInt64, isWritten: Bool) = (0, false)

  /// A command begins, to be written into the group of that sequence. A group of ours that failed is told by forgetting
  /// this memory.
  mutating func begin(in sequence: UInt64) {
    guard sequence != group.sequence else { return }
    if !group.isWritten || sequence != group.sequence + 1 { epoch += 1 }
    group = (sequence, false)
  }

  /// Facts of a command went into the group.
  mutating func write() { group.isWritten = true }

  /// An allotment was made for who claims.
  mutating func add(claim row: Int, of owner: UInt32, toCell cell: Int) { cells[cell]?.claims[owner] = row }

  /// The claim of an owner at a cell that still holds units.
  ///
  /// - Precondition: The present command has neither moved units of the cell nor made an allotment of it so far.
  mutating func claim(
    of owner: UInt32, at cell: StockCell, by judge: Judge, in session: borrowing Judge.Session
  ) throws(JudgeFailure) -> Int? {
    if cells[cell.row]?.epoch != epoch { _ = try found(at: cell, by: judge, in: session) }
    guard let row = cells[cell.row]?.claims[owner], row < judge.heads.allotments,
      try judge.value(row, AllotmentColumn.owner, session) == Int64(owner),
      try judge.value(row, AllotmentColumn.cell, session) == Int64(cell.row) + 1,
      try judge.value(row, AllotmentColumn.reserved, session) > 0
    else { return nil }
    return row
  }

  /// The allotments of a cell that hold units, newest first.
  ///
  /// - Precondition: As of ``claim(of:at:by:in:)``.
  mutating func found(
    at cell: StockCell, by judge: Judge, in session: borrowing Judge.Session
  ) throws(JudgeFailure) -> [OpenAllotment] {
    let ends = try judge.promises(onCell: cell.row, in: session).ends
    var missing = Missing(cell.counters)
    var found: [OpenAllotment] = []
    if let known = cells[cell.row] {
      for end in ends { try judge.walk(end, downTo: known.newest[end.cell] ?? -1, &missing, &found, in: session) }
      for open in known.open {
        // After a failed commit the row may be another cell's.
        guard open.row < judge.heads.allotments,
          try judge.value(open.row, AllotmentColumn.cell, session) == Int64(open.cell) + 1
        else { continue }
        try judge.look(at: open.row, of: open.cell, open.unitsEach, &missing, &found, in: session)
      }
      found.sort { $0.row > $1.row }
    }
    if !missing.isNothing || cells[cell.row] == nil {
      (missing, found) = (Missing(cell.counters), [])
      var promises = try judge.promises(onCell: cell.row, in: session)
      while !missing.isNothing, let end = try judge.next(&promises, in: session) {
        try judge.look(at: end.allotment, of: end.cell, end.unitsEach, &missing, &found, in: session)
      }
    }
    var claims: [UInt32: Int] = [:]
    for open in found where open.cell == cell.row {
      let owner = try judge.value(open.row, AllotmentColumn.owner, session)
      if owner > 0 { claims[UInt32(owner)] = open.row }
    }
    if cells.count >= Self.cellLimit { cells.removeAll() }
    let newest = Dictionary(ends.map { ($0.cell, $0.allotment) }, uniquingKeysWith: max)
    cells[cell.row] = Known(open: found, newest: newest, claims: claims, epoch: epoch)
    return found
  }
}

/// Units of a cell whose allotments are not found yet.
private struct Missing {
  var reserved: Int64
  var backordered: Int64
  var presold: Int64

  init(_ counters: InventoryCounters) {
    (reserved, backordered, presold) = (counters.reserved, counters.backordered, counters.presaleSold)
  }

  var isNothing: Bool { reserved == 0 && backordered == 0 && presold == 0 }
}

extension Judge {
  /// The allotments of a cell that hold units, newest first.
  func openAllotments(
    at cell: StockCell, in session: borrowing Session
  ) throws(JudgeFailure) -> [OpenAllotment] {
    var memory = takeOpen()
    defer { open = memory }
    return try memory.found(at: cell, by: self, in: session)
  }

  /// The claim of an owner at a cell that still holds units.
  func openClaim(of owner: UInt32, at cell: StockCell, in session: borrowing Session) throws(JudgeFailure) -> Int? {
    var memory = takeOpen()
    defer { open = memory }
    return try memory.claim(of: owner, at: cell, by: self, in: session)
  }

  /// So that the memory is nobody else's while it changes.
  private func takeOpen() -> OpenAllotments {
    var memory = OpenAllotments()
    swap(&memory, &open)
    return memory
  }

  /// Looks at the chain of a cell from its newest allotment on down to another, not included; no further than until
  /// nothing is missing.
  fileprivate func walk(
    _ end: Promises.End, downTo last: Int, _ missing: inout Missing, _ found: inout [OpenAllotment],
    in session: borrowing Session
  ) throws(JudgeFailure) {
    var row = end.allotment
    while row > last, !missing.isNothing {
      try look(at: row, of: end.cell, end.unitsEach, &missing, &found, in: session)
      row = try previous(row, AllotmentColumn.previousOfCell, in: session)
    }
  }

  fileprivate func look(
    at row: Int, of cell: Int, _ unitsEach: Int64, _ missing: inout Missing, _ found: inout [OpenAllotment],
    in session: borrowing Session
  ) throws(JudgeFailure) {
    let units = OpenAllotment(
      row: row, cell: cell, unitsEach: unitsEach, reserved: try value(row, AllotmentColumn.reserved, session),
      backordered: try value(row, AllotmentColumn.backordered, session),
      presold: try value(row, AllotmentColumn.presold, session))
    guard units.reserved > 0 || units.backordered > 0 || units.presold > 0 else { return }
    missing.reserved -= units.reserved * unitsEach
    missing.backordered -= units.backordered * unitsEach
    missing.presold -= units.presold * unitsEach
    found.append(units)
  }
}
