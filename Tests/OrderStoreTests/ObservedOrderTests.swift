import OrderModel
import OrderStore
import Testing

/// What another system tells: with gaps, late, twice.
struct ObservedOrderTests {
  @discardableResult
  private func observe(
    _ events: [ObservedEvent] = [], _ payments: [ObservedPayment] = [], in shop: TestShop
  ) throws -> Receipt.Outcome {
    try shop.submit(.observe(ObservedOrder(order: order("A-1"), events: events, payments: payments))).outcome
  }

  @Test func `a time that is missing stands last, until it is told`() throws {
    let shop = try TestShop()
    try observe(
      [
        ObservedEvent(node: .delivered, occurredAt: instant(50)), ObservedEvent(node: .paid, occurredAt: nil),
        ObservedEvent(node: .shipped, occurredAt: instant(20)),
      ], in: shop)
    let stored = try shop.stored("A-1")
    #expect(stored.node == .delivered)
    #expect(stored.timeline.map(\.node) == [.placed, .shipped, .delivered, .paid])
    #expect(stored.timeline.map(\.occurredAt) == [instant(0), instant(20), instant(50), nil])
    #expect(try shop.reached(.paid, "A-1") == "unknown" && shop.reached(.packed, "A-1") == "none")
    #expect(try observe([ObservedEvent(node: .paid, occurredAt: nil)], in: shop) == .unchanged)
    #expect(try observe([ObservedEvent(node: .paid, occurredAt: instant(3))], in: shop) == .updated)
    #expect(try shop.reached(.paid, "A-1") == "3")
    #expect(try shop.verify().findings == [])
  }

  @Test func `told out of order, the furthest node and the earliest instant hold`() throws {
    let shop = try TestShop()
    for (node, second) in [(.shipped, 30), (.packed, 20), (.shipped, 25), (.shipped, 40), (.paid, -5)]
      as [(Node, Int64)]
    {
      try observe([ObservedEvent(node: node, occurredAt: instant(second))], in: shop)
    }
    #expect(try shop.stored("A-1").node == .shipped)
    #expect(try shop.reached(.shipped, "A-1") == "25" && shop.reached(.shipped, "A-1", first: true) == "25")
    #expect(try shop.reached(.packed, "A-1") == "20" && shop.reached(.paid, "A-1") == "-5")
    #expect(try shop.verify().findings == [])
  }

  @Test func `equal payments are told apart by how many there are`() throws {
    let shop = try TestShop()
    let half = ObservedPayment(method: "card", amountMinorUnits: 500, occurredAt: instant(5))
    let undated = ObservedPayment(method: "card", amountMinorUnits: 500)
    for (payments, outcome) in [
      ([half], .created), ([half], .unchanged), ([half, half], .updated), ([half, half], .unchanged),
      ([undated], .updated), ([half, undated, half], .unchanged),
    ] as [([ObservedPayment], Receipt.Outcome)] {
      #expect(try observe([], payments, in: shop) == outcome)
    }
    let stored = try shop.stored("A-1")
    #expect(stored.paidMinorUnits == 1_500)
    #expect(stored.payments.map(\.occurredAt) == [instant(5), instant(5), nil])
    #expect(try shop.verify().findings == [])
  }
}
