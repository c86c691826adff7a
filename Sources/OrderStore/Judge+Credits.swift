internal import ColumnStore
internal import OrderModel

extension Judge {
  func credit(_ note: CreditNote, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(note.channel, "channel")
    try require(note.number, "credit note number")
    try require(note.currency, "currency")
    try check(note.occurredAt, "occurred at")
    let channel = try code(note.channel, in: .channel, session)
    if let row = try creditNote(note.number, channel: channel, in: session) {
      guard try value(row, CreditColumn.bodyHash, session) == BodyHash.of(note) else {
        throw .refused(
          .changedBody(number: note.number, field: try differingField(note, from: row, in: session)))
      }
      let order = try note.order.map { (order) throws(JudgeFailure) in try self.row(of: order, in: session) + 1 } ?? 0
      guard try value(row, CreditColumn.order, session) == Int64(order) else {
        throw .refused(.changedBody(number: note.number, field: "order"))
      }
      return Receipt(
        outcome: .unchanged, sequence: UInt64(try value(row, CreditColumn.sequence, session)),
        order: try orderID(ofCredit: row, in: session))
    }
    for row in try rows(.orderNumber, StoreHash.number(note.number), session)
    where try value(Int(row), OrderColumn.channel, session) == Int64(channel) {
      if try text(at: try value(Int(row), OrderColumn.number, session), session) == note.number {
        throw .refused(.changedBody(number: note.number, field: "kind (it is an order)"))
      }
    }
    var fact = CreditFact(
      occurredAt: note.occurredAt.milliseconds, number: note.number, bodyHash: BodyHash.of(note), channel: channel,
      currency: try code(note.currency, in: .currency, session), region: try code(note.region, in: .region, session),
      reason: try code(note.reason, in: .reason, session), lines: [])
    var (value, units): (Int64, Int64) = (0, 0)
    for line in note.lines {
      try require(line.sku, "SKU")
      try checkQuantity(line.quantity, of: line.sku)
      try checkAmount(line.unitPriceMinorUnits, "price")
      value = try sum(value, try product(line.quantity, line.unitPriceMinorUnits, "credit"), "credit")
      units = try sum(units, line.quantity, "units")
      fact.lines.append(
        CreditFact.Line(
          sku: try code(line.sku, in: .sku, session), quantity: line.quantity, unitPrice: line.unitPriceMinorUnits))
    }
    guard units <= Int64(UInt32.max) else { throw .refused(.overflow(field: "units of the credit note")) }
    if let identity = note.customer { fact.customer = try customer(identity, in: session).row }
    if let order = note.order { fact.order = try row(of: order, in: session) }
    emit(.credit(fact))
    return Receipt(
      outcome: .created, sequence: session.nextSequence, order: fact.order.map { OrderID(rawValue: UInt32($0)) })
  }

  /// The row of a credit note; nil when there is none of that number in the channel.
  func creditNote(_ number: String, channel: UInt32, in session: borrowing Session) throws(JudgeFailure) -> Int? {
    // Every new order asks: a store without credit notes need not be searched.
    guard session.rowCount(of: StoreTable.credits.rawValue) > 0 else { return nil }
    for row in try rows(.creditNumber, StoreHash.number(number), session)
    where try value(Int(row), CreditColumn.channel, session) == Int64(channel) {
      if try text(at: try value(Int(row), CreditColumn.number, session), session) == number { return Int(row) }
    }
    return nil
  }

  private func orderID(ofCredit row: Int, in session: borrowing Session) throws(JudgeFailure) -> OrderID? {
    let order = try value(row, CreditColumn.order, session)
    return order == 0 ? nil : OrderID(rawValue: UInt32(order - 1))
  }
}
