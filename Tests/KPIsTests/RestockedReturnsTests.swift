import KPIs
import OrderModel
import Testing

/// Returns that were put back for sale, seen through the turnover of stock.
struct RestockedReturnsTests {
  private let period = 10 * day..<20 * day

  /// Cost of goods of the period, from days of inventory by begin and end: average × days in the period ÷ days.
  private func cost(of movements: [TestMovement], cells: [Int32]? = nil, cellCount: Int = 1) throws -> [Int64] {
    // Stock that stands all the time, so that there is an average in each cell.
    let opening = (0..<cellCount).map { TestMovement(0, .receive, 1_000_000, sku: 9, location: Int64($0)) }
    let results = try results(
      DaysOfInventory(.beginEnd), of: opening + movements, asOf: 100 * day, in: period,
      cells: cells.map { (0..<Int32(cellCount)) + $0 }, cellCount: cellCount)
    return try results.map { result in
      guard let days = result.quotient else { return 0 }
      let average = try #require(result.averageInventory)
      let cost = try #require(
        Fraction(
          reducing: Int128(average.numerator) * Int128(days.denominator) * 10,
          Int128(average.denominator) * Int128(days.numerator)))
      #expect(cost.denominator == 1)
      return cost.numerator
    }
  }

  @Test func `goods restocked at once take off what they cost, in the period they came back`() throws {
    let shipped = TestMovement(12 * day, .ship, 5)
    #expect(try cost(of: [shipped]) == [50])
    #expect(try cost(of: [shipped, TestMovement(13 * day, .restock, 2)]) == [30])
    #expect(try cost(of: [shipped, TestMovement(9 * day, .restock, 2)]) == [50])
    #expect(try cost(of: [shipped, TestMovement(20 * day, .restock, 2)]) == [50])
    // More came back than left: goods sold are below zero.
    #expect(try cost(of: [shipped, TestMovement(13 * day, .restock, 7)]) == [-20])
  }

  @Test func `goods in quarantine take off what they cost when they are found fit, not when they came or are scrapped`()
    throws
  {
    let shipped = TestMovement(12 * day, .ship, 5)
    let came = TestMovement(13 * day, .quarantine, 3, order: 1, cost: 7)
    #expect(try cost(of: [shipped, came]) == [50])
    #expect(try cost(of: [shipped, came, TestMovement(14 * day, .inspectRestock, 2, order: 1)]) == [36])
    #expect(try cost(of: [shipped, came, TestMovement(20 * day, .inspectRestock, 2, order: 1)]) == [50])
    let early = TestMovement(5 * day, .quarantine, 3, order: 1, cost: 7)
    #expect(try cost(of: [shipped, early, TestMovement(14 * day, .inspectRestock, 2, order: 1)]) == [36])
    #expect(try cost(of: [shipped, early, TestMovement(6 * day, .inspectRestock, 2, order: 1)]) == [50])
    // Of another order nothing is in quarantine.
    #expect(try cost(of: [shipped, came, TestMovement(14 * day, .inspectRestock, 2, order: 2)]) == [50])
  }

  @Test func `parts found fit one after another add up to the whole, to the last minor unit`() throws {
    func came(_ at: Int64, _ kind: MovementKind, _ units: Int64, _ cost: Int64) -> TestMovement {
      TestMovement(at, kind, units, order: 1, cost: cost)
    }
    let shipped = TestMovement(12 * day, .ship, 100)
    // 2 at 10 and 1 at 14 are 34: one of the three is 11, the two others are what is left.
    let both = [came(5 * day, .quarantine, 2, 10), came(6 * day, .quarantine, 1, 14)]
    #expect(try cost(of: [shipped] + both + [came(13 * day, .inspectRestock, 1, 0)]) == [1_000 - 11])
    #expect(
      try cost(of: [shipped] + both + [came(7 * day, .inspectRestock, 1, 0), came(13 * day, .inspectRestock, 2, 0)])
        == [1_000 - 23])
    #expect(try cost(of: [shipped] + both + [came(13 * day, .inspectRestock, 3, 0)]) == [1_000 - 34])
  }

  @Test func `cells are apart`() throws {
    let movements = [
      TestMovement(12 * day, .ship, 5), TestMovement(12 * day, .ship, 8), TestMovement(13 * day, .restock, 1),
      TestMovement(13 * day, .restock, 2),
    ]
    #expect(try cost(of: movements, cells: [0, 1, 0, 1], cellCount: 2) == [40, 60])
    #expect(try cost(of: movements, cells: [0, 1, -1, 0], cellCount: 2) == [30, 80])
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `random shipments and returns cost what a loop over them says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var movements: [TestMovement] = []
    var expected: Int64 = 0
    for order in 1...60 as ClosedRange<Int64> {
      let sku = Int64.random(in: 1...3, using: &generator)
      let (unit, left) = (order * 3 + sku, Int64.random(in: 1...6, using: &generator))
      func move(_ kind: MovementKind, _ units: Int64, _ at: Int64) {
        movements.append(TestMovement(at, kind, units, sku: sku, order: order, cost: unit))
        guard period.contains(at) else { return }
        switch kind {
        case .ship: expected += units * unit
        case .restock, .inspectRestock: expected -= units * unit
        default: break
        }
      }
      func later(_ at: Int64) -> Int64 { at + Int64.random(in: 0...8, using: &generator) * day }
      let shipped = Int64.random(in: 0...25, using: &generator) * day
      move(.ship, left, shipped)
      let back = Int64.random(in: 0...left, using: &generator)
      if order % 3 == 0 {
        move(.restock, back, later(shipped))
      } else if order % 3 == 1, back > 0 {
        let came = later(shipped)
        move(.quarantine, back, came)
        let fit = Int64.random(in: 0...back, using: &generator)
        let first = later(came)
        move(.inspectRestock, fit, first)
        move(.inspectScrap, back - fit, first)
      }
    }
    #expect(expected != 0)
    #expect(try cost(of: movements.shuffled(using: &generator)) == [expected])
  }
}
