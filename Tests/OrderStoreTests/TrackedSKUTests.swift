import Foundation
import OrderModel
import OrderStore
import Testing

struct TrackedSKUTests {
  @Test func `receiving starts to count a SKU, and registering it by name does not stop that`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "tracked-\(UUID().uuidString).orders").path
    defer {
      try? FileManager.default.removeItem(atPath: path)
      try? FileManager.default.removeItem(atPath: path + "-lock")
    }
    let store = try OrderStore.create(path: path, clock: { 1 })
    let byName = Command.registerSKU(NewSKU(sku: "TEA", category: "drinks", tracked: false))
    #expect(try store.submit(byName).outcome == .created)
    try store.submit(
      .receive(
        StockReceipt(
          sku: "TEA", location: "north", quantity: 5, unitCostMinorUnits: 120, occurredAt: Instant(milliseconds: 1))))
    let again = try store.submit(byName)
    #expect(again.outcome == .unchanged)
    try store.submit(
      .adjust(
        StockAdjustment(sku: "TEA", location: "north", quantity: -1, occurredAt: Instant(milliseconds: 2))))
    let level = try #require(try store.snapshot().stock(sku: "TEA")?.first)
    #expect(level.counters.onHand == 4)
    #expect(level.valueMinorUnits == 480)
    try store.close()
  }
}
