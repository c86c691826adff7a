import KPIs
import OrderModel
import Testing

struct ReservationAgeTests {
  @Test func `units promised more than a week ago, of those still promised`() throws {
    let movements = [
      TestMovement(0, .receive, 20), TestMovement(0, .reserve, 5, order: 1), TestMovement(day, .reserve, 3, order: 2),
      TestMovement(2 * day, .ship, 2, order: 1), TestMovement(6 * day, .reserve, 4, order: 1),
      TestMovement(6 * day, .release, 1, order: 1),
    ]
    // Of order 1 the first five lose three; at day 8 order 2's are a week old to the instant, which is not more.
    let result = try results(ReservationAge(.reserved), of: movements, asOf: 8 * day)[0]
    #expect(result.quotient == Fraction(numerator: 2, denominator: 9))
    #expect(try results(ReservationAge(.reserved), of: movements, asOf: 8 * day + 1)[0].numerator == 5)
    #expect(try results(ReservationAge(.reserved, days: 0), of: movements, asOf: 7 * day)[0].numerator == 9)
  }

  @Test func `nothing promised, no share`() throws {
    #expect(try results(ReservationAge(.reserved), of: [TestMovement(0, .receive, 1)], asOf: day)[0].quotient == nil)
  }

  @Test func `idle: available, and nothing of the SKU left in thirty days`() throws {
    let movements = [
      TestMovement(0, .receive, 9), TestMovement(5 * day, .ship, 1), TestMovement(0, .receive, 9, sku: 2),
      TestMovement(0, .receive, 2, sku: 3), TestMovement(day, .reserve, 2, sku: 3), TestMovement(day, .ship, 2, sku: 3),
      TestMovement(34 * day, .receive, 9, sku: 4), TestMovement(0, .expect, 9, sku: 5),
    ]
    let kpi = ReservationAge(.idle)
    let result = try results(kpi, of: movements, asOf: 35 * day)[0]
    // SKU 1 shipped thirty days ago to the instant, SKU 3 is gone, SKU 4 is a day old.
    #expect([result.numerator, result.denominator, result.pending] == [1, 3, 1])
    #expect(result.excluded("never-there") == 1)
    #expect(try results(kpi, of: movements, asOf: 35 * day + 1)[0].numerator == 2)
  }

  @Test func `what left another location keeps a SKU from being idle, except by location`() throws {
    let movements = [
      TestMovement(0, .receive, 9), TestMovement(0, .receive, 9, location: 2),
      TestMovement(39 * day, .ship, 1, location: 2),
    ]
    let kpi = ReservationAge(.idle)
    #expect(try results(kpi, of: movements, asOf: 40 * day)[0].numerator == 0)
    #expect(
      try results(kpi, of: movements, asOf: 40 * day, cells: [0, 1, 1], cellCount: 2).map(\.numerator) == [1, 0])
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `both equal loops over random movements`(seed: UInt64) throws {
    let movements = randomMovements(160, seed: seed)
    for asOf in [4 * day, 9 * day, 20 * day] {
      for days: Int64 in [0, 2, 5] {
        var reserved: [Int64] = [0, 0]
        for (_, place) in movements.places(before: asOf) {
          for order in Set(place.map(\.order)) {
            // Unit by unit: a promise is a row of instants, giving back takes the first away.
            var units: [Int64] = []
            let steps = place.enumerated().filter { $0.element.order == order }
              .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            for step in steps.map(\.element) {
              let change = step.change(of: .reserved)
              if change > 0 { units += Array(repeating: step.at, count: Int(change)) }
              if change < 0 { units.removeFirst(min(units.count, Int(-change))) }
            }
            reserved[0] += Int64(units.count { $0 < asOf - days * day })
            reserved[1] += Int64(units.count)
          }
        }
        let found = try results(ReservationAge(.reserved, days: days), of: movements, asOf: asOf)[0]
        #expect([found.numerator, found.denominator ?? -1] == reserved, "seed \(seed), \(days) days at \(asOf)")
        var idle: [Int64] = [0, 0, 0]
        for sku in Set(movements.map(\.sku)) {
          let places = movements.places(before: asOf).filter { $0.key.sku == sku }.map(\.value)
          guard let since = places.compactMap(\.firstGoods).min() else { continue }
          let isStill =
            places.reduce(0) { $0 + $1.available(before: asOf) } > 0
            && !places.joined().contains { $0.kind == .ship && $0.at >= asOf - days * day }
          if isStill, since > asOf - days * day {
            idle[2] += 1
          } else {
            idle[1] += 1
            idle[0] += isStill ? 1 : 0
          }
        }
        let result = try results(ReservationAge(.idle, days: days), of: movements, asOf: asOf)[0]
        #expect([result.numerator, result.denominator ?? -1, result.pending] == idle, "seed \(seed), \(days) days")
      }
    }
  }
}
