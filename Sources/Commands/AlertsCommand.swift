internal import ArgumentParser
internal import Columns
internal import OrderModel
internal import OrderRules
internal import OrderStore
internal import Reports

struct AlertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "What is late, what is stalled, which exceptions nobody answered.",
    discussion: """
      Late: a promise is over. Stalled: no event for longer than the node's limit; what is on hold does not stall. The \
      level tells how often the limit has passed. --limit changes limits: NODE=HOURS, or NODE=HOURS,carrier=SF,grade=gold \
      for some orders only; the limit that names most holds.
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var time: TimeOptions
  @Option(name: .customLong("as-of"), help: "Judge at this instant; now by default.") var asOf: String?
  @Option(name: .customLong("limit"), help: "A dwell limit, such as in_transit=72,carrier=SF; repeatable.")
  var limits: [String] = []
  @Option(help: "Only this cause: \(Alert.Cause.allCases.map(\.rawValue).joined(separator: ", ")).")
  var cause: String?

  func run() throws {
    let opened = try store.open(readOnly: true)
    let zone = try time.zone(for: opened.settings)
    let asOf = try StoreAccess.instant(asOf, zone: zone)
    let limits = DwellLimit.standard + (try self.limits.map(AlertsCommand.limit))
    if let cause, Alert.Cause(rawValue: cause) == nil {
      throw CommandFailure(
        "OB1102", "no cause '\(cause)'", hint: Alert.Cause.allCases.map(\.rawValue).joined(separator: ", "))
    }
    var rows: [(order: OpenOrder, leg: UInt8, node: Node, alert: Alert)] = []
    let shortest = AlertsCommand.shortest(limits)
    do throws(StoreError) {
      try opened.snapshot().forEachOpenOrder(
        asOf: asOf,
        where: { row in
          row.hasExceptions || row.shipBy.map { !row.hasShipped && $0 < asOf } ?? false
            || row.deliverBy.map { $0 < asOf } ?? false
            || shortest[row.node].map { row.lastMilestone.milliseconds + $0 < asOf.milliseconds } ?? false
        }
      ) { order in
        for leg in AlertsCommand.legs(of: order) {
          for alert in leg.alerts(asOf: asOf, limits: limits) where cause == nil || alert.cause.rawValue == cause {
            rows.append((order, leg.leg, leg.node, alert))
          }
        }
      }
    } catch { throw CommandFailure(error) }
    rows.sort { ($1.alert.overdue, $0.order.id) < ($0.alert.overdue, $1.order.id) }
    var table = Table(
      title: "",
      columns: [
        Column("number", type: .text, isKey: true), Column("channel", type: .text, isKey: true),
        Column("leg", type: .integer), Column("node", type: .text), Column("cause", type: .text),
        Column("due", type: .instant), Column("overdue", type: .duration), Column("level", type: .integer),
        Column("carrier", type: .text), Column("grade", type: .text), Column("type", type: .text),
      ], rows: [], meta: Metadata(), notes: [])
    for row in rows {
      func text(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }
      table.append([
        .text(row.order.number), .text(row.order.channel), row.leg == 0 ? .null : .integer(Int64(row.leg)),
        .text(row.node.name), .text(row.alert.cause.rawValue),
        .instant(milliseconds: row.alert.dueAt.milliseconds), .duration(milliseconds: row.alert.overdue),
        .integer(row.alert.level), text(row.order.carrier), text(row.order.grade), text(row.order.type),
      ])
    }
    table.meta["as_of"] = .value(.instant(milliseconds: asOf.milliseconds))
    try output.write(table, zone: zone)
  }

  /// The legs of an order as the rules look at them; deadlines and exceptions stand with the first.
  static func legs(of order: OpenOrder) -> [OpenLeg] {
    order.parts.enumerated().map { index, part in
      OpenLeg(
        leg: part.leg, node: part.node, lastEventAt: part.hasDelivered ? nil : part.lastEventAt,
        hasShipped: order.hasShipped, hasDelivered: order.hasDelivered, shipBy: index == 0 ? order.shipBy : nil,
        deliverBy: index == 0 ? order.deliverBy : nil, isOnHold: order.isOnHold,
        subject: DwellLimit.Subject(
          channel: order.channel, carrier: order.carrier, grade: order.grade, type: order.type),
        exceptions: index > 0
          ? []
          : order.exceptions.map {
            OpenLeg.OpenException(kind: $0.kind, raisedAt: $0.raisedAt, isAcknowledged: $0.isAcknowledged)
          })
    }
  }

  /// The shortest limit of each node, whatever it names.
  private static func shortest(_ limits: [DwellLimit]) -> [Node: Int64] {
    limits.reduce(into: [:]) { $0[$1.node] = min($0[$1.node] ?? .max, $1.limit) }
  }

  /// Reads `NODE=HOURS[,channel=…][,carrier=…][,grade=…][,type=…]`.
  static func limit(_ text: String) throws -> DwellLimit {
    let parts = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    guard let first = parts.first, first.count == 2, let node = Node(name: first[0]), let hours = Int64(first[1]),
      hours >= 0, hours < 1_000_000
    else { throw unreadable(text) }
    var limit = DwellLimit(node, hours: hours)
    for part in parts.dropFirst() {
      guard part.count == 2 else { throw unreadable(text) }
      switch part[0] {
      case "channel": limit.channel = part[1]
      case "carrier": limit.carrier = part[1]
      case "grade": limit.grade = part[1]
      case "type": limit.type = part[1]
      default: throw unreadable(text)
      }
    }
    return limit
  }

  private static func unreadable(_ text: String) -> CommandFailure {
    CommandFailure(
      "OB1102", "limit '\(text)' cannot be read", hint: "write it as in_transit=72 or in_transit=72,carrier=SF")
  }
}
