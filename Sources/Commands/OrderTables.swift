internal import Calendars
internal import Columns
internal import OrderModel
internal import OrderStore
internal import Reports

/// Orders, timelines and stock as tables.
enum OrderTables {
  private static func money(_ amount: Int64, _ currency: String, _ settings: StoreSettings) -> Value {
    guard let unit = MoneyUnit(code: currency, scale: settings.scale(of: currency)) else { return .integer(amount) }
    return .money(minorUnits: amount, unit: unit)
  }

  private static func text(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }

  /// One row an order.
  static func heads(of orders: [StoredOrder], settings: StoreSettings) -> Table {
    var table = Table(
      title: "",
      columns: [
        Column("number", type: .text, isKey: true), Column("channel", type: .text, isKey: true),
        Column("placed_at", label: "placed", type: .instant), Column("customer", type: .text),
        Column("node", type: .text), Column("units", type: .integer), Column("total", type: .number),
        Column("region", type: .text),
      ], rows: [], meta: Metadata(), notes: [])
    for order in orders {
      table.append([
        .text(order.number), .text(order.channel), .instant(milliseconds: order.placedAt.milliseconds),
        order.customer.map { .text($0) } ?? .null, .text(order.node.name), .integer(order.units),
        money(total(of: order), order.currency, settings), text(order.region),
      ])
    }
    return table
  }

  /// What the customer owes.
  static func total(of order: StoredOrder) -> Int64 {
    order.lineValueMinorUnits - order.discountMinorUnits + order.shippingMinorUnits + order.taxMinorUnits
  }

  /// One row a line, with the order in the title when it is one.
  static func lines(of orders: [StoredOrder], settings: StoreSettings) -> Table {
    var table = Table(
      title: orders.count == 1 ? title(of: orders[0], settings) : "",
      columns: [
        Column("number", type: .text, isKey: true), Column("channel", type: .text, isKey: true),
        Column("sku", type: .text), Column("quantity", type: .integer), Column("cancelled", type: .integer),
        Column("reserved", type: .integer), Column("shipped", type: .integer), Column("price", type: .number),
        Column("backordered", type: .integer), Column("presold", type: .integer), Column("delivered", type: .integer),
        Column("returned", type: .integer),
        Column("list_price", label: "list price", type: .number), Column("location", type: .text),
      ], rows: [], meta: Metadata(), notes: [])
    for order in orders {
      if orders.count == 1 {
        for (key, value) in details(of: order) { table.meta[key] = .value(value) }
      }
      for line in order.lines {
        table.append([
          .text(order.number), .text(order.channel), .text(line.sku), .integer(line.quantity),
          .integer(line.cancelled), .integer(line.reserved), .integer(line.shipped),
          money(line.unitPriceMinorUnits, order.currency, settings), .integer(line.partition[.backordered]),
          .integer(line.partition[.presold]), .integer(line.partition[.delivered]),
          .integer(line.partition[.returned]),
          money(line.listPriceMinorUnits, order.currency, settings), text(line.location),
        ])
      }
      for line in order.lines {
        if let replaced = line.replaces { table.notes.append("\(line.sku) stands for \(replaced)") }
      }
      if !order.holds.isEmpty {
        table.notes.append("\(order.number) is on hold: \(order.holds.map(\.name).joined(separator: ", "))")
      }
      if !order.openExceptions.isEmpty {
        table.notes.append(
          "\(order.number) has open exceptions: \(order.openExceptions.map(\.name).joined(separator: ", "))")
      }
      if order.lines.isEmpty { table.notes.append("\(order.number) has no lines: its content is unknown") }
    }
    return table
  }

  static func title(of order: StoredOrder, _ settings: StoreSettings) -> String {
    var parts = [order.number, order.channel]
    if let unit = MoneyUnit(code: order.currency, scale: settings.scale(of: order.currency)) {
      let digits = roundedHalfEven(
        numerator: total(of: order), denominator: power(of: 10, unit.scale), digits: unit.scale)
      parts.append("\(digits) \(order.currency)")
    }
    parts.append(order.customer.map { "customer \($0)" } ?? "guest")
    if !order.carrier.isEmpty { parts.append("carrier \(order.carrier)") }
    return parts.joined(separator: "  ")
  }

  private static func power(of base: Int64, _ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }

  private static func details(of order: StoredOrder) -> [(String, Value)] {
    var details: [(String, Value)] = [
      ("placed_at", .instant(milliseconds: order.placedAt.milliseconds)), ("node", .text(order.node.name)),
      ("observed", .boolean(order.isObserved)), ("version", .integer(Int64(order.version))),
      ("state", .text(order.state)),
    ]
    if !order.isObserved { details.append(("profile", .text(order.profile.name))) }
    for entry in order.timeline where !entry.isVoided && !entry.text.isEmpty {
      if entry.kind == .replaces { details.append(("exchange_for", .text(entry.text))) }
      if entry.kind == .passed, entry.node == .exchanged { details.append(("exchanged_by", .text(entry.text))) }
    }
    if order.split != .asAvailable { details.append(("split", .text(order.split.name))) }
    if !order.holds.isEmpty { details.append(("holds", .text(order.holds.map(\.name).joined(separator: " ")))) }
    if !order.openExceptions.isEmpty {
      details.append(("open_exceptions", .text(order.openExceptions.map(\.name).joined(separator: " "))))
    }
    for (name, first, current) in [
      ("current_ship_by", order.shipBy, order.currentShipBy),
      ("current_deliver_by", order.deliverBy, order.currentDeliverBy),
    ] {
      if let current, current != first { details.append((name, .instant(milliseconds: current.milliseconds))) }
    }
    for (name, value) in [
      ("type", order.type), ("priority", order.priority), ("region", order.region), ("city", order.city),
      ("carrier", order.carrier), ("grade", order.grade), ("source_status", order.sourceStatus), ("note", order.note),
    ] where !value.isEmpty { details.append((name, .text(value))) }
    if let instant = order.shipBy { details.append(("ship_by", .instant(milliseconds: instant.milliseconds))) }
    if let instant = order.deliverBy { details.append(("deliver_by", .instant(milliseconds: instant.milliseconds))) }
    for (name, amount) in [
      ("list_value", order.listValueMinorUnits), ("line_value", order.lineValueMinorUnits),
      ("discount", order.discountMinorUnits), ("shipping", order.shippingMinorUnits), ("tax", order.taxMinorUnits),
      ("cancelled_value", order.cancelledValueMinorUnits), ("paid", order.paidMinorUnits),
      ("refunded", order.refundedMinorUnits),
    ] where amount != 0 { details.append((name, .integer(amount))) }
    details.append(("currency", .text(order.currency)))
    details.append(("sequence", .integer(Int64(order.sequence))))
    return details
  }

  /// The timeline of orders: one row an entry.
  static func timeline(
    of orders: [StoredOrder], asOf: Int64, zone: TimeZoneRules, settings: StoreSettings, allEntries: Bool = false
  ) -> Table {
    var table = Table(
      title: orders.count == 1 ? title(of: orders[0], settings) : "",
      columns: [
        Column("number", type: .text, isKey: true), Column("node", type: .text, isKey: true),
        Column("leg", type: .integer), Column("occurred_at", label: "occurred", type: .instant),
        Column("since_previous", label: "since previous", type: .duration), Column("actor", type: .text),
        Column("reason", type: .text), Column("carrier", type: .text), Column("location", type: .text),
        Column("sequence", type: .integer), Column("event", type: .text), Column("details", type: .text),
      ] + (allEntries ? [Column("entry", type: .integer), Column("voided", type: .boolean)] : []), rows: [],
      meta: Metadata(), notes: [])
    for order in orders {
      var previous: Int64?
      for entry in order.timeline where allEntries || !entry.isVoided && entry.kind != .voided {
        let instant = entry.occurredAt?.milliseconds
        table.append(
          [
            .text(order.number), .text(entry.node.name), entry.leg == 0 ? .null : .integer(Int64(entry.leg)),
            instant.map { .instant(milliseconds: $0) } ?? .null,
            instant.flatMap { now in previous.map { .duration(milliseconds: now - $0) } } ?? .null,
            text(entry.actor), text(entry.reason), text(entry.carrier), text(entry.location),
            .integer(Int64(entry.sequence)), entry.kind == .passed ? .null : .text(entry.kind.name),
            text(details(of: entry)),
          ] + (allEntries ? [.integer(Int64(entry.number)), .boolean(entry.isVoided)] : []))
        if let instant { previous = instant }
      }
      table.notes += lateness(of: order, asOf: asOf, zone: zone)
      let missing = order.timeline.filter { $0.occurredAt == nil && !$0.isVoided }.map(\.node.name)
      if !missing.isEmpty { table.notes.append("\(order.number): time missing for \(missing.joined(separator: ", "))") }
    }
    table.meta["as_of"] = .value(.instant(milliseconds: asOf))
    return table
  }

  /// What an entry tells beside its node: the hold or exception, what an edit changed, units or money.
  private static func details(of entry: TimelineEntry) -> String {
    var parts = [entry.subject, entry.text].filter { !$0.isEmpty }
    if entry.kind == .alerted {
      if let due = Int64(entry.after) { parts.append("due \(RFC3339.string(due))") }
      return parts.joined(separator: " ")
    }
    if !entry.before.isEmpty || entry.kind == .edited, !entry.after.isEmpty {
      parts.append("\(entry.before.isEmpty ? "–" : entry.before) → \(entry.after)")
    } else if !entry.after.isEmpty {
      parts.append(entry.after)
    }
    return parts.joined(separator: " ")
  }

  /// Promises that are over and were not kept, or not in time.
  private static func lateness(of order: StoredOrder, asOf: Int64, zone: TimeZoneRules) -> [String] {
    if order.node.endsUnfulfilled { return [] }
    var notes: [String] = []
    for (deadline, node, name) in [(order.shipBy, Node.shipped, "ship"), (order.deliverBy, .delivered, "deliver")] {
      guard let deadline else { continue }
      let due = RFC3339.string(deadline.milliseconds, in: zone)
      let passages = order.timeline.filter {
        $0.kind == .passed && !$0.isVoided && $0.node >= node && $0.node.isKeyNode
      }
      if passages.isEmpty, deadline.milliseconds < asOf {
        notes.append("LATE by \(span(asOf - deadline.milliseconds)): \(order.number) was to \(name) by \(due)")
      } else if let instant = passages.filter({ $0.node == node }).compactMap(\.occurredAt).min(), instant > deadline {
        notes.append(
          "late by \(span(instant.milliseconds - deadline.milliseconds)): \(order.number) was to \(name) by \(due)")
      }
    }
    return notes
  }

  /// A duration for people.
  private static func span(_ milliseconds: Int64) -> String {
    var bytes: [UInt8] = []
    ReadableCells().append(.duration(milliseconds: milliseconds), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Stock levels: one row a SKU and location.
  static func stock(_ levels: [StockLevel], settings: StoreSettings) -> Table {
    var table = Table(
      title: "",
      columns: [
        Column("sku", type: .text, isKey: true), Column("location", type: .text, isKey: true),
        Column("on_hand", label: "on hand", type: .integer, unit: "units"),
        Column("reserved", type: .integer, unit: "units"), Column("unavailable", type: .integer, unit: "units"),
        Column("available", type: .integer, unit: "units"), Column("value", type: .number),
        Column("incoming", type: .integer, unit: "units"), Column("backordered", type: .integer, unit: "units"),
        Column("presale_quota", label: "presale quota", type: .integer, unit: "units"),
        Column("presale_sold", label: "presale sold", type: .integer, unit: "units"),
      ], rows: [], meta: Metadata(), notes: [])
    for level in levels {
      table.append([
        .text(level.sku), .text(level.location), .integer(level.counters.onHand), .integer(level.counters.reserved),
        .integer(level.counters.unavailable), .integer(level.available),
        money(level.valueMinorUnits, settings.currency, settings), .integer(level.counters.incoming),
        .integer(level.counters.backordered), .integer(level.counters.presaleQuota),
        .integer(level.counters.presaleSold),
      ])
    }
    return table
  }

  /// The ledger of a SKU: one row a movement.
  static func movements(_ movements: [StoredMovement], settings: StoreSettings) -> Table {
    var table = Table(
      title: "",
      columns: [
        Column("occurred_at", label: "occurred", type: .instant), Column("kind", type: .text),
        Column("location", type: .text), Column("quantity", type: .integer, unit: "units"),
        Column("on_hand", label: "on hand", type: .integer, unit: "units"),
        Column("reserved", type: .integer, unit: "units"), Column("value", type: .number),
        Column("order", type: .text), Column("reason", type: .text), Column("sequence", type: .integer),
      ], rows: [], meta: Metadata(), notes: [])
    for movement in movements {
      table.append([
        .instant(milliseconds: movement.occurredAt.milliseconds), .text(movement.kind.name), text(movement.location),
        .integer(movement.quantity), .integer(movement.onHandChange), .integer(movement.reservedChange),
        money(movement.valueChangeMinorUnits, settings.currency, settings),
        movement.order.map { .text($0) } ?? .null, text(movement.reason), .integer(Int64(movement.sequence)),
      ])
    }
    return table
  }
}
