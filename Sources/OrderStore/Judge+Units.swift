internal import ColumnStore
internal import OrderModel

/// Reading the units of an order, and moving them: the one place where counters of locations, lines and allotments
/// change, each from the movement that is written.
extension Judge {
  func units(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> OrderUnits {
    var units = OrderUnits(order: order)
    let first = Int(try value(order, OrderColumn.firstLine, session))
    let added = Int(try value(order, OrderColumn.addedLines, session))
    let count = Int(try value(order, OrderColumn.lineCount, session)) - added
    var rows = Array(first..<(first + count))
    if added > 0 {
      var row = Int(try value(order, OrderColumn.lastAddedLine, session)) - 1
      units.lastAddedLine = row < 0 ? nil : row
      var chain: [Int] = []
      while row >= 0 {
        chain.append(row)
        row = Int(try value(row, LineColumn.previous, session)) - 1
      }
      rows += chain.reversed()
    }
    units.lines.reserveCapacity(rows.count)
    for row in rows {
      let sku = UInt32(try value(row, LineColumn.sku, session))
      let price = try value(row, LineColumn.unitPrice, session)
      let hasShipped = try value(row, LineColumn.shipped, session) > 0
      let partition = try LinePartition(ordered: try value(row, LineColumn.quantity, session)) {
        (counter) throws(JudgeFailure) in
        // What follows shipping is 0 before it.
        counter > .shipped && !hasShipped ? 0 : try value(row, LineColumn.of(counter), session)
      }
      guard let partition else {
        throw .file(.damaged(.inconsistent(place: "line \(row)", "units break their invariant")))
      }
      units.lines.append(
        OrderUnits.Line(
          row: row, sku: sku, name: try name(of: sku, in: .sku, session),
          location: UInt32(try value(row, LineColumn.location, session)), unitPrice: price,
          listPrice: price &+ (try value(row, LineColumn.listExtra, session)),
          isTracked: try isTracked(sku, in: session), partition: partition))
    }
    var row = Int(try value(order, OrderColumn.lastAllotment, session)) - 1
    while row >= 0 {
      let line = Int(try value(row, AllotmentColumn.line, session)) - 1
      guard let index = units.lines.firstIndex(where: { $0.row == line }) else {
        throw .file(.damaged(.inconsistent(place: "allotment \(row)", "its line is not the order's")))
      }
      let cell = Int(try value(row, AllotmentColumn.cell, session)) - 1
      let leg = Int(try value(row, AllotmentColumn.leg, session)) - 1
      units.allotments.append(
        OrderUnits.Allotment(
          row: row, line: index, cell: cell < 0 ? nil : cell,
          location: cell < 0 ? 0 : UInt32(try value(cell, StockColumn.location, session)), leg: leg < 0 ? nil : leg,
          backordered: try value(row, AllotmentColumn.backordered, session),
          presold: try value(row, AllotmentColumn.presold, session),
          reserved: try value(row, AllotmentColumn.reserved, session),
          shipped: try value(row, AllotmentColumn.shipped, session),
          settled: try value(row, AllotmentColumn.settled, session)))
      row = try previous(row, AllotmentColumn.previous, in: session)
    }
    units.allotments.reverse()
    return units
  }

  private func isTracked(_ sku: UInt32, in session: borrowing Session) throws(JudgeFailure) -> Bool {
    try value(Int(sku) - 1, SKUColumn.tracked, session) == 1
  }

  func name(of code: UInt32, in list: Vocabulary, _ session: borrowing Session) throws(JudgeFailure) -> String {
    if code == 0 { return "" }
    if let new = newWord(code, in: list) { return new }
    do throws(FileError) {
      return try session.word(list: Int(list.rawValue), code: code)
    } catch { throw .file(error) }
  }

  // MARK: Asking for units

  /// Spreads what is asked for over the lines, in their order: for each line how many units.
  ///
  /// - Parameter possible: How many units of a line the command may take, at its index.
  func portions(
    _ wanted: [LineQuantity], of lines: [OrderUnits.Line], in session: borrowing Session,
    _ possible: (Int) -> Int64
  ) throws(JudgeFailure) -> [Int64] {
    guard !wanted.isEmpty else { return lines.indices.map { max(0, possible($0)) } }
    var portions = lines.map { _ in Int64(0) }
    for request in wanted {
      try checkQuantity(request.quantity, of: request.sku)
      let sku = try existingCode(request.sku, in: .sku, session)
      var rest = request.quantity
      for (index, line) in lines.enumerated() where line.sku == sku && rest > 0 {
        let taken = min(rest, max(0, possible(index)) - portions[index])
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

  /// The units of a portion, taken from the allotments that `isMeant` accepts, the newest first when `fromNewest`.
  ///
  /// - Returns: Index of an allotment and units of it.
  func shares(
    of portion: Int64, line: Int, in units: OrderUnits, fromNewest: Bool = false,
    _ amount: (OrderUnits.Allotment) -> Int64
  ) -> [(allotment: Int, quantity: Int64)] {
    var rest = portion
    var shares: [(allotment: Int, quantity: Int64)] = []
    let indices = Array(units.allotments.indices)
    for index in fromNewest ? indices.reversed() : indices
    where units.allotments[index].line == line && rest > 0 {
      let taken = min(rest, amount(units.allotments[index]))
      guard taken > 0 else { continue }
      shares.append((index, taken))
      rest -= taken
    }
    return shares
  }

  // MARK: Moving units

  /// Moves units of a line, and of the cell of its allotment or of the one named, and writes the movement.
  func move(
    _ kind: MovementKind, _ quantity: Int64, line: Int, allotment: Int?, cell named: Int? = nil,
    of units: inout OrderUnits, at instant: Instant, reason: UInt32 = 0, in session: borrowing Session
  ) throws(JudgeFailure) {
    if quantity == 0 { return }
    do throws(PartitionError) { try units.lines[line].partition.apply(kind, quantity) } catch {
      throw .refused(
        .tooManyUnits(sku: units.lines[line].name, requested: error.requested, possible: error.possible))
    }
    var fact = MovementFact(
      kind: kind, cell: nil, sku: units.lines[line].sku, location: 0, quantity: quantity, order: units.order,
      line: units.lines[line].row, reason: reason, occurredAt: instant.milliseconds)
    if let index = allotment {
      fact.location = units.allotments[index].location
      fact.allotment = units.allotments[index].row
      units.allotments[index].apply(kind, quantity)
    }
    if kind.needsCell {
      guard let row = named ?? allotment.flatMap({ units.allotments[$0].cell }) else {
        preconditionFailure("a movement of a location's counters names its cell")
      }
      let components = try components(of: units.lines[line].sku, in: session)
      if !components.isEmpty {
        return try moveKits(&fact, of: components, at: try cell(at: row, in: session).location, in: session)
      }
      try apply(&fact, to: row, in: session)
    }
    emit(.movement(fact))
    countMovement()
  }

  /// Writes the movement of a kit, which moves its line, and those of its components, which move the counters of the
  /// location: the same way, so many times the units.
  private func moveKits(
    _ fact: inout MovementFact, of components: [Component], at location: UInt32, in session: borrowing Session
  ) throws(JudgeFailure) {
    fact.location = location
    emit(.movement(fact))
    countMovement()
    for component in components {
      var part = fact
      (part.line, part.allotment) = (nil, nil)
      part.quantity = try product(fact.quantity, component.quantity, "units of a component")
      guard part.quantity.magnitude <= UInt64(Int32.max) else {
        throw .refused(.overflow(field: "units of a component"))
      }
      try apply(&part, to: try cell(sku: component.sku, location: location, in: session), in: session)
      emit(.movement(part))
      countMovement()
    }
  }

  /// Changes the counters and the value of a cell as a movement says. The counters judge: what would break their
  /// invariant is refused.
  func apply(
    _ fact: inout MovementFact, to row: Int, value given: Int64? = nil, in session: borrowing Session
  ) throws(JudgeFailure) {
    var cell = try cell(at: row, in: session)
    let onHand = fact.change(of: .onHand)
    if let given {
      fact.valueChange = given
    } else if onHand != 0, cell.counters.onHand > 0 {
      guard let average = cell.value(of: Int64(onHand.magnitude)) else {
        throw .refused(.overflow(field: "stock value"))
      }
      fact.valueChange = onHand < 0 ? -average : average
    } else if onHand > 0 {
      // Nothing there to take the cost from.
      let unit = try value(Int(cell.sku) - 1, SKUColumn.unitCost, session)
      fact.valueChange = try product(onHand, unit, "stock value")
    }
    do throws(InventoryError) { try cell.counters.apply(fact.kind, fact.quantity) } catch {
      throw .refused(
        Judge.refusal(
          error, sku: try name(of: cell.sku, in: .sku, session),
          location: try name(of: cell.location, in: .location, session), change: onHand))
    }
    cell.value = try sum(cell.value, fact.valueChange, "stock value")
    (fact.cell, fact.sku, fact.location) = (row, cell.sku, cell.location)
    remember(cell)
    try noteTaken(fact, in: session)
  }

  private static func refusal(_ error: InventoryError, sku: String, location: String, change: Int64) -> Refusal {
    switch error {
    case .oversold(let requested, let available):
      .oversold(sku: sku, location: location, requested: requested, available: available)
    case .belowReserved(let onHand, let reserved, _):
      .belowReserved(sku: sku, location: location, change: change, onHand: onHand, reserved: reserved)
    case .notReserved(let requested, let reserved):
      .tooManyUnits(sku: sku, requested: requested, possible: reserved)
    case .presaleExhausted(let requested, let left):
      .presaleExhausted(sku: sku, location: location, requested: requested, left: left)
    case .tooFew(let counter, let requested, let present):
      .tooFew(sku: sku, location: location, counter: counter, requested: requested, present: present)
    case .overflow: .overflow(field: "a counter")
    }
  }

  /// The allotment of a line at a cell for a leg, made if there is none.
  func allotment(
    line: Int, cell: Int?, leg: Int?, of units: inout OrderUnits, at instant: Instant,
    approvedAt: Int64 = InstantColumn.none, in session: borrowing Session
  ) throws(JudgeFailure) -> Int {
    if let index = units.allotments.firstIndex(where: { $0.line == line && $0.cell == cell && $0.leg == leg }) {
      return index
    }
    let priority = UInt32(try value(units.order, OrderColumn.priority, session))
    // Where nobody approves, the queue goes by the asking.
    let stored = approvedAt != InstantColumn.none ? approvedAt : try reached(.approved, of: units.order, session)
    return try newAllotment(
      ofLine: line, cell: cell, leg: leg, rank: OrderPriority.rank(of: try name(of: priority, in: .priority, session)),
      approvedAt: InstantColumn.isInstant(stored) ? stored : instant.milliseconds, of: &units, at: instant,
      in: session)
  }

  func newAllotment(
    ofLine line: Int, cell: Int?, leg: Int? = nil, rank: Int64, approvedAt: Int64, of units: inout OrderUnits,
    at instant: Instant, in session: borrowing Session
  ) throws(JudgeFailure) -> Int {
    var fact = AllotmentFact(
      order: units.order, line: units.lines[line].row, cell: cell, leg: leg, previous: units.allotments.last?.row,
      since: instant.milliseconds, rank: rank, approvedAt: approvedAt)
    var location: UInt32 = 0
    if let cell {
      var changed = try self.cell(at: cell, in: session)
      fact.previousOfCell = changed.lastAllotment
      changed.lastAllotment = heads.allotments
      location = changed.location
      remember(changed)
    }
    units.allotments.append(
      OrderUnits.Allotment(
        row: heads.allotments, line: line, cell: cell, location: location, leg: leg, backordered: 0, presold: 0,
        reserved: 0, shipped: 0, settled: 0))
    emit(.allotment(fact))
    return units.allotments.count - 1
  }

  /// Lets go of units that are reserved, presold or waited for: they are nobody's again.
  func letGo(
    _ quantity: Int64, ofAllotment index: Int, of units: inout OrderUnits, at instant: Instant,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    var rest = quantity
    for (kind, amount) in [
      (MovementKind.unbackorder, units.allotments[index].backordered),
      (.unpresell, units.allotments[index].presold), (.release, units.allotments[index].reserved),
    ] {
      let taken = min(rest, amount)
      if taken > 0 {
        try move(
          kind, taken, line: units.allotments[index].line, allotment: index, of: &units,
          at: instant, in: session)
      }
      rest -= taken
    }
  }

  /// Lets go of everything an order has.
  func letGo(of standing: inout Standing, at instant: Instant, in session: borrowing Session) throws(JudgeFailure) {
    var units = try units(of: standing.order, in: session)
    for index in units.allotments.indices {
      let allotment = units.allotments[index]
      try letGo(
        allotment.promised, ofAllotment: index, of: &units, at: instant,
        in: session)
    }
    standing.weigh(units)
  }
}
