internal import ColumnStore
internal import OrderModel

/// T14, T32: changes of an order before it ships, each told with the value before and after.
extension Judge {
  /// Which part of an order an edit changed. Raw values are stored; they never change.
  enum EditedPart: UInt8 {
    case quantity = 1
    case line, substitute, region, city, priority, shipBy, deliverBy

    var name: String {
      switch self {
      case .shipBy: "ship_by"
      case .deliverBy: "deliver_by"
      default: "\(self)"
      }
    }
  }

  func edit(_ edit: OrderEdit, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(edit.occurredAt, "occurred at")
    let order = try row(of: edit.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.node.isKeyNode, standing.node < .shipped else {
      throw .refused(.illegalStep(from: standing.node, to: standing.node))
    }
    guard !edit.changes.isEmpty else { throw .refused(.nothingToDo) }
    var units = try units(of: order, in: session)
    for change in edit.changes {
      var story = Story(kind: .edited, reason: edit.reason, actor: edit.actor, occurredAt: edit.occurredAt)
      switch change {
      case .quantity(let sku, let quantity): try resize(sku, to: quantity, &units, &story, standing, in: session)
      case .add(let line):
        story.subject = EditedPart.line.rawValue
        story.line = try add(line, replacing: nil, to: &units, in: session)
        story.after = line.quantity
      case .substitute(let sku, let line): try substitute(sku, line, &units, &story, in: session)
      case .region(let region):
        try retell(.region, OrderColumn.region, to: try code(region, in: .region, session), order, &story, in: session)
      case .city(let city):
        try retell(.city, OrderColumn.city, to: try code(city, in: .city, session), order, &story, in: session)
      case .priority(let priority):
        try retell(
          .priority, OrderColumn.priority, to: try code(priority, in: .priority, session), order, &story, in: session)
      case .shipBy(let instant):
        try check(instant, "ship-by")
        try promise(.shipBy, OrderColumn.shipBy, .currentShipBy, to: instant, order, &story, in: session)
      case .deliverBy(let instant):
        try check(instant, "deliver-by")
        try promise(.deliverBy, OrderColumn.deliverBy, .currentDeliverBy, to: instant, order, &story, in: session)
      }
      standing.weigh(units)
      try tell(story, standing: &standing, in: session)
    }
    try lowerExposure(of: order, units: units, in: session)
    return try updated(order: order, in: session)
  }

  private func retell(
    _ part: EditedPart, _ column: OrderColumn, to code: UInt32, _ order: Int, _ story: inout Story,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    story.subject = part.rawValue
    (story.before, story.after) = (try value(order, column, session), Int64(code))
    story.changes = [EventFact.Change(column: column.rawValue, value: Int64(code))]
  }

  /// A new promise; the original one stays.
  private func promise(
    _ part: EditedPart, _ original: OrderColumn, _ current: OrderColumn, to instant: Instant, _ order: Int,
    _ story: inout Story, in session: borrowing Session
  ) throws(JudgeFailure) {
    story.subject = part.rawValue
    let before = try value(order, current, session)
    story.before = before == InstantColumn.none ? try value(order, original, session) : before
    story.after = instant.milliseconds
    story.changes = [EventFact.Change(column: current.rawValue, value: instant.milliseconds)]
  }

  /// More units of a SKU, on its first line, or fewer, from its last.
  private func resize(
    _ sku: String, to quantity: Int64, _ units: inout OrderUnits, _ story: inout Story, _ standing: Standing,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    try checkQuantity(quantity, of: sku)
    let code = try existingCode(sku, in: .sku, session)
    let lines = units.lines.indices.filter { units.lines[$0].sku == code && units.lines[$0].quantity > 0 }
    guard let first = lines.first else { throw .refused(.unknownLine(sku: sku)) }
    let before = lines.reduce(0) { $0 + units.lines[$1].quantity - units.lines[$1].cancelled }
    story.subject = EditedPart.quantity.rawValue
    (story.before, story.after, story.line) = (before, quantity, units.lines[first].row)
    var change = quantity - before
    if change > 0 {
      let total = try sum(try value(units.order, OrderColumn.units, session), change, "units")
      guard total <= Int64(UInt32.max) else { throw .refused(.overflow(field: "units of the order")) }
      let line = units.lines[first]
      let listValue = try product(change, line.listPrice, "order value")
      _ = try sum(try value(units.order, OrderColumn.listValue, session), listValue, "order value")
      emit(
        .lineExtended(
          line: line.row, order: units.order, quantity: change, listValue: listValue,
          discount: try product(change, line.listPrice - line.unitPrice, "order value")))
      units.lines[first].partition.extend(change)
      // What is promised already stays promised, and the new units with it, as far as they are there.
      if let index = units.allotments.firstIndex(where: { $0.line == first && $0.cell != nil && $0.leg == nil }) {
        let room = try room(ofCell: units.allotments[index].cell!, for: units.order, in: session)
        let reserved = min(change, room.available, room.most)
        try move(.reserve, reserved, line: first, allotment: index, of: &units, at: story.occurredAt, in: session)
        try move(
          .backorder, change - reserved, line: first, allotment: index, of: &units, at: story.occurredAt, in: session)
      }
      return
    }
    for line in lines.reversed() where change < 0 {
      let taken = min(-change, units.lines[line].open)
      if taken > 0 { try cancel(taken, ofLine: line, of: &units, at: story.occurredAt, in: session) }
      change += taken
    }
    guard change == 0 else {
      throw .refused(.tooManyUnits(sku: sku, requested: before - quantity, possible: before - quantity + change))
    }
  }

  private func substitute(
    _ sku: String, _ line: NewLine, _ units: inout OrderUnits, _ story: inout Story, in session: borrowing Session
  ) throws(JudgeFailure) {
    let code = try existingCode(sku, in: .sku, session)
    guard let old = units.lines.indices.first(where: { units.lines[$0].sku == code && units.lines[$0].open > 0 })
    else { throw .refused(.unknownLine(sku: sku)) }
    guard line.quantity <= units.lines[old].open else {
      throw .refused(.tooManyUnits(sku: sku, requested: line.quantity, possible: units.lines[old].open))
    }
    try checkQuantity(line.quantity, of: line.sku)
    try cancel(line.quantity, ofLine: old, of: &units, at: story.occurredAt, in: session)
    story.subject = EditedPart.substitute.rawValue
    story.before = Int64(units.lines[old].row)
    story.line = try add(line, replacing: units.lines[old].row, to: &units, in: session)
    story.after = line.quantity
  }

  /// Adds a line.
  ///
  /// - Returns: Its row.
  private func add(
    _ line: NewLine, replacing: Int?, to units: inout OrderUnits, in session: borrowing Session
  ) throws(JudgeFailure) -> Int {
    try require(line.sku, "SKU")
    try checkQuantity(line.quantity, of: line.sku)
    try checkAmount(line.unitPriceMinorUnits, "price")
    let list = line.listPriceMinorUnits ?? line.unitPriceMinorUnits
    try checkAmount(list, "list price")
    let added = try product(line.quantity, max(list, line.unitPriceMinorUnits), "order value")
    _ = try sum(try value(units.order, OrderColumn.listValue, session), added, "order value")
    guard try value(units.order, OrderColumn.addedLines, session) < 65_535 else {
      throw .refused(.overflow(field: "lines of the order"))
    }
    let fact = LineFact(
      sku: try code(line.sku, in: .sku, session), quantity: line.quantity, unitPrice: line.unitPriceMinorUnits,
      listExtra: list - line.unitPriceMinorUnits, location: try code(line.location, in: .location, session))
    let row = heads.lines
    emit(.lineAdded(fact, order: units.order, previous: units.lastAddedLine, replaces: replacing))
    units.lastAddedLine = row
    let stored = newWord(fact.sku, in: .sku) == nil ? try storedSKU(fact.sku, in: session) : nil
    units.lines.append(
      OrderUnits.Line(
        row: row, sku: fact.sku, name: line.sku, location: fact.location, unitPrice: fact.unitPrice, listPrice: list,
        isTracked: stored?.tracked ?? false, partition: LinePartition(ordered: line.quantity)))
    return row
  }
}
