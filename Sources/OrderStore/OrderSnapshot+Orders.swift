internal import ColumnStore
public import OrderModel

/// Everything known of one order.
extension OrderSnapshot {
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
      deliverBy: OrderSnapshot.instant(try value(row, OrderColumn.deliverBy)),
      currentShipBy: try current(.currentShipBy, .shipBy, of: row),
      currentDeliverBy: try current(.currentDeliverBy, .deliverBy, of: row),
      profile: Profile.ID(rawValue: UInt8(truncatingIfNeeded: try value(row, OrderColumn.profile))) ?? .standard,
      split: SplitPolicy(code: try value(row, OrderColumn.split)),
      holds: HoldKind.kinds(in: try value(row, OrderColumn.holds)),
      openExceptions: ExceptionKind.kinds(in: try value(row, OrderColumn.openExceptions)),
      listValueMinorUnits: listValue,
      lineValueMinorUnits: listValue &- (try value(row, OrderColumn.lineDiscount)),
      discountMinorUnits: try value(row, OrderColumn.discount),
      shippingMinorUnits: try value(row, OrderColumn.shipping), taxMinorUnits: try value(row, OrderColumn.tax),
      cancelledValueMinorUnits: try value(row, OrderColumn.cancelledValue),
      paidMinorUnits: try value(row, OrderColumn.paid), refundedMinorUnits: try value(row, OrderColumn.refunded),
      units: try value(row, OrderColumn.units),
      cancelledUnits: try value(row, OrderColumn.cancelledUnits),
      sequence: UInt64(try value(row, OrderColumn.sequence)), version: UInt64(try value(row, OrderColumn.lastEvent)),
      lines: try lines(ofOrder: row), timeline: try timeline(ofOrder: row), payments: try payments(ofOrder: row),
      legs: try legs(ofOrder: row), allotments: try allotments(ofOrder: row))
  }

  /// A promise as it stands.
  private func current(
    _ current: OrderColumn, _ original: OrderColumn, of order: Int
  ) throws(StoreError) -> Instant? {
    let value = try value(order, current)
    return OrderSnapshot.instant(value == InstantColumn.none ? try self.value(order, original) : value)
  }

  private static func instant(_ value: Int64) -> Instant? {
    InstantColumn.isInstant(value) ? Instant(milliseconds: value) : nil
  }

  /// The rows of an order's lines: those it was placed with, then those that edits added.
  func lineRows(ofOrder order: Int) throws(StoreError) -> [Int] {
    let first = Int(try value(order, OrderColumn.firstLine))
    let added = Int(try value(order, OrderColumn.addedLines))
    let count = Int(try value(order, OrderColumn.lineCount)) - added
    guard count >= 0, first + count <= self.count(.lines) else {
      throw .damaged("order \(order): lines beyond the last")
    }
    var chain: [Int] = []
    var row = added == 0 ? -1 : Int(try value(order, OrderColumn.lastAddedLine)) - 1
    while row >= 0, chain.count < added {
      chain.append(row)
      let before = Int(try value(row, LineColumn.previous)) - 1
      guard before < row else { throw .damaged("line \(row): a chain that does not go back") }
      row = before
    }
    return Array(first..<(first + count)) + chain.reversed()
  }

  private func lines(ofOrder order: Int) throws(StoreError) -> [StoredLine] {
    var lines: [StoredLine] = []
    for row in try lineRows(ofOrder: order) {
      let price = try value(row, LineColumn.unitPrice)
      let partition = try LinePartition(ordered: try value(row, LineColumn.quantity)) {
        (counter) throws(StoreError) in try value(row, LineColumn.of(counter))
      }
      guard let partition else { throw .damaged("line \(row): its units break their invariant") }
      let replaces = Int(try value(row, LineColumn.replaces)) - 1
      lines.append(
        StoredLine(
          sku: try word(.sku, try value(row, LineColumn.sku)),
          location: try word(.location, try value(row, LineColumn.location)), partition: partition,
          unitPriceMinorUnits: price, listPriceMinorUnits: price &+ (try value(row, LineColumn.listExtra)),
          replaces: replaces < 0 ? nil : try word(.sku, try value(replaces, LineColumn.sku))))
    }
    return lines
  }

  private func legs(ofOrder order: Int) throws(StoreError) -> [StoredLeg] {
    var legs: [StoredLeg] = []
    var row = Int(try value(order, OrderColumn.lastLeg)) - 1
    while row >= 0 {
      legs.append(
        StoredLeg(
          number: UInt8(truncatingIfNeeded: try value(row, LegColumn.number)),
          node: Node(rawValue: UInt8(truncatingIfNeeded: try value(row, LegColumn.node))) ?? .placed,
          enteredAt: OrderSnapshot.instant(try value(row, LegColumn.enteredAt)),
          location: try word(.location, try value(row, LegColumn.location)),
          carrier: try word(.carrier, try value(row, LegColumn.carrier)),
          waybill: try text(at: try value(row, LegColumn.waybill))))
      row = try before(row, LegColumn.previous)
    }
    return legs.sorted { $0.number < $1.number }
  }

  private func allotments(ofOrder order: Int) throws(StoreError) -> [StoredAllotment] {
    var allotments: [StoredAllotment] = []
    var row = Int(try value(order, OrderColumn.lastAllotment)) - 1
    while row >= 0 {
      let line = Int(try value(row, AllotmentColumn.line)) - 1
      let cell = Int(try value(row, AllotmentColumn.cell)) - 1
      let leg = Int(try value(row, AllotmentColumn.leg)) - 1
      guard line >= 0 else { throw .damaged("allotment \(row): it has no line") }
      allotments.append(
        StoredAllotment(
          sku: try word(.sku, try value(line, LineColumn.sku)),
          location: cell < 0 ? "" : try word(.location, try value(cell, StockColumn.location)),
          leg: leg < 0 ? 0 : UInt8(truncatingIfNeeded: try value(leg, LegColumn.number)),
          backordered: try value(row, AllotmentColumn.backordered), presold: try value(row, AllotmentColumn.presold),
          reserved: try value(row, AllotmentColumn.reserved), shipped: try value(row, AllotmentColumn.shipped),
          settled: try value(row, AllotmentColumn.settled),
          since: Instant(milliseconds: try value(row, AllotmentColumn.since))))
      row = try before(row, AllotmentColumn.previous)
    }
    return allotments.reversed()
  }

  /// The row before `row` in its chain; −1 at the end.
  func before<Column: StoreColumn>(_ row: Int, _ column: Column) throws(StoreError) -> Int {
    let back = Int(try value(row, column))
    guard back <= row else { throw .damaged("\(Column.table) \(row): a chain before the first row") }
    return back == 0 ? -1 : row - back
  }

  private func timeline(ofOrder order: Int) throws(StoreError) -> [TimelineEntry] {
    var entries: [TimelineEntry] = []
    var row = Int(try value(order, OrderColumn.lastEvent)) - 1
    while row >= 0 {
      guard let node = Node(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.node))) else {
        throw .damaged("event \(row): no such node")
      }
      entries.append(try entry(of: row, node: node))
      row = try before(row, EventColumn.previous)
    }
    // The chain runs backwards; sorting is stable by position, which is the sequence.
    var inSequence = Array(entries.reversed())
    for index in inSequence.indices { inSequence[index].number = index + 1 }
    let sorted = inSequence.indices.sorted { left, right in
      let first = inSequence[left].occurredAt ?? .latest
      let second = inSequence[right].occurredAt ?? .latest
      return first == second ? left < right : first < second
    }
    let placed = TimelineEntry(
      number: 0, kind: .passed, node: .placed, subject: "", before: "", after: "", text: "", isVoided: false, leg: 0,
      occurredAt: Instant(milliseconds: try value(order, OrderColumn.placedAt)),
      sequence: UInt64(try value(order, OrderColumn.sequence)), actor: "", reason: "", location: "", carrier: "",
      side: .unknown)
    return [placed] + sorted.map { inSequence[$0] }
  }

  private func entry(of row: Int, node: Node) throws(StoreError) -> TimelineEntry {
    guard let kind = EventKind(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.kind))) else {
      throw .damaged("event \(row): no such kind")
    }
    let subject = UInt8(truncatingIfNeeded: try value(row, EventColumn.subject))
    let (before, after) = (try value(row, EventColumn.before), try value(row, EventColumn.after))
    var entry = TimelineEntry(
      number: 0, kind: kind, node: node, subject: "", before: before == 0 ? "" : "\(before)",
      after: after == 0 ? "" : "\(after)", text: try text(at: try value(row, EventColumn.text)),
      isVoided: try value(row, EventColumn.voided) == 1,
      leg: UInt8(truncatingIfNeeded: try value(row, EventColumn.leg)),
      occurredAt: OrderSnapshot.instant(try value(row, EventColumn.occurredAt)),
      sequence: UInt64(try value(row, EventColumn.sequence)),
      actor: try word(.actor, try value(row, EventColumn.actor)),
      reason: try word(.reason, try value(row, EventColumn.reason)),
      location: try word(.location, try value(row, EventColumn.location)),
      carrier: try word(.carrier, try value(row, EventColumn.carrier)),
      side: Side(rawValue: UInt8(truncatingIfNeeded: try value(row, EventColumn.side))) ?? .unknown)
    switch kind {
    case .held, .unheld: entry.subject = HoldKind(rawValue: subject)?.name ?? ""
    case .raised, .acknowledged, .resolved, .reopened: entry.subject = ExceptionKind(rawValue: subject)?.name ?? ""
    case .replaces, .merged: entry.before = ""
    case .alerted:
      (entry.subject, entry.before) = (AlertCause(rawValue: subject)?.name ?? "", "")
      entry.text = ExceptionKind(rawValue: UInt8(truncatingIfNeeded: before))?.name ?? ""
    case .edited: try tell(Judge.EditedPart(rawValue: subject), of: row, before, after, in: &entry)
    default: break
    }
    return entry
  }

  /// What an edit changed, in words.
  private func tell(
    _ part: Judge.EditedPart?, of row: Int, _ before: Int64, _ after: Int64, in entry: inout TimelineEntry
  ) throws(StoreError) {
    guard let part else { throw .damaged("event \(row): no such part of an order") }
    entry.subject = part.name
    let line = Int(try value(row, EventColumn.line)) - 1
    if line >= 0 { entry.text = try word(.sku, try value(line, LineColumn.sku)) }
    func words(_ list: Vocabulary) throws(StoreError) {
      (entry.before, entry.after) = (try word(list, before), try word(list, after))
    }
    switch part {
    case .quantity, .line: break
    case .substitute: entry.before = try word(.sku, try value(Int(before), LineColumn.sku))
    case .region: try words(.region)
    case .city: try words(.city)
    case .priority: try words(.priority)
    case .shipBy, .deliverBy: if !InstantColumn.isInstant(before) { entry.before = "" }
    }
  }

  private func payments(ofOrder order: Int) throws(StoreError) -> [StoredPayment] {
    var payments: [StoredPayment] = []
    var row = Int(try value(order, OrderColumn.lastPayment)) - 1
    while row >= 0 {
      payments.append(
        StoredPayment(
          method: try word(.paymentMethod, try value(row, PaymentColumn.method)),
          amountMinorUnits: try value(row, PaymentColumn.amount),
          occurredAt: OrderSnapshot.instant(try value(row, PaymentColumn.occurredAt)),
          isRefund: try value(row, PaymentColumn.isRefund) == 1))
      row = try before(row, PaymentColumn.previous)
    }
    return payments.reversed()
  }
}
