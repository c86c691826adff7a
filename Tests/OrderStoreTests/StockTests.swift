import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization
import Testing

struct StockTests {
  @Test func `units go from available to reserved to gone`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 5))
    try test.submit(.place(order("1")))
    try test.submit(.reserve(operation("1")))
    #expect(try test.stock("TEA").first?.counters == InventoryCounters(onHand: 5, reserved: 2, unavailable: 0))
    #expect(try test.order("1")?.node == .reserved)
    try test.submit(.ship(operation("1", at: 20)))
    #expect(try test.stock("TEA").first?.counters == InventoryCounters(onHand: 3, reserved: 0, unavailable: 0))
    #expect(try test.order("1")?.node == .shipped)
    #expect(try test.order("1")?.lines.first?.shipped == 2)
    #expect(try test.verify().findings == [])
  }

  @Test func `more than there is cannot be promised, all or nothing`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 5))
    try test.submit(receipt("MUG", 1))
    try test.submit(.place(order("1", lines: [("TEA", 2), ("MUG", 2)])))
    #expect(
      try test.refusal(of: .reserve(operation("1")))
        == .oversold(sku: "MUG", location: "north", requested: 2, available: 1))
    #expect(try test.stock("TEA").first?.counters.reserved == 0)
    try test.submit(.place(order("2", lines: [("TEA", 3), ("TEA", 3)])))
    #expect(
      try test.refusal(of: .reserve(operation("2")))
        == .oversold(sku: "TEA", location: "north", requested: 3, available: 2), "two lines of one SKU count together")
  }

  @Test func `cancelling gives promised units back`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 5))
    try test.submit(.place(order("1", lines: [("TEA", 4)])))
    try test.submit(.reserve(operation("1")))
    try test.submit(
      .cancel(
        Cancellation(
          order: .number("1", channel: nil), lines: [LineQuantity(sku: "TEA", quantity: 1)], side: .seller,
          occurredAt: minute(12))))
    #expect(try test.stock("TEA").first?.counters.reserved == 3)
    #expect(try test.order("1")?.node == .reserved)
    try test.submit(.cancel(Cancellation(order: .number("1", channel: nil), side: .seller, occurredAt: minute(13))))
    #expect(try test.stock("TEA").first?.counters == InventoryCounters(onHand: 5, reserved: 0, unavailable: 0))
    #expect(try test.order("1")?.node == .cancelled)
    #expect(try test.verify().findings == [])
  }

  @Test func `an adjustment never takes promised units, and unknown stock is refused`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 3))
    try test.submit(.place(order("1")))
    try test.submit(.reserve(operation("1")))
    func adjustment(_ quantity: Int64, _ sku: String = "TEA", observed: Bool = false) -> Command {
      .adjust(
        StockAdjustment(
          sku: sku, location: "north", quantity: quantity, reason: "count", occurredAt: minute(30), observed: observed))
    }
    #expect(
      try test.refusal(of: adjustment(-2))
        == .belowReserved(sku: "TEA", location: "north", change: -2, onHand: 3, reserved: 2))
    try test.submit(adjustment(-1))
    #expect(try test.refusal(of: adjustment(-1, "JAM")) == .unknownSKU("JAM"))
    try test.submit(adjustment(-7, "JAM", observed: true))
    #expect(try test.stock("JAM").isEmpty, "observed stock that nobody counts moves no counter")
    #expect(try test.verify().findings == [])
  }

  @Test func `values follow the average cost, rounded half-even, and end at zero`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 2, cost: 100))
    try test.submit(receipt("TEA", 1, cost: 101))
    #expect(try test.stock("TEA").first?.valueMinorUnits == 301)
    func adjust(_ quantity: Int64, at minutes: Int64) throws {
      try test.submit(
        .adjust(StockAdjustment(sku: "TEA", location: "north", quantity: quantity, occurredAt: minute(minutes))))
    }
    try adjust(-1, at: 5)
    #expect(try test.stock("TEA").first?.valueMinorUnits == 201, "301/3 = 100.33")
    try adjust(-1, at: 6)
    #expect(try test.stock("TEA").first?.valueMinorUnits == 101, "201/2 = 100.5 goes to the even 100")
    try adjust(-1, at: 7)
    #expect(try test.stock("TEA").first?.valueMinorUnits == 0)
  }

  @Test func `racing reservations win exactly what is there`() throws {
    let test = try TestStore()
    try test.submit(receipt("TEA", 100))
    for number in 0..<160 { try test.submit(.place(order("\(number)", lines: [("TEA", 1)]))) }
    let store = test.store
    let wins = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 160) { number in
      if (try? store.submit(.reserve(operation("\(number)")))) != nil { wins.add(1, ordering: .relaxed) }
    }
    #expect(wins.load(ordering: .relaxed) == 100)
    #expect(try test.stock("TEA").first?.counters == InventoryCounters(onHand: 100, reserved: 100, unavailable: 0))
    #expect(try test.verify().findings == [])
  }
}
