internal import Columns
internal import ColumnStore
public import OrderModel

/// An order that is not over: what alerts need of it, without reading the rest.
public struct OpenOrder: Sendable, Hashable {
  public var id: OrderID
  public var channel, number, carrier, grade, type: String
  public var node: Node
  public var placedAt: Instant
  /// Another system runs it.
  public var isObserved: Bool
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
  public var placedAt: Instant
  public var shipBy, deliverBy: Instant?
  public var isPaid: Bool
  public var hasShipped: Bool
  public var hasExceptions: Bool
}

extension OrderSnapshot {
  /// Calls `body` with every order that is not over as of an instant: placed, neither delivered nor ended, or with an
  /// open exception. What happened from the instant on is left out.
  ///
  /// Row groups in which no order is open are skipped by their summaries, of the others first only the columns are read
  /// that tell whether one is, and of candidates only what alerts look at: the cost grows with the open orders and not
  /// with all. An instant before the newest event makes every order's milestones be looked at, which costs a scan: orders
  /// that are over by now may have been open then.
  ///
  /// - Parameter isCandidate: Says from columns alone whether an open order is worth its details.
  public func forEachOpenOrder(
    asOf: Instant, where isCandidate: (OpenRow) -> Bool = { _ in true }, _ body: (OpenOrder) throws(StoreError) -> Void
  ) throws(StoreError) {
    let isNewest = try newestEvent() < asOf.milliseconds
    let reader = OpenOrderReader(self, asOf: asOf)
    for group in 0..<orderGroupCount where try mayBeOpen(orderGroup: group, asOf, isNewest: isNewest) {
      let open = try openRows(orderGroup: group, asOf, isNewest: isNewest)
      if open.isEmpty { continue }
      var candidates: [(row: Int, seen: OpenRow)] = []
      let columns = OpenColumns(try orders(group: group, OpenColumns.fields))
      for index in open {
        guard let seen = columns.openRow(index, asOf), isCandidate(seen) else { continue }
        candidates.append((group * Geometry.rowsPerGroup + index, seen))
      }
      for candidate in candidates { try body(try reader.order(candidate.row, candidate.seen)) }
    }
  }

  fileprivate static let endingNodes: [Node] = [.delivered, .completed, .cancelled, .expired]

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

  /// Whether an order at that node is certainly over, unless an exception is open.
  private static func isOver(at node: Node) -> Bool { endingNodes.contains(node) }

  private func mayBeOpen(orderGroup group: Int, _ asOf: Instant, isNewest: Bool) throws(StoreError) -> Bool {
    let summary = try reading { () throws(FileError) in
      try snapshot.summary(table: StoreTable.orders.rawValue, group: group)
    }
    guard let summary else { return true }
    if let range = summary.ranges[OrderColumn.placedAt.rawValue], range.lowerBound >= asOf.milliseconds { return false }
    if !isNewest { return true }
    if let range = summary.ranges[OrderColumn.openExceptions.rawValue], range.upperBound > 0 { return true }
    guard let nodes = summary.bitSets[OrderColumn.node.rawValue] else { return true }
    return Node.allCases.contains { !OrderSnapshot.isOver(at: $0) && nodes & (1 << UInt64($0.rawValue)) != 0 }
  }

  /// Places in a row group of the orders that may be open. What happened up to now says less than half of an earlier
  /// instant, so that all are worth a look then.
  private func openRows(orderGroup group: Int, _ asOf: Instant, isNewest: Bool) throws(StoreError) -> [Int] {
    guard isNewest else { return Array(0..<snapshot.rowCount(of: StoreTable.orders.rawValue, group: group)) }
    let columns = try orders(group: group, [.node, .openExceptions])
    let (nodes, exceptions) = (columns[.node].span, columns[.openExceptions].span)
    let isOver = (0...Int64(UInt8.max)).map { code in
      Node(rawValue: UInt8(code)).map(OrderSnapshot.isOver(at:)) ?? false
    }
    let undecided = nodes.indices.filter { exceptions[$0] != 0 || !isOver[Int(nodes[$0] & 0xFF)] }
    // What came back after its delivery is over too, and there may be much of it.
    guard undecided.contains(where: { nodes[$0] > Int64(Node.delivered.rawValue) }) else { return undecided }
    let ends = try orders(group: group, OrderSnapshot.endingNodes.map { .reached($0) })
    let reached = OrderSnapshot.endingNodes.map { ends[.reached($0)] }
    return undecided.filter { row in
      exceptions[row] != 0 || reached.allSatisfy { $0[row] == InstantColumn.none }
    }
  }
}

/// The columns that tell whether an order is open, and how far it is.
private struct OpenColumns {
  static let fields: [OrderField] =
    [.placedAt, .currentShipBy, .currentDeliverBy, .openExceptions]
    + Node.allCases.dropFirst().map { .reached($0) }

  private let placed, shipBy, deliverBy, exceptions: [Int64]
  /// By the node's raw value.
  private var reached: [[Int64]]

  init(_ batch: Batch<OrderField>) {
    (placed, shipBy, deliverBy) = (batch[.placedAt], batch[.currentShipBy], batch[.currentDeliverBy])
    exceptions = batch[.openExceptions]
    reached = [[], []] + Node.allCases.dropFirst().map { batch[.reached($0)] }
  }

  /// The order at a place of the row group; nil when it is over, or was placed later.
  func openRow(_ index: Int, _ asOf: Instant) -> OpenRow? {
    let limit = asOf.milliseconds
    guard placed[index] < limit else { return nil }
    /// Reached before the instant asked for, or at a time that is missing.
    func isReached(_ node: Node) -> Bool {
      let value = reached[Int(node.rawValue)][index]
      return value == InstantColumn.unknown || (InstantColumn.isInstant(value) && value < limit)
    }
    if exceptions[index] == 0, OrderSnapshot.endingNodes.contains(where: isReached) { return nil }
    var node = Node.placed
    var last = placed[index]
    for next in Node.keyNodes.dropFirst() where isReached(next) {
      node = next
      let value = reached[Int(next.rawValue)][index]
      if InstantColumn.isInstant(value) { last = max(last, value) }
    }
    func instant(_ value: Int64) -> Instant? {
      InstantColumn.isInstant(value) ? Instant(milliseconds: value) : nil
    }
    return OpenRow(
      node: node, lastMilestone: Instant(milliseconds: last), placedAt: Instant(milliseconds: placed[index]),
      shipBy: instant(shipBy[index]), deliverBy: instant(deliverBy[index]), isPaid: isReached(.paid),
      hasShipped: isReached(.shipped), hasExceptions: exceptions[index] != 0)
  }
}
