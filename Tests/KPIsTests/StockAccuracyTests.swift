import KPIs
import OrderModel
import Testing

struct StockAccuracyTests {
  private let movements = [
    TestMovement(0, .receive, 100), TestMovement(0, .receive, 50, location: 2), TestMovement(day, .count, 5),
    TestMovement(day, .count, -5, location: 2), TestMovement(2 * day, .count, 0),
  ]

  @Test func `five too many and five too few are two wrong counts, not none`() throws {
    let result = try results(StockAccuracy(.lines), of: movements, asOf: 9 * day)[0]
    #expect(result.quotient == Fraction(numerator: 1, denominator: 3))
  }

  @Test func `by value, differences are measured against the book before each count`() throws {
    let result = try results(StockAccuracy(.value), of: movements, asOf: 9 * day)[0]
    // 1,000 and 500 before the counts of a day, 1,050 before the last.
    #expect(result.quotient == Fraction(numerator: 2_450, denominator: 2_550))
  }

  @Test func `counts of the period and before as-of count, at their instant`() throws {
    #expect(try results(StockAccuracy(.lines), of: movements, asOf: 2 * day)[0].denominator == 2)
    let second = try results(StockAccuracy(.lines), of: movements, asOf: 9 * day, in: 2 * day..<3 * day)[0]
    #expect(second.quotient == Fraction(numerator: 1, denominator: 1))
    #expect(try results(StockAccuracy(.lines), of: movements, asOf: day)[0].quotient == nil)
    #expect(try results(StockAccuracy(.value), of: [], asOf: day)[0].quotient == nil)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `both figures equal loops over random movements`(seed: UInt64) throws {
    let movements = randomMovements(200, seed: seed)
    for (asOf, period) in [(20 * day, 2 * day..<8 * day), (5 * day, Int64.min..<Int64.max)] {
      var counts: [Int64] = [0, 0]
      var values: [Int64] = [0, 0]
      for (row, movement) in movements.enumerated()
      where movement.kind == .count && movement.applied && movement.at < asOf && period.contains(movement.at) {
        let before = movements[..<row].filter {
          $0.applied && $0.sku == movement.sku && $0.location == movement.location
            && $0.at < min(asOf, period.upperBound)
        }
        let book = before.reduce(0) { $0 + $1.value(.valueChange) }
        counts[0] += movement.quantity == 0 ? 1 : 0
        counts[1] += 1
        values[0] += book - abs(movement.value(.valueChange))
        values[1] += book
      }
      let lines = try results(StockAccuracy(.lines), of: movements, asOf: asOf, in: period)[0]
      let value = try results(StockAccuracy(.value), of: movements, asOf: asOf, in: period)[0]
      #expect([lines.numerator, lines.denominator ?? -1] == counts, "seed \(seed)")
      #expect([value.numerator, value.denominator ?? -1] == values, "seed \(seed)")
    }
  }
}
