import KPIs
import OrderModel
import Testing

struct PredictedValueTests {
  private let asOf = 800 * day

  private func order(_ days: Int64, _ customer: Int64, _ value: Int64) -> TestOrder {
    TestOrder(placedAt: days * day, [.customer: customer, .listValue: value, .lineValue: value])
  }

  @Test func `sales a customer, times the margin, times the years a customer stays`() throws {
    // Two customers a year ago, one of them lost; 300 of the one and 100 of a new one since, at a cost of a half.
    let orders = [order(200, 1, 50), order(300, 2, 50), order(500, 2, 300), order(700, 3, 100)]
    let row = try customerRows(PredictedValue(), of: orders, asOf: asOf, costs: [0, 0, 150, 0])[0]
    // 400 ÷ 2 × 1/2 × 2.
    #expect(row.result.quotient == Fraction(numerator: 200, denominator: 1))
    #expect(row.result.n == 2)
  }

  @Test func `without a year before the last the customers are pending`() throws {
    let row = try customerRows(PredictedValue(), of: [order(700, 1, 9)], asOf: asOf, costs: [1], withMembers: true)[0]
    #expect(row.result.quotient == nil)
    #expect(row.result.pending == 1)
    #expect(row.members.map(\.kind) == [Verdicts.pending])
  }

  @Test func `where nobody was lost, or no cost is known, there is no value`() throws {
    let orders = [order(200, 1, 50), order(500, 1, 50)]
    let kept = try customerRows(PredictedValue(), of: orders, asOf: asOf, costs: [1, 1])[0]
    #expect(kept.result.quotient == nil && kept.result.pending == 0)
    let unknown = try customerRows(PredictedValue(), of: orders, asOf: asOf)[0]
    #expect(unknown.result.quotient == nil)
    #expect(unknown.result.excluded("cost-missing") == 1)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `it equals the formula over sets of customers`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let orders = (0..<120).map { _ in
      order(
        Int64.random(in: 0...790, using: &generator), Int64.random(in: 0...40, using: &generator),
        Int64.random(in: 1...90, using: &generator))
    }
    let costs = orders.map { Int64.random(in: 0...1, using: &generator) * $0[.listValue] / 3 }
    var (recent, before): (Set<Int64>, Set<Int64>) = ([], [])
    var (sales, known, cost): (Int64, Int64, Int64) = (0, 0, 0)
    for (row, order) in orders.enumerated() where order[.customer] != 0 {
      switch order[.placedAt] / day {
      case 435...:
        recent.insert(order[.customer])
        sales += order[.listValue]
        if costs[row] != 0 { (known, cost) = (known + order[.listValue], cost + costs[row]) }
      case 70..<435: before.insert(order[.customer])
      default: break
      }
    }
    let lost = before.subtracting(recent).count
    let result = try customerRows(PredictedValue(), of: orders, asOf: asOf, costs: costs)[0].result
    #expect(lost > 0)
    #expect(
      result.quotient
        == Fraction(
          reducing: Int128(sales) * Int128(known - cost) * Int128(before.count),
          Int128(recent.count) * Int128(known) * Int128(lost)))
  }
}
