import OrderModel
import OrderStore
import Testing

/// Events as they come: in order, late, twice, by legs, without a time.
struct TimelineTests {
  @Test func `a timeline stands by when it happened, then by when it was told`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .shipped, at: 50, actor: "dock")
    try shop.record("A-1", .packed, at: 40)
    try shop.record("A-1", .picked, at: 40)
    let stored = try shop.stored("A-1")
    #expect(stored.timeline.map(\.node) == [.placed, .packed, .picked, .shipped])
    #expect(stored.timeline.map(\.sequence) == [1, 3, 4, 2])
    #expect(stored.timeline.last?.actor == "dock")
    #expect(stored.node == .shipped)
    #expect(try shop.reached(.packed, "A-1") == "40" && shop.reached(.shipped, "A-1") == "50")
    #expect(try shop.reached(.delivered, "A-1") == "none")
  }

  @Test func `an event told twice is kept once, with the receipt of its first telling`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .validated, at: 5)
    let paid = try shop.record("A-1", .paid, at: 6)
    let before = try shop.everything()
    let again = try shop.record("A-1", .paid, at: 6)
    #expect(again.outcome == .unchanged && again.sequence == paid.sequence && again.version == paid.version)
    #expect(try shop.everything() == before)
    // At another time it is another event; the milestone is the earlier.
    try shop.record("A-1", .paid, at: 4)
    try shop.record("A-1", .paid, at: 9)
    #expect(try shop.stored("A-1").timeline.map(\.node) == [.placed, .paid, .validated, .paid, .paid])
    #expect(try shop.reached(.paid, "A-1") == "4")
  }

  @Test func `what closed an order stays, whatever comes late`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .delivered, at: 50)
    try shop.record("A-1", .completed, at: 60)
    try shop.record("A-1", .packed, at: 40)
    #expect(try shop.stored("A-1").node == .completed)
    try shop.record("A-1", .returnRequested, at: 70)
    #expect(try shop.stored("A-1").node == .returnRequested)
  }

  @Test func `the first act is the earliest known, and a person's is told apart`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .paid, at: 1)
    #expect(try shop.value(.firstActAt, of: "A-1") == InstantColumn.none)
    try shop.record("A-1", .validated, at: 20, actor: "system:rules")
    try shop.record("A-1", .allocated, at: 30, actor: "li")
    #expect(try shop.value(.firstActAt, of: "A-1") == instant(20).milliseconds)
    #expect(try shop.value(.firstHumanActAt, of: "A-1") == instant(30).milliseconds)
    try shop.record("A-1", .approved, at: 10, actor: "wang")
    #expect(try shop.value(.firstActAt, of: "A-1") == instant(10).milliseconds)
    #expect(try shop.value(.firstHumanActAt, of: "A-1") == instant(10).milliseconds)
  }

  // MARK: Legs

  @Test func `an order stands at its hindmost leg, and milestones tell the first and the last`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .paid, at: 1)
    try shop.record("A-1", .allocated, leg: 1, at: 10)
    try shop.record("A-1", .allocated, leg: 2, at: 12)
    try shop.record("A-1", .shipped, leg: 1, at: 20)
    #expect(try shop.stored("A-1").node == .allocated)
    #expect(try shop.reached(.allocated, "A-1") == "12")
    #expect(try shop.reached(.allocated, "A-1", first: true) == "10")
    #expect(try shop.reached(.shipped, "A-1") == "none")
    #expect(try shop.reached(.shipped, "A-1", first: true) == "20")
    #expect(try shop.reached(.paid, "A-1") == "1" && shop.reached(.paid, "A-1", first: true) == "1")
    try shop.record("A-1", .shipped, leg: 2, at: 30)
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try shop.reached(.shipped, "A-1") == "30")
    #expect(try shop.reached(.shipped, "A-1", first: true) == "20")
    #expect(try shop.value(.legCount, of: "A-1") == 2)
  }

  @Test(arguments: [OrderStore.Options.Lag.none, .unbounded])
  func `a leg's late event does not take the order back`(lag: OrderStore.Options.Lag) throws {
    let shop = try TestShop(lag)
    try shop.place("A-1")
    try shop.record("A-1", .shipped, leg: 1, at: 20)
    try shop.record("A-1", .packed, leg: 1, at: 15)
    #expect(try shop.stored("A-1").node == .shipped)
    // What is read back must say the same as what was known while it was judged.
    try shop.record("A-1", .shipped, leg: 2, at: 30)
    #expect(try shop.stored("A-1").node == .shipped)
    try shop.record("A-1", .delivered, leg: 2, at: 40)
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try shop.reached(.packed, "A-1") == "none")
    #expect(try shop.reached(.packed, "A-1", first: true) == "15")
  }

  @Test func `a leg that appears late takes back what the others had completed`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .shipped, leg: 1, at: 20)
    #expect(try shop.reached(.shipped, "A-1") == "20")
    try shop.record("A-1", .packed, leg: 2, at: 25)
    #expect(try shop.reached(.shipped, "A-1") == "none")
    #expect(try shop.reached(.shipped, "A-1", first: true) == "20")
    #expect(try shop.stored("A-1").node == .packed)
  }

  @Test func `an event of the whole order counts for every leg`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.record("A-1", .packed, leg: 1, at: 20)
    try shop.record("A-1", .packed, leg: 2, at: 22)
    try shop.record("A-1", .shipped, at: 30)
    #expect(try shop.reached(.shipped, "A-1") == "30")
    #expect(try shop.stored("A-1").node == .shipped)
  }

  @Test func `what follows a sale counts from its first leg on`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    for leg in 1...2 as ClosedRange<UInt8> { try shop.record("A-1", .delivered, leg: leg, at: 20) }
    try shop.record("A-1", .returnRequested, leg: 2, at: 50)
    #expect(try shop.reached(.returnRequested, "A-1") == "50")
    #expect(try shop.stored("A-1").node == .returnRequested)
  }

  @Test func `an order can have 255 legs`() throws {
    let shop = try TestShop()
    try shop.place("A-1")
    try shop.store.submit(
      (1...255).map { leg in
        Submission(
          .record(
            StatusEvent(
              order: .named("A-1"), node: .shipped, leg: UInt8(leg), occurredAt: instant(Int64(leg)))))
      }
    ).forEach { _ = try $0.get() }
    #expect(try shop.value(.legCount, of: "A-1") == 255)
    #expect(try shop.reached(.shipped, "A-1") == "255" && shop.reached(.shipped, "A-1", first: true) == "1")
    #expect(try shop.verify().findings == [])
  }
}
