import KPIs
import OrderModel
import Testing

struct OversellIncidentsTests {
  private func count(
    _ movements: [TestMovement], asOf: Int64 = 100 * day, in period: Range<Int64> = Int64.min..<Int64.max
  ) throws -> Int64 {
    try results(OversellIncidents(), of: movements, asOf: asOf, in: period)[0].numerator
  }

  @Test func `what is there may be promised to the last unit`() throws {
    #expect(
      try count([TestMovement(0, .receive, 3), TestMovement(1, .reserve, 3), TestMovement(2, .ship, 3)]) == 0)
  }

  @Test func `one promise too many is one incident, until it is made good`() throws {
    let movements = [
      TestMovement(0, .receive, 3), TestMovement(1, .reserve, 4), TestMovement(2, .reserve, 1),
      TestMovement(3, .receive, 2), TestMovement(4, .blockSafety, 1),
    ]
    #expect(try count(movements) == 2)
    #expect(try count(movements, asOf: 4) == 1)
    #expect(try count(movements, in: 2..<5) == 1)
  }

  @Test func `waiting for stock is no promise from it, and untracked stock has none`() throws {
    #expect(try count([TestMovement(0, .backorder, 9), TestMovement(0, .presell, 2)]) == 0)
    #expect(try count([TestMovement(0, .reserve, 9, applied: false)]) == 0)
  }

  @Test func `the order of recording counts, not that of happening`() throws {
    #expect(try count([TestMovement(day, .receive, 3), TestMovement(0, .reserve, 3)]) == 0)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `it equals a loop over random movements`(seed: UInt64) throws {
    let movements = randomMovements(200, seed: seed)
    var expected: Int64 = 0
    for place in movements.places(before: 7 * day).values {
      for index in place.indices where place[index].at >= 2 * day {
        let before = place[..<index].reduce(0) { $0 + $1.available }
        if before >= 0, before + place[index].available < 0 { expected += 1 }
      }
    }
    #expect(try count(movements, asOf: 7 * day, in: 2 * day..<9 * day) == expected, "seed \(seed)")
    #expect(expected > 0)
  }
}
