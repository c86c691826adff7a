import Columns
import KPIs
import OrderModel
import Testing

struct InventoryTurnoverTests {
  typealias Movement = (at: Int64, kind: MovementKind, change: Int64, applied: Bool)

  private let start = GoldenOrders.at("03-01 00:00")
  /// 31 days from 03-01: open 100, −40, +60 … as the dictionary gives it, rows out of the order of time.
  private var golden: [Movement] {
    [
      (GoldenOrders.at("03-26 12:00"), .ship, -70, true), (start - 9 * day, .receive, 100, true),
      (GoldenOrders.at("03-11 12:00"), .ship, -40, true), (GoldenOrders.at("03-21 12:00"), .receive, 60, true),
    ]
  }

  private func batch(_ movements: [Movement], fields: [MovementField]) -> Batch<MovementField> {
    Batch(
      firstRow: 0, count: movements.count, fields: fields,
      columns: fields.map { field in
        movements.map { movement -> Int64 in
          switch field {
          case .occurredAt: movement.at
          case .kind: Int64(movement.kind.rawValue)
          case .valueChange: movement.change
          case .applied: movement.applied ? 1 : 0
          default: 0
          }
        }
      })
  }

  private func result(
    _ variant: InventoryTurnover.Variant, of movements: [Movement], asOf: Int64 = GoldenOrders.asOf, days: Int64 = 31
  ) throws(KPIError) -> KPIResult {
    let kpi = InventoryTurnover(variant)
    let context = JudgingContext(asOf: asOf, period: start..<start + days * day)
    var accumulator = try LedgerAccumulator(kpi, in: context, instants: (1...days).map { start + $0 * day })
    accumulator.add(batch(movements, fields: kpi.fields))
    return try accumulator.results()[0]
  }

  private func days(_ result: KPIResult) -> Double? {
    result.quotient.map { 365 * Double($0.denominator) / Double($0.numerator) }
  }

  private func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1_000).rounded() / 1_000 } }

  @Test func `the oracle by integral: 81.452 on average, 15.901 turns, 22.955 days`() throws {
    let result = try result(.twa, of: golden)
    #expect(result.averageInventory == Fraction(numerator: 2_525, denominator: 31))
    #expect(result.quotient == Fraction(numerator: 1_606, denominator: 101))
    #expect(rounded(days(result)) == 22.955)
  }

  @Test func `the oracle by daily close: 80.645, 16.060 turns, 22.727 days`() throws {
    let result = try result(.dailyClose, of: golden)
    #expect(result.averageInventory == Fraction(numerator: 2_500, denominator: 31))
    #expect(result.quotient == Fraction(numerator: 803, denominator: 50))
    #expect(rounded(days(result)) == 22.727)
  }

  @Test func `the oracle by begin and end: 75, 17.269 turns, 21.136 days`() throws {
    let result = try result(.beginEnd, of: golden)
    #expect(result.averageInventory == Fraction(numerator: 75, denominator: 1))
    #expect(result.quotient.map { rounded(Double($0.numerator) / Double($0.denominator)) } == 17.269)
    #expect(rounded(days(result)) == 21.136)
  }

  @Test func `five points see start, quarters and end; a change at one counts after it`() throws {
    let movements: [Movement] = [
      (start - 1, .receive, 100, true), (start + day, .receive, 100, true), (start + 4 * day, .receive, 1_000, true),
    ]
    // 100 at the start and at the first quarter, 200 at the three others.
    let result = try result(.fivePoint, of: movements, days: 4)
    #expect(result.averageInventory == Fraction(numerator: 800, denominator: 5).reduced)
  }

  @Test func `month ends are those the caller gives`() throws {
    let kpi = InventoryTurnover(.monthEnd)
    let context = JudgingContext(asOf: GoldenOrders.asOf, period: GoldenOrders.march)
    var accumulator = try LedgerAccumulator(kpi, in: context, instants: [start, GoldenOrders.at("04-01 00:00")])
    accumulator.add(batch(golden, fields: kpi.fields))
    #expect(try accumulator.results()[0].averageInventory == Fraction(numerator: 50, denominator: 1))
    let none = try LedgerAccumulator(kpi, in: context)
    #expect(try none.results()[0].quotient == nil)
  }

  @Test func `a period beyond as-of ends there`() throws {
    let asOf = start + 10 * day
    let result = try result(.twa, of: golden, asOf: asOf)
    #expect(result.averageInventory == Fraction(numerator: 100, denominator: 1))
    #expect(result.quotient == Fraction(numerator: 0, denominator: 1))
  }

  @Test func `without inventory there are no turns`() throws {
    #expect(try result(.twa, of: []).quotient == nil)
    #expect(try result(.beginEnd, of: []).quotient == nil)
  }

  @Test func `stock that is not tracked does not count, and its shipments are excluded`() throws {
    let untracked: [Movement] = [
      (start + day, .ship, -40, false), (start + day, .receive, 40, false), (start - day, .ship, -9, false),
    ]
    let result = try result(.twa, of: golden + untracked)
    #expect(result.quotient == Fraction(numerator: 1_606, denominator: 101))
    #expect(result.excluded("untracked") == 1)
  }

  @Test func `only shipments are cost of goods`() throws {
    let movements: [Movement] = [(start - day, .receive, 100, true), (start + day, .adjust, -50, true)]
    #expect(try result(.twa, of: movements).numerator == 0)
  }

  @Test func `without both ends of a period, or before its start, the figure is refused`() {
    let kpi = InventoryTurnover(.twa)
    #expect(throws: KPIError.needsPeriod(kpi: "K31:twa")) {
      try LedgerAccumulator(kpi, in: JudgingContext(asOf: start))
    }
    #expect(throws: KPIError.needsPeriod(kpi: "K31:twa")) {
      try LedgerAccumulator(kpi, in: JudgingContext(asOf: start, period: GoldenOrders.march))
    }
  }

  @Test func `a fraction beyond 64 bits is refused, not rounded`() {
    let movements: [Movement] = [
      (start + 1, .receive, Int64.max, true), (start + 3, .receive, Int64.max - 4, true),
    ]
    #expect(throws: KPIError.overflow(kpi: "K31:twa")) { try result(.twa, of: movements) }
  }

  @Test func `cells are apart, and two accumulators add up`() throws {
    let kpi = InventoryTurnover(.twa)
    let context = JudgingContext(asOf: GoldenOrders.asOf, period: GoldenOrders.march)
    var both = try LedgerAccumulator(kpi, in: context, cellCount: 2)
    both.add(batch(golden + golden, fields: kpi.fields), cells: [0, 0, 0, 0, 1, 1, -1, 1])
    var first = try LedgerAccumulator(kpi, in: context, cellCount: 2)
    var second = first
    first.add(batch(golden, fields: kpi.fields), cells: [0, 0, 0, 0])
    second.add(batch(golden, fields: kpi.fields), cells: [1, 1, -1, 1])
    first.merge(second)
    #expect(try first.results() == both.results())
    #expect(try both.results()[0].quotient == Fraction(numerator: 1_606, denominator: 101))
    #expect(try both.results()[0] != both.results()[1])
  }
}

extension Fraction {
  /// In lowest terms.
  var reduced: Fraction { Fraction(reducing: Int128(numerator), Int128(denominator))! }
}
