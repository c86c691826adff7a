import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// What timelines tell, from commands through a store, as of every instant between them.
@Suite struct StoryScanTests {
  /// Two lines at 5.00 and 3.00, list price a unit more.
  private func place(_ number: String, in store: TestStore, at instant: Int64 = 0) throws {
    let lines = [("TEA", 4, 500), ("CUP", 2, 300)].map { sku, quantity, price in
      NewLine(
        sku: sku, quantity: Int64(quantity), unitPriceMinorUnits: Int64(price),
        listPriceMinorUnits: Int64(price) + 100)
    }
    try store.submit([
      .place(
        NewOrder(
          channel: "web", number: number, placedAt: Instant(milliseconds: instant), currency: "CNY", lines: lines))
    ])
  }

  private func told(_ field: StoryField, of store: TestStore, asOf: Int64, threads: Int = 1) throws -> [Int64] {
    var request = KPIRequest(names: ["K25"], now: asOf)
    request.threadCount = threads
    let plan = try Plan(request, snapshot: store.snapshot())
    let stories = try #require(try StoryScan.stories(of: [.told(field)], in: plan))
    let fields = Fields.union([field.fields, [.placedAt]])
    return try stories.column(field, of: store.snapshot().orders(group: 0, fields))
  }

  private func cancel(_ lines: [(String, Int64)], side: Side = .seller, at instant: Int64) -> Command {
    .cancel(
      Cancellation(
        order: .number("A-1", channel: nil), lines: lines.map { LineQuantity(sku: $0.0, quantity: $0.1) }, side: side,
        occurredAt: Instant(milliseconds: instant), isAcknowledged: true))
  }

  @Test func `a part of an order is cancelled from its instant on, at the price of its line, by its side`() throws {
    let store = try TestStore()
    try place("A-1", in: store)
    try store.submit([cancel([("CUP", 1)], at: 10), cancel([("TEA", 1), ("CUP", 1)], side: .customer, at: 20)])
    for (asOf, units, value, seller, customer) in [
      (10, 0, 0, 0, 0), (11, 1, 400, 1, 0), (20, 1, 400, 1, 0), (21, 3, 1_400, 1, 2),
    ] as [(Int64, Int64, Int64, Int64, Int64)] {
      #expect(try told(.cancelledUnits, of: store, asOf: asOf) == [units])
      #expect(try told(.cancelledValue, of: store, asOf: asOf) == [value])
      #expect(try told(.cancelledUnitsBy(.seller), of: store, asOf: asOf) == [seller])
      #expect(try told(.cancelledUnitsBy(.customer), of: store, asOf: asOf) == [customer])
    }
  }

  @Test func `of an order that ended later, only what was cancelled before counts`() throws {
    let store = try TestStore()
    try place("A-1", in: store)
    try store.submit([cancel([("CUP", 1)], at: 10), cancel([], side: .customer, at: 30)])
    #expect(try told(.cancelledUnits, of: store, asOf: 5) == [0])
    #expect(try told(.cancelledUnits, of: store, asOf: 20) == [1])
    #expect(try told(.cancelledValue, of: store, asOf: 20) == [400])
    // Ended: the order's ending says so, in whole.
    #expect(try told(.cancelledUnits, of: store, asOf: 31) == [6])
  }

  @Test func `by SKU, a line loses units when they were cancelled`() throws {
    let store = try TestStore()
    try place("A-1", in: store)
    try store.submit([cancel([("CUP", 1)], at: 10), cancel([("TEA", 3)], at: 20)])
    func units(asOf: Int64) throws -> [String?: Int64] {
      let request = KPIRequest(names: ["K25:lines"], by: ["sku"], now: asOf)
      let cells = try Analytics.answers(to: request, from: store.snapshot()).answers[0].cells
      return Dictionary(uniqueKeysWithValues: cells.map { ($0.keys[0], $0.result.numerator) })
    }
    #expect(try units(asOf: 10) == ["TEA": 0, "CUP": 0])
    #expect(try units(asOf: 20) == ["TEA": 0, "CUP": 1])
    #expect(try units(asOf: 21) == ["TEA": 3, "CUP": 1])
  }

  @Test func `an edit that orders fewer is the customer's cancellation`() throws {
    let store = try TestStore()
    try place("A-1", in: store)
    try store.submit([
      .edit(
        OrderEdit(
          order: .number("A-1", channel: nil), changes: [.quantity(sku: "TEA", 1)], reason: "entry", actor: "lin",
          occurredAt: Instant(milliseconds: 10)))
    ])
    #expect(try told(.cancelledUnits, of: store, asOf: 10) == [0])
    #expect(try told(.cancelledUnitsBy(.customer), of: store, asOf: 11) == [3])
    #expect(try told(.entryErrors, of: store, asOf: 10) == [0])
    #expect(try told(.entryErrors, of: store, asOf: 11) == [1])
  }

  @Test func `exceptions count from their raising, taken back ones not at all`() throws {
    let store = try TestStore()
    try place("A-1", in: store)
    func change(_ kind: ExceptionKind, _ step: ExceptionStep, _ units: Int64 = 0, at instant: Int64) -> Command {
      .exception(
        ExceptionChange(
          order: .number("A-1", channel: nil), kind: kind, step: step,
          lines: units == 0 ? [] : [LineQuantity(sku: "TEA", quantity: units)], actor: "wu",
          occurredAt: Instant(milliseconds: instant)))
    }
    try store.submit([
      change(.misShip, .raise, 2, at: 10), change(.misShip, .resolve, at: 12), change(.misShip, .raise, at: 14),
      change(.damaged, .raise, at: 16),
      .void(VoidEntry(order: .number("A-1", channel: nil), entry: 4, occurredAt: Instant(milliseconds: 18))),
    ])
    #expect(try told(.exceptions, of: store, asOf: 10) == [0])
    #expect(try told(.exceptions, of: store, asOf: 100) == [ExceptionKind.misShip.bit])
    #expect(try told(.raised(.misShip), of: store, asOf: 14) == [1])
    #expect(try told(.raised(.misShip), of: store, asOf: 15) == [2])
    #expect(try told(.raisedUnits(.misShip), of: store, asOf: 15) == [3])
  }

  @Test func `what happened to G1's units, and who decided`() throws {
    let golden = try GoldenStore.make()
    let asOf = GoldenStore.milliseconds("04-15 00:00")
    // P3, P0, P2, P1, O1, O2, O3, O4, O5, O6, O15, O7, O8, O10, P4.
    let expected: [(StoryField, [Int64])] = [
      (.shippedUnits, [1, 1, 1, 1, 2, 1, 3, 0, 10, 2, 1, 0, 1, 1, 1]),
      (.firstShippedUnits, [1, 1, 1, 1, 2, 1, 1, 0, 10, 2, 1, 0, 1, 1, 1]),
      (.deliveredUnits, [1, 1, 1, 1, 2, 1, 3, 0, 10, 2, 1, 0, 1, 1, 1]),
      (.reservedAtApproval, [1, 1, 1, 1, 2, 1, 1, 1, 10, 2, 1, 0, 1, 1, 1]),
      (.backorderedAtApproval, [0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]),
      (.returnedUnits, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
      (.returnedValue, [0, 0, 0, 0, 0, 0, 0, 0, 0, 10_000, 0, 0, 0, 0, 0]),
      (.captured, [2, 2, 2, 2, 4, 1, 5, 1, 500, 4, 2, 2, 2, 1, 2].map { $0 * 5_000 }),
      (.refunded, [0, 0, 0, 0, 0, 0, 5_000, 5_000, 0, 10_000, 0, 0, 0, 0, 0]),
      (.decider, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 2, 2, 2]),
      (
        .held(from: .placed, to: .released, isFirst: false, isCustomers: false),
        [0, 0, 0, 0, 0, 0, 0, 0, 7 * hour, 0, 0, 0, 0, 0, 0]
      ),
    ]
    for (field, values) in expected {
      #expect(try told(field, of: golden, asOf: asOf) == values, "\(field)")
      #expect(try told(field, of: golden, asOf: asOf, threads: 2) == values, "\(field)")
    }
  }
}
