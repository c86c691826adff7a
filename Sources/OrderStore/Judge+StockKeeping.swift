internal import ColumnStore
internal import OrderModel

/// What locations expect, send each other, count, keep back, and promise to those who have not ordered.
extension Judge {
  // MARK: What is expected

  func expect(_ expected: ExpectedStock, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try checkQuantity(expected.quantity, of: expected.sku)
    try check(expected.due, "due")
    try check(expected.occurredAt, "occurred at")
    let cell = try trackedCell(expected.sku, expected.location, in: session)
    try emitInbound(
      expected.quantity, cell: cell, due: expected.due, from: 0, value: 0, at: expected.occurredAt, in: session)
    return stocked(in: session)
  }

  private func emitInbound(
    _ quantity: Int64, cell row: Int, due: Instant, from: UInt32, value: Int64, at instant: Instant,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    var cell = try cell(at: row, in: session)
    let inbound = heads.inbound
    emit(.inbound(cell: row, previous: cell.lastInbound, due: due.milliseconds, from: from, value: value))
    cell.lastInbound = inbound
    remember(cell)
    try moveStock(.expect, quantity, cell: row, inbound: inbound, at: instant, in: session)
  }

  func transfer(_ transfer: StockTransfer, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try checkQuantity(transfer.quantity, of: transfer.sku)
    try check(transfer.due, "due")
    try check(transfer.occurredAt, "occurred at")
    guard transfer.from != transfer.to else { throw .refused(.nothingToDo) }
    let from = try trackedCell(transfer.sku, transfer.from, in: session)
    let before = try cell(at: from, in: session)
    try moveStock(.transferOut, transfer.quantity, cell: from, at: transfer.occurredAt, in: session)
    let value = before.value - (try cell(at: from, in: session)).value
    let to = try trackedCell(transfer.sku, transfer.to, in: session)
    try emitInbound(
      transfer.quantity, cell: to, due: transfer.due, from: before.location, value: value, at: transfer.occurredAt,
      in: session)
    return stocked(in: session)
  }

  /// Expected goods arrive: those due first, first.
  func arrive(_ receipt: StockReceipt, _ row: Int, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    struct Inbound {
      var row: Int
      var due, open, value: Int64
      var from: Int64
    }
    var expected: [Inbound] = []
    let cell = try cell(at: row, in: session)
    var next = cell.lastInbound ?? -1
    var found: Int64 = 0
    while next >= 0, found < cell.counters.incoming {
      let open = try value(next, InboundColumn.open, session)
      if open > 0 {
        expected.append(
          Inbound(
            row: next, due: try value(next, InboundColumn.due, session), open: open,
            value: try value(next, InboundColumn.value, session), from: try value(next, InboundColumn.from, session)))
        found += open
      }
      next = try previous(next, InboundColumn.previous, in: session)
    }
    guard receipt.quantity <= cell.counters.incoming else {
      throw .refused(
        .tooFew(
          sku: receipt.sku, location: receipt.location, counter: .incoming, requested: receipt.quantity,
          present: cell.counters.incoming))
    }
    let standard = try value(Int(cell.sku) - 1, SKUColumn.unitCost, session)
    var rest = receipt.quantity
    for inbound in expected.sorted(by: { ($0.due, $0.row) < ($1.due, $1.row) }) where rest > 0 {
      let taken = min(rest, inbound.open)
      rest -= taken
      // What a transfer took along arrives with the units, all of it with the last.
      let value =
        inbound.from == 0
        ? try product(taken, receipt.unitCostMinorUnits ?? standard, "stock value")
        : taken == inbound.open ? inbound.value : inbound.value / inbound.open * taken
      try moveStock(
        inbound.from == 0 ? .arrive : .transferIn, taken, cell: row, value: value, inbound: inbound.row,
        at: receipt.occurredAt, in: session)
    }
    return stocked(in: session)
  }

  // MARK: Counts and blocks

  /// The difference to the book is written even when it is 0. Where fewer are there than promised, the newest promises
  /// wait again.
  func count(_ count: StockCount, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try checkAmount(count.counted, "counted")
    try check(count.occurredAt, "occurred at")
    guard count.counted <= Int64(Int32.max) else {
      throw .refused(.invalidQuantity(sku: count.sku, quantity: count.counted))
    }
    let row = try trackedCell(count.sku, count.location, in: session)
    let reason = try code(count.reason, in: .reason, session)
    let counters = try cell(at: row, in: session).counters
    let difference = count.counted - counters.onHand
    // Blocked units stay blocked as long as they are there.
    let blocked = counters.unavailable
    if count.counted < counters.reserved + blocked {
      var missing = counters.reserved + blocked - count.counted
      let displaced = min(missing, counters.reserved)
      try displace(displaced, ofCell: row, at: count.occurredAt, in: session)
      missing -= displaced
      for (kind, amount) in [
        (MovementKind.blockSafety, counters.safety), (.blockHeld, counters.held), (.blockDamaged, counters.damaged),
      ] where missing > 0 && amount > 0 {
        let taken = min(missing, amount)
        try moveStock(kind, -taken, cell: row, reason: reason, at: count.occurredAt, in: session)
        missing -= taken
      }
    }
    try moveStock(.count, difference, cell: row, reason: reason, at: count.occurredAt, in: session)
    return stocked(in: session)
  }

  /// Makes the newest promises of a cell wait for stock again; claims are ended.
  private func displace(
    _ quantity: Int64, ofCell row: Int, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    var rest = quantity
    // Where orders stand that were met: what the command told of one is not in the store yet.
    var met: [Int: (units: OrderUnits, standing: Standing)] = [:]
    for open in try openAllotments(at: cell(at: row, in: session), in: session) where open.reserved > 0 && rest > 0 {
      // A kit that lacks one unit of a component waits as a whole.
      let taken = min((rest + open.unitsEach - 1) / open.unitsEach, open.reserved)
      rest -= taken * open.unitsEach
      let order = Int(try value(open.row, AllotmentColumn.order, session)) - 1
      guard order >= 0 else {
        try moveStock(.release, taken, cell: row, allotment: open.row, at: instant, in: session)
        continue
      }
      if met[order] == nil {
        met[order] = (try units(of: order, in: session), try standing(of: order, in: session))
      }
      var known = met[order]!
      try displace(taken, ofAllotment: open.row, of: &known.units, &known.standing, at: instant, in: session)
      met[order] = known
    }
  }

  private func displace(
    _ quantity: Int64, ofAllotment row: Int, of units: inout OrderUnits, _ standing: inout Standing,
    at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    guard let index = units.allotments.firstIndex(where: { $0.row == row }) else {
      throw .file(.damaged(.inconsistent(place: "allotment \(row)", "is not in its order's chain")))
    }
    try move(
      .displace, quantity, line: units.allotments[index].line, allotment: index, of: &units, at: instant, in: session)
    try tell(
      Story(
        kind: .backordered, line: units.lines[units.allotments[index].line].row, after: quantity, occurredAt: instant),
      standing: &standing, in: session)
  }

  func block(_ block: StockBlock, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(block.occurredAt, "occurred at")
    try checkChange(block.quantity, of: block.sku)
    let cell = try trackedCell(block.sku, block.location, in: session)
    try moveStock(
      block.kind.movement, block.quantity, cell: cell, reason: try code(block.reason, in: .reason, session),
      at: block.occurredAt, in: session)
    return stocked(in: session)
  }

  func presale(_ quota: PresaleQuota, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(quota.occurredAt, "occurred at")
    try checkChange(quota.quantity, of: quota.sku)
    let cell = try trackedCell(quota.sku, quota.location, in: session)
    try moveStock(.presaleQuota, quota.quantity, cell: cell, at: quota.occurredAt, in: session)
    return stocked(in: session)
  }

  private func checkChange(_ quantity: Int64, of sku: String) throws(JudgeFailure) {
    guard quantity != 0, quantity.magnitude <= UInt64(Int32.max) else {
      throw .refused(.invalidQuantity(sku: sku, quantity: quantity))
    }
  }

  // MARK: Claims

  func claim(_ claim: StockClaim, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try checkQuantity(claim.quantity, of: claim.sku)
    try require(claim.owner, "owner")
    try check(claim.expiresAt, "expires")
    try check(claim.occurredAt, "occurred at")
    let row = try trackedCell(claim.sku, claim.location, in: session)
    let owner = try code(claim.owner, in: .owner, session)
    var allotment = try openClaim(of: owner, at: cell(at: row, in: session), in: session)
    if let allotment {
      emit(.claimEnd(allotment: allotment, expiresAt: claim.expiresAt.milliseconds))
    } else {
      var cell = try cell(at: row, in: session)
      allotment = heads.allotments
      emit(
        .allotment(
          AllotmentFact(
            cell: row, previousOfCell: cell.lastAllotment, since: claim.occurredAt.milliseconds,
            expiresAt: claim.expiresAt.milliseconds, owner: owner)))
      open.add(claim: heads.allotments - 1, of: owner, toCell: row)
      cell.lastAllotment = allotment
      remember(cell)
    }
    try moveStock(.reserve, claim.quantity, cell: row, allotment: allotment, at: claim.occurredAt, in: session)
    return stocked(in: session)
  }

  func endClaim(_ release: ClaimRelease, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(release.occurredAt, "occurred at")
    let row = try trackedCell(release.sku, release.location, in: session)
    guard let owner = try existingCode(release.owner, in: .owner, session),
      let allotment = try openClaim(of: owner, at: cell(at: row, in: session), in: session)
    else { throw .refused(.noClaim(owner: release.owner)) }
    try moveStock(
      .release, try value(allotment, AllotmentColumn.reserved, session), cell: row, allotment: allotment,
      at: release.occurredAt, in: session)
    return stocked(in: session)
  }

  /// Lets go of every claim that has run out. At most as many as one commit takes; asked again, it goes on.
  func expire(_ expiry: Expiry, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(expiry.asOf, "as of")
    for cell in 0..<session.rowCount(of: StoreTable.stock.rawValue) {
      guard try value(cell, StockColumn.reserved, session) > 0 else { continue }
      for open in try openAllotments(at: self.cell(at: cell, in: session), in: session) where open.reserved > 0 {
        let expires = try value(open.row, AllotmentColumn.expiresAt, session)
        guard InstantColumn.isInstant(expires), expires <= expiry.asOf.milliseconds else { continue }
        try moveStock(.release, open.reserved, cell: cell, allotment: open.row, at: expiry.asOf, in: session)
      }
    }
    guard hasFacts else {
      return Receipt(outcome: .unchanged, sequence: max(1, session.nextSequence) - 1, order: nil)
    }
    return Receipt(outcome: .updated, sequence: session.nextSequence, order: nil)
  }
}
