import KPIs
import OrderModel
import Testing

struct DaysOfCoverTests {
  @Test func `fifty units last twenty days where seventy went in four weeks`() throws {
    let result = try DaysOfCover().result(available: 50, demand: 70)
    #expect(result.quotient == Fraction(numerator: 1_400, denominator: 70))
    #expect(result.excluded("no-demand") == 0)
  }

  @Test func `without demand there is no number, and the group is told to be so`() throws {
    let result = try DaysOfCover().result(available: 50, demand: 0)
    #expect(result.quotient == nil)
    #expect(result.excluded("no-demand") == 1)
  }

  @Test func `what is owed is no stock, and too much is refused`() throws {
    #expect(try DaysOfCover().result(available: -3, demand: 7).numerator == 0)
    #expect(throws: KPIError.overflow(kpi: "K33")) { try DaysOfCover().result(available: .max, demand: 7) }
  }

  @Test(.tags(.differential), arguments: [1, 2, 3] as [UInt64])
  func `the units available equal a loop over random movements`(seed: UInt64) throws {
    let movements = randomMovements(120, seed: seed)
    let expected = movements.places(before: 6 * day).values.reduce(0) { $0 + $1.available(before: 6 * day) }
    #expect(try results(AvailableUnits(), of: movements, asOf: 6 * day)[0].numerator == expected)
  }
}
