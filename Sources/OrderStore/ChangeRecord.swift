internal import ColumnStore
public import OrderModel

/// One fact of the log in the words of the model, for those who follow the store.
public struct ChangeRecord: Sendable, Hashable {
  /// A value of a change.
  public enum Value: Sendable, Hashable {
    case text(String)
    case integer(Int64)
  }

  /// The group it belongs to. Resume behind the last one that was read whole.
  public var sequence: UInt64
  public var recordedAt: Instant
  /// `order`, `event`, `payment`, `movement`, `credit`, `customer`, `sku`, …
  public var kind: String
  /// Names and values in a stable order; what is absent is left out.
  public var fields: [Field]

  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: Value
  }
}

extension OrderSnapshot {
  /// Calls `body` with every change from group `first` on, until it returns false after a group's last change.
  ///
  /// Personal data stands outside the log and is not among them.
  public func forEachChange(
    from first: UInt64, _ body: (ChangeRecord) -> Void
  ) throws(StoreError) {
    guard first >= 1, first <= sequence else { return }
    try reading { () throws(FileError) in
      try snapshot.forEachGroup(from: first) { (group) throws(FileError) in
        let tables = StoreTable.self
        var heads = Fact.Heads(
          orders: group.firstRows[tables.orders.rawValue], lines: group.firstRows[tables.lines.rawValue],
          events: group.firstRows[tables.events.rawValue], customers: group.firstRows[tables.customers.rawValue],
          stock: group.firstRows[tables.stock.rawValue], legs: group.firstRows[tables.legs.rawValue],
          payments: group.firstRows[tables.payments.rawValue])
        var reader = ByteReader(group.facts)
        do throws(Damage) {
          while !reader.isAtEnd {
            let fact = try Fact(from: &reader, heads: heads)
            if let record = try record(of: fact, group: group, heads: heads) { body(record) }
            heads.advance(over: fact)
          }
        } catch { throw .damaged(error) }
      }
    }
  }

  /// Words and numbers of the newest state name what a code or row meant then: they never change.
  private func record(of fact: Fact, group: LogGroup, heads: Fact.Heads) throws(Damage) -> ChangeRecord? {
    var fields: [ChangeRecord.Field] = []
    func add(_ name: String, _ text: String) {
      if !text.isEmpty { fields.append(.init(name: name, value: .text(text))) }
    }
    func add(_ name: String, _ value: Int64) { fields.append(.init(name: name, value: .integer(value))) }
    func add(_ name: String, _ list: Vocabulary, _ code: UInt32) throws(Damage) {
      do throws(StoreError) { add(name, try word(list, Int64(code))) } catch {
        throw .inconsistent(place: "change", error.description)
      }
    }
    func addInstant(_ name: String, _ value: Int64) {
      if value == InstantColumn.unknown { add(name, "unknown") } else if value != InstantColumn.none { add(name, value) }
    }
    func addOrder(_ row: Int) throws(Damage) {
      do throws(StoreError) {
        add("channel", try word(.channel, try value(row, OrderColumn.channel)))
        add("number", try number(order: row))
      } catch { throw .inconsistent(place: "change", error.description) }
    }
    func addCustomer(_ row: Int?) throws(Damage) {
      guard let row else { return }
      do throws(StoreError) { add("customer", try key(customer: row)) } catch {
        throw .inconsistent(place: "change", error.description)
      }
    }

    let kind: String
    switch fact {
    case .word: return nil
    case .customer(let key, let grade):
      kind = "customer"
      add("customer", key)
      try add("grade", .grade, grade)
    case .customerGrade(let customer, let grade):
      kind = "customer_grade"
      try addCustomer(customer)
      try add("grade", .grade, grade)
    case .sku(let sku):
      kind = "sku"
      try add("sku", .sku, sku.code)
      add("name", sku.name)
      try add("category", .category, sku.category)
      add("unit_cost", sku.unitCost)
      add("tracked", sku.tracked ? 1 : 0)
    case .order(let order):
      kind = "order"
      try addOrder(heads.orders)
      add("placed_at", order.placedAt)
      try addCustomer(order.customer)
      add("observed", order.observed ? 1 : 0)
      try add("currency", .currency, order.currency)
      try add("region", .region, order.region)
      try add("type", .orderType, order.type)
      try add("carrier", .carrier, order.carrier)
      try add("source_status", .sourceStatus, order.sourceStatus)
      addInstant("ship_by", order.shipBy)
      addInstant("deliver_by", order.deliverBy)
      add("discount", order.discount)
      add("shipping", order.shipping)
      add("tax", order.tax)
      add("lines", Int64(order.lines.count))
      add("units", order.lines.reduce(0) { $0 &+ $1.quantity })
    case .event(let event):
      kind = "event"
      try addOrder(event.order)
      add("node", event.node.name)
      addInstant("occurred_at", event.occurredAt)
      if event.leg != 0 { add("leg", Int64(event.leg)) }
      try add("actor", .actor, event.actor)
      try add("reason", .reason, event.reason)
      try add("location", .location, event.location)
      try add("carrier", .carrier, event.carrier)
      if event.node == .cancelled { add("side", event.side.name) }
    case .orderChange(let order, let change):
      kind = "order_change"
      try addOrder(order)
      add("column", OrderColumn.schemas[change.column].name)
      add("value", change.value)
    case .leg(let order, let number, _, let location, let carrier):
      kind = "leg"
      try addOrder(order)
      add("leg", Int64(number))
      try add("location", .location, location)
      try add("carrier", .carrier, carrier)
    case .payment(let payment):
      kind = "payment"
      try addOrder(payment.order)
      try add("method", .paymentMethod, payment.method)
      add("amount", payment.amount)
      addInstant("occurred_at", payment.occurredAt)
    case .stockCell(let sku, let location):
      kind = "stock_cell"
      try add("sku", .sku, sku)
      try add("location", .location, location)
    case .movement(let movement):
      kind = "movement"
      add("movement", movement.kind.name)
      try add("sku", .sku, movement.sku)
      try add("location", .location, movement.location)
      add("on_hand_change", movement.onHandChange)
      add("reserved_change", movement.reservedChange)
      add("value_change", movement.valueChange)
      if let order = movement.order { try addOrder(order) }
      try add("reason", .reason, movement.reason)
      addInstant("occurred_at", movement.occurredAt)
      add("applied", movement.cell == nil ? 0 : 1)
    case .lineCancelled(_, let order, let quantity, let value):
      kind = "line_cancelled"
      try addOrder(order)
      add("quantity", quantity)
      add("value", value)
    case .lineLocation(_, let location):
      kind = "line_location"
      try add("location", .location, location)
    case .credit(let credit):
      kind = "credit"
      try add("channel", .channel, credit.channel)
      add("number", credit.number)
      add("occurred_at", credit.occurredAt)
      try addCustomer(credit.customer)
      try add("currency", .currency, credit.currency)
      add("lines", Int64(credit.lines.count))
      add("value", credit.lines.reduce(0) { $0 &+ $1.quantity &* $1.unitPrice })
    case .key(let text, _, _):
      kind = "idempotency_key"
      add("key", text)
    }
    return ChangeRecord(
      sequence: group.sequence, recordedAt: Instant(milliseconds: group.recordedAt), kind: kind, fields: fields)
  }
}
