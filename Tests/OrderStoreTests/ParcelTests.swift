import OrderModel
import OrderStore
import Testing

/// What carriers say of parcels, and what a void takes back of a leg.
struct ParcelTests {
  let shop: TestShop

  init() throws {
    shop = try TestShop()
    try shop.receive("TEA", 5)
    try shop.place("A")
    try shop.submit(.reserve(operation("A")))
    try shop.submit(.allocate(Allocation(order: .named("A"), location: "north", occurredAt: instant(20))))
    try shop.record("A", .shipped, leg: 1, at: 30)
  }

  private func failed(at second: Int64) -> Command {
    .parcel(ParcelReport(order: .named("A"), outcome: .attemptFailed, leg: 1, occurredAt: instant(second)))
  }

  private func label(_ number: String, _ waybill: String, at second: Int64) -> Command {
    .record(
      StatusEvent(
        order: .named(number), node: .labelled, leg: 1, occurredAt: instant(second), carrier: "SF", waybill: waybill))
  }

  @Test func `an attempt fails only while the parcel is out for delivery`() throws {
    #expect(try shop.refusal(of: failed(at: 31)) == .notOutForDelivery(at: .shipped))
    try shop.record("A", .outForDelivery, leg: 1, at: 40)
    try shop.submit(failed(at: 41))
    #expect(try shop.stored("A").node == .inTransit)
    #expect(try shop.refusal(of: failed(at: 42)) == .notOutForDelivery(at: .inTransit))
  }

  @Test func `after three failed attempts the parcel goes back or is lost`() throws {
    for round in 0..<3 {
      try shop.record("A", .outForDelivery, leg: 1, at: 40 + Int64(round) * 10)
      try shop.submit(failed(at: 41 + Int64(round) * 10))
    }
    try shop.record("A", .outForDelivery, leg: 1, at: 80)
    #expect(try shop.refusal(of: failed(at: 81)) == .noMoreAttempts(3))
    try shop.submit(
      .parcel(ParcelReport(order: .named("A"), outcome: .returnToOrigin, leg: 1, occurredAt: instant(82))))
    #expect(try shop.stored("A").node == .returnInTransit)
    #expect(try shop.verify().findings == [])
  }

  @Test func `a voided passage leaves the leg where it stood before`() throws {
    let before = try #require(try shop.stored("A").legs.first)
    try shop.record("A", .inTransit, leg: 1, at: 50)
    let entry = try #require(try shop.stored("A").timeline.last?.number)
    try shop.submit(.void(VoidEntry(order: .named("A"), entry: entry, occurredAt: instant(51))))
    let after = try #require(try shop.stored("A").legs.first)
    #expect(after == before)
    #expect((after.node, after.enteredAt) == (.shipped, instant(30)))
    #expect(try shop.verify().findings == [])
  }

  /// Two orders of one customer, allocated.
  private func allocated(_ customers: [String?] = ["ann", "ann"]) throws {
    for (number, customer) in zip(["B", "C"], customers) {
      var asked = order(number, [line("TEA", 1)])
      asked.customer = customer.map { CustomerIdentity(key: $0) }
      try shop.submit(.place(asked))
      try shop.submit(.reserve(operation(number)))
      try shop.submit(.allocate(Allocation(order: .named(number), location: "north", occurredAt: instant(20))))
    }
  }

  private func merge(_ number: String, into other: String) -> Command {
    .merge(ShipmentMerge(order: .named(number), into: .named(other), occurredAt: instant(50)))
  }

  @Test func `orders that share a parcel share its number, and no others do`() throws {
    try allocated()
    try shop.submit(merge("C", into: "B"))
    try shop.submit(label("B", "W1", at: 60))
    try shop.submit(label("C", "W1", at: 61))
    #expect(try shop.stored("C").legs.map(\.waybill) == ["W1"])
    #expect(try shop.stored("C").timeline.first { $0.kind == .merged }?.text == "B")
    #expect(try shop.refusal(of: label("A", "W1", at: 62)) == .waybillTaken(carrier: "SF", waybill: "W1"))
    let entry = try #require(try shop.stored("C").timeline.first { $0.kind == .merged }?.number)
    #expect(
      try shop.refusal(of: .void(VoidEntry(order: .named("C"), entry: entry, occurredAt: instant(63))))
        == .notVoidable(.merged))
    #expect(try shop.verify().findings == [])
  }

  @Test func `a parcel left by a void has its number for itself again`() throws {
    try allocated()
    try shop.submit(merge("C", into: "B"))
    #expect(try shop.refusal(of: merge("B", into: "C")) == .cannotMerge(into: "C", .sameOrder))
    let entry = try #require(try shop.stored("C").timeline.first { $0.kind == .merged }?.number)
    try shop.submit(.void(VoidEntry(order: .named("C"), entry: entry, occurredAt: instant(63))))
    try shop.submit(label("B", "W1", at: 60))
    #expect(try shop.refusal(of: label("C", "W1", at: 61)) == .waybillTaken(carrier: "SF", waybill: "W1"))
  }

  @Test(arguments: [([nil, nil], MergeFault.customer), (["ann", "ben"], .customer)] as [([String?], MergeFault)])
  func `only parcels of one known customer are shared`(customers: [String?], fault: MergeFault) throws {
    try allocated(customers)
    #expect(try shop.refusal(of: merge("C", into: "B")) == .cannotMerge(into: "B", fault))
  }

  @Test func `an order on hold shares no parcel`() throws {
    try allocated()
    try shop.submit(.hold(HoldChange(order: .named("B"), kind: .manual, isOn: true, occurredAt: instant(40))))
    #expect(try shop.refusal(of: merge("C", into: "B")) == .cannotMerge(into: "B", .held))
    #expect(try shop.refusal(of: merge("A", into: "B")) == .cannotMerge(into: "B", .notAllocated))
  }

  @Test func `a voided label frees its waybill for another parcel`() throws {
    for number in ["B", "C"] {
      try shop.place(number, [line("TEA", 1)])
      try shop.submit(.reserve(operation(number)))
      try shop.submit(.allocate(Allocation(order: .named(number), location: "north", occurredAt: instant(20))))
    }
    try shop.submit(label("B", "W1", at: 60))
    #expect(try shop.refusal(of: label("C", "W1", at: 61)) == .waybillTaken(carrier: "SF", waybill: "W1"))
    let entry = try #require(try shop.stored("B").timeline.last { $0.node == .labelled }?.number)
    try shop.submit(.void(VoidEntry(order: .named("B"), entry: entry, occurredAt: instant(62))))
    #expect(try shop.stored("B").legs.map(\.waybill) == [""])
    try shop.submit(label("C", "W1", at: 63))
    #expect(try shop.stored("C").legs.map(\.waybill) == ["W1"])
    #expect(try shop.verify().findings == [])
  }
}
