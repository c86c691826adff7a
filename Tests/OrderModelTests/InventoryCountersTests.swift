import OrderModel
import Testing

struct InventoryCountersTests {
  @Test func `a reservation never exceeds what is available`() throws {
    var counters = try #require(InventoryCounters(onHand: 5, reserved: 1, unavailable: 1))
    try counters.reserve(3)
    #expect(counters.available == 0)
    #expect(throws: InventoryError.oversold(requested: 1, available: 0)) { try counters.reserve(1) }
    #expect(counters == InventoryCounters(onHand: 5, reserved: 4, unavailable: 1))
  }

  @Test func `shipping promised units leaves available as it was`() throws {
    var counters = try #require(InventoryCounters(onHand: 5, reserved: 2, unavailable: 0))
    try counters.ship(2)
    #expect(counters == InventoryCounters(onHand: 3, reserved: 0, unavailable: 0))
    #expect(throws: InventoryError.notReserved(requested: 1, reserved: 0)) { try counters.ship(1) }
  }

  @Test func `an adjustment never takes what is promised`() throws {
    var counters = try #require(InventoryCounters(onHand: 5, reserved: 4, unavailable: 0))
    try counters.adjust(-1)
    #expect(throws: InventoryError.belowReserved(onHand: 4, reserved: 4, unavailable: 0)) { try counters.adjust(-1) }
    #expect(throws: InventoryError.overflow) { try counters.adjust(.max) }
    #expect(counters.onHand == 4)
  }

  @Test(arguments: [(-1, 0, 0), (1, 2, 0), (1, 0, 2), (1, 1, 1), (0, -1, 0), (0, 0, -1)])
  func `stored counters that break the invariant are refused`(onHand: Int, reserved: Int, unavailable: Int) {
    #expect(
      InventoryCounters(onHand: Int64(onHand), reserved: Int64(reserved), unavailable: Int64(unavailable)) == nil)
  }
}
