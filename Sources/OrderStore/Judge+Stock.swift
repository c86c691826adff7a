internal import ColumnStore
internal import OrderModel

/// A stock cell while a command is judged: its counters and the value of what is on hand.
struct StockCell {
  var row: Int
  var sku: UInt32
  var location: UInt32
  var counters: InventoryCounters
  /// Minor units of the store's currency.
  var value: Int64

  /// The value of `quantity` of the units on hand at their average cost, rounded half-even; all of it when all go.
  func value(of quantity: Int64) -> Int64 {
    guard counters.onHand > 0 else { return 0 }
    if quantity >= counters.onHand { return value }
    let (high, low) = value.multipliedFullWidth(by: quantity)
    let (quotient, remainder) = counters.onHand.dividingFullWidth((high, low))
    let twice = remainder.magnitude.multipliedReportingOverflow(by: 2)
    let isAbove = twice.overflow || twice.partialValue > counters.onHand.magnitude
    let isTie = !twice.overflow && twice.partialValue == counters.onHand.magnitude
    return isAbove || (isTie && quotient & 1 == 1) ? quotient + (value < 0 ? -1 : 1) : quotient
  }
}

extension Judge {
  func register(_ sku: NewSKU, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(sku.sku, "SKU")
    try check(sku.name, "SKU name")
    try checkAmount(sku.unitCostMinorUnits, "unit cost")
    let isKnown = try existingCode(sku.sku, in: .sku, session) != nil
    let code = try code(sku.sku, in: .sku, session)
    let fact = SKUFact(
      code: code, category: try self.code(sku.category, in: .category, session), unitCost: sku.unitCostMinorUnits,
      tracked: sku.tracked, name: sku.name ?? "")
    if isKnown, try storedSKU(code, in: session) == fact {
      return Receipt(outcome: .unchanged, sequence: session.nextSequence - 1, order: nil)
    }
    emit(.sku(fact))
    return Receipt(outcome: isKnown ? .updated : .created, sequence: session.nextSequence, order: nil)
  }

  private func storedSKU(_ code: UInt32, in session: borrowing Session) throws(JudgeFailure) -> SKUFact? {
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
      guard sku.tracked else { throw .refused(.untrackedSKU(receipt.sku)) }
      standardCost = sku.unitCost
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
    if adjustment.quantity < 0 {
      value = -cell.value(of: -adjustment.quantity)
    } else if cell.counters.onHand > 0, adjustment.quantity <= cell.counters.onHand {
      value = cell.value(of: adjustment.quantity)
    } else {
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
  private func move(
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

  // MARK: Lines

  /// An order's line while a command is judged.
  struct OpenLine {
    var row: Int
    var sku: UInt32
    var name: String
    var location: UInt32
    var listPrice: Int64
    var quantity, cancelled, reserved, shipped: Int64
    /// Neither cancelled, reserved nor shipped.
    var unreserved: Int64 { quantity - cancelled - reserved - shipped }
    var open: Int64 { quantity - cancelled - shipped }
  }

  func lines(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> [OpenLine] {
    let first = Int(try value(order, OrderColumn.firstLine, session))
    let count = Int(try value(order, OrderColumn.lineCount, session))
    var lines: [OpenLine] = []
    for row in first..<(first + count) {
      let sku = UInt32(try value(row, LineColumn.sku, session))
      let name: String
      do throws(FileError) {
        name = try session.word(list: Int(Vocabulary.sku.rawValue), code: sku)
      } catch { throw .file(error) }
      let price = try value(row, LineColumn.unitPrice, session)
      lines.append(
        OpenLine(
          row: row, sku: sku, name: name, location: UInt32(try value(row, LineColumn.location, session)),
          listPrice: price &+ (try value(row, LineColumn.listExtra, session)),
          quantity: try value(row, LineColumn.quantity, session),
          cancelled: try value(row, LineColumn.cancelled, session),
          reserved: try value(row, LineColumn.reserved, session),
          shipped: try value(row, LineColumn.shipped, session)))
    }
    return lines
  }

  /// Spreads what is asked for over the lines, in their order: for each line how many units.
  ///
  /// - Parameter possible: How many units of a line the command may take.
  private func portions(
    _ wanted: [LineQuantity], of lines: [OpenLine], _ possible: (OpenLine) -> Int64
  ) throws(JudgeFailure) -> [Int64] {
    var portions = lines.map { _ in Int64(0) }
    guard !wanted.isEmpty else { return lines.map(possible) }
    for request in wanted {
      try checkQuantity(request.quantity, of: request.sku)
      var rest = request.quantity
      for (index, line) in lines.enumerated() where line.name == request.sku && rest > 0 {
        let taken = min(rest, possible(line) - portions[index])
        portions[index] += taken
        rest -= taken
      }
      guard rest == 0 else {
        throw .refused(
          .tooManyUnits(sku: request.sku, requested: request.quantity, possible: request.quantity - rest))
      }
    }
    return portions
  }

  private func stockOrder(
    _ operation: StockOperation, to node: Node, in session: borrowing Session
  ) throws(JudgeFailure) -> Standing {
    try check(operation.occurredAt, "occurred at")
    let standing = try standing(of: try row(of: operation.order, in: session), in: session)
    guard standing.node.isKeyNode else { throw .refused(.illegalStep(from: standing.node, to: node)) }
    return standing
  }

  func reserve(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(operation.location, "location")
    var standing = try stockOrder(operation, to: .reserved, in: session)
    let lines = try lines(of: standing.order, in: session)
    let place = try code(operation.location, in: .location, session)
    let portions = try portions(operation.lines, of: lines) { $0.unreserved }
    guard portions.contains(where: { $0 > 0 }) else {
      return try unchanged(order: standing.order, in: session)
    }
    var cells: [UInt32: StockCell] = [:]
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      guard let sku = try storedSKU(line.sku, in: session), sku.tracked else {
        throw .refused(.untrackedSKU(line.name))
      }
      // A line's promised units lie at one location.
      guard line.reserved == 0 || line.location == place else {
        throw .refused(.tooManyUnits(sku: line.name, requested: quantity, possible: 0))
      }
      if line.location != place { emit(.lineLocation(line: line.row, location: place)) }
      let known = cells[line.sku]
      var cell =
        if let known { known } else {
          try self.cell(sku: line.sku, location: operation.location, in: session)
        }
      try move(
        &cell, .reserve, onHand: 0, reserved: quantity, value: 0, sku: line.name, location: operation.location,
        order: standing.order, line: line.row, at: operation.occurredAt)
      cells[line.sku] = cell
    }
    let isComplete = zip(lines, portions).allSatisfy { $0.unreserved == $1 }
    if isComplete, !standing.hasPassed(.reserved) {
      try pass(
        .reserved, leg: 0, at: operation.occurredAt, actor: operation.actor, reason: nil, side: .unknown,
        location: operation.location, carrier: nil, standing: &standing, in: session)
    }
    return Receipt(
      outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(standing.order)))
  }

  func release(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    let standing = try stockOrder(operation, to: .reserved, in: session)
    let lines = try lines(of: standing.order, in: session)
    let portions = try portions(operation.lines, of: lines) { $0.reserved }
    try giveBack(portions, of: lines, order: standing.order, at: operation.occurredAt, in: session)
    guard hasSomethingToWrite else { return try unchanged(order: standing.order, in: session) }
    return Receipt(
      outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(standing.order)))
  }

  /// Takes promised units back into what is available.
  private func giveBack(
    _ portions: [Int64], of lines: [OpenLine], order: Int, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    var cells = CellCache()
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      let location = try locationName(of: line, in: session)
      let known = cells[line]
      var cell = if let known { known } else { try self.cell(sku: line.sku, location: location, in: session) }
      try move(
        &cell, .release, onHand: 0, reserved: -quantity, value: 0, sku: line.name, location: location, order: order,
        line: line.row, at: instant)
      cells[line] = cell
    }
  }

  /// Cells changed by the present command, whose stored counters are behind.
  private struct CellCache {
    private var cells: [UInt64: StockCell] = [:]
    subscript(line: OpenLine) -> StockCell? {
      get { cells[UInt64(line.sku) << 32 | UInt64(line.location)] }
      set { cells[UInt64(line.sku) << 32 | UInt64(line.location)] = newValue }
    }
  }

  private func locationName(of line: OpenLine, in session: borrowing Session) throws(JudgeFailure) -> String {
    do throws(FileError) {
      return try session.word(list: Int(Vocabulary.location.rawValue), code: line.location)
    } catch { throw .file(error) }
  }

  func ship(_ operation: StockOperation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    var standing = try stockOrder(operation, to: .shipped, in: session)
    let lines = try lines(of: standing.order, in: session)
    var place: UInt32?
    if !operation.location.isEmpty { place = try existingCode(operation.location, in: .location, session) ?? .max }
    let portions = try portions(operation.lines, of: lines) {
      place == nil || $0.location == place ? $0.reserved : 0
    }
    guard portions.contains(where: { $0 > 0 }) else {
      let first = lines.first
      throw .refused(
        .tooManyUnits(sku: first?.name ?? "", requested: first?.open ?? 0, possible: 0))
    }
    try ship(portions, of: lines, order: standing.order, at: operation.occurredAt, in: session)
    let isComplete = zip(lines, portions).allSatisfy { $0.open == $1 }
    if isComplete || operation.leg != 0 {
      try pass(
        .shipped, leg: operation.leg, at: operation.occurredAt, actor: operation.actor, reason: nil, side: .unknown,
        location: operation.location, carrier: nil, standing: &standing, in: session)
    }
    return Receipt(
      outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(standing.order)))
  }

  private func ship(
    _ portions: [Int64], of lines: [OpenLine], order: Int, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    var cells = CellCache()
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      let location = try locationName(of: line, in: session)
      let known = cells[line]
      var cell = if let known { known } else { try self.cell(sku: line.sku, location: location, in: session) }
      try move(
        &cell, .ship, onHand: -quantity, reserved: -quantity, value: -cell.value(of: quantity), sku: line.name,
        location: location, order: order, line: line.row, at: instant)
      cells[line] = cell
    }
  }

  /// A recorded SHIPPED takes the promised units out: those of the whole order.
  func shipReserved(
    of order: Int, leg: UInt8, at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) {
    guard leg == 0 else { return }
    let lines = try lines(of: order, in: session)
    try ship(lines.map(\.reserved), of: lines, order: order, at: instant, in: session)
  }

  // MARK: Cancelling

  func cancel(_ cancellation: Cancellation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(cancellation.occurredAt, "occurred at")
    var standing = try standing(of: try row(of: cancellation.order, in: session), in: session)
    if standing.passages.contains(where: {
      $0.node == .cancelled && $0.occurredAt == cancellation.occurredAt.milliseconds
    }) {
      return try unchanged(order: standing.order, in: session)
    }
    guard standing.node.isKeyNode, standing.node < .shipped else {
      throw .refused(.illegalStep(from: standing.node, to: .cancelled))
    }
    let lines = try lines(of: standing.order, in: session)
    let portions = try portions(cancellation.lines, of: lines) { $0.open }
    // Units nobody was promised go first.
    let promised = zip(lines, portions).map { max(0, $1 - $0.unreserved) }
    try giveBack(promised, of: lines, order: standing.order, at: cancellation.occurredAt, in: session)
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      emit(
        .lineCancelled(
          line: line.row, order: standing.order, quantity: quantity,
          value: try product(quantity, line.listPrice, "cancelled value")))
    }
    if zip(lines, portions).allSatisfy({ $0.open == $1 && $0.shipped == 0 }) {
      try pass(
        .cancelled, leg: 0, at: cancellation.occurredAt, actor: cancellation.actor, reason: cancellation.reason,
        side: cancellation.side, location: nil, carrier: nil, standing: &standing, in: session)
    }
    return Receipt(
      outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(standing.order)))
  }
}
