import Columns
import OrderModel
import OrderStore
import Testing

struct TimelineTests {
  @Test func `nodes may be skipped and may arrive late`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    try test.submit(.event("T-1", .packed, at: at(30)))
    try test.submit(.event("T-1", .released, at: at(20)))
    let order = try test.order("T-1")
    #expect(order.node == .packed)
    #expect(order.timeline.map(\.node) == [.placed, .released, .packed])
    #expect(order.timeline.map(\.sequence) == [1, 3, 2])
    try test.expectSound()
  }

  @Test func `the same event again tells the sequence that first held it`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    try test.submit(.event("T-1", .paid, at: at(5)))
    try test.submit(.event("T-1", .packed, at: at(9)))
    let before = try test.extent()
    #expect(
      try test.submit(.event("T-1", .paid, at: at(5)))
        == Receipt(outcome: .unchanged, sequence: 2, order: OrderID(rawValue: 0)))
    #expect(try test.extent() == before)
    #expect(try test.submit(.event("T-1", .paid, at: at(6))).outcome == .updated)
  }

  @Test func `steps that cannot follow are refused`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    for node in [
      .placed, .completed, .returnRequested, .returnAuthorised, .returnInTransit, .returnReceived, .inspected,
      .refunded, .exchanged,
    ] as [Node] {
      try test.expectRefusal(.illegalStep(from: .placed, to: node), of: .event("T-1", node, at: at(5)))
    }
    try test.submit(.event("T-1", .paid, at: at(6)))
    try test.expectRefusal(.illegalStep(from: .paid, to: .expired), of: .event("T-1", .expired, at: at(7)))
    for (minute, node) in [
      Node.shipped, .delivered, .returnRequested, .returnAuthorised, .returnInTransit, .returnReceived, .inspected,
      .refunded,
    ].enumerated() {
      try test.submit(.event("T-1", node, at: at(10 + Int64(minute))))
      #expect(try test.order("T-1").node == node)
    }
    try test.expectRefusal(
      .invalidInstant(field: "occurred at", milliseconds: .max),
      of: .event("T-1", .completed, at: Instant(milliseconds: .max)))
    try test.expectSound()
  }

  @Test func `an order with legs stands where the slowest leg stands`() throws {
    let test = try TestStore()
    try test.submit(.place(.tea()))
    let fields: [OrderField] = [.reached(.shipped), .firstReached(.shipped), .legCount]
    func columns() throws -> [Int64] {
      let batch = try test.snapshot().orders(group: 0, fields)
      return fields.map { batch[$0][0] }
    }
    try test.submit(.event("T-1", .packed, leg: 1, at: at(10)))
    try test.submit(.event("T-1", .packed, leg: 2, at: at(12)))
    #expect(try test.order("T-1").node == .packed)
    try test.submit(.event("T-1", .shipped, leg: 1, at: at(20)))
    #expect(try test.order("T-1").node == .packed)
    #expect(try columns() == [InstantColumn.none, at(20).milliseconds, 2])
    try test.submit(.event("T-1", .shipped, leg: 2, at: at(40)))
    #expect(try test.order("T-1").node == .shipped)
    #expect(try columns() == [at(40).milliseconds, at(20).milliseconds, 2])
    // A third leg takes back what the others had completed.
    try test.submit(.event("T-1", .picked, leg: 3, at: at(41)))
    #expect(try test.order("T-1").node == .picked)
    #expect(try columns() == [InstantColumn.none, at(20).milliseconds, 3])
    // An event of the whole order counts for every leg.
    try test.submit(.event("T-1", .shipped, at: at(50)))
    #expect(try test.order("T-1").node == .shipped)
    #expect(try columns() == [at(50).milliseconds, at(20).milliseconds, 3])
    try test.expectSound()
  }

  @Test func `the first act of a person and of anybody are kept apart`() throws {
    let test = try TestStore()
    let fields: [OrderField] = [.firstActAt, .firstHumanActAt]
    func acts() throws -> [Int64] {
      let batch = try test.snapshot().orders(group: 0, fields)
      return fields.map { batch[$0][0] }
    }
    try test.submit(.place(.tea()))
    #expect(try acts() == [InstantColumn.none, InstantColumn.none])
    try test.submit(.event("T-1", .paid, at: at(1), actor: "system-pay"))
    #expect(try acts() == [InstantColumn.none, InstantColumn.none])
    try test.submit(.event("T-1", .validated, at: at(9), actor: "system-check"))
    #expect(try acts() == [at(9).milliseconds, InstantColumn.none])
    try test.submit(.event("T-1", .packed, at: at(20), actor: "lin"))
    try test.submit(.event("T-1", .picked, at: at(15), actor: "mei"))
    #expect(try acts() == [at(9).milliseconds, at(15).milliseconds])
    try test.submit(.event("T-1", .approved, at: at(5), actor: "mei"))
    #expect(try acts() == [at(5).milliseconds, at(5).milliseconds])
    try test.expectSound()
  }

  @Test func `a carrier named by an event is the order's from then on`() throws {
    let test = try TestStore()
    try test.submit([.place(.tea()), .event("T-1", .allocated, at: at(3), carrier: "dhl")])
    #expect(try test.order("T-1").carrier == "dhl")
    #expect(try test.order("T-1").timeline.last?.carrier == "dhl")
  }
}
