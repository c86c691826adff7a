import Columns
import OrderModel
import OrderStore

/// What a snapshot says against the model.
enum Comparison {
  private static func expect<Value: Equatable>(_ found: Value, _ expected: Value, _ what: @autoclosure () -> String)
    throws
  {
    if found != expected { throw Difference("\(what())\nstore: \(found)\nmodel: \(expected)") }
  }

  static func stock(_ snapshot: OrderSnapshot, _ model: ShopModel) throws {
    var cells: [Place: ModelCell] = [:]
    for level in try snapshot.stock() {
      let counters = level.counters
      var cell = ModelCell()
      (cell.onHand, cell.reserved, cell.damaged) = (counters.onHand, counters.reserved, counters.damaged)
      (cell.held, cell.safety, cell.incoming) = (counters.held, counters.safety, counters.incoming)
      (cell.backordered, cell.presaleQuota) = (counters.backordered, counters.presaleQuota)
      (cell.presaleSold, cell.value) = (counters.presaleSold, level.valueMinorUnits)
      cells[Place(sku: level.sku, location: level.location)] = cell
    }
    for (place, cell) in model.cells { try expect(cells[place]?.all, cell.all, "\(place)") }
    try expect(cells.count, model.cells.count, "number of places")
    let claims = try snapshot.claims().map { "\($0.sku) \($0.location) \($0.owner) \($0.quantity) \($0.expiresAt)" }
    try expect(
      claims.sorted(),
      model.claims.map { "\($0.place.sku) \($0.place.location) \($0.owner) \($0.quantity) \($0.expiresAt)" }.sorted(),
      "claims")
    let goods = try snapshot.expectedGoods().map { "\($0.due) \($0.sku) \($0.location) \($0.from) \($0.quantity)" }
    try expect(
      goods.sorted(),
      model.inbound.map { "\($0.due) \($0.place.sku) \($0.place.location) \($0.from) \($0.open)" }.sorted(),
      "expected goods")
    let kits = try snapshot.stock(sku: "set") ?? []
    for level in kits where model.isKit("set") {
      try expect(level.available, model.available(Place(sku: "set", location: level.location)), "kits at \(level)")
    }
    let caps = try snapshot.caps().map { "\($0.sku) \($0.location) \($0.channel) \($0.units) \($0.taken)" }
    try expect(
      caps.sorted(),
      model.caps.filter { $0.value != .max }.map { cap, limit in
        "\(cap.sku) \(cap.location ?? "") \(cap.channel) \(limit) \(model.taken(cap))"
      }.sorted(), "caps")
    // What can be promised by the end of time, over all places.
    for sku in ["tea", "cup"] {
      let expected = model.cells.filter { $0.key.sku == sku }.values.reduce(0) {
        $0 + $1.available + $1.incoming - $1.backordered - $1.presaleSold
      }
      try expect(try snapshot.availableToPromise(sku: sku, by: .latest), max(0, expected), "promise of \(sku)")
    }
  }

  static func order(_ snapshot: OrderSnapshot, _ model: ModelOrder) throws {
    guard let order = try snapshot.order(OrderID(rawValue: UInt32(model.row))) else {
      throw Difference("order \(model.asked.number) is not there")
    }
    let name = "order \(order.number)"
    try expect(order.number, model.asked.number, "order \(model.row)")
    try expect(order.node, model.node, "\(name): node")
    try expect(order.version, model.version, "\(name): version")
    try expect(Set(order.holds), model.holds, "\(name): holds")
    try expect(order.openExceptions, ExceptionKind.allCases.filter { model.isOpen($0) }, "\(name): exceptions")
    try expect(order.paidMinorUnits, model.paid, "\(name): paid")
    try expect(order.refundedMinorUnits, model.refunded, "\(name): refunded")
    try expect(order.payments.count, model.paymentCount, "\(name): payments")
    try expect(order.cancelledUnits, model.lines.reduce(0) { $0 + $1.cancelled }, "\(name): cancelled units")
    try expect(order.units, model.lines.reduce(0) { $0 + $1.ordered }, "\(name): units")
    try expect(
      [order.region, order.city, order.priority, order.carrier],
      [model.region, model.city, model.priority, model.carrier], "\(name): words")
    try expect([order.currentShipBy, order.currentDeliverBy], [model.shipBy, model.deliverBy], "\(name): promises")
    try expect(
      [order.shipBy, order.deliverBy], [model.asked.shipBy, model.asked.deliverBy], "\(name): first promises")
    try lines(order, model, name)
    try timeline(order, model, name)
  }

  private static func lines(_ order: StoredOrder, _ model: ModelOrder, _ name: String) throws {
    func text(_ line: ModelOrder.Line) -> String {
      "\(line.sku) at '\(line.location)' \(line.ordered): "
        + "\([line.cancelled, line.backordered, line.presold, line.reserved, line.shipped, line.delivered, line.lost])"
        + "\([line.returnedToOrigin, line.requested, line.authorised, line.returned])"
        + "\([line.restocked, line.quarantined, line.scrapped])"
    }
    let lines = order.lines.map { line in
      let units = line.partition
      return "\(line.sku) at '\(line.location)' \(line.quantity): "
        + "\([units[.cancelled], units[.backordered], units[.presold], units[.reserved], units[.shipped], units[.delivered], units[.lost]])"
        + "\([units[.returnedToOrigin], units[.requested], units[.authorised], units[.returned]])"
        + "\([units[.restocked], units[.quarantined], units[.scrapped]])"
    }
    try expect(lines, model.lines.map(text), "\(name): lines")
    let shares = order.allotments.map {
      "\($0.sku) at '\($0.location)' leg \($0.leg) \([$0.backordered, $0.presold, $0.reserved, $0.shipped, $0.settled])"
    }
    let expected = model.shares.map {
      "\(model.lines[$0.line].sku) at '\($0.place?.location ?? "")' leg \($0.leg ?? 0) "
        + "\([$0.backordered, $0.presold, $0.reserved, $0.shipped, $0.settled])"
    }
    try expect(shares.sorted(), expected.sorted(), "\(name): allotments")
    try expect(
      order.legs.map {
        "\($0.number) \($0.location) \($0.carrier) '\($0.waybill)' \($0.node) \($0.enteredAt?.milliseconds ?? 0)"
      },
      model.legs.sorted { $0.number < $1.number }.map {
        let stand = model.stand(ofLeg: $0.number)
        return "\($0.number) \($0.location) \($0.carrier) '\($0.waybill)' \(stand.node) \(stand.at ?? 0)"
      },
      "\(name): legs")
  }

  /// Placing first, then by (occurred at, order of recording); those without an instant stand last.
  private static func timeline(_ order: StoredOrder, _ model: ModelOrder, _ name: String) throws {
    func text(
      _ number: Int, _ kind: EventKind, _ node: Node, _ leg: UInt8, _ at: Int64?, _ isVoided: Bool, _ money: String
    ) -> String {
      "\(number) \(kind) \(node) leg \(leg) at \(at.map(String.init) ?? "?")\(isVoided ? " voided" : "")\(money)"
    }
    /// What was paid or given back in all; 0 is not told.
    func money(_ entry: TimelineEntry) -> String {
      let isOfMoney =
        [.paid, .refunded].contains(entry.kind) || entry.kind == .passed && [.paid, .refunded].contains(entry.node)
      return isOfMoney ? " \(entry.before) to \(entry.after)" : ""
    }
    func money(_ entry: ModelOrder.Entry) -> String {
      func text(_ amount: Int64) -> String { amount == 0 ? "" : "\(amount)" }
      let isPassage = entry.kind == .passed && [.paid, .refunded].contains(entry.node)
      let told = entry.money ?? (isPassage ? (0, 0) : nil)
      return told.map { " \(text($0.before)) to \(text($0.after))" } ?? ""
    }
    let numbered = model.entries.enumerated().sorted {
      ($0.element.at ?? .max, $0.offset) < ($1.element.at ?? .max, $1.offset)
    }
    try expect(
      order.timeline.dropFirst().map {
        text($0.number, $0.kind, $0.node, $0.leg, $0.occurredAt?.milliseconds, $0.isVoided, money($0))
      },
      numbered.map {
        text(
          $0.offset + 1, $0.element.kind, $0.element.node, $0.element.leg, $0.element.at, $0.element.isVoided,
          money($0.element))
      }, "\(name): timeline")
  }

  /// The nodes of which it is compared when they were reached.
  static let nodes: [Node] = [.paid, .approved, .reserved, .released, .shipped, .delivered, .returnReceived]

  static func milestones(_ snapshot: OrderSnapshot, _ orders: [ModelOrder]) throws {
    let size = OrderSnapshot.rowsPerGroup
    let fields = nodes.flatMap { [OrderField.reached($0), .firstReached($0)] }
    for (group, orders) in Dictionary(grouping: orders, by: { $0.row / size }) {
      let batch = try snapshot.orders(group: group, fields)
      for order in orders {
        for node in nodes {
          let (all, first): (Int64??, Int64??) = order.milestones[node] ?? (.none, .none)
          for (field, expected) in [(OrderField.reached(node), all), (.firstReached(node), first)] {
            let value: Int64 =
              switch expected {
              case .none: InstantColumn.none
              case .some(nil): InstantColumn.unknown
              case .some(let instant?): instant
              }
            try expect(batch[field][order.row % size], value, "order \(order.asked.number): \(field)")
          }
        }
      }
    }
  }
}
