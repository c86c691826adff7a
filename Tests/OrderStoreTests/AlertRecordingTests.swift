import OrderModel
import Testing

@testable import OrderStore

/// Alerts in the timeline: told once, cleared by what happens next.
struct AlertRecordingTests {
  private func notice(
    _ cause: AlertCause = .stalled, leg: UInt8 = 0, _ node: Node = .placed, due: Int64 = 10, at: Int64 = 20,
    _ exception: ExceptionKind? = nil
  ) -> Command {
    .alert(
      AlertNotice(
        order: .named("A"), leg: leg, node: node, cause: cause, exception: exception, dueAt: instant(due),
        actor: "system:alerts", occurredAt: instant(at)))
  }

  private func shop(_ lag: OrderStore.Options.Lag = .none) throws -> TestShop {
    let shop = try TestShop(lag)
    try shop.place("A")
    return shop
  }

  private func alerts(_ shop: TestShop, asOf: Int64 = 1_000) throws -> [RecordedAlert] {
    try shop.store.snapshot().recordedAlerts(from: instant(0), before: instant(900), asOf: instant(asOf))
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `an alert is told once, whatever its deadline, until something happens`(lag: OrderStore.Options.Lag) throws {
    let shop = try shop(lag)
    #expect(try shop.submit(notice()).outcome == .updated)
    #expect(try shop.submit(notice(at: 30)).outcome == .unchanged)
    #expect(try shop.submit(notice(due: 15, at: 30)).outcome == .unchanged, "nothing happened since")
    #expect(try shop.submit(notice(.lateToShip)).outcome == .updated, "another cause")
    try shop.submit(.note(OrderNote(order: .named("A"), text: "called", actor: "ann", occurredAt: instant(40))))
    #expect(try shop.submit(notice(at: 50)).outcome == .unchanged, "the same deadline is told once for ever")
    #expect(try shop.submit(notice(due: 45, at: 50)).outcome == .updated)
    let entries = try shop.stored("A").timeline.filter { $0.kind == .alerted }
    #expect(entries.map(\.subject) == ["stalled", "late_to_ship", "stalled"])
    #expect(entries.map(\.after) == ([10, 10, 45] as [Int64]).map { "\(instant($0).milliseconds)" })
    #expect(try shop.verify().findings == [])
  }

  @Test func `an alert is about a deadline that is over, a node that was passed, a leg that is there`() throws {
    let shop = try shop()
    let version = try shop.stored("A").version
    for (command, refusal) in [
      (notice(due: 20, at: 20), Refusal.nothingToDo), (notice(.stalled, .paid), .nothingToDo),
      (notice(leg: 1), .nothingToDo), (notice(.unanswered), .missingText(field: "exception")),
      (notice(.unanswered, .placed, .price), .exceptionNotOpen(.price)),
    ] { #expect(try shop.refusal(of: command) == refusal) }
    #expect(try shop.stored("A").version == version)
    #expect(try alerts(shop) == [])
  }

  @Test func `each leg and each exception has its alerts`() throws {
    let shop = try shop()
    try shop.record("A", .released, leg: 1, at: 1)
    try shop.record("A", .released, leg: 2, at: 2)
    for kind in [ExceptionKind.price, .address] {
      try shop.submit(
        .exception(ExceptionChange(order: .named("A"), kind: kind, step: .raise, occurredAt: instant(3))))
    }
    for command in [
      notice(leg: 1, .released), notice(leg: 2, .released), notice(.unanswered, .placed, .price),
      notice(.unanswered, .placed, .address),
    ] { #expect(try shop.submit(command).outcome == .updated) }
    try shop.record("A", .picking, leg: 2, at: 50)
    let found = try alerts(shop)
    #expect(found.map(\.leg) == [1, 2, 0, 0])
    #expect(found.map(\.exception) == [nil, nil, .price, .address])
    // What happens to a leg clears what is said of it and of the order as a whole, not of the other leg.
    #expect(found.map { $0.clearedBy?.node } == [nil, .picking, .picking, .picking])
    #expect(found.map(\.response) == [nil, 30_000, 30_000, 30_000])
  }

  @Test func `the next that happens clears it, as of any instant, and alerts clear none`() throws {
    let shop = try shop()
    try shop.submit(notice())
    try shop.submit(notice(.lateToShip, at: 21))
    #expect(try alerts(shop).map(\.clearedBy) == [nil, nil])
    try shop.submit(.note(OrderNote(order: .named("A"), text: "called", actor: "ann", occurredAt: instant(35))))
    try shop.record("A", .paid, at: 60)
    let found = try alerts(shop)
    #expect(found.map { $0.clearedBy?.kind } == [.noted, .noted])
    #expect(found.map { $0.clearedBy?.actor } == ["ann", "ann"])
    #expect(found.map(\.response) == [15_000, 14_000])
    #expect(try alerts(shop, asOf: 30).map(\.response) == [nil, nil])
    #expect(try alerts(shop, asOf: 21).count == 1, "what is raised later is not known then")
    // The note is taken back: the payment is what came next.
    let entry = try #require(try shop.stored("A").timeline.first { $0.kind == .noted }).number
    try shop.submit(.void(VoidEntry(order: .named("A"), entry: entry, occurredAt: instant(70))))
    #expect(try alerts(shop).first?.clearedBy?.node == .paid)
    let first = try #require(try shop.stored("A").timeline.first { $0.kind == .alerted }).number
    try shop.submit(.void(VoidEntry(order: .named("A"), entry: first, occurredAt: instant(80))))
    #expect(try alerts(shop).map(\.cause) == [.lateToShip])
  }

  @Test func `an alert is no sign of life`() throws {
    let shop = try shop()
    try shop.submit(notice(at: 500))
    var last: [Instant?] = []
    try shop.store.snapshot().forEachOpenOrder(asOf: instant(600)) { last = $0.parts.map(\.lastEventAt) }
    #expect(last == [instant(0)])
  }
}
