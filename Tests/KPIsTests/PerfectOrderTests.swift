import KPIs
import OrderModel
import Testing

struct PerfectOrderTests {
  @Test func `G1: 5 of 8`() throws {
    let result = try result(
      PerfectOrder(claimWindowDays: 7), of: GoldenOrders.orders, asOf: GoldenOrders.asOf, in: GoldenOrders.march,
      byCreated: true)
    #expect(result.quotient == Fraction(numerator: 5, denominator: 8))
  }

  @Test func `G1's index: seven eighths in time, six in full, all undamaged with the right documents`() throws {
    let result = try result(
      PerfectOrder(.index, claimWindowDays: 7), of: GoldenOrders.orders, asOf: GoldenOrders.asOf,
      in: GoldenOrders.march, byCreated: true)
    #expect(result.quotient == Fraction(numerator: 7 * 6 * 8 * 8, denominator: 8 * 8 * 8 * 8).reduced)
    #expect(result.pending == 1 && result.excluded("cancelled") == 1)
  }

  @Test func `without a delivered order there is no index`() throws {
    #expect(try result(PerfectOrder(.index), of: [], asOf: day).quotient == nil)
  }

  @Test func `an index of so many orders that the fraction is too long has fifteen decimals`() throws {
    // 99,989 is prime: nothing cancels. One order is late, another damaged.
    let count = 99_989
    let kpi = PerfectOrder(.index)
    var verdicts = Verdicts(hitsAt: Array(repeating: 0, count: count), values: Array(repeating: 15, count: count))
    verdicts = Verdicts(hitsAt: verdicts.instants, values: [13, 11] + verdicts.values.dropFirst(2))
    var accumulator = Accumulator(kpi.definition)
    accumulator.add(verdicts, within: Int64.min..<Int64.max)
    let quotient = try #require(try accumulator.result().quotient)
    // (1 − 1/n)² = 0.999979997900110…
    let exact = Double(count - 1) / Double(count) * Double(count - 1) / Double(count)
    #expect(abs(Double(quotient.numerator) / Double(quotient.denominator) - exact) < 1e-14)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3] as [UInt64])
  func `the index of random orders is the product of four counts in loops`(seed: UInt64) throws {
    let orders = randomOrders(250, seed: seed)
    let (asOf, days): (Int64, Int64) = (400 * day, 2)
    let mature = orders.map { PlainOrder(order: $0, asOf: asOf) }
      .filter { $0.exists && ["hit", "miss"].contains($0.perfect(days: days)) }
    let merits: [(PlainOrder) -> Bool] = [
      { $0.isInFull }, { $0.order[.reached(.delivered)] <= $0.order[.deliverBy] }, { !$0.has(.damaged) },
      { !$0.has(.docError) },
    ]
    var expected = Fraction(numerator: 1, denominator: 1)
    for merit in merits {
      expected = try #require(
        Fraction(
          reducing: Int128(expected.numerator) * Int128(mature.count(where: merit)),
          Int128(expected.denominator) * Int128(mature.count)))
    }
    #expect(mature.count > 20)
    #expect(try result(PerfectOrder(.index, claimWindowDays: days), of: orders, asOf: asOf).quotient == expected)
  }

  @Test func `two parts of the orders add up, cell by cell`() throws {
    let kpi = PerfectOrder(.index, claimWindowDays: 0)
    let orders = randomOrders(200, seed: 5)
    let cells = orders.indices.map { Int32($0 % 3) - 1 }
    func accumulator(_ range: Range<Int>) -> Accumulator {
      var accumulator = Accumulator(kpi.definition, cellCount: 2)
      accumulator.add(
        verdicts(kpi, of: Array(orders[range]), asOf: 400 * day), cells: Array(cells[range]),
        within: Int64.min..<Int64.max)
      return accumulator
    }
    var first = accumulator(0..<90)
    first.merge(accumulator(90..<200))
    #expect(try first.results() == accumulator(0..<200).results())
    #expect(try first.results()[0].quotient != nil)
  }

  @Test func `one of the four is enough to spoil an order`() {
    func verdict(_ values: [OrderField: Int64]) -> String {
      var order = TestOrder(placedAt: 0, [.reached(.delivered): hour, .deliverBy: hour])
      for (field, value) in values { order[field] = value }
      return KPIsTests.verdict(PerfectOrder(), of: order, asOf: 30 * day)
    }
    #expect(verdict([:]) == "hit")
    #expect(verdict([.deliverBy: hour - 1]) == "miss")
    #expect(verdict([.told(.strayedUnits): 1]) == "miss")
    #expect(verdict([.told(.exceptions): ExceptionKind.damaged.bit]) == "miss")
    #expect(verdict([.told(.exceptions): ExceptionKind.docError.bit]) == "miss")
    #expect(verdict([.deliverBy: InstantColumn.none]) == "no-promise")
  }

  @Test func `an order is mature when its window has passed to the millisecond`() {
    let order = TestOrder(placedAt: 0, [.reached(.delivered): hour, .deliverBy: hour])
    #expect(verdict(PerfectOrder(), of: order, asOf: hour + 14 * day) == "hit")
    #expect(verdict(PerfectOrder(), of: order, asOf: hour + 14 * day - 1) == "pending")
  }
}
