import Columns
import KPIs
import OrderModel
import Testing

struct DaysOfInventoryTests {
  private let start = GoldenOrders.at("03-01 00:00")

  private func result(
    _ kpi: some AverageInventoryKPI, of movements: [(at: Int64, kind: MovementKind, change: Int64)], days: Int64 = 31
  ) throws -> KPIResult {
    let context = JudgingContext(asOf: GoldenOrders.asOf, period: start..<start + days * day)
    var fold = try kpi.fold(in: context, instants: (1...days).map { start + $0 * day }, cellCount: 1)
    fold.add(
      Batch(
        firstRow: 0, count: movements.count, fields: kpi.fields,
        columns: kpi.fields.map { field in
          movements.map { movement -> Int64 in
            switch field {
            case .occurredAt: movement.at
            case .kind: Int64(movement.kind.rawValue)
            case .valueChange: movement.change
            default: 1
            }
          }
        }), cells: nil)
    return try fold.results()[0]
  }

  private var golden: [(at: Int64, kind: MovementKind, change: Int64)] {
    [
      (start - day, .receive, 100), (GoldenOrders.at("03-11 12:00"), .ship, -40),
      (GoldenOrders.at("03-21 12:00"), .receive, 60), (GoldenOrders.at("03-26 12:00"), .ship, -70),
    ]
  }

  @Test(
    arguments: [
      // 2525/31, 2500/31 and 75 units ÷ (110 ÷ 31 a day): 22.955, 22.727 and 21.136 days.
      (InventoryTurnover.Variant.twa, 2_525, 110), (.dailyClose, 2_500, 110), (.beginEnd, 75 * 31, 110),
    ] as [(InventoryTurnover.Variant, Int128, Int128)])
  func `the oracle's days of inventory, as the average is taken`(
    variant: InventoryTurnover.Variant, numerator: Int128, denominator: Int128
  ) throws {
    let result = try result(DaysOfInventory(variant), of: golden)
    #expect(result.quotient == Fraction(reducing: numerator, denominator))
    #expect(result.averageInventory == (try self.result(InventoryTurnover(variant), of: golden)).averageInventory)
  }

  @Test(arguments: InventoryTurnover.Variant.allCases, [1, 2, 3] as [UInt64])
  func `turns times days are 365, on random movements`(variant: InventoryTurnover.Variant, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let movements = (0..<40).map { index -> (at: Int64, kind: MovementKind, change: Int64) in
      let at = start + Int64.random(in: -10 * day...25 * day, using: &generator)
      return index % 3 == 0
        ? (at, .ship, -Int64.random(in: 1...30, using: &generator))
        : (at, .receive, Int64.random(in: 20...90, using: &generator))
    }
    let turns = try #require(try result(InventoryTurnover(variant), of: movements).quotient)
    let days = try #require(try result(DaysOfInventory(variant), of: movements).quotient)
    #expect(
      Fraction(
        reducing: Int128(turns.numerator) * Int128(days.numerator),
        Int128(turns.denominator) * Int128(days.denominator))
        == Fraction(numerator: 365, denominator: 1))
  }

  @Test func `nothing sold, no days, though there are turns of zero`() throws {
    let still: [(at: Int64, kind: MovementKind, change: Int64)] = [(start, .receive, 100)]
    #expect(try result(DaysOfInventory(.twa), of: still).quotient == nil)
    #expect(try result(InventoryTurnover(.twa), of: still).quotient == Fraction(numerator: 0, denominator: 1))
  }

  @Test func `without stock nothing lasts`() throws {
    #expect(try result(DaysOfInventory(.twa), of: []).quotient == nil)
  }
}
