import Testing

@testable import KPIs

struct EarliestUnitsTests {
  @Test func `units of the first instant count, in whatever order they are told`() {
    let moves: [(units: Int64, kind: Int, at: Int64)] = [(1, 0, 30), (2, 1, 20), (4, 0, 20), (8, 0, 40)]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
      var units = EarliestUnits(kindCount: 2)
      for index in order { units.add(moves[index].units, kind: moves[index].kind, row: 7, at: moves[index].at) }
      #expect(units.count(0, row: 7) == 4 && units.count(1, row: 7) == 2 && units.instants[7] == 20)
      var (left, right) = (EarliestUnits(kindCount: 2), EarliestUnits(kindCount: 2))
      for (place, index) in order.enumerated() {
        if place < 2 {
          left.add(moves[index].units, kind: moves[index].kind, row: 7, at: moves[index].at)
        } else {
          right.add(moves[index].units, kind: moves[index].kind, row: 7, at: moves[index].at)
        }
      }
      left.merge(right)
      #expect(left.count(0, row: 7) == 4 && left.count(1, row: 7) == 2)
    }
  }
}
