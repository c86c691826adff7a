import OrderModel
import Testing

@testable import OrderStore

struct StockCellTests {
  @Test(.tags(.property)) func `the value of some units is their share, rounded half to even once`() {
    var random = SystemRandomNumberGenerator()
    var different: [String] = []
    for _ in 0..<20_000 {
      let onHand = Int64.random(in: 1...200, using: &random)
      let value = Int64.random(in: 0...2_000, using: &random)
      let quantity = Int64.random(in: 0...500, using: &random)
      let cell = StockCell(
        row: 0, sku: 1, location: 1, counters: InventoryCounters(onHand: onHand, reserved: 0, unavailable: 0)!,
        value: value)
      // Twice the exact share, so that a half is a whole.
      let twice = 2 * value * quantity
      let (floor, rest) = twice.quotientAndRemainder(dividingBy: 2 * onHand)
      let expected = rest > onHand || (rest == onHand && floor & 1 == 1) ? floor + 1 : floor
      if cell.value(of: quantity) != expected { different.append("\(value) for \(quantity) of \(onHand)") }
    }
    #expect(different == [])
  }

  @Test func `shares of the largest values are exact, what leaves 64 bits is none`() {
    func cell(_ onHand: Int64, _ value: Int64) -> StockCell {
      StockCell(
        row: 0, sku: 1, location: 1, counters: InventoryCounters(onHand: onHand, reserved: 0, unavailable: 0)!,
        value: value)
    }
    #expect(cell(.max, .max).value(of: .max - 1) == Int64.max - 1)
    #expect(cell(.max, .max).value(of: .max) == .max)
    #expect(cell(2, .max).value(of: 1) == Int64.max / 2 + 1)  // half of an odd number goes to the even side
    #expect(cell(3, .max).value(of: 3) == .max)
    #expect(cell(3, .max).value(of: 4) == nil)
    #expect(cell(1, .max).value(of: 2) == nil)
  }
}
