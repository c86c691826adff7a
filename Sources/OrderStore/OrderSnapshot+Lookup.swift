internal import ColumnStore
public import OrderModel

/// Finding orders, customers and stock.
extension OrderSnapshot {
  /// Orders with this number, of one channel or of all, newest first.
  public func orders(number: String, channel: String? = nil) throws(StoreError) -> [OrderID] {
    var wanted: Int64?
    if let channel {
      wanted = try code(.channel, channel)
      if wanted == nil { return [] }
    }
    var found: [OrderID] = []
    for row in try rows(.orderNumber, StoreHash.number(number)) {
      if let wanted, try value(row, OrderColumn.channel) != wanted { continue }
      if try self.number(order: row) == number { found.append(OrderID(rawValue: UInt32(row))) }
    }
    return found
  }

  /// Orders of the customer with this strong key, newest first.
  public func orders(customer key: String) throws(StoreError) -> [OrderID] {
    for row in try rows(.customerKey, StoreHash.customerKey(key)) where try self.key(customer: row) == key {
      return try orders(customerRow: row)
    }
    return []
  }

  /// Orders of every customer with this phone number; only its digits matter.
  public func orders(phone: String) throws(StoreError) -> [OrderID] {
    guard let entry = PersonalData.entry(phone: phone) else { return [] }
    let digits = PersonalData.normalised(phone: phone)
    return try orders(entry: entry) { PersonalData.normalised(phone: $0.phone) == digits }
  }

  /// Orders of every customer with this e-mail address, letter case not mattering.
  public func orders(email: String) throws(StoreError) -> [OrderID] {
    guard let entry = PersonalData.entry(email: email) else { return [] }
    let address = PersonalData.normalised(email: email)
    return try orders(entry: entry) { PersonalData.normalised(email: $0.email) == address }
  }

  private func orders(
    entry: [UInt8], _ matches: (PersonalData) -> Bool
  ) throws(StoreError) -> [OrderID] {
    var customers: [Int] = []
    try reading { () throws(FileError) in
      try snapshot.scanAside(from: entry) { key, _ in
        guard key.starts(with: entry), let customer = PersonalData.customer(ofKey: key) else { return false }
        customers.append(customer)
        return true
      }
    }
    var found: [OrderID] = []
    for customer in customers {
      guard let data = try personalData(customer: customer), matches(data) else { continue }
      found += try orders(customerRow: customer)
    }
    return found.sorted(by: >)
  }

  func personalData(customer: Int) throws(StoreError) -> PersonalData? {
    let record = try reading { () throws(FileError) in
      try snapshot.aside(PersonalData.key(customer: customer))
    }
    guard let record else { return nil }
    do throws(Damage) {
      return try PersonalData(record: record, customer: customer)
    } catch { throw .damaged(error.description) }
  }

  private func orders(customerRow: Int) throws(StoreError) -> [OrderID] {
    var found: [OrderID] = []
    var row = Int(try value(customerRow, CustomerColumn.lastOrder)) - 1
    while row >= 0 {
      found.append(OrderID(rawValue: UInt32(row)))
      let back = Int(try value(row, OrderColumn.previousOrder))
      row = back == 0 ? -1 : row - back
    }
    return found
  }

  func rows(_ index: StoreIndex, _ hash: UInt64) throws(StoreError) -> [Int] {
    try reading { () throws(FileError) in try snapshot.rows(index: index.rawValue, hash: hash).map(Int.init) }
  }

  // MARK: One order

  /// Everything known of an order; nil when there is none of that id.
  public func order(_ id: OrderID) throws(StoreError) -> StoredOrder? {
    let row = Int(id.rawValue)
    guard row < orderCount else { return nil }
    let customer = try value(row, OrderColumn.customer)
    let listValue = try value(row, OrderColumn.listValue)
    return StoredOrder(
      id: id, channel: try word(.channel, try value(row, OrderColumn.channel)), number: try number(order: row),
      placedAt: Instant(milliseconds: try value(row, OrderColumn.placedAt)),
      customer: customer == 0 ? nil : try key(customer: Int(customer) - 1),
      currency: try word(.currency, try value(row, OrderColumn.currency)),
      node: Node(rawValue: UInt8(truncatingIfNeeded: try value(row, OrderColumn.node))) ?? .placed,
      isObserved: try value(row, OrderColumn.observed) == 1,
      type: try word(.orderType, try value(row, OrderColumn.type)),
      priority: try word(.priority, try value(row, OrderColumn.priority)),
      region: try word(.region, try value(row, OrderColumn.region)),
      city: try word(.city, try value(row, OrderColumn.city)),
      carrier: try word(.carrier, try value(row, OrderColumn.carrier)),
      grade: try word(.grade, try value(row, OrderColumn.grade)),
      sourceStatus: try word(.sourceStatus, try value(row, OrderColumn.sourceStatus)),
      note: try text(at: try value(row, OrderColumn.note)),
      shipBy: OrderSnapshot.instant(try value(row, OrderColumn.shipBy)),
      deliverBy: OrderSnapshot.instant(try value(row, OrderColumn.deliverBy)), listValueMinorUnits: listValue,
      lineValueMinorUnits: listValue &- (try value(row, OrderColumn.lineDiscount)),
      discountMinorUnits: try value(row, OrderColumn.discount),
      shippingMinorUnits: try value(row, OrderColumn.shipping), taxMinorUnits: try value(row, OrderColumn.tax),
      cancelledValueMinorUnits: try value(row, OrderColumn.cancelledValue),
      paidMinorUnits: try value(row, OrderColumn.paid), units: try value(row, OrderColumn.units),
      cancelledUnits: try value(row, OrderColumn.cancelledUnits),
      sequence: UInt64(try value(row, OrderColumn.sequence)), lines: try lines(ofOrder: row),
      timeline: try timeline(ofOrder: row), payments: try payments(ofOrder: row))
  }

  private static func instant(_ value: Int64) -> Instant? {
    InstantColumn.isInstant(value) ? Instant(milliseconds: value) : nil
  }

  private func lines(ofOrder order: Int) throws(StoreError) -> [StoredLine] {
    let first = Int(try value(order, OrderColumn.firstLine))
    let count = Int(try value(order, OrderColumn.lineCount))
    guard first + count <= self.count(.lines) else { throw .damaged("order \(order): lines beyond the last") }
    var lines: [StoredLine] = []
    for row in first..<(first + count) {
      let price = try value(row, LineColumn.unitPrice)
      lines.append(
        StoredLine(
          sku: try word(.sku, try value(row, LineColumn.sku)),
          location: try word(.location, try value(row, LineColumn.location)),
          quantity: try value(row, LineColumn.quantity), cancelled: try value(row, LineColumn.cancelled),
          reserved: try value(row, LineColumn.reserved), shipped: try value(row, LineColumn.shipped),
          unitPriceMinorUnits: price, listPriceMinorUnits: price &+ (try value(row, LineColumn.listExtra))))
    }
    return lines
  }

  private func timeline(ofOrder order: Int) throws(StoreError) -> [TimelineEntry] {
    var entries: [TimelineEntry] = []
    var row = Int(try value(order, OrderColumn.lastEvent)) - 1
    while row >= 0 {
      guard let node = Node(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.node))) else {
        throw .damaged("event \(row): no such node")
      }
      entries.append(
        TimelineEntry(
          node: node, leg: UInt8(truncatingIfNeeded: try value(row, EventColumn.leg)),
          occurredAt: OrderSnapshot.instant(try value(row, EventColumn.occurredAt)),
          sequence: UInt64(try value(row, EventColumn.sequence)),
          actor: try word(.actor, try value(row, EventColumn.actor)),
          reason: try word(.reason, try value(row, EventColumn.reason)),
          location: try word(.location, try value(row, EventColumn.location)),
          carrier: try word(.carrier, try value(row, EventColumn.carrier)),
          side: Side(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.side))) ?? .unknown))
      let back = Int(try value(row, EventColumn.previous))
      guard back <= row else { throw .damaged("event \(row): a chain before the first row") }
      row = back == 0 ? -1 : row - back
    }
    // The chain runs backwards; sorting is stable by position, which is the sequence.
    let inSequence = Array(entries.reversed())
    let sorted = inSequence.indices.sorted { left, right in
      let first = inSequence[left].occurredAt ?? .latest
      let second = inSequence[right].occurredAt ?? .latest
      return first == second ? left < right : first < second
    }
    let placed = TimelineEntry(
      node: .placed, leg: 0, occurredAt: Instant(milliseconds: try value(order, OrderColumn.placedAt)),
      sequence: UInt64(try value(order, OrderColumn.sequence)), actor: "", reason: "", location: "", carrier: "",
      side: .unknown)
    return [placed] + sorted.map { inSequence[$0] }
  }

  private func payments(ofOrder order: Int) throws(StoreError) -> [StoredPayment] {
    var payments: [StoredPayment] = []
    var row = Int(try value(order, OrderColumn.lastPayment)) - 1
    while row >= 0 {
      payments.append(
        StoredPayment(
          method: try word(.paymentMethod, try value(row, PaymentColumn.method)),
          amountMinorUnits: try value(row, PaymentColumn.amount),
          occurredAt: OrderSnapshot.instant(try value(row, PaymentColumn.occurredAt))))
      let back = Int(try value(row, PaymentColumn.previous))
      guard back <= row else { throw .damaged("payment \(row): a chain before the first row") }
      row = back == 0 ? -1 : row - back
    }
    return payments.reversed()
  }

  // MARK: Stock

  /// What a SKU has at each location; nil when the store never heard of it.
  public func stock(sku: String) throws(StoreError) -> [StockLevel]? {
    guard let code = try code(.sku, sku) else { return nil }
    return try stock().filter { $0.sku == sku && code > 0 }
  }

  /// Every stock cell.
  public func stock() throws(StoreError) -> [StockLevel] {
    var levels: [StockLevel] = []
    for row in 0..<stockCellCount {
      guard
        let counters = InventoryCounters(
          onHand: try value(row, StockColumn.onHand), reserved: try value(row, StockColumn.reserved),
          unavailable: try value(row, StockColumn.unavailable))
      else { throw .damaged("stock cell \(row): counters break their invariant") }
      levels.append(
        StockLevel(
          sku: try word(.sku, try value(row, StockColumn.sku)),
          location: try word(.location, try value(row, StockColumn.location)), counters: counters,
          valueMinorUnits: try value(row, StockColumn.value)))
    }
    return levels
  }
}
