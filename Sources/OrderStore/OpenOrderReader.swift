internal import ColumnStore
internal import OrderModel

/// Reads what alerts need of open orders: a few columns of each, and of its events.
final class OpenOrderReader {
  private let snapshot: OrderSnapshot
  private let asOf: Instant
  private let events: RowGroupCache<EventColumn>
  private let legs: RowGroupCache<LegColumn>
  private let orders: RowGroupCache<OrderColumn>
  private var words: [Vocabulary: [Int64: String]] = [:]

  /// An entry of a timeline as far as it matters here.
  private struct Entry {
    var number: Int
    var kind: EventKind
    var node: Node
    var leg: UInt8
    var occurredAt: Instant?
    var subject: UInt8
  }

  init(_ snapshot: OrderSnapshot, asOf: Instant) {
    (self.snapshot, self.asOf) = (snapshot, asOf)
    events = RowGroupCache(snapshot, [.previous, .node, .leg, .occurredAt, .kind, .subject, .voided])
    legs = RowGroupCache(snapshot, [.previous, .number])
    orders = RowGroupCache(
      snapshot, [.channel, .number, .carrier, .grade, .type, .observed, .lastEvent, .lastLeg])
  }

  func order(_ row: Int, _ seen: OpenRow) throws(StoreError) -> OpenOrder {
    let timeline = try timeline(ofOrder: row)
    var parts: [OpenOrder.Part] = []
    let legs = try legs(ofOrder: row)
    for leg in legs.isEmpty ? [0] : legs {
      let own = timeline.filter { leg == 0 || $0.leg == 0 || $0.leg == leg }
      let passed = own.filter { $0.kind == .passed && $0.node.isKeyNode }.map(\.node)
      parts.append(
        OpenOrder.Part(
          leg: leg, node: leg == 0 ? seen.node : passed.max() ?? .placed,
          // An alert tells that nothing happened.
          lastEventAt: own.reduce(seen.placedAt) {
            $1.kind == .alerted ? $0 : max($0, $1.occurredAt ?? seen.placedAt)
          },
          hasShipped: passed.contains { $0 >= .shipped }, hasDelivered: passed.contains(.delivered)))
    }
    let holds = timeline.reduce(into: 0) { $0 += $1.kind == .held ? 1 : $1.kind == .unheld ? -1 : 0 }
    return OpenOrder(
      id: OrderID(rawValue: UInt32(row)), channel: try word(.channel, row, .channel),
      number: try snapshot.text(at: try orders.value(row, .number)), carrier: try word(.carrier, row, .carrier),
      grade: try word(.grade, row, .grade), type: try word(.orderType, row, .type), node: seen.node,
      placedAt: seen.placedAt, isObserved: try orders.value(row, .observed) == 1, shipBy: seen.shipBy,
      deliverBy: seen.deliverBy, isOnHold: holds > 0, hasShipped: parts.allSatisfy(\.hasShipped),
      hasDelivered: parts.allSatisfy(\.hasDelivered), parts: parts, exceptions: OpenOrderReader.exceptions(timeline))
  }

  private func word(_ list: Vocabulary, _ row: Int, _ column: OrderColumn) throws(StoreError) -> String {
    let code = try orders.value(row, column)
    if let known = words[list]?[code] { return known }
    let word = try snapshot.word(list, code)
    words[list, default: [:]][code] = word
    return word
  }

  /// What happened before the instant asked for and was not taken back, the placing left out, newest last.
  private func timeline(ofOrder order: Int) throws(StoreError) -> [Entry] {
    var entries: [Entry] = []
    var row = Int(try orders.value(order, .lastEvent)) - 1
    while row >= 0 {
      let kind = EventKind(rawValue: UInt8(truncatingIfNeeded: try events.value(row, .kind)))
      let node = Node(rawValue: UInt8(truncatingIfNeeded: try events.value(row, .node)))
      guard let kind, let node else { throw .damaged("event \(row): no such node or kind") }
      let occurredAt = try events.value(row, .occurredAt)
      let isVoided = try events.value(row, .voided) == 1
      // Numbers only tell which came first.
      if !isVoided, !InstantColumn.isInstant(occurredAt) || occurredAt < asOf.milliseconds {
        entries.append(
          Entry(
            number: row, kind: kind, node: node, leg: UInt8(truncatingIfNeeded: try events.value(row, .leg)),
            occurredAt: InstantColumn.isInstant(occurredAt) ? Instant(milliseconds: occurredAt) : nil,
            subject: UInt8(truncatingIfNeeded: try events.value(row, .subject))))
      }
      row = try OpenOrderReader.before(row, try events.value(row, .previous))
    }
    return entries.reversed()
  }

  private func legs(ofOrder order: Int) throws(StoreError) -> [UInt8] {
    var numbers: [UInt8] = []
    var row = Int(try orders.value(order, .lastLeg)) - 1
    while row >= 0 {
      numbers.append(UInt8(truncatingIfNeeded: try legs.value(row, .number)))
      row = try OpenOrderReader.before(row, try legs.value(row, .previous))
    }
    return numbers.sorted()
  }

  /// The row before `row` in its chain, `back` rows away; −1 at the end.
  private static func before(_ row: Int, _ back: Int64) throws(StoreError) -> Int {
    guard back >= 0, back <= Int64(row) else { throw .damaged("row \(row): a chain before the first row") }
    return back == 0 ? -1 : row - Int(back)
  }

  private static func exceptions(_ timeline: [Entry]) -> [OpenOrder.OpenException] {
    let steps: [EventKind] = [.raised, .acknowledged, .resolved, .reopened]
    let told = timeline.filter { steps.contains($0.kind) }
    if told.isEmpty { return [] }
    return ExceptionKind.allCases.compactMap { kind in
      let own = told.filter { $0.subject == kind.rawValue }
      guard let raised = own.last(where: { $0.kind == .raised || $0.kind == .reopened }),
        !own.contains(where: { $0.kind == .resolved && $0.number > raised.number }), let instant = raised.occurredAt
      else { return nil }
      return OpenOrder.OpenException(
        kind: kind, raisedAt: instant,
        isAcknowledged: own.contains { $0.kind == .acknowledged && $0.number > raised.number })
    }
  }
}
