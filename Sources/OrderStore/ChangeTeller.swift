internal import ColumnStore
internal import OrderModel

/// Tells a fact by name. Words and numbers of the newest state name what a code or row meant then: they never change.
struct ChangeTeller {
  typealias Change = (kind: String, fields: [ChangeRecord.Field])

  let snapshot: OrderSnapshot
  private var fields: [ChangeRecord.Field] = []

  init(snapshot: OrderSnapshot) { self.snapshot = snapshot }

  mutating func tell(_ fact: Fact, heads: Fact.Heads) throws(StoreError) -> [Change] {
    switch fact {
    case .word: return []
    case .customer(let key, let grade):
      add("customer", key)
      try add("grade", .grade, grade)
      return [end("customer")]
    case .customerGrade(let customer, let grade):
      try addCustomer(customer)
      try add("grade", .grade, grade)
      return [end("customer_grade")]
    case .sku(let sku):
      try add("sku", .sku, sku.code)
      add("name", sku.name)
      try add("category", .category, sku.category)
      add("unit_cost", sku.unitCost)
      add("tracked", sku.tracked ? 1 : 0)
      return [end("sku")]
    case .order(let order): return try tell(order, row: heads.orders)
    case .event(let event): return [try tell(event)]
    case .orderChange(let order, let change):
      try addOrder(order)
      // One column changes outside events so far, and its values are words.
      if change.column == OrderColumn.sourceStatus.rawValue {
        try add("source_status", .sourceStatus, UInt32(truncatingIfNeeded: change.value))
      } else {
        add("column", OrderColumn.schemas[change.column].name)
        add("value", change.value)
      }
      return [end("order_change")]
    case .leg(let order, let number, _, let location, let carrier):
      try addOrder(order)
      add("leg", Int64(number))
      try add("location", .location, location)
      try add("carrier", .carrier, carrier)
      return [end("leg")]
    case .legPlan(let leg, let location, let carrier):
      try addLeg(leg)
      try add("location", .location, location)
      try add("carrier", .carrier, carrier)
      return [end("leg_plan")]
    case .waybill(let leg, let carrier, let text):
      try addLeg(leg)
      try add("carrier", .carrier, carrier)
      add("waybill", text)
      return [end("waybill")]
    case .legStand(let leg, let node, let enteredAt):
      try addLeg(leg)
      add("node", node.name)
      addInstant("entered_at", enteredAt)
      return [end("leg_stand")]
    case .allotment(let allotment): return [try tell(allotment)]
    case .claimEnd(let allotment, let expiresAt):
      try add("owner", .owner, UInt32(try snapshot.value(allotment, AllotmentColumn.owner)))
      addInstant("expires_at", expiresAt)
      return [end("claim_end")]
    case .inbound(let cell, _, let due, let from, let value):
      try addCell(cell)
      addInstant("due", due)
      try add("from", .location, from)
      add("value", value)
      return [end("inbound")]
    case .lineExtended(let line, let order, let quantity, _, _):
      try addOrder(order)
      try addLine(line)
      add("quantity", quantity)
      return [end("line_extended")]
    case .lineAdded(let line, let order, _, let replaces):
      try addOrder(order)
      try add("sku", .sku, line.sku)
      add("quantity", line.quantity)
      add("unit_price", line.unitPrice)
      add("list_price", line.unitPrice &+ line.listExtra)
      try add("location", .location, line.location)
      if let replaces {
        try add("replaces", .sku, UInt32(try snapshot.value(replaces, LineColumn.sku)))
      }
      return [end("line_added")]
    case .creditLimit(let customer, let amount):
      try addCustomer(customer)
      add("credit_limit", amount)
      return [end("credit_limit")]
    case .exposure(let customer, let order, let amount):
      try addCustomer(customer)
      try addOrder(order)
      add("amount", amount)
      return [end("exposure")]
    case .payment(let payment):
      try addOrder(payment.order)
      try add("method", .paymentMethod, payment.method)
      add("amount", payment.amount)
      addInstant("occurred_at", payment.occurredAt)
      return [end(payment.isRefund ? "refund" : "payment")]
    case .stockCell(let sku, let location, _):
      try add("sku", .sku, sku)
      try add("location", .location, location)
      return [end("stock_cell")]
    case .component(let kit, let sku, let quantity, _, _):
      try add("kit", .sku, kit)
      try add("sku", .sku, sku)
      add("quantity", quantity)
      return [end("kit_component")]
    case .cap(let sku, let location, let channel, let limit, let taken, _):
      try add("sku", .sku, sku)
      try add("location", .location, location)
      try add("channel", .channel, channel)
      add("units", limit)
      add("taken", taken)
      return [end("cap")]
    case .capLimit(let cap, let limit):
      try addCap(cap)
      add("units", limit)
      return [end("cap_limit")]
    case .capTaken(let cap, let change):
      try addCap(cap)
      add("change", change)
      return [end("cap_taken")]
    case .movement(let movement): return [try tell(movement)]
    case .lineCancelled(let line, let order, let quantity, let value):
      try addOrder(order)
      try addLine(line)
      add("quantity", quantity)
      add("value", value)
      return [end("line_cancelled")]
    case .lineLocation(let line, let location):
      try addOrder(Int(try snapshot.value(line, LineColumn.order)))
      try addLine(line)
      try add("location", .location, location)
      return [end("line_location")]
    case .credit(let credit): return try tell(credit)
    case .key(let text, _, let order):
      if let order { try addOrder(order) }
      add("key", text)
      return [end("idempotency_key")]
    }
  }

  private mutating func tell(_ order: OrderFact, row: Int) throws(StoreError) -> [Change] {
    try addOrder(row)
    add("placed_at", order.placedAt)
    if let customer = order.customer { try addCustomer(customer) }
    add("observed", order.observed ? 1 : 0)
    try add("currency", .currency, order.currency)
    try add("region", .region, order.region)
    try add("city", .city, order.city)
    try add("type", .orderType, order.type)
    try add("priority", .priority, order.priority)
    try add("carrier", .carrier, order.carrier)
    try add("grade", .grade, order.grade)
    try add("source_status", .sourceStatus, order.sourceStatus)
    addInstant("ship_by", order.shipBy)
    addInstant("deliver_by", order.deliverBy)
    add("discount", order.discount)
    add("shipping", order.shipping)
    add("tax", order.tax)
    add("note", order.note)
    if let profile = Profile.ID(rawValue: order.profile), profile != .standard, !order.observed {
      add("profile", profile.name)
    }
    if order.split != 0 { add("split", SplitPolicy(code: order.split).name) }
    try add("creator", .actor, order.creator)
    add("lines", Int64(order.lines.count))
    add("units", order.lines.reduce(0) { $0 &+ $1.quantity })
    var changes = [end("order")]
    for (index, line) in order.lines.enumerated() {
      try addOrder(row)
      add("line", Int64(index + 1))
      try add("sku", .sku, line.sku)
      add("quantity", line.quantity)
      add("unit_price", line.unitPrice)
      add("list_price", line.unitPrice &+ line.listExtra)
      try add("location", .location, line.location)
      changes.append(end("order_line"))
    }
    return changes
  }

  private mutating func tell(_ event: EventFact) throws(StoreError) -> Change {
    try addOrder(event.order)
    add("node", event.node.name)
    addInstant("occurred_at", event.occurredAt)
    if event.leg != 0 { add("leg", Int64(event.leg)) }
    try add("actor", .actor, event.actor)
    try add("reason", .reason, event.reason)
    try add("location", .location, event.location)
    try add("carrier", .carrier, event.carrier)
    if event.node == .cancelled || event.kind == .cancelled { add("side", event.side.name) }
    guard event.kind != .passed else {
      addMagnitudes(of: event)
      return end("event")
    }
    add("kind", event.kind.name)
    switch event.kind {
    case .held, .unheld: add("subject", HoldKind(rawValue: event.subject)?.name ?? "")
    case .raised, .acknowledged, .resolved, .reopened:
      add("subject", ExceptionKind(rawValue: event.subject)?.name ?? "")
    case .alerted:
      add("subject", AlertCause(rawValue: event.subject)?.name ?? "")
      add("exception", ExceptionKind(rawValue: UInt8(truncatingIfNeeded: event.before))?.name ?? "")
      add("due_at", event.after)
      return end("event")
    case .edited: add("subject", Judge.EditedPart(rawValue: event.subject)?.name ?? "")
    default: break
    }
    if let line = event.line { try addLineNumber(line) }
    addMagnitudes(of: event)
    if event.voids != nil { add("voids", 1) }
    add("text", event.text)
    return end("event")
  }

  private mutating func addMagnitudes(of event: EventFact) {
    if event.before != 0 { add("before", event.before) }
    if event.after != 0 { add("after", event.after) }
  }

  private mutating func tell(_ allotment: AllotmentFact) throws(StoreError) -> Change {
    if let order = allotment.order { try addOrder(order) }
    if let line = allotment.line { try addLine(line) }
    if let cell = allotment.cell {
      try add("location", .location, UInt32(try snapshot.value(cell, StockColumn.location)))
    }
    if let leg = allotment.leg { add("leg", try snapshot.value(leg, LegColumn.number)) }
    try add("owner", .owner, allotment.owner)
    addInstant("since", allotment.since)
    addInstant("expires_at", allotment.expiresAt)
    return end(allotment.order == nil ? "claim" : "allotment")
  }

  private mutating func tell(_ movement: MovementFact) throws(StoreError) -> Change {
    add("movement", movement.kind.name)
    try add("sku", .sku, movement.sku)
    try add("location", .location, movement.location)
    add("quantity", movement.quantity)
    add("on_hand_change", movement.isOfKit ? 0 : movement.change(of: .onHand))
    add("reserved_change", movement.isOfKit ? 0 : movement.change(of: .reserved))
    add("value_change", movement.valueChange)
    if let order = movement.order { try addOrder(order) }
    if let line = movement.line { try addLineNumber(line) }
    try add("reason", .reason, movement.reason)
    addInstant("occurred_at", movement.occurredAt)
    add("applied", movement.cell == nil && !movement.isOfKit ? 0 : 1)
    return end("movement")
  }

  private mutating func tell(_ credit: CreditFact) throws(StoreError) -> [Change] {
    func begin(_ teller: inout ChangeTeller) throws(StoreError) {
      try teller.add("channel", .channel, credit.channel)
      teller.add("number", credit.number)
    }
    try begin(&self)
    add("occurred_at", credit.occurredAt)
    if let order = credit.order { add("order", try snapshot.number(order: order)) }
    if let customer = credit.customer { try addCustomer(customer) }
    try add("currency", .currency, credit.currency)
    try add("region", .region, credit.region)
    try add("reason", .reason, credit.reason)
    add("lines", Int64(credit.lines.count))
    add("value", credit.lines.reduce(0) { $0 &+ $1.quantity &* $1.unitPrice })
    var changes = [end("credit")]
    for (index, line) in credit.lines.enumerated() {
      try begin(&self)
      add("line", Int64(index + 1))
      try add("sku", .sku, line.sku)
      add("quantity", line.quantity)
      add("unit_price", line.unitPrice)
      changes.append(end("credit_line"))
    }
    return changes
  }

  // MARK: Fields

  private mutating func end(_ kind: String) -> Change {
    defer { fields = [] }
    return (kind, fields)
  }

  private mutating func add(_ name: String, _ text: String) {
    if !text.isEmpty { fields.append(ChangeRecord.Field(name, .text(text))) }
  }

  private mutating func add(_ name: String, _ value: Int64) {
    fields.append(ChangeRecord.Field(name, .integer(value)))
  }

  private mutating func add(_ name: String, _ list: Vocabulary, _ code: UInt32) throws(StoreError) {
    add(name, try snapshot.word(list, Int64(code)))
  }

  /// Milliseconds, or `unknown` when the source states no time; what is not there is left out.
  private mutating func addInstant(_ name: String, _ value: Int64) {
    if value == InstantColumn.unknown {
      add(name, "unknown")
    } else if value != InstantColumn.none {
      add(name, value)
    }
  }

  private mutating func addOrder(_ row: Int) throws(StoreError) {
    add("channel", try snapshot.word(.channel, try snapshot.value(row, OrderColumn.channel)))
    add("number", try snapshot.number(order: row))
  }

  private mutating func addLeg(_ row: Int) throws(StoreError) {
    try addOrder(Int(try snapshot.value(row, LegColumn.order)))
    add("leg", try snapshot.value(row, LegColumn.number))
  }

  private mutating func addCell(_ row: Int) throws(StoreError) {
    try add("sku", .sku, UInt32(try snapshot.value(row, StockColumn.sku)))
    try add("location", .location, UInt32(try snapshot.value(row, StockColumn.location)))
  }

  private mutating func addCap(_ row: Int) throws(StoreError) {
    try add("sku", .sku, UInt32(try snapshot.value(row, CapColumn.sku)))
    try add("location", .location, UInt32(try snapshot.value(row, CapColumn.location)))
    try add("channel", .channel, UInt32(try snapshot.value(row, CapColumn.channel)))
  }

  private mutating func addCustomer(_ row: Int) throws(StoreError) { add("customer", try snapshot.key(customer: row)) }

  /// Which line of its order, counted from 1, and its SKU.
  private mutating func addLine(_ row: Int) throws(StoreError) {
    try addLineNumber(row)
    add("sku", try snapshot.word(.sku, try snapshot.value(row, LineColumn.sku)))
  }

  private mutating func addLineNumber(_ row: Int) throws(StoreError) {
    let order = Int(try snapshot.value(row, LineColumn.order))
    let number = try snapshot.lineRows(ofOrder: order).firstIndex(of: row) ?? -1
    add("line", Int64(number + 1))
  }
}
