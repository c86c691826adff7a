internal import ColumnStore
public import OrderModel

/// An alert that a timeline tells, and what became of it.
public struct RecordedAlert: Sendable, Hashable {
  public var order: OrderID
  public var channel, number: String
  /// 0 is the order as a whole.
  public var leg: UInt8
  public var node: Node
  public var cause: AlertCause
  public var exception: ExceptionKind?
  public var dueAt: Instant
  /// When somebody was told.
  public var raisedAt: Instant
  /// The next that happened to the leg; nil while nothing did.
  public var clearedBy: Clearing?

  /// What cleared an alert.
  public struct Clearing: Sendable, Hashable {
    public var kind: EventKind
    /// The node that was passed; of other entries, where the order stood.
    public var node: Node
    /// Nil when the source stated no time.
    public var occurredAt: Instant?
    public var actor: String
  }

  /// Milliseconds from the alert to what cleared it; negative when that happened before and was told later. Nil while
  /// nothing did, or when its time is missing.
  public var response: Int64? { clearedBy?.occurredAt.map { $0.milliseconds - raisedAt.milliseconds } }
}

extension OrderSnapshot {
  /// The alerts that timelines tell, raised from an instant on and before another, in the order of recording. Those that
  /// were taken back are left out, and so is what happened at `asOf` or later.
  ///
  /// Cost: a look at the kind of every event whose row group reaches into the span, and the newer events of the orders
  /// found.
  public func recordedAlerts(
    from: Instant, before: Instant, asOf: Instant
  ) throws(StoreError) -> [RecordedAlert] {
    let end = min(before, asOf).milliseconds
    let events = RowGroupCache<EventColumn>(
      self, [.order, .previous, .node, .leg, .occurredAt, .kind, .subject, .voided, .before, .after, .actor])
    var alerts: [RecordedAlert] = []
    for group in 0..<snapshot.groupCount(of: StoreTable.events.rawValue) {
      let summary = try reading { () throws(FileError) in
        try snapshot.summary(table: StoreTable.events.rawValue, group: group)
      }
      if let range = summary?.ranges[EventColumn.occurredAt.rawValue],
        range.upperBound < from.milliseconds || range.lowerBound >= end
      {
        continue
      }
      let kinds = try column(.events, EventColumn.kind.rawValue, group)
      for index in kinds.indices where kinds[index] == Int64(EventKind.alerted.rawValue) {
        let row = group * Geometry.rowsPerGroup + index
        let raisedAt = try events.value(row, .occurredAt)
        guard raisedAt >= from.milliseconds, raisedAt < end, try events.value(row, .voided) == 0 else { continue }
        alerts.append(try recordedAlert(row, events, asOf: asOf))
      }
    }
    return alerts
  }

  private func recordedAlert(
    _ row: Int, _ events: RowGroupCache<EventColumn>, asOf: Instant
  ) throws(StoreError) -> RecordedAlert {
    func code(_ row: Int, _ column: EventColumn) throws(StoreError) -> UInt8 {
      UInt8(truncatingIfNeeded: try events.value(row, column))
    }
    let order = Int(try events.value(row, .order))
    let leg = try code(row, .leg)
    guard let node = Node(rawValue: try code(row, .node)), let cause = AlertCause(rawValue: try code(row, .subject))
    else { throw .damaged("event \(row): no such node or cause") }
    var alert = RecordedAlert(
      order: OrderID(rawValue: UInt32(order)), channel: try channel(order: order), number: try number(order: order),
      leg: leg, node: node, cause: cause, exception: ExceptionKind(rawValue: try code(row, .before)),
      dueAt: Instant(milliseconds: try events.value(row, .after)),
      raisedAt: Instant(milliseconds: try events.value(row, .occurredAt)))
    // The chain runs backwards: the last met before the alert is the next that happened.
    var later = Int(try value(order, OrderColumn.lastEvent)) - 1
    while later > row {
      let happensTo = try code(later, .leg)
      guard let kind = EventKind(rawValue: try code(later, .kind)), let node = Node(rawValue: try code(later, .node))
      else { throw .damaged("event \(later): no such node or kind") }
      let instant = try events.value(later, .occurredAt)
      let isLater = InstantColumn.isInstant(instant) && instant >= asOf.milliseconds
      let isVoided = try events.value(later, .voided) == 1
      if !isVoided, !isLater, kind != .alerted, leg == 0 || happensTo == 0 || happensTo == leg {
        alert.clearedBy = RecordedAlert.Clearing(
          kind: kind, node: node,
          occurredAt: InstantColumn.isInstant(instant) ? Instant(milliseconds: instant) : nil,
          actor: try word(.actor, try events.value(later, .actor)))
      }
      let back = Int(try events.value(later, .previous))
      guard back <= later else { throw .damaged("event \(later): a chain before the first row") }
      later = back == 0 ? -1 : later - back
    }
    return alert
  }
}
