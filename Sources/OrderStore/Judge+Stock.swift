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
    let isNewKit = try checkKit(sku, code, isKnown: isKnown, &fact, in: session)
    if stored == fact, !isNewKit {
      return Receipt(
        outcome: .unchanged, sequence: UInt64(try value(Int(code) - 1, SKUColumn.sequence, session)), order: nil)
    }
    emit(.sku(fact))
    if isNewKit { try emitComponents(of: sku, code, in: session) }
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
    if isKnown { try requireNoKit(code, receipt.sku, in: session) }
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
    let cell = try cell(sku: code, location: try self.code(receipt.location, in: .location, session), in: session)
    if receipt.wasExpected { return try arrive(receipt, cell, in: session) }
    let value = try product(receipt.quantity, receipt.unitCostMinorUnits ?? standardCost, "stock value")
    try moveStock(.receive, receipt.quantity, cell: cell, value: value, at: receipt.occurredAt, in: session)
    return stocked(in: session)
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
            location: try code(adjustment.location, in: .location, session), quantity: adjustment.quantity,
            reason: reason, occurredAt: adjustment.occurredAt.milliseconds)))
      return Receipt(outcome: .created, sequence: session.nextSequence, order: nil)
    }
    try requireNoKit(stored.code, adjustment.sku, in: session)
    let cell = try cell(sku: stored.code, location: try code(adjustment.location, in: .location, session), in: session)
    try moveStock(
      .adjust, adjustment.quantity, cell: cell, reason: reason, at: adjustment.occurredAt, in: session)
    return stocked(in: session)
  }

  /// Moves the counters of one cell, outside any order. Without a value what comes or goes has the average of what is
  /// there.
  func moveStock(
    _ kind: MovementKind, _ quantity: Int64, cell: Int, value: Int64? = nil, reason: UInt32 = 0,
    inbound: Int? = nil, allotment: Int? = nil, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    var fact = MovementFact(
      kind: kind, cell: nil, sku: 0, location: 0, quantity: quantity, reason: reason,
      occurredAt: instant.milliseconds, allotment: allotment, inbound: inbound)
    try apply(&fact, to: cell, value: value, in: session)
    emit(.movement(fact))
  }

  func stocked(in session: borrowing Session) -> Receipt {
    Receipt(outcome: .created, sequence: session.nextSequence, order: nil)
  }

  /// The cell of a counted SKU at a location; refused when the store does not count it.
  func trackedCell(
    _ sku: String, _ location: String, in session: borrowing Session
  ) throws(JudgeFailure) -> Int {
    try require(sku, "SKU")
    try require(location, "location")
    guard let code = try existingCode(sku, in: .sku, session) else { throw .refused(.unknownSKU(sku)) }
    guard let stored = try storedSKU(code, in: session), stored.tracked else { throw .refused(.untrackedSKU(sku)) }
    try requireNoKit(code, sku, in: session)
    return try cell(sku: code, location: try self.code(location, in: .location, session), in: session)
  }
}
