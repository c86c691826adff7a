internal import ColumnStore
internal import OrderModel

extension Judge {
  func register(_ sku: NewSKU, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(sku.sku, "SKU")
    try check(sku.name, "SKU name")
    try checkAmount(sku.unitCostMinorUnits, "unit cost")
    let isKnown = try existingCode(sku.sku, in: .sku, session) != nil
    let code = try code(sku.sku, in: .sku, session)
    var fact = SKUFact(
      code: code, category: try self.code(sku.category, in: .category, session), unitCost: sku.unitCostMinorUnits,
      tracked: sku.tracked, name: sku.name ?? "")
    let stored = isKnown ? try storedSKU(code, in: session) : nil
    if let stored, stored.tracked, !sku.tracked {
      // What is counted stays counted: an import that knows a SKU by its category alone takes nothing back.
      fact.tracked = true
      if fact.unitCost == 0 { fact.unitCost = stored.unitCost }
      if fact.name.isEmpty { fact.name = stored.name }
      if fact.category == 0 { fact.category = stored.category }
    }
    if stored == fact {
      return Receipt(
        outcome: .unchanged, sequence: UInt64(try value(Int(code) - 1, SKUColumn.sequence, session)), order: nil)
    }
    emit(.sku(fact))
    return Receipt(outcome: isKnown ? .updated : .created, sequence: session.nextSequence, order: nil)
  }

  func storedSKU(_ code: UInt32, in session: borrowing Session) throws(JudgeFailure) -> SKUFact? {
    let row = Int(code) - 1
    guard try value(row, SKUColumn.registered, session) == 1 else { return nil }
    return SKUFact(
      code: code, category: UInt32(try value(row, SKUColumn.category, session)),
      unitCost: try value(row, SKUColumn.unitCost, session), tracked: try value(row, SKUColumn.tracked, session) == 1,
      name: try text(at: try value(row, SKUColumn.name, session), session))
  }

  // MARK: Movements

  func receive(_ receipt: StockReceipt, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(receipt.sku, "SKU")
    try require(receipt.location, "location")
    try checkQuantity(receipt.quantity, of: receipt.sku)
    try check(receipt.occurredAt, "occurred at")
    if let cost = receipt.unitCostMinorUnits { try checkAmount(cost, "unit cost") }
    let isKnown = try existingCode(receipt.sku, in: .sku, session) != nil
    let code = try code(receipt.sku, in: .sku, session)
    var standardCost: Int64 = 0
    if isKnown, let sku = try storedSKU(code, in: session) {
      standardCost = sku.unitCost
      if !sku.tracked {
        // So is what was known by name alone.
        var counted = sku
        counted.tracked = true
        if counted.unitCost == 0, let cost = receipt.unitCostMinorUnits { counted.unitCost = cost }
        emit(.sku(counted))
      }
    } else {
      // What is received is counted from now on.
      standardCost = receipt.unitCostMinorUnits ?? 0
      emit(.sku(SKUFact(code: code, category: 0, unitCost: standardCost, tracked: true, name: "")))
    }
    var cell = try cell(sku: code, location: receipt.location, in: session)
    let value = try product(receipt.quantity, receipt.unitCostMinorUnits ?? standardCost, "stock value")
    try move(
      &cell, .receive, onHand: receipt.quantity, reserved: 0, value: value, sku: receipt.sku,
      location: receipt.location, at: receipt.occurredAt)
    return Receipt(outcome: .created, sequence: session.nextSequence, order: nil)
  }

  func adjust(_ adjustment: StockAdjustment, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(adjustment.sku, "SKU")
    try require(adjustment.location, "location")
    try check(adjustment.occurredAt, "occurred at")
    guard adjustment.quantity != 0, adjustment.quantity.magnitude <= UInt64(Int32.max) else {
      throw .refused(.invalidQuantity(sku: adjustment.sku, quantity: adjustment.quantity))
    }
    let known = try existingCode(adjustment.sku, in: .sku, session)
    let stored = try known.flatMap { (code) throws(JudgeFailure) in try storedSKU(code, in: session) }
    let reason = try code(adjustment.reason, in: .reason, session)
    guard let stored, stored.tracked else {
      guard adjustment.observed else {
        if known == nil { throw .refused(.unknownSKU(adjustment.sku)) }
        throw .refused(.untrackedSKU(adjustment.sku))
      }
      emit(
        .movement(
          MovementFact(
            kind: .adjust, cell: nil, sku: try code(adjustment.sku, in: .sku, session),
            location: try code(adjustment.location, in: .location, session), onHandChange: adjustment.quantity,
            reservedChange: 0, valueChange: 0, order: nil, line: nil, reason: reason,
            occurredAt: adjustment.occurredAt.milliseconds)))
      return Receipt(outcome: .created, sequence: session.nextSequence, order: nil)
    }
    var cell = try cell(sku: stored.code, location: adjustment.location, in: session)
    let value: Int64
    if cell.counters.onHand > 0 {
      guard let average = cell.value(of: Int64(adjustment.quantity.magnitude)) else {
        throw .refused(.overflow(field: "stock value"))
      }
      value = adjustment.quantity < 0 ? -average : average
    } else {
      // Nothing there to take the cost from. Taking away is refused below.
      value = try product(adjustment.quantity, stored.unitCost, "stock value")
    }
    try move(
      &cell, .adjust, onHand: adjustment.quantity, reserved: 0, value: value, sku: adjustment.sku,
      location: adjustment.location, reason: reason, at: adjustment.occurredAt)
    return Receipt(outcome: .created, sequence: session.nextSequence, order: nil)
  }

  /// The cell of a SKU at a location; a new empty one where there is none.
  func cell(sku: UInt32, location: String, in session: borrowing Session) throws(JudgeFailure) -> StockCell {
    let place = try code(location, in: .location, session)
    for row in try rows(.stockCell, StoreHash.stockCell(sku: sku, location: place), session) {
      let row = Int(row)
      guard try value(row, StockColumn.sku, session) == Int64(sku),
        try value(row, StockColumn.location, session) == Int64(place)
      else { continue }
      guard
        let counters = InventoryCounters(
          onHand: try value(row, StockColumn.onHand, session), reserved: try value(row, StockColumn.reserved, session),
          unavailable: try value(row, StockColumn.unavailable, session))
      else { throw .file(.damaged(.inconsistent(place: "stock cell \(row)", "counters break their invariant"))) }
      return StockCell(
        row: row, sku: sku, location: place, counters: counters, value: try value(row, StockColumn.value, session))
    }
    let row = heads.stock
    emit(.stockCell(sku: sku, location: place))
    return StockCell(row: row, sku: sku, location: place, counters: InventoryCounters(), value: 0)
  }

  /// Changes a cell and writes the movement. The counters judge: what would break their invariant is refused.
  func move(
    _ cell: inout StockCell, _ kind: MovementKind, onHand: Int64, reserved: Int64, value: Int64, sku: String,
    location: String, order: Int? = nil, line: Int? = nil, reason: UInt32 = 0, at instant: Instant
  ) throws(JudgeFailure) {
    do throws(InventoryError) {
      switch kind {
      case .receive, .adjust: try cell.counters.adjust(onHand)
      case .reserve: try cell.counters.reserve(reserved)
      case .release: try cell.counters.release(-reserved)
      case .ship: try cell.counters.ship(-onHand)
      }
    } catch {
      switch error {
      case .oversold(let requested, let available):
        throw .refused(.oversold(sku: sku, location: location, requested: requested, available: available))
      case .belowReserved(let present, let promised, _):
        throw .refused(
          .belowReserved(sku: sku, location: location, change: onHand, onHand: present, reserved: promised))
      case .notReserved(let requested, let reserved):
        throw .refused(.tooManyUnits(sku: sku, requested: requested, possible: reserved))
      case .overflow: throw .refused(.overflow(field: "on hand"))
      }
    }
    cell.value = try sum(cell.value, value, "stock value")
    emit(
      .movement(
        MovementFact(
          kind: kind, cell: cell.row, sku: cell.sku, location: cell.location, onHandChange: onHand,
          reservedChange: reserved, valueChange: value, order: order, line: line, reason: reason,
          occurredAt: instant.milliseconds)))
  }
}
