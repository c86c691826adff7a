internal import Columns
internal import ColumnStore
public import OrderModel

/// An order that is not over: what alerts need of it, without reading the rest.
public struct OpenOrder: Sendable, Hashable {
  public var id: OrderID
  public var channel, number, carrier, grade, type: String
  public var node: Node
  public var placedAt: Instant
  /// Promises as they stand.
  public var shipBy, deliverBy: Instant?
  public var isOnHold: Bool
  public var hasShipped, hasDelivered: Bool
  /// The order as a whole, or its legs, with the last event of each.
  public var parts: [Part]
  public var exceptions: [OpenException]

  public struct Part: Sendable, Hashable {
    /// 0 is the order as a whole.
    public var leg: UInt8
    public var node: Node
    /// Nil when the last event has no instant.
    public var lastEventAt: Instant?
    public var hasShipped, hasDelivered: Bool
  }

  /// An exception that is open, with when it was raised last.
  public struct OpenException: Sendable, Hashable {
    public var kind: ExceptionKind
    public var raisedAt: Instant
    public var isAcknowledged: Bool
  }
}

/// What the columns say of an open order, for a first look.
public struct OpenRow: Sendable {
  public var node: Node
  /// The latest instant at which a key node was reached before the instant asked for.
  public var lastMilestone: Instant
  public var shipBy, deliverBy: Instant?
  public var hasShipped: Bool
  public var hasExceptions: Bool
}

extension OrderSnapshot {
  /// Calls `body` with every order that is not over as of an instant: placed, neither delivered nor ended, or with an
  /// open exception. What happened from the instant on is left out.
  ///
  /// Row groups in which no order is open are skipped by their summaries, so that the cost grows with the open orders and
  /// not with all; of those only candidates are read whole. An instant before the newest event makes every order's
  /// milestones be looked at, which costs a scan: orders that are over by now may have been open then.
  ///
  /// - Parameter isCandidate: Says from columns alone whether an open order is worth its details.
  public func forEachOpenOrder(
    asOf: Instant, where isCandidate: (OpenRow) -> Bool = { _ in true }, _ body: (OpenOrder) throws(StoreError) -> Void
  ) throws(StoreError) {
    let isNewest = try newestEvent() < asOf.milliseconds
    for group in 0..<orderGroupCount where try mayBeOpen(orderGroup: group, asOf, isNewest: isNewest) {
      var candidates: [(row: Int, seen: OpenRow)] = []
      let columns = try orders(group: group, OrderSnapshot.openFields)
      for index in 0..<columns.count {
        guard let seen = OrderSnapshot.openRow(index, of: columns, asOf), isCandidate(seen) else { continue }
        candidates.append((columns.firstRow + index, seen))
      }
      for candidate in candidates { try body(try openOrder(candidate.row, candidate.seen, asOf)) }
    }
  }

  private static let openFields: [OrderField] =
    [.placedAt, .currentShipBy, .currentDeliverBy, .openExceptions]
    + Node.allCases.dropFirst().map { .reached($0) }

  private static let endingNodes: [Node] = [.delivered, .completed, .cancelled, .expired]

  /// The latest instant of any event, from summaries where there are.
  private func newestEvent() throws(StoreError) -> Int64 {
    var newest = Int64.min
    for group in 0..<snapshot.groupCount(of: StoreTable.events.rawValue) {
      let summary = try reading { () throws(FileError) in
        try snapshot.summary(table: StoreTable.events.rawValue, group: group)
      }
      if let summary {
        newest = max(newest, summary.ranges[EventColumn.occurredAt.rawValue]?.upperBound ?? newest)
      } else {
        newest = max(newest, try column(.events, EventColumn.occurredAt.rawValue, group).max() ?? newest)
      }
    }
    return newest
  }

  private func mayBeOpen(orderGroup group: Int, _ asOf: Instant, isNewest: Bool) throws(StoreError) -> Bool {
    let summary = try reading { () throws(FileError) in
      try snapshot.summary(table: StoreTable.orders.rawValue, group: group)
    }
    guard let summary else { return true }
    if let range = summary.ranges[OrderColumn.placedAt.rawValue], range.lowerBound >= asOf.milliseconds { return false }
    if !isNewest { return true }
    if let range = summary.ranges[OrderColumn.openExceptions.rawValue], range.upperBound > 0 { return true }
    guard let nodes = summary.bitSets[OrderColumn.node.rawValue] else { return true }
    return Node.allCases.contains { node in
      (node < .delivered || node == .returnInTransit) && nodes & (1 << UInt64(node.rawValue)) != 0
    }
  }

  private static func openRow(_ index: Int, of columns: Batch<OrderField>, _ asOf: Instant) -> OpenRow? {
    let limit = asOf.milliseconds
    let placed = columns[.placedAt][index]
    guard placed < limit else { return nil }
    let exceptions = columns[.openExceptions][index]
    /// Reached before the instant asked for, or at a time that is missing.
    func isReached(_ node: Node) -> Bool {
      let value = columns[.reached(node)][index]
      return value == InstantColumn.unknown || (InstantColumn.isInstant(value) && value < limit)
    }
    if exceptions == 0, endingNodes.contains(where: isReached) { return nil }
    var node = Node.placed
    var last = placed
    for next in Node.keyNodes.dropFirst() where isReached(next) {
      node = next
      if InstantColumn.isInstant(columns[.reached(next)][index]) { last = max(last, columns[.reached(next)][index]) }
    }
    return OpenRow(
      node: node, lastMilestone: Instant(milliseconds: last),
      shipBy: instantOrNil(columns[.currentShipBy][index]), deliverBy: instantOrNil(columns[.currentDeliverBy][index]),
      hasShipped: isReached(.shipped), hasExceptions: exceptions != 0)
  }

  private static func instantOrNil(_ value: Int64) -> Instant? {
    InstantColumn.isInstant(value) ? Instant(milliseconds: value) : nil
  }

  private func openOrder(_ row: Int, _ seen: OpenRow, _ asOf: Instant) throws(StoreError) -> OpenOrder {
    guard let order = try order(OrderID(rawValue: UInt32(row))) else { throw .damaged("order \(row) is not there") }
    let timeline = order.timeline.filter { !$0.isVoided && $0.occurredAt.map { $0 < asOf } ?? true }
    var parts: [OpenOrder.Part] = []
    for leg in order.legs.isEmpty ? [0] : order.legs.map(\.number) {
      let own = timeline.filter { leg == 0 || $0.leg == 0 || $0.leg == leg }
      let passed = own.filter { $0.kind == .passed && $0.node.isKeyNode }.map(\.node)
      parts.append(
        OpenOrder.Part(
          leg: leg, node: leg == 0 ? seen.node : passed.max() ?? .placed,
          lastEventAt: own.compactMap(\.occurredAt).max(), hasShipped: passed.contains { $0 >= .shipped },
          hasDelivered: passed.contains(.delivered)))
    }
    let holds = timeline.reduce(into: 0) { $0 += $1.kind == .held ? 1 : $1.kind == .unheld ? -1 : 0 }
    return OpenOrder(
      id: order.id, channel: order.channel, number: order.number, carrier: order.carrier, grade: order.grade,
      type: order.type, node: seen.node, placedAt: order.placedAt, shipBy: seen.shipBy, deliverBy: seen.deliverBy,
      isOnHold: holds > 0, hasShipped: parts.allSatisfy(\.hasShipped), hasDelivered: parts.allSatisfy(\.hasDelivered),
      parts: parts, exceptions: OrderSnapshot.openExceptions(timeline))
  }

  private static func openExceptions(_ timeline: [TimelineEntry]) -> [OpenOrder.OpenException] {
    ExceptionKind.allCases.compactMap { kind in
      let own = timeline.filter { $0.subject == kind.name }.sorted { $0.number < $1.number }
      guard let raised = own.last(where: { $0.kind == .raised || $0.kind == .reopened }),
        !own.contains(where: { $0.kind == .resolved && $0.number > raised.number }), let instant = raised.occurredAt
      else { return nil }
      return OpenOrder.OpenException(
        kind: kind, raisedAt: instant,
        isAcknowledged: own.contains { $0.kind == .acknowledged && $0.number > raised.number })
    }
  }
}
