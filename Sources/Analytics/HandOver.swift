internal import Columns
internal import KPIs
internal import OrderModel
package import OrderStore

/// A snapshot as tables that any SQL database can load, for the texts of ``SQLText``.
///
/// Instants are `…_ms BIGINT`, milliseconds UTC, null where none is known; a node that was passed at an unknown instant has
/// `NODE_missing = 1`. Money is `…_minor BIGINT`. Identifiers are rows counted from 1. Words and enumerations are text.
package struct HandOver {
  /// A table under way.
  struct Table {
    struct Column {
      var name: String
      var isText = false

      init(_ name: String, isText: Bool = false) { (self.name, self.isText) = (name, isText) }
    }

    var name: String
    var columns: [Column]

    var creation: String {
      let columns = columns.map { "\($0.name) \($0.isText ? "text" : "bigint")" }.joined(separator: ", ")
      return "create table \(name) (\(columns));\n"
    }
  }

  private let snapshot: OrderSnapshot
  private var words: [Vocabulary: [Int64: String]] = [:]
  /// Tables and rows as SQL, statement after statement.
  private(set) var text = ""

  /// Rows a statement.
  private static let rowsPerInsert = 500

  private init(_ snapshot: OrderSnapshot) { self.snapshot = snapshot }

  /// `create table` and `insert` statements of all tables, each statement ended by a semicolon and a line feed.
  ///
  /// Costs memory in proportion to the store.
  package static func sql(of snapshot: OrderSnapshot) throws(StoreError) -> String {
    var handOver = HandOver(snapshot)
    try handOver.addOrders()
    try handOver.addLines()
    try handOver.addEvents()
    try handOver.addMovements()
    try handOver.addCredits()
    try handOver.addCancelledParts()
    return handOver.text
  }

  // MARK: - Tables

  private static let nodes = Node.allCases.filter { $0 > .placed && $0 <= .expired }
  private static let firstNodes = nodes.filter { $0 <= .completed }

  /// Instants with a flag for those that are not known, and instants of which there is none to miss.
  private static let timed: [(name: String, field: OrderField)] =
    nodes.map { ($0.name, .reached($0)) } + firstNodes.map { ("first_\($0.name)", .firstReached($0)) }
    + [("first_act", .firstActAt), ("first_human_act", .firstHumanActAt)]
  private static let promises: [(name: String, field: OrderField)] = [
    ("ship_by_ms", .shipBy), ("deliver_by_ms", .deliverBy),
  ]
  private static let amounts: [(name: String, field: OrderField)] = [
    ("list_value_minor", .listValue), ("line_value_minor", .lineValue), ("discount_minor", .discount),
    ("shipping_minor", .shipping), ("tax_minor", .tax), ("cancelled_value_minor", .cancelledValue), ("units", .units),
    ("cancelled_units", .cancelledUnits), ("error_count", .errorCount),
  ]

  private mutating func addOrders() throws(StoreError) {
    let table = Table(
      name: "orders",
      columns: [Table.Column("order_id")] + ["channel", "currency"].map { Table.Column($0, isText: true) }
        + [Table.Column("customer_id"), Table.Column("cancel_side", isText: true), Table.Column("placed_ms")]
        + Self.promises.map { Table.Column($0.name) } + Self.amounts.map { Table.Column($0.name) }
        + Self.timed.flatMap { [Table.Column("\($0.name)_ms"), Table.Column("\($0.name)_missing")] })
    let fields: [OrderField] =
      [.channel, .currency, .customer, .cancelSide, .placedAt] + Self.promises.map(\.field)
      + Self.amounts.map(\.field) + Self.timed.map(\.field)
    var rows: [String] = []
    for group in 0..<snapshot.orderGroupCount {
      let batch = try snapshot.orders(group: group, fields)
      for row in 0..<batch.count {
        var values = ["\(batch.firstRow + row + 1)"]
        values.append(try word(.channel, batch[.channel][row]))
        values.append(try word(.currency, batch[.currency][row]))
        values.append(Self.reference(batch[.customer][row]))
        values.append(Self.side(batch[.cancelSide][row] & 3))
        values.append("\(batch[.placedAt][row])")
        values += Self.promises.map { Self.instant(batch[$0.field][row]) }
        values += Self.amounts.map { "\(batch[$0.field][row])" }
        for (_, field) in Self.timed {
          let value = batch[field][row]
          values += [Self.instant(value), value == InstantColumn.unknown ? "1" : "0"]
        }
        rows.append(values.joined(separator: ", "))
      }
    }
    add(rows, to: table)
  }

  private mutating func addLines() throws(StoreError) {
    let table = Table(
      name: "order_lines",
      columns: ["line_id", "order_id"].map { Table.Column($0) } + [Table.Column("sku", isText: true)]
        + ["quantity", "unit_price_minor", "list_price_minor", "cancelled", "shipped", "delivered"].map {
          Table.Column($0)
        })
    let numbers: [LineField] = [.quantity, .unitPrice, .listPrice, .cancelled, .shipped, .delivered]
    var rows: [String] = []
    for group in 0..<snapshot.lineGroupCount {
      let batch = try snapshot.lines(group: group, [.order, .sku] + numbers)
      for row in 0..<batch.count {
        let head = ["\(batch.firstRow + row + 1)", "\(batch[.order][row] + 1)", try word(.sku, batch[.sku][row])]
        rows.append((head + numbers.map { "\(batch[$0][row])" }).joined(separator: ", "))
      }
    }
    add(rows, to: table)
  }

  /// Entries that were not taken back.
  private mutating func addEvents() throws(StoreError) {
    let table = Table(
      name: "events",
      columns: [Table.Column("event_id"), Table.Column("order_id"), Table.Column("kind", isText: true)]
        + [Table.Column("subject", isText: true), Table.Column("occurred_ms"), Table.Column("side", isText: true)])
    var rows: [String] = []
    for group in 0..<snapshot.eventGroupCount {
      let batch = try snapshot.events(group: group, [.order, .kind, .subject, .node, .occurredAt, .side, .voided])
      for row in 0..<batch.count where batch[.voided][row] == 0 {
        let kind = EventKind(rawValue: UInt8(truncatingIfNeeded: batch[.kind][row])) ?? .noted
        rows.append(
          [
            "\(batch.firstRow + row + 1)", "\(batch[.order][row] + 1)", Self.quoted(kind.name),
            Self.subject(kind, batch[.subject][row], node: batch[.node][row]), Self.instant(batch[.occurredAt][row]),
            Self.side(batch[.side][row]),
          ].joined(separator: ", "))
      }
    }
    add(rows, to: table)
  }

  private mutating func addMovements() throws(StoreError) {
    let table = Table(
      name: "movements",
      columns: [Table.Column("movement_id"), Table.Column("order_id"), Table.Column("line_id")]
        + [Table.Column("kind", isText: true), Table.Column("quantity"), Table.Column("occurred_ms")])
    var rows: [String] = []
    for group in 0..<snapshot.movementGroupCount {
      let batch = try snapshot.movements(group: group, [.order, .line, .kind, .quantity, .occurredAt])
      for row in 0..<batch.count {
        let kind = MovementKind(rawValue: UInt8(truncatingIfNeeded: batch[.kind][row]))
        rows.append(
          [
            "\(batch.firstRow + row + 1)", Self.reference(batch[.order][row]), Self.reference(batch[.line][row]),
            Self.quoted(kind?.name ?? ""), "\(batch[.quantity][row])", Self.instant(batch[.occurredAt][row]),
          ].joined(separator: ", "))
      }
    }
    add(rows, to: table)
  }

  private mutating func addCredits() throws(StoreError) {
    let table = Table(
      name: "credits",
      columns: ["credit_id", "order_id", "customer_id", "occurred_ms", "value_minor", "units"].map { Table.Column($0) })
    var rows: [String] = []
    for group in 0..<snapshot.creditGroupCount {
      let batch = try snapshot.credits(group: group, [.order, .customer, .occurredAt, .value, .units])
      for row in 0..<batch.count {
        rows.append(
          [
            "\(batch.firstRow + row + 1)", Self.reference(batch[.order][row]), Self.reference(batch[.customer][row]),
            Self.instant(batch[.occurredAt][row]), "\(batch[.value][row])", "\(batch[.units][row])",
          ].joined(separator: ", "))
      }
    }
    add(rows, to: table)
  }

  /// Units cancelled of orders that went on, line by line, which only the log tells.
  private mutating func addCancelledParts() throws(StoreError) {
    let table = Table(
      name: "cancelled_parts",
      columns: ["order_id", "line_id", "units", "list_value_minor", "occurred_ms"].map { Table.Column($0) }
        + [Table.Column("side", isText: true)])
    var entries = Stories([.cancelledUnitsBy(.seller)], in: JudgingContext(asOf: Int64.max), words: allHumans)
    for group in 0..<snapshot.eventGroupCount {
      entries.add(try snapshot.events(group: group, Stories.eventFields))
    }
    entries.sort()
    var rows: [String] = []
    for part in try snapshot.cancelledUnits(ofEvents: entries.cancellingEntries) {
      let group = part.event / OrderSnapshot.rowsPerGroup
      let batch = try snapshot.events(group: group, [.order, .kind, .occurredAt, .side])
      let row = part.event - batch.firstRow
      // An edit that orders fewer is the customer's wish.
      let isEdit = batch[.kind][row] == Int64(EventKind.edited.rawValue)
      rows.append(
        [
          "\(batch[.order][row] + 1)", "\(part.line + 1)", "\(part.units)", "\(part.value)",
          Self.instant(batch[.occurredAt][row]),
          isEdit ? Self.quoted(Side.customer.name) : Self.side(batch[.side][row]),
        ].joined(separator: ", "))
    }
    add(rows, to: table)
  }

  /// Who did something does not matter here.
  private var allHumans: StoryWords {
    StoryWords(humans: Array(repeating: true, count: snapshot.wordCount(.actor) + 1))
  }

  // MARK: - Text

  private mutating func add(_ rows: [String], to table: Table) {
    text += table.creation
    for start in stride(from: 0, to: rows.count, by: Self.rowsPerInsert) {
      let part = rows[start..<min(rows.count, start + Self.rowsPerInsert)]
      text += "insert into \(table.name) values\n(" + part.joined(separator: "),\n(") + ");\n"
    }
  }

  private mutating func word(_ list: Vocabulary, _ code: Int64) throws(StoreError) -> String {
    if let known = words[list]?[code] { return known }
    let text = code == 0 ? "null" : Self.quoted(try snapshot.word(list, code))
    words[list, default: [:]][code] = text
    return text
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private static func instant(_ value: Int64) -> String { InstantColumn.isInstant(value) ? "\(value)" : "null" }

  /// A row + 1 of another table; 0 is none.
  private static func reference(_ value: Int64) -> String { value == 0 ? "null" : "\(value)" }

  private static func side(_ raw: Int64) -> String {
    quoted((Side(rawValue: UInt8(truncatingIfNeeded: raw)) ?? .unknown).name)
  }

  private static func subject(_ kind: EventKind, _ subject: Int64, node: Int64) -> String {
    let raw = UInt8(truncatingIfNeeded: subject)
    let name: String? =
      switch kind {
      case .passed: Node(rawValue: UInt8(truncatingIfNeeded: node))?.name
      case .held, .unheld: HoldKind(rawValue: raw)?.name
      case .raised, .acknowledged, .resolved, .reopened: ExceptionKind(rawValue: raw)?.name
      default: nil
      }
    return name.map(quoted) ?? "null"
  }
}
