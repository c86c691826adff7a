import KPIs
import OrderModel
import Testing

struct StockFoldTests {
  @Test func `a history is in the order of happening, ties in that of recording`() {
    let steps = [(9, 0), (2, 1), (9, 2), (2, 3)].map { instant, row in
      StockStep(occurredAt: instant, row: row, onHand: 1, available: 1, kind: .receive)
    }
    let history = StockHistory(sku: 1, location: 1, steps: steps)
    #expect(history.steps.map(\.row) == [1, 3, 0, 2])
    #expect(history.activeSince == 2)
    #expect(history.available(before: 9) == 2)
  }

  @Test func `a cell left out is in no group, and untracked stock in none`() throws {
    let movements = [
      TestMovement(0, .receive, 1), TestMovement(0, .receive, 1, sku: 2),
      TestMovement(0, .receive, 1, sku: 3, applied: false),
    ]
    let found = try results(StockOutRate(.snapshot), of: movements, asOf: day, cells: [0, -1, 0], cellCount: 1)
    #expect(found[0].denominator == 1)
  }

  @Test(arguments: MovementKind.allCases)
  func `what is left to promise follows the counters of each kind`(kind: MovementKind) throws {
    // One unit is there, is promised or cannot be sold: exactly what the kind says is left.
    let movements = [TestMovement(0, .receive, 5), TestMovement(1, kind, 5)]
    let left = movements.reduce(0) { $0 + $1.available }
    let result = try results(StockOutRate(.snapshot), of: movements, asOf: day)[0]
    #expect(result.numerator == (left <= 0 ? 1 : 0))
  }
}
