internal import ArgumentParser
internal import Calendars
internal import Columns
internal import Intake
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
      for some orders only; the limit that names most holds. With --calendar the limits of what people at work do next run \
      in the open hours of a TOML file (zone, [hours] monday = ["09:00-18:00"], holidays, cut_off); clock=calendar or \
      clock=business behind a limit says otherwise.

      --record writes each alert into its order's timeline, once: the next event of its leg clears it. --history shows \
      recorded alerts with what cleared them and the time between.
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var time: TimeOptions
  @Option(name: .customLong("as-of"), help: "Judge at this instant; now by default.") var asOf: String?
  @Option(name: .customLong("limit"), help: "A dwell limit, such as in_transit=72,carrier=SF; repeatable.")
  var limits: [String] = []
  @Option(help: "Only this cause: \(Alert.Cause.allCases.map(\.name).joined(separator: ", ")).")
  var cause: String?
  @Option(help: "A TOML file of open hours for limits in business time.") var calendar: String?
  @Flag(help: "Write what is not written yet into the orders' timelines.") var record = false
  @Flag(help: "Show recorded alerts and what cleared them.") var history = false
  @Option(help: "With --history: only alerts raised in this period.") var period: String?

  func validate() throws {
    if record, history { throw ValidationError("Give either --record or --history.") }
    if period != nil, !history { throw ValidationError("--period goes with --history.") }
    if history, calendar != nil || !limits.isEmpty {
      throw ValidationError("--history shows what was recorded: no --limit, no --calendar.")
    }
  }

  /// One alert with what it is about.
  typealias Row = (order: OpenOrder, leg: UInt8, node: Node, alert: Alert)

  func run() throws {
    let cause = try self.cause.map(AlertsCommand.cause)
    let opened = try store.open(readOnly: !record)
    let zone = try time.zone(for: opened.settings)
    let asOf = try StoreAccess.instant(asOf, zone: zone)
    if history {
      let table = try AlertHistory(cause: cause, period: period, zone: zone, asOf: asOf).table(of: opened)
      return try output.write(table, zone: zone)
    }
    let limits = DwellLimit.standard + (try self.limits.map(AlertsCommand.limit))
    let calendar = try self.calendar.map(AlertsCommand.calendar)
    var rows: [Row] = []
    let shortest = AlertsCommand.shortest(limits)
    do throws(StoreError) {
      try opened.snapshot().forEachOpenOrder(
        asOf: asOf,
        where: { row in
          // Business time never ends a limit earlier than calendar time.
          row.hasExceptions || row.shipBy.map { !row.hasShipped && $0 < asOf } ?? false
            || row.deliverBy.map { $0 < asOf } ?? false
            || shortest[row.node].map { row.lastMilestone.milliseconds + $0 < asOf.milliseconds } ?? false
        }
      ) { order in
        for leg in AlertsCommand.legs(of: order) {
          for alert in leg.alerts(asOf: asOf, limits: limits, calendar: calendar)
          where cause == nil || alert.cause == cause {
            rows.append((order, leg.leg, leg.node, alert))
          }
        }
      }
    } catch { throw CommandFailure(error) }
    rows.sort { ($1.alert.overdue, $0.order.id) < ($0.alert.overdue, $1.order.id) }
    var table = AlertsCommand.table(of: rows)
    if record {
      let count = try AlertsCommand.record(rows, at: asOf, in: opened)
      table.notes.append("\(count) recorded, \(rows.count - count) known already")
    }
    table.meta["as_of"] = .value(.instant(milliseconds: asOf.milliseconds))
    if let calendar { table.meta["calendar_zone"] = .value(.text(calendar.zone.name)) }
    try output.write(table, zone: zone)
  }

  /// Writes alerts into the timelines of their orders.
  ///
  /// - Returns: How many were not known. What was dealt with since is refused, and rightly.
  private static func record(_ rows: [Row], at asOf: Instant, in store: OrderStore) throws -> Int {
    let submissions = rows.map { row in
      Submission(
        .alert(
          AlertNotice(
            order: .id(row.order.id), leg: row.leg, node: row.node, cause: row.alert.cause,
            exception: row.alert.exception, dueAt: row.alert.dueAt, actor: "system:alerts", occurredAt: asOf)))
    }
    do throws(StoreError) {
      let count = try store.submit(submissions).filter { (try? $0.get())?.outcome == .updated }.count
      try store.close()
      return count
    } catch { throw CommandFailure(error) }
  }

  private static func table(of rows: [Row]) -> Table {
    var table = Table(
      title: "",
      columns: [
        Column("number", type: .text, isKey: true), Column("channel", type: .text, isKey: true),
        Column("leg", type: .integer), Column("node", type: .text), Column("cause", type: .text),
        Column("due", type: .instant), Column("overdue", type: .duration), Column("level", type: .integer),
        Column("carrier", type: .text), Column("grade", type: .text), Column("type", type: .text),
        Column("exception", type: .text),
      ], rows: [], meta: Metadata(), notes: [])
    for row in rows {
      func text(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }
      table.append([
        .text(row.order.number), .text(row.order.channel), row.leg == 0 ? .null : .integer(Int64(row.leg)),
        .text(row.node.name), .text(row.alert.cause.name),
        .instant(milliseconds: row.alert.dueAt.milliseconds), .duration(milliseconds: row.alert.overdue),
        .integer(row.alert.level), text(row.order.carrier), text(row.order.grade), text(row.order.type),
        row.alert.exception.map { .text($0.name) } ?? .null,
      ])
    }
    return table
  }

  private static func cause(_ name: String) throws -> AlertCause {
    guard let cause = AlertCause(name: name) else {
      throw CommandFailure(
        "OB1102", "no cause '\(name)'", hint: AlertCause.allCases.map(\.name).joined(separator: ", "))
    }
    return cause
  }

  private static func calendar(_ path: String) throws -> BusinessCalendar {
    do throws(IntakeError) { return try BusinessCalendarFile.calendar(contentsOf: path) } catch {
      guard case .mapping(let problem) = error else { throw CommandFailure(error) }
      throw CommandFailure(
        "OB1102", problem.description, hint: "zone = \"Europe/Berlin\", then [hours] with monday = [\"09:00-18:00\"]")
    }
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

  /// Reads `NODE=HOURS[,channel=…][,carrier=…][,grade=…][,type=…][,clock=…]`; the clock is that of the node's own limit.
  static func limit(_ text: String) throws -> DwellLimit {
    let parts = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    guard let first = parts.first, first.count == 2, let node = Node(name: first[0]), let hours = Int64(first[1]),
      hours >= 0, hours < 1_000_000
    else { throw unreadable(text) }
    let standard = DwellLimit.limit(at: node, for: DwellLimit.Subject(), of: DwellLimit.standard)
    var limit = DwellLimit(node, hours: hours, clock: standard?.clock ?? .calendar)
    for part in parts.dropFirst() {
      guard part.count == 2 else { throw unreadable(text) }
      switch part[0] {
      case "channel": limit.channel = part[1]
      case "carrier": limit.carrier = part[1]
      case "grade": limit.grade = part[1]
      case "type": limit.type = part[1]
      case "clock":
        guard let clock = DwellLimit.Clock(rawValue: part[1]) else { throw unreadable(text) }
        limit.clock = clock
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
