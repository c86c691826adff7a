internal import Calendars
internal import Columns
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// The alerts that timelines tell, as a table: when each was raised, what cleared it, and the time between.
struct AlertHistory {
  let cause: AlertCause?
  let period: String?
  let zone: TimeZoneRules
  let asOf: Instant

  func table(of store: OrderStore) throws -> Table {
    let span = try span()
    var table = Table(
      title: "",
      columns: [
        Column("number", type: .text, isKey: true), Column("channel", type: .text, isKey: true),
        Column("leg", type: .integer), Column("node", type: .text), Column("cause", type: .text),
        Column("exception", type: .text), Column("due", type: .instant), Column("raised", type: .instant),
        Column("cleared", type: .instant), Column("cleared_by", label: "cleared by", type: .text),
        Column("actor", type: .text), Column("response", type: .duration),
      ], rows: [], meta: Metadata(), notes: [])
    let alerts: [RecordedAlert]
    do throws(StoreError) {
      alerts = try store.snapshot().recordedAlerts(
        from: Instant(milliseconds: span.lowerBound), before: Instant(milliseconds: span.upperBound), asOf: asOf)
    } catch { throw CommandFailure(error) }
    func instant(_ instant: Instant?) -> Columns.Value {
      instant.map { .instant(milliseconds: $0.milliseconds) } ?? .null
    }
    func text(_ text: String?) -> Columns.Value { text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .null }
    for alert in alerts where cause == nil || alert.cause == cause {
      let clearing = alert.clearedBy
      table.append([
        .text(alert.number), .text(alert.channel), alert.leg == 0 ? .null : .integer(Int64(alert.leg)),
        .text(alert.node.name), .text(alert.cause.name), text(alert.exception?.name), instant(alert.dueAt),
        instant(alert.raisedAt), instant(clearing?.occurredAt),
        text(clearing.map { $0.kind == .passed ? $0.node.name : $0.kind.name }), text(clearing?.actor),
        alert.response.map { .duration(milliseconds: $0) } ?? .null,
      ])
    }
    table.meta["as_of"] = .value(.instant(milliseconds: asOf.milliseconds))
    return table
  }

  private func span() throws -> Range<Int64> {
    guard let period else { return .min ..< .max }
    do throws(QueryError) {
      return try PeriodText(period).resolve(in: PeriodContext(zone: zone, asOf: asOf.milliseconds)).range
    } catch { throw CommandFailure(error, in: period) }
  }
}
