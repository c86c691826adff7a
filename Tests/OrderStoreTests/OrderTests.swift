import Columns
import OrderModel
import OrderStore
import Testing

struct OrderTests {
  @Test func `the same order again is the first one, and nothing is written`() throws {
    let test = try TestStore()
    let first = try test.submit(.place(order("1", customer: "c1")))
    let before = try test.counts()
    let again = try test.submit(.place(order("1", customer: "c1")))
    #expect(first.outcome == .created)
    #expect(again.outcome == .unchanged)
    #expect(again.sequence == first.sequence)
    #expect(again.order == first.order)
    #expect(try test.counts() == before)
  }

  @Test func `another body under the same number is refused with what differs`() throws {
    let test = try TestStore()
    try test.submit(.place(order("1", customer: "c1")))
    #expect(
      try test.refusal(of: .place(order("1", lines: [("TEA", 3)], customer: "c1")))
        == .changedBody(number: "1", field: "quantity of line 1"))
    #expect(
      try test.refusal(of: .place(order("1", customer: "c2"))) == .changedBody(number: "1", field: "customer"))
  }

  @Test func `the same number in another channel is another order`() throws {
    let test = try TestStore()
    try test.submit(.place(order("1", channel: "web")))
    try test.submit(.place(order("1", channel: "pos")))
    #expect(try test.store.snapshot().orders(number: "1").count == 2)
    #expect(try test.store.snapshot().orders(number: "1", channel: "pos").count == 1)
    let event = StatusEvent(order: .number("1", channel: nil), node: .approved, occurredAt: minute(5))
    #expect(try test.refusal(of: .record(event)) == .ambiguousOrder("1"))
  }

  @Test func `impossible orders are refused`() throws {
    let test = try TestStore()
    #expect(try test.refusal(of: .place(order("1", lines: []))) == .emptyOrder)
    #expect(
      try test.refusal(of: .place(order("1", lines: [("TEA", 0)]))) == .invalidQuantity(sku: "TEA", quantity: 0))
    #expect(try test.refusal(of: .place(order(""))) == .missingText(field: "order number"))
    var early = order("1")
    early.placedAt = Instant(milliseconds: .min + 5)
    #expect(try test.refusal(of: .place(early)) != nil)
    var dear = order("1", lines: [("TEA", 2_000_000_000)])
    dear.lines[0].unitPriceMinorUnits = .max / 2
    #expect(try test.refusal(of: .place(dear)) != nil)
  }

  @Test func `texts of any script are kept up to 64 KiB`() throws {
    let test = try TestStore()
    let number = String(repeating: "訂", count: 21_845)
    try test.submit(.place(order(number)))
    #expect(try test.order(number)?.number == number)
    let tooLong = number + "單"
    #expect(
      try test.refusal(of: .place(order(tooLong))) == .textTooLong(field: "order number", byteCount: 65_538))
  }

  @Test func `numbers that look alike but differ in their bytes are two orders`() throws {
    let test = try TestStore()
    try test.submit(.place(order("caf\u{E9}")))
    try test.submit(.place(order("cafe\u{301}")))
    #expect(try test.store.snapshot().orderCount == 2)
  }

  @Test func `an idempotency key returns the first receipt and refuses another body`() throws {
    let test = try TestStore()
    let first = try test.submit(receipt("TEA", 5), key: "k1")
    let before = try test.counts()
    #expect(try test.submit(receipt("TEA", 5), key: "k1").sequence == first.sequence)
    #expect(try test.counts() == before)
    #expect(try test.refusal(of: receipt("TEA", 6), key: "k1") == .reusedKey("k1"))
    #expect(try test.stock("TEA").first?.counters.onHand == 5)
  }

  @Test func `an observed order is stored as told, and learns what is new`() throws {
    let test = try TestStore()
    var observed = ObservedOrder(
      order: order("1", lines: []),
      events: [
        ObservedEvent(node: .delivered, occurredAt: minute(30)), ObservedEvent(node: .shipped, occurredAt: minute(40)),
        ObservedEvent(node: .paid, occurredAt: nil),
      ])
    #expect(try test.submit(.observe(observed)).outcome == .created)
    let stored = try #require(try test.order("1"))
    #expect(stored.isObserved)
    #expect(stored.node == .delivered)
    #expect(stored.timeline.map(\.node) == [.placed, .delivered, .shipped, .paid])
    #expect(stored.timeline.last?.occurredAt == nil)
    #expect(try test.submit(.observe(observed)).outcome == .unchanged)
    observed.events.append(ObservedEvent(node: .cancelled, occurredAt: nil, side: .seller, reason: "lost"))
    observed.payments = [
      ObservedPayment(method: "card", amountMinorUnits: 5), ObservedPayment(method: "card", amountMinorUnits: 5),
    ]
    #expect(try test.submit(.observe(observed)).outcome == .updated)
    #expect(try test.submit(.observe(observed)).outcome == .unchanged)
    #expect(try test.order("1")?.paidMinorUnits == 10)
    #expect(try test.order("1")?.node == .cancelled)
    #expect(try test.verify().findings == [])
  }

  @Test func `events late, twice and out of order give one timeline`() throws {
    let (ordered, jumbled) = (try TestStore(), try TestStore())
    let events = [(Node.approved, 5), (.released, 20), (.shipped, 50), (.delivered, 90)].map {
      Command.record(StatusEvent(order: .number("1", channel: nil), node: $0.0, occurredAt: minute(Int64($0.1))))
    }
    for test in [ordered, jumbled] { try test.submit(.place(order("1"))) }
    for event in events { try ordered.submit(event) }
    for index in [3, 0, 2, 2, 1, 3] { try jumbled.submit(events[index]) }
    let (left, right) = (try #require(try ordered.order("1")), try #require(try jumbled.order("1")))
    #expect(left.timeline.map(\.node) == right.timeline.map(\.node))
    #expect(left.timeline.map(\.occurredAt) == right.timeline.map(\.occurredAt))
    #expect(left.node == right.node)
  }

  @Test func `what is closed stays closed`() throws {
    let test = try TestStore()
    try test.submit(.place(order("1")))
    try test.submit(
      .cancel(
        Cancellation(order: .number("1", channel: nil), side: .customer, reason: "late", occurredAt: minute(9))))
    let shipped = StatusEvent(order: .number("1", channel: nil), node: .shipped, occurredAt: minute(10))
    #expect(try test.refusal(of: .record(shipped)) == .illegalStep(from: .cancelled, to: .shipped))
    let delivered = StatusEvent(order: .number("9", channel: nil), node: .shipped, occurredAt: minute(10))
    #expect(try test.refusal(of: .record(delivered)) == .unknownOrder("9"))
  }

  @Test func `a leg that is behind holds the order back`() throws {
    let test = try TestStore()
    try test.submit(.place(order("1")))
    func record(_ node: Node, leg: UInt8, at minutes: Int64) throws {
      try test.submit(
        .record(StatusEvent(order: .number("1", channel: nil), node: node, leg: leg, occurredAt: minute(minutes))))
    }
    try record(.released, leg: 1, at: 10)
    try record(.released, leg: 2, at: 60)
    try record(.shipped, leg: 1, at: 20)
    #expect(try test.order("1")?.node == .released)
    try record(.shipped, leg: 2, at: 90)
    #expect(try test.order("1")?.node == .shipped)
    let batch = try test.store.snapshot().orders(group: 0, [.reached(.shipped), .firstReached(.shipped), .legCount])
    #expect(batch[.reached(.shipped)] == [minute(90).milliseconds])
    #expect(batch[.firstReached(.shipped)] == [minute(20).milliseconds])
    #expect(batch[.legCount] == [2])
  }

  @Test func `a credit note is a document of its own`() throws {
    let test = try TestStore()
    try test.submit(.place(order("1", customer: "c1")))
    let note = CreditNote(
      channel: "web", number: "C1", occurredAt: minute(99), order: .number("1", channel: nil), currency: "EUR",
      lines: [CreditLine(sku: "TEA", quantity: 1, unitPriceMinorUnits: 1_250)])
    #expect(try test.submit(.credit(note)).outcome == .created)
    #expect(try test.submit(.credit(note)).outcome == .unchanged)
    var other = note
    other.lines[0].quantity = 2
    #expect(try test.refusal(of: .credit(other)) == .changedBody(number: "C1", field: "quantity of line 1"))
    var asOrder = note
    asOrder.number = "1"
    #expect(try test.refusal(of: .credit(asOrder)) != nil)
    #expect(try test.store.snapshot().credits(group: 0, [.value, .order])[.value] == [1_250])
  }
}
