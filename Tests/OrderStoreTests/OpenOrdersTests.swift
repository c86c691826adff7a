import Columns
import OrderModel
import Testing

@testable import OrderStore

/// Open orders are read by a few columns; an obvious second way reads every order whole.
struct OpenOrdersTests {
  private static let ends: [Node] = [.delivered, .completed, .cancelled, .expired]

  /// Orders that are not over as of an instant, from everything that is known of each.
  private func obvious(_ snapshot: OrderSnapshot, _ asOf: Instant) throws -> [OpenOrder] {
    var found: [OpenOrder] = []
    for row in 0..<snapshot.orderCount {
      let order = try #require(try snapshot.order(OrderID(rawValue: UInt32(row))))
      guard order.placedAt < asOf else { continue }
      let batch = try snapshot.orders(group: 0, Node.allCases.dropFirst().map { .reached($0) })
      func isReached(_ node: Node) -> Bool {
        let value = node == .placed ? order.placedAt.milliseconds : batch[.reached(node)][row]
        return value == InstantColumn.unknown || InstantColumn.isInstant(value) && value < asOf.milliseconds
      }
      if order.openExceptions.isEmpty, Self.ends.contains(where: isReached) { continue }
      let node = Node.keyNodes.last(where: isReached) ?? .placed
      let timeline = order.timeline.filter { !$0.isVoided && $0.occurredAt.map { $0 < asOf } ?? true }
      var parts: [OpenOrder.Part] = []
      for leg in order.legs.isEmpty ? [0] : order.legs.map(\.number) {
        let own = timeline.filter { leg == 0 || $0.leg == 0 || $0.leg == leg }
        let passed = own.filter { $0.kind == .passed && $0.node.isKeyNode }.map(\.node)
        parts.append(
          OpenOrder.Part(
            leg: leg, node: leg == 0 ? node : passed.max() ?? .placed,
            lastEventAt: own.filter { $0.kind != .alerted }.compactMap(\.occurredAt).max(),
            hasShipped: passed.contains { $0 >= .shipped }, hasDelivered: passed.contains(.delivered)))
      }
      let holds = timeline.reduce(into: 0) { $0 += $1.kind == .held ? 1 : $1.kind == .unheld ? -1 : 0 }
      found.append(
        OpenOrder(
          id: order.id, channel: order.channel, number: order.number, carrier: order.carrier, grade: order.grade,
          type: order.type, node: node, placedAt: order.placedAt, isObserved: order.isObserved,
          shipBy: order.currentShipBy, deliverBy: order.currentDeliverBy, isOnHold: holds > 0,
          hasShipped: parts.allSatisfy(\.hasShipped), hasDelivered: parts.allSatisfy(\.hasDelivered), parts: parts,
          exceptions: exceptions(timeline)))
    }
    return found
  }

  private func exceptions(_ timeline: [TimelineEntry]) -> [OpenOrder.OpenException] {
    ExceptionKind.allCases.compactMap { kind in
      let own = timeline.filter { $0.subject == kind.name && $0.kind != .alerted }.sorted { $0.number < $1.number }
      guard let raised = own.last(where: { $0.kind == .raised || $0.kind == .reopened }),
        !own.contains(where: { $0.kind == .resolved && $0.number > raised.number }), let instant = raised.occurredAt
      else { return nil }
      return OpenOrder.OpenException(
        kind: kind, raisedAt: instant,
        isAcknowledged: own.contains { $0.kind == .acknowledged && $0.number > raised.number })
    }
  }

  @Test(.tags(.differential), arguments: [OrderStore.Options.Lag.none, .bytes(2_000), .unbounded])
  func `what a few columns tell of open orders is what the whole orders tell`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    for command in LagTests.commands(400, seed: 7) { _ = try shop.store.submit([Submission(command)]) }
    try shop.place("H")
    for (number, kind) in [("H", HoldKind.fraud)] {
      try shop.submit(.hold(HoldChange(order: .named(number), kind: kind, isOn: true, occurredAt: instant(3))))
    }
    for (step, second) in [(ExceptionStep.raise, 4), (.acknowledge, 6), (.resolve, 9), (.reopen, 12)] {
      try shop.submit(
        .exception(
          ExceptionChange(order: .named("H"), kind: .price, step: step, occurredAt: instant(Int64(second)))))
    }
    let snapshot = try shop.store.snapshot()
    var seen = 0
    for second in [-1, 0, 1, 5, 8, 11, 20, 400, 100_000] as [Int64] {
      var found: [OpenOrder] = []
      try snapshot.forEachOpenOrder(asOf: instant(second)) { order in found.append(order) }
      #expect(found == (try obvious(snapshot, instant(second))), "as of \(second)")
      seen += found.count
    }
    #expect(seen > 100)
  }

  @Test func `only candidates are read`() throws {
    let shop = try TestShop(.none)
    for number in 0..<20 { try shop.place("N\(number)") }
    var asked = 0
    var told: [String] = []
    try shop.store.snapshot().forEachOpenOrder(
      asOf: instant(5),
      where: { _ in
        asked += 1
        return asked == 3
      }
    ) { told.append($0.number) }
    #expect(asked == 20)
    #expect(told == ["N2"])
  }
}
