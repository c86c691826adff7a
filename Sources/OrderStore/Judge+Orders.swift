internal import ColumnStore
internal import OrderModel

extension Judge {
  func place(_ order: NewOrder, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    if let row = try knownOrder(order, in: session) { return try unchanged(order: row, in: session) }
    guard !order.lines.isEmpty else { throw .refused(.emptyOrder) }
    let row = try append(order, observed: false, in: session)
    var standing = Standing(order: row, isObserved: false)
    standing.profile = Profile.of(order.profile)
    if standing.profile.isImmediate { try handOver(order, &standing, in: session) }
    if let origin = order.exchangeFor { try exchange(order, standing, for: origin, in: session) }
    return created(order: row, in: session)
  }

  /// A sale at the counter: paid and handed over as it is placed, its units taken from where the lines say.
  private func handOver(
    _ order: NewOrder, _ standing: inout Standing, in session: borrowing Session
  ) throws(JudgeFailure) {
    var units = OrderUnits(order: standing.order)
    for (index, line) in order.lines.enumerated() {
      let sku = try code(line.sku, in: .sku, session)
      let stored = newWord(sku, in: .sku) == nil ? try storedSKU(sku, in: session) : nil
      let list = line.listPriceMinorUnits ?? line.unitPriceMinorUnits
      units.lines.append(
        OrderUnits.Line(
          row: heads.lines - order.lines.count + index, sku: sku, name: line.sku,
          location: try code(line.location, in: .location, session), unitPrice: line.unitPriceMinorUnits,
          listPrice: list, isTracked: stored?.tracked ?? false, partition: LinePartition(ordered: line.quantity)))
    }
    func pass(_ node: Node, _ standing: inout Standing) throws(JudgeFailure) {
      try self.pass(
        node, leg: 0, at: order.placedAt, actor: order.creator, reason: nil, side: .unknown, location: nil,
        carrier: nil, standing: &standing, in: session)
    }
    // What moved belongs to the handing over, which can be voided with it.
    try pass(.paid, &standing)
    for index in units.lines.indices {
      let line = units.lines[index]
      let at = order.placedAt
      if line.isTracked {
        guard line.location != 0 else { throw .refused(.missingText(field: "location of '\(line.name)'")) }
        let cell = try cell(sku: line.sku, location: line.location, in: session)
        let allotment = try newAllotment(
          ofLine: index, cell: cell, rank: 0, approvedAt: at.milliseconds, of: &units, at: at, in: session)
        for kind in [MovementKind.reserve, .ship, .deliver] {
          try move(kind, line.quantity, line: index, allotment: allotment, of: &units, at: at, in: session)
        }
      } else {
        let allotment = try newAllotment(
          ofLine: index, cell: nil, rank: 0, approvedAt: at.milliseconds, of: &units, at: at, in: session)
        for kind in [MovementKind.dispatch, .deliver] {
          try move(kind, line.quantity, line: index, allotment: allotment, of: &units, at: at, in: session)
        }
      }
    }
    try pass(.delivered, &standing)
  }

  func observe(_ observed: ObservedOrder, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    for event in observed.events { try check(event.occurredAt, "occurred at") }
    var standing: Standing
    var isNew = false
    if let row = try knownOrder(observed.order, in: session) {
      standing = try self.standing(of: row, in: session)
      if let customer = observed.order.customer { _ = try self.customer(customer, in: session) }
      let status = try code(observed.order.sourceStatus, in: .sourceStatus, session)
      if status != 0, try value(row, OrderColumn.sourceStatus, session) != Int64(status) {
        emit(
          .orderChange(
            order: row, EventFact.Change(column: OrderColumn.sourceStatus.rawValue, value: Int64(status))))
      }
    } else {
      standing = Standing(order: try append(observed.order, observed: true, in: session), isObserved: true)
      isNew = true
    }
    for event in observed.events where event.node != .placed {
      if standing.passages.contains(where: {
        $0.node == event.node && $0.leg == 0
          && $0.occurredAt == (event.occurredAt?.milliseconds ?? InstantColumn.unknown)
      }) {
        continue
      }
      try pass(
        event.node, leg: 0, at: event.occurredAt, actor: event.actor, reason: event.reason, side: event.side,
        location: nil, carrier: nil, standing: &standing, in: session)
    }
    try addPayments(observed.payments, to: standing.order, isNew: isNew, in: session)
    return isNew ? created(order: standing.order, in: session) : try updated(order: standing.order, in: session)
  }

  func created(order row: Int, in session: borrowing Session) -> Receipt {
    Receipt(outcome: .created, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(row)))
  }

  func unchanged(order row: Int, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    Receipt(
      outcome: .unchanged, sequence: UInt64(try value(row, OrderColumn.sequence, session)),
      order: OrderID(rawValue: UInt32(row)))
  }

  // MARK: Identity

  /// The row of an order with the same channel and number; refused when its body is another.
  private func knownOrder(_ order: NewOrder, in session: borrowing Session) throws(JudgeFailure) -> Int? {
    guard let channel = try existingCode(order.channel, in: .channel, session) else { return nil }
    for row in try rows(.orderNumber, StoreHash.number(order.number), session) {
      let row = Int(row)
      guard try value(row, OrderColumn.channel, session) == Int64(channel),
        try text(at: try value(row, OrderColumn.number, session), session) == order.number
      else { continue }
      if try value(row, OrderColumn.bodyHash, session) != BodyHash.of(order) {
        throw .refused(
          .changedBody(number: order.number, field: try differingField(order, from: row, in: session)))
      }
      return row
    }
    if try creditNote(order.number, channel: channel, in: session) != nil {
      throw .refused(.changedBody(number: order.number, field: "kind (it is a credit note)"))
    }
    return nil
  }

  /// The row of the order a command names.
  func row(of reference: OrderReference, in session: borrowing Session) throws(JudgeFailure) -> Int {
    switch reference {
    case .id(let id):
      guard Int(id.rawValue) < session.rowCount(of: StoreTable.orders.rawValue) else {
        throw .refused(.unknownOrder("#\(id.rawValue)"))
      }
      return Int(id.rawValue)
    case .number(let number, let channel):
      var wanted: UInt32?
      if let channel {
        wanted = try existingCode(channel, in: .channel, session)
        if wanted == nil { throw .refused(.unknownOrder(number)) }
      }
      var found: Int?
      for row in try rows(.orderNumber, StoreHash.number(number), session) {
        let row = Int(row)
        guard try text(at: try value(row, OrderColumn.number, session), session) == number else { continue }
        if let wanted, try value(row, OrderColumn.channel, session) != Int64(wanted) { continue }
        if found != nil { throw .refused(.ambiguousOrder(number)) }
        found = row
      }
      guard let found else { throw .refused(.unknownOrder(number)) }
      return found
    }
  }

  // MARK: Content

  private func append(
    _ order: NewOrder, observed: Bool, in session: borrowing Session
  ) throws(JudgeFailure) -> Int {
    try require(order.channel, "channel")
    try require(order.number, "order number")
    try require(order.currency, "currency")
    try check(order.note, "note")
    try check(order.placedAt, "placed")
    try check(order.shipBy, "ship-by")
    try check(order.deliverBy, "deliver-by")
    try checkAmount(order.discountMinorUnits, "discount")
    try checkAmount(order.shippingMinorUnits, "shipping")
    try checkAmount(order.taxMinorUnits, "tax")
    var lines: [LineFact] = []
    lines.reserveCapacity(order.lines.count)
    var (units, listValue, lineValue): (Int64, Int64, Int64) = (0, 0, 0)
    for line in order.lines {
      try require(line.sku, "SKU")
      try checkQuantity(line.quantity, of: line.sku)
      try checkAmount(line.unitPriceMinorUnits, "price")
      let list = line.listPriceMinorUnits ?? line.unitPriceMinorUnits
      try checkAmount(list, "list price")
      units = try sum(units, line.quantity, "units")
      listValue = try sum(listValue, try product(line.quantity, list, "order value"), "order value")
      lineValue = try sum(
        lineValue, try product(line.quantity, line.unitPriceMinorUnits, "order value"), "order value")
      lines.append(
        LineFact(
          sku: try code(line.sku, in: .sku, session), quantity: line.quantity, unitPrice: line.unitPriceMinorUnits,
          listExtra: list - line.unitPriceMinorUnits, location: try code(line.location, in: .location, session)))
    }
    guard units <= Int64(UInt32.max) else { throw .refused(.overflow(field: "units of the order")) }
    // What is owed is the sum of these.
    _ = try sum(
      try sum(lineValue, order.shippingMinorUnits, "order value"), order.taxMinorUnits, "order value")
    var fact = OrderFact(
      placedAt: order.placedAt.milliseconds, number: order.number, bodyHash: BodyHash.of(order), observed: observed,
      currency: try code(order.currency, in: .currency, session),
      channel: try code(order.channel, in: .channel, session))
    if let identity = order.customer {
      let (row, isNew) = try customer(identity, in: session)
      fact.customer = row
      if !isNew {
        let last = try value(row, CustomerColumn.lastOrder, session)
        fact.previousOrder = last == 0 ? nil : Int(last - 1)
      }
      fact.grade = try code(identity.grade, in: .grade, session)
    }
    fact.region = try code(order.region, in: .region, session)
    fact.city = try code(order.city, in: .city, session)
    fact.type = try code(order.type, in: .orderType, session)
    fact.priority = try code(order.priority, in: .priority, session)
    fact.carrier = try code(order.carrier, in: .carrier, session)
    fact.sourceStatus = try code(order.sourceStatus, in: .sourceStatus, session)
    fact.shipBy = order.shipBy?.milliseconds ?? InstantColumn.none
    fact.deliverBy = order.deliverBy?.milliseconds ?? InstantColumn.none
    (fact.discount, fact.shipping, fact.tax) =
      (order.discountMinorUnits, order.shippingMinorUnits, order.taxMinorUnits)
    fact.note = order.note ?? ""
    (fact.profile, fact.split) = (order.profile.rawValue, order.split.code)
    fact.creator = try code(order.creator, in: .actor, session)
    fact.lines = lines
    let row = heads.orders
    emit(.order(fact))
    return row
  }
}
