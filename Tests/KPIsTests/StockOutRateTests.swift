import KPIs
import OrderModel
import Testing

struct StockOutRateTests {
  private let march = GoldenOrders.march

  /// Ten units from February on; the last leaves on 10 March at 6, more come on 12 March at 18.
  private var oracle: [TestMovement] {
    [
      TestMovement(march.lowerBound - day, .receive, 10), TestMovement(GoldenOrders.at("03-12 18:00"), .receive, 5),
      TestMovement(GoldenOrders.at("03-10 06:00"), .reserve, 10),
      TestMovement(GoldenOrders.at("03-11 06:00"), .ship, 10),
    ]
  }

  @Test func `the oracle: 60 of 744 hours out of stock, neither two nor three of 31 days`() throws {
    let result = try results(StockOutRate(.time), of: oracle, asOf: GoldenOrders.asOf, in: march)[0]
    #expect(result.quotient == Fraction(numerator: 60 * hour, denominator: 744 * hour))
  }

  @Test func `promised or broken units are not available, a backorder takes none`() throws {
    let movements = [
      TestMovement(0, .receive, 3), TestMovement(hour, .reserve, 2), TestMovement(2 * hour, .backorder, 9),
      TestMovement(3 * hour, .blockDamaged, 1),
    ]
    let result = try results(StockOutRate(.time), of: movements, asOf: day, in: 0..<4 * hour)[0]
    #expect(result.quotient == Fraction(numerator: hour, denominator: 4 * hour))
  }

  @Test func `time before the first goods is not counted`() throws {
    let movements = [TestMovement(0, .expect, 3), TestMovement(3 * hour, .arrive, 3)]
    let result = try results(StockOutRate(.time), of: movements, asOf: day, in: 0..<4 * hour)[0]
    #expect(result.quotient == Fraction(numerator: 0, denominator: hour))
    #expect(try results(StockOutRate(.time), of: [], asOf: day, in: 0..<4 * hour)[0].quotient == nil)
  }

  @Test func `a snapshot counts SKUs, whatever another location has none of`() throws {
    let movements = [
      TestMovement(0, .receive, 3), TestMovement(0, .receive, 1, location: 2),
      TestMovement(hour, .reserve, 1, location: 2),
      TestMovement(0, .receive, 1, sku: 2), TestMovement(hour, .adjust, -1, sku: 2),
      TestMovement(0, .expect, 1, sku: 3),
    ]
    let kpi = StockOutRate(.snapshot)
    let whole = try results(kpi, of: movements, asOf: day)[0]
    #expect(whole.quotient == Fraction(numerator: 1, denominator: 2))
    #expect(whole.excluded("never-there") == 1)
    let byLocation = try results(kpi, of: movements, asOf: day, cells: [0, 1, 1, 0, 0, 0], cellCount: 2)
    #expect(byLocation.map(\.numerator) == [1, 1])
    #expect(byLocation.map(\.denominator) == [2, 1])
    // An hour earlier nothing was gone.
    #expect(try results(kpi, of: movements, asOf: hour)[0].numerator == 0)
  }

  @Test func `the time needs a period, the snapshot none`() throws {
    #expect(throws: KPIError.needsPeriod(kpi: "K30:time")) { try results(StockOutRate(.time), of: [], asOf: day) }
    #expect(try results(StockOutRate(.snapshot), of: [], asOf: day)[0].quotient == nil)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `the time equals one counted quarter by quarter of a day, the snapshot one counted SKU by SKU`(
    seed: UInt64
  ) throws {
    let movements = randomMovements(150, seed: seed)
    for (asOf, period) in [(20 * day, 2 * day..<9 * day), (6 * day, 0..<9 * day)] {
      let end = min(asOf, period.upperBound)
      var (out, active): (Int64, Int64) = (0, 0)
      for place in movements.places(before: end).values {
        guard let since = place.firstGoods else { continue }
        for instant in stride(from: max(since, period.lowerBound), to: end, by: Int(day / 4)) {
          active += day / 4
          // What holds through the quarter is what moved up to its start.
          if place.available(before: instant + 1) <= 0 { out += day / 4 }
        }
      }
      let time = try results(StockOutRate(.time), of: movements, asOf: asOf, in: period)[0]
      #expect([time.numerator, time.denominator] == [out, active], "seed \(seed)")
      var counts: [Int64] = [0, 0, 0]
      let bySKU = Dictionary(grouping: movements.places(before: end)) { $0.key.sku }
      for places in bySKU.values.map({ $0.map(\.value) }) {
        if places.allSatisfy({ $0.firstGoods == nil }) {
          counts[2] += 1
        } else {
          counts[1] += 1
          if places.reduce(0, { $0 + $1.available(before: end) }) <= 0 { counts[0] += 1 }
        }
      }
      let snapshot = try results(StockOutRate(.snapshot), of: movements, asOf: asOf, in: period)[0]
      #expect([snapshot.numerator, snapshot.denominator, snapshot.excluded("never-there")] == counts, "seed \(seed)")
    }
  }
}
