internal import ColumnStore
internal import OrderModel

/// What facts make of the tables: the one decoder, for the writer, for readers, for the fold and for verification.
struct OrderFold: FactFolding {
  func apply(_ group: LogGroup, to tail: inout Tail) throws(Damage) { _ = try OrderFold.apply(group, to: &tail) }

  /// - Returns: How many facts the group has.
  static func apply(_ group: LogGroup, to tail: inout Tail) throws(Damage) -> Int {
    var count = 0
    var reader = ByteReader(group.facts)
    while !reader.isAtEnd {
      let heads = OrderFold.heads(of: tail)
      if let event = try Fact.event(from: &reader, heads: heads) {
        OrderFold.apply(event, Int64(group.sequence), to: &tail)
      } else {
        try OrderFold.apply(Fact(from: &reader, heads: heads), sequence: Int64(group.sequence), to: &tail)
      }
      count &+= 1
    }
    return count
  }

  static func heads(of tail: Tail) -> Fact.Heads {
    Fact.Heads(
      orders: tail.tables[StoreTable.orders.rawValue].rowCount, lines: tail.tables[StoreTable.lines.rawValue].rowCount,
      events: tail.tables[StoreTable.events.rawValue].rowCount,
      customers: tail.tables[StoreTable.customers.rawValue].rowCount,
      stock: tail.tables[StoreTable.stock.rawValue].rowCount, legs: tail.tables[StoreTable.legs.rawValue].rowCount,
      payments: tail.tables[StoreTable.payments.rawValue].rowCount,
      movements: tail.tables[StoreTable.movements.rawValue].rowCount,
      allotments: tail.tables[StoreTable.allotments.rawValue].rowCount,
      inbound: tail.tables[StoreTable.inbound.rawValue].rowCount,
      components: tail.tables[StoreTable.components.rawValue].rowCount,
      caps: tail.tables[StoreTable.caps.rawValue].rowCount)
  }

  private static func apply(_ fact: Fact, sequence: Int64, to tail: inout Tail) throws(Damage) {
    switch fact {
    case .word(let list, let text):
      tail.words[Int(list.rawValue) - 1].append(text)
      if list == .sku { _ = tail.tables[StoreTable.skus.rawValue].appendRow() }
    case .customer(let key, let grade):
      let address = tail.heap.append(key)
      let row = tail.append(.customers)
      tail.set(row, CustomerColumn.key, address)
      tail.set(row, CustomerColumn.grade, Int64(grade))
      tail.set(row, CustomerColumn.sequence, sequence)
      tail.insert(.customerKey, StoreHash.customerKey(key), row)
    case .customerGrade(let customer, let grade): tail.set(customer, CustomerColumn.grade, Int64(grade))
    case .sku(let sku): try apply(sku, sequence, to: &tail)
    case .order(let order): try apply(order, sequence, to: &tail)
    case .event(let event): apply(event, sequence, to: &tail)
    case .legPlan(let leg, let location, let carrier):
      tail.set(leg, LegColumn.location, Int64(location))
      tail.set(leg, LegColumn.carrier, Int64(carrier))
    case .waybill(let leg, let carrier, let text):
      tail.set(leg, LegColumn.carrier, Int64(carrier))
      tail.set(leg, LegColumn.waybill, text.isEmpty ? 0 : tail.heap.append(text))
      if !text.isEmpty { tail.insert(.waybill, StoreHash.waybill(text), leg) }
    case .legStand(let leg, let node, let enteredAt):
      tail.set(leg, LegColumn.node, Int64(node.rawValue))
      tail.set(leg, LegColumn.enteredAt, enteredAt)
    case .allotment(let allotment): apply(allotment, to: &tail)
    case .claimEnd(let allotment, let expiresAt): tail.set(allotment, AllotmentColumn.expiresAt, expiresAt)
    case .inbound(let cell, let previous, let due, let from, let value):
      let row = tail.append(.inbound)
      tail.set(row, InboundColumn.cell, Int64(cell))
      tail.set(row, InboundColumn.previous, Int64(previous.map { row - $0 } ?? 0))
      tail.set(row, InboundColumn.due, due)
      tail.set(row, InboundColumn.from, Int64(from))
      tail.set(row, InboundColumn.value, value)
      tail.set(cell, StockColumn.lastInbound, Int64(row) + 1)
    case .lineExtended(let line, let order, let quantity, let listValue, let discount):
      tail.add(line, LineColumn.quantity, quantity)
      tail.add(order, OrderColumn.units, quantity)
      tail.add(order, OrderColumn.listValue, listValue)
      tail.add(order, OrderColumn.lineDiscount, discount)
    case .lineAdded(let line, let order, let previous, let replaces):
      let row = append(line, to: order, in: &tail)
      tail.set(row, LineColumn.previous, Int64(previous.map { $0 + 1 } ?? 0))
      tail.set(row, LineColumn.replaces, Int64(replaces.map { $0 + 1 } ?? 0))
      tail.set(order, OrderColumn.lastAddedLine, Int64(row) + 1)
      tail.add(order, OrderColumn.addedLines, 1)
      tail.add(order, OrderColumn.lineCount, 1)
      tail.add(order, OrderColumn.units, line.quantity)
      tail.add(order, OrderColumn.listValue, line.quantity &* (line.unitPrice &+ line.listExtra))
      tail.add(order, OrderColumn.lineDiscount, line.quantity &* line.listExtra)
    case .creditLimit(let customer, let amount): tail.set(customer, CustomerColumn.creditLimit, amount)
    case .exposure(let customer, let order, let amount):
      tail.add(customer, CustomerColumn.exposure, amount)
      tail.add(order, OrderColumn.exposure, amount)
    case .orderChange(let order, let change):
      tail.tables[StoreTable.orders.rawValue].set(order, change.column, to: change.value)
    case .leg(let order, let number, let previous, let location, let carrier):
      let row = tail.append(.legs)
      guard previous <= row else { throw .inconsistent(place: "leg \(row)", "a chain before the first row") }
      tail.set(row, LegColumn.order, Int64(order))
      tail.set(row, LegColumn.previous, Int64(previous))
      tail.set(row, LegColumn.number, Int64(number))
      tail.set(row, LegColumn.location, Int64(location))
      tail.set(row, LegColumn.carrier, Int64(carrier))
      tail.set(order, OrderColumn.lastLeg, Int64(row) + 1)
      tail.add(order, OrderColumn.legCount, 1)
    case .payment(let payment):
      let row = tail.append(.payments)
      tail.set(row, PaymentColumn.order, Int64(payment.order))
      tail.set(row, PaymentColumn.previous, Int64(payment.previous.map { row - $0 } ?? 0))
      tail.set(row, PaymentColumn.method, Int64(payment.method))
      tail.set(row, PaymentColumn.amount, payment.amount)
      tail.set(row, PaymentColumn.occurredAt, payment.occurredAt)
      tail.set(row, PaymentColumn.sequence, sequence)
      tail.set(payment.order, OrderColumn.lastPayment, Int64(row) + 1)
      if payment.isRefund {
        tail.set(row, PaymentColumn.isRefund, 1)
        tail.add(payment.order, OrderColumn.refunded, payment.amount)
      } else {
        tail.add(payment.order, OrderColumn.paid, payment.amount)
      }
    case .stockCell(let sku, let location, let previous):
      let row = tail.append(.stock)
      tail.set(row, StockColumn.sku, Int64(sku))
      tail.set(row, StockColumn.location, Int64(location))
      tail.set(row, StockColumn.previousCell, Int64(previous.map { $0 + 1 } ?? 0))
      let skuRow = Int(sku) - 1
      guard skuRow >= 0, skuRow < tail.tables[StoreTable.skus.rawValue].rowCount else {
        throw .inconsistent(place: "stock cell \(row)", "there is no SKU \(sku)")
      }
      tail.set(skuRow, SKUColumn.lastCell, Int64(row) + 1)
      tail.insert(.stockCell, StoreHash.stockCell(sku: sku, location: location), row)
    case .component(let kit, let sku, let quantity, let previous, let previousUse):
      let row = tail.append(.components)
      let skus = tail.tables[StoreTable.skus.rawValue].rowCount
      guard kit > 0, sku > 0, kit <= skus, sku <= skus else {
        throw .inconsistent(place: "component \(row)", "there is no SKU \(kit) or \(sku)")
      }
      tail.set(row, ComponentColumn.kit, Int64(kit))
      tail.set(row, ComponentColumn.sku, Int64(sku))
      tail.set(row, ComponentColumn.quantity, quantity)
      tail.set(row, ComponentColumn.previous, Int64(previous.map { $0 + 1 } ?? 0))
      tail.set(row, ComponentColumn.previousUse, Int64(previousUse.map { $0 + 1 } ?? 0))
      tail.set(Int(kit) - 1, SKUColumn.lastComponent, Int64(row) + 1)
      tail.set(Int(sku) - 1, SKUColumn.lastUse, Int64(row) + 1)
    case .cap(let sku, let location, let channel, let limit, let taken, let previous):
      let row = tail.append(.caps)
      guard sku > 0, sku <= tail.tables[StoreTable.skus.rawValue].rowCount else {
        throw .inconsistent(place: "cap \(row)", "there is no SKU \(sku)")
      }
      for (column, value) in [
        (CapColumn.sku, Int64(sku)), (.location, Int64(location)), (.channel, Int64(channel)), (.limit, limit),
        (.taken, taken), (.previous, Int64(previous.map { $0 + 1 } ?? 0)), (.sequence, sequence),
      ] { tail.set(row, column, value) }
      tail.set(Int(sku) - 1, SKUColumn.lastCap, Int64(row) + 1)
    case .capLimit(let cap, let limit):
      tail.set(cap, CapColumn.limit, limit)
      tail.set(cap, CapColumn.sequence, sequence)
    case .capTaken(let cap, let change): tail.add(cap, CapColumn.taken, change)
    case .movement(let movement): apply(movement, sequence, to: &tail)
    case .lineCancelled(let line, let order, let quantity, let value):
      tail.add(line, LineColumn.cancelled, quantity)
      tail.add(order, OrderColumn.cancelledUnits, quantity)
      tail.add(order, OrderColumn.cancelledValue, value)
    case .lineLocation(let line, let location): tail.set(line, LineColumn.location, Int64(location))
    case .credit(let credit): apply(credit, sequence, to: &tail)
    case .key(let text, let bodyHash, let order):
      let address = tail.heap.append(text)
      let row = tail.append(.keys)
      tail.set(row, KeyColumn.text, address)
      tail.set(row, KeyColumn.bodyHash, bodyHash)
      tail.set(row, KeyColumn.order, Int64(order.map { $0 + 1 } ?? 0))
      tail.set(row, KeyColumn.sequence, sequence)
      tail.insert(.idempotencyKey, StoreHash.idempotencyKey(text), row)
    }
  }

  private static func apply(_ sku: SKUFact, _ sequence: Int64, to tail: inout Tail) throws(Damage) {
    let row = Int(sku.code) - 1
    guard row >= 0, row < tail.tables[StoreTable.skus.rawValue].rowCount else {
      throw .inconsistent(place: "SKU \(sku.code)", "is told of before its word")
    }
    tail.set(row, SKUColumn.category, Int64(sku.category))
    tail.set(row, SKUColumn.unitCost, sku.unitCost)
    tail.set(row, SKUColumn.tracked, sku.tracked ? 1 : 0)
    tail.set(row, SKUColumn.registered, 1)
    tail.set(row, SKUColumn.sequence, sequence)
    tail.set(row, SKUColumn.name, sku.name.isEmpty ? 0 : tail.heap.append(sku.name))
  }

  private static func apply(_ order: OrderFact, _ sequence: Int64, to tail: inout Tail) throws(Damage) {
    let number = tail.heap.append(order.number)
    let note = order.note.isEmpty ? 0 : tail.heap.append(order.note)
    let row = tail.append(.orders)
    let firstLine = tail.tables[StoreTable.lines.rawValue].rowCount
    var (units, listValue, lineDiscount): (Int64, Int64, Int64) = (0, 0, 0)
    for line in order.lines {
      _ = append(line, to: row, in: &tail)
      units &+= line.quantity
      listValue &+= line.quantity &* (line.unitPrice &+ line.listExtra)
      lineDiscount &+= line.quantity &* line.listExtra
    }
    let location = order.lines.first?.location ?? 0
    for (column, value) in [
      (OrderColumn.placedAt, order.placedAt), (.channel, Int64(order.channel)), (.region, Int64(order.region)),
      (.city, Int64(order.city)), (.type, Int64(order.type)), (.priority, Int64(order.priority)),
      (.currency, Int64(order.currency)), (.carrier, Int64(order.carrier)), (.location, Int64(location)),
      (.grade, Int64(order.grade)), (.sourceStatus, Int64(order.sourceStatus)),
      (.customer, Int64(order.customer.map { $0 + 1 } ?? 0)),
      (.previousOrder, Int64(order.previousOrder.map { row - $0 } ?? 0)), (.firstLine, Int64(firstLine)),
      (.lineCount, Int64(order.lines.count)), (.node, Int64(Node.placed.rawValue)),
      (.observed, order.observed ? 1 : 0), (.shipBy, order.shipBy), (.deliverBy, order.deliverBy),
      (.listValue, listValue), (.lineDiscount, lineDiscount), (.discount, order.discount),
      (.shipping, order.shipping), (.tax, order.tax), (.units, units), (.number, number), (.note, note),
      (.bodyHash, order.bodyHash), (.sequence, sequence), (.profile, Int64(order.profile)), (.split, order.split),
      (.creator, Int64(order.creator)),
    ] { tail.set(row, column, value) }
    if let customer = order.customer { tail.set(customer, CustomerColumn.lastOrder, Int64(row) + 1) }
    tail.insert(.orderNumber, StoreHash.number(order.number), row)
  }

  private static func append(_ line: LineFact, to order: Int, in tail: inout Tail) -> Int {
    let row = tail.append(.lines)
    tail.set(row, LineColumn.order, Int64(order))
    tail.set(row, LineColumn.sku, Int64(line.sku))
    tail.set(row, LineColumn.quantity, line.quantity)
    tail.set(row, LineColumn.unitPrice, line.unitPrice)
    tail.set(row, LineColumn.listExtra, line.listExtra)
    tail.set(row, LineColumn.location, Int64(line.location))
    return row
  }

  private static func apply(_ event: EventFact, _ sequence: Int64, to tail: inout Tail) {
    let row = tail.append(.events)
    tail.set(row, EventColumn.order, Int64(event.order))
    tail.set(row, EventColumn.previous, Int64(event.previous.map { row - $0 } ?? 0))
    tail.set(row, EventColumn.node, Int64(event.node.rawValue))
    tail.set(row, EventColumn.leg, Int64(event.leg))
    tail.set(row, EventColumn.occurredAt, event.occurredAt)
    tail.set(row, EventColumn.actor, Int64(event.actor))
    tail.set(row, EventColumn.reason, Int64(event.reason))
    tail.set(row, EventColumn.location, Int64(event.location))
    tail.set(row, EventColumn.carrier, Int64(event.carrier))
    tail.set(row, EventColumn.side, Int64(event.side.rawValue))
    tail.set(row, EventColumn.sequence, sequence)
    tail.set(event.order, OrderColumn.lastEvent, Int64(row) + 1)
    for change in event.changes {
      tail.tables[StoreTable.orders.rawValue].set(event.order, change.column, to: change.value)
    }
    if event.hasStory { applyStory(of: event, row, to: &tail) }
    if event.carrier != 0 { tail.set(event.order, OrderColumn.carrier, Int64(event.carrier)) }
    if let leg = event.legRow, event.kind == .passed {
      tail.set(leg, LegColumn.node, Int64(event.node.rawValue))
      tail.set(leg, LegColumn.enteredAt, event.occurredAt)
    }
  }

  private static func applyStory(of event: EventFact, _ row: Int, to tail: inout Tail) {
    tail.set(row, EventColumn.kind, Int64(event.kind.rawValue))
    tail.set(row, EventColumn.subject, Int64(event.subject))
    tail.set(row, EventColumn.line, Int64(event.line.map { $0 + 1 } ?? 0))
    tail.set(row, EventColumn.before, event.before)
    tail.set(row, EventColumn.after, event.after)
    if event.movementCount > 0 {
      let movements = tail.tables[StoreTable.movements.rawValue].rowCount
      tail.set(row, EventColumn.firstMovement, Int64(movements - event.movementCount) + 1)
      tail.set(row, EventColumn.movementCount, Int64(event.movementCount))
    }
    if let voided = event.voids {
      tail.set(row, EventColumn.voids, Int64(voided) + 1)
      tail.set(voided, EventColumn.voided, 1)
    }
    if !event.text.isEmpty { tail.set(row, EventColumn.text, tail.heap.append(event.text)) }
  }

  private static func apply(_ movement: MovementFact, _ sequence: Int64, to tail: inout Tail) {
    let row = tail.append(.movements)
    tail.set(row, MovementColumn.occurredAt, movement.occurredAt)
    tail.set(row, MovementColumn.sku, Int64(movement.sku))
    tail.set(row, MovementColumn.location, Int64(movement.location))
    tail.set(row, MovementColumn.kind, Int64(movement.kind.rawValue))
    tail.set(row, MovementColumn.quantity, movement.quantity)
    tail.set(row, MovementColumn.onHandChange, movement.isOfKit ? 0 : movement.change(of: .onHand))
    tail.set(row, MovementColumn.reservedChange, movement.isOfKit ? 0 : movement.change(of: .reserved))
    tail.set(row, MovementColumn.valueChange, movement.valueChange)
    tail.set(row, MovementColumn.order, Int64(movement.order.map { $0 + 1 } ?? 0))
    tail.set(row, MovementColumn.line, Int64(movement.line.map { $0 + 1 } ?? 0))
    tail.set(row, MovementColumn.reason, Int64(movement.reason))
    tail.set(row, MovementColumn.applied, movement.isOfKit ? 2 : movement.cell == nil ? 0 : 1)
    tail.set(row, MovementColumn.sequence, sequence)
    tail.set(row, MovementColumn.allotment, Int64(movement.allotment.map { $0 + 1 } ?? 0))
    tail.set(row, MovementColumn.inbound, Int64(movement.inbound.map { $0 + 1 } ?? 0))
    let effects = movement.kind.effects
    if let cell = movement.cell {
      for change in effects.stock { tail.add(cell, StockColumn.of(change.counter), change.sign &* movement.quantity) }
      tail.add(cell, StockColumn.value, movement.valueChange)
      if let inbound = movement.inbound {
        tail.add(inbound, InboundColumn.open, movement.change(of: .incoming))
        tail.add(inbound, InboundColumn.value, -movement.valueChange)
      }
    }
    if let line = movement.line {
      for change in effects.line { tail.add(line, LineColumn.of(change.counter), change.sign &* movement.quantity) }
    }
    guard let allotment = movement.allotment else { return }
    for change in movement.kind.allotmentEffects {
      tail.add(allotment, change.column, change.sign &* movement.quantity)
    }
  }

  private static func apply(_ allotment: AllotmentFact, to tail: inout Tail) {
    let row = tail.append(.allotments)
    for (column, value) in [
      (AllotmentColumn.order, Int64(allotment.order.map { $0 + 1 } ?? 0)),
      (.line, Int64(allotment.line.map { $0 + 1 } ?? 0)), (.cell, Int64(allotment.cell.map { $0 + 1 } ?? 0)),
      (.leg, Int64(allotment.leg.map { $0 + 1 } ?? 0)), (.previous, Int64(allotment.previous.map { row - $0 } ?? 0)),
      (.previousOfCell, Int64(allotment.previousOfCell.map { row - $0 } ?? 0)), (.since, allotment.since),
      (.expiresAt, allotment.expiresAt), (.owner, Int64(allotment.owner)), (.rank, allotment.rank),
      (.approvedAt, allotment.approvedAt),
    ] { tail.set(row, column, value) }
    if let order = allotment.order { tail.set(order, OrderColumn.lastAllotment, Int64(row) + 1) }
    if let cell = allotment.cell { tail.set(cell, StockColumn.lastAllotment, Int64(row) + 1) }
  }

  private static func apply(_ credit: CreditFact, _ sequence: Int64, to tail: inout Tail) {
    let number = tail.heap.append(credit.number)
    let row = tail.append(.credits)
    let firstLine = tail.tables[StoreTable.creditLines.rawValue].rowCount
    var (units, value): (Int64, Int64) = (0, 0)
    for line in credit.lines {
      let lineRow = tail.append(.creditLines)
      tail.set(lineRow, CreditLineColumn.credit, Int64(row))
      tail.set(lineRow, CreditLineColumn.sku, Int64(line.sku))
      tail.set(lineRow, CreditLineColumn.quantity, line.quantity)
      tail.set(lineRow, CreditLineColumn.unitPrice, line.unitPrice)
      units &+= line.quantity
      value &+= line.quantity &* line.unitPrice
    }
    for (column, cell) in [
      (CreditColumn.occurredAt, credit.occurredAt), (.channel, Int64(credit.channel)),
      (.region, Int64(credit.region)), (.currency, Int64(credit.currency)), (.reason, Int64(credit.reason)),
      (.customer, Int64(credit.customer.map { $0 + 1 } ?? 0)), (.order, Int64(credit.order.map { $0 + 1 } ?? 0)),
      (.value, value), (.units, units), (.firstLine, Int64(firstLine)), (.lineCount, Int64(credit.lines.count)),
      (.number, number), (.bodyHash, credit.bodyHash), (.sequence, sequence),
    ] { tail.set(row, column, cell) }
    tail.insert(.creditNumber, StoreHash.number(credit.number), row)
  }
}

/// Tables and columns by name, so that the fold reads as what it does.
extension Tail {
  fileprivate mutating func append(_ table: StoreTable) -> Int { tables[table.rawValue].appendRow() }
  fileprivate mutating func set<Column: StoreColumn>(_ row: Int, _ column: Column, _ value: Int64) {
    tables[Column.table.rawValue].set(row, column.rawValue, to: value)
  }
  fileprivate mutating func add<Column: StoreColumn>(_ row: Int, _ column: Column, _ change: Int64) {
    tables[Column.table.rawValue].add(row, column.rawValue, change)
  }
  fileprivate mutating func insert(_ index: StoreIndex, _ hash: UInt64, _ row: Int) {
    indexes[index.rawValue].insert(hash, row: row)
  }
}

/// A column that knows its table.
protocol StoreColumn: RawRepresentable<Int> {
  static var table: StoreTable { get }
}

extension OrderColumn: StoreColumn { static let table = StoreTable.orders }
extension LineColumn: StoreColumn { static let table = StoreTable.lines }
extension EventColumn: StoreColumn { static let table = StoreTable.events }
extension MovementColumn: StoreColumn { static let table = StoreTable.movements }
extension PaymentColumn: StoreColumn { static let table = StoreTable.payments }
extension CreditColumn: StoreColumn { static let table = StoreTable.credits }
extension CreditLineColumn: StoreColumn { static let table = StoreTable.creditLines }
extension CustomerColumn: StoreColumn { static let table = StoreTable.customers }
extension SKUColumn: StoreColumn { static let table = StoreTable.skus }
extension StockColumn: StoreColumn { static let table = StoreTable.stock }
extension KeyColumn: StoreColumn { static let table = StoreTable.keys }
extension LegColumn: StoreColumn { static let table = StoreTable.legs }
extension AllotmentColumn: StoreColumn { static let table = StoreTable.allotments }
extension ComponentColumn: StoreColumn { static let table = StoreTable.components }
extension CapColumn: StoreColumn { static let table = StoreTable.caps }
extension InboundColumn: StoreColumn { static let table = StoreTable.inbound }

extension MovementKind {
  /// What one unit adds to the columns of its allotment: the line's units that have not arrived yet, by where they are.
  var allotmentEffects: [(column: AllotmentColumn, sign: Int64)] { MovementKind.allotmentTable[Int(rawValue)] }

  private static let allotmentTable: [[(column: AllotmentColumn, sign: Int64)]] =
    [[]]
    + allCases.map { kind in
      kind.effects.line.compactMap { change in
        switch change.counter {
        case .backordered: (.backordered, change.sign)
        case .presold: (.presold, change.sign)
        case .reserved: (.reserved, change.sign)
        case .shipped: (.shipped, change.sign)
        case .delivered, .lost, .returnedToOrigin: (.settled, change.sign)
        default: nil
        }
      }
    }
}
