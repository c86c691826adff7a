import Columns
import KPIs
import OrderModel
import Testing

struct RepeatPurchaseTests {
  /// The figure over `orders`, ungrouped or by `cells`.
  private func results(
    _ variant: RepeatPurchase.Variant, of orders: [TestOrder], asOf: Int64,
    in period: Range<Int64> = Int64.min..<Int64.max, cells: [Int32]? = nil, bucketStarts: [Int64]? = nil
  ) throws -> [KPIResult] {
    let kpi = RepeatPurchase(variant)
    let context = JudgingContext(asOf: asOf, period: period)
    let batch = batch(of: orders, fields: kpi.qualifyingFields)
    var verdicts = Verdicts()
    kpi.qualify(batch, in: context, into: &verdicts)
    var sequences = CustomerSequences()
    sequences.add(batch, verdicts: verdicts, cells: cells, bucketStarts: bucketStarts)
    var accumulator = Accumulator(kpi.definition, cellCount: Int(cells?.max() ?? 0) + 1)
    accumulator.addExclusions(verdicts, cells: cells, within: period)
    accumulator.add(sequences.judged(by: kpi, in: context))
    return try accumulator.results()
  }

  private func golden(_ variant: RepeatPurchase.Variant, in period: Range<Int64>) throws -> KPIResult {
    try results(variant, of: GoldenOrders.orders + GoldenOrders.others, asOf: GoldenOrders.asOf, in: period)[0]
  }

  @Test func `G1 ever: 5 of 7 customers, the guest and the cancelled order left out`() throws {
    let result = try golden(.ever, in: Int64.min..<Int64.max)
    #expect(result.quotient == Fraction(numerator: 5, denominator: 7))
    #expect(result.excluded("guest") == 1)
    #expect(result.excluded("cancelled") == 1)
  }

  @Test(
    arguments: [
      (RepeatPurchase.Variant.inPeriod, 2), (.returning, 4), (.prior, 3), (.lifetime, 5),
    ] as [(RepeatPurchase.Variant, Int64)])
  func `G1 in March: six customers order, and each name means another of them`(
    variant: RepeatPurchase.Variant, numerator: Int64
  ) throws {
    #expect(try golden(variant, in: GoldenOrders.march).quotient == Fraction(numerator: numerator, denominator: 6))
  }

  @Test func `G1 window-30: 3 of 5, two customers are too young`() throws {
    let result = try golden(.window(30), in: Int64.min..<Int64.max)
    #expect(result.quotient == Fraction(numerator: 3, denominator: 5))
    #expect(result.pending == 2)
  }

  @Test func `an order does not qualify once every unit left of it came back`() throws {
    func order(_ customer: Int64, _ at: Int64, returned: Int64) -> TestOrder {
      TestOrder(
        placedAt: at,
        [.customer: customer, .units: 3, .told(.cancelledUnits): 1, .told(.returnedUnits): returned])
    }
    let orders = [
      order(1, 0, returned: 0), order(1, day, returned: 1), order(2, 0, returned: 0), order(2, day, returned: 2),
      // Of whom all came back is no customer.
      order(3, 0, returned: 2),
    ]
    let result = try results(.ever, of: orders, asOf: 10 * day)[0]
    #expect(result.quotient == Fraction(numerator: 1, denominator: 2))
    #expect(result.excluded("returned") == 2)
  }

  @Test func `a second order at the end of the window counts, a millisecond later does not`() throws {
    let orders = [
      TestOrder(placedAt: 0, [.customer: 1]), TestOrder(placedAt: 30 * day, [.customer: 1]),
      TestOrder(placedAt: 0, [.customer: 2]), TestOrder(placedAt: 30 * day + 1, [.customer: 2]),
    ]
    let mature = try results(.window(30), of: orders, asOf: 60 * day)[0]
    #expect(mature.quotient == Fraction(numerator: 1, denominator: 2))
    #expect(try results(.window(30), of: orders, asOf: 30 * day - 1)[0].pending == 2)
    #expect(try results(.window(30), of: orders, asOf: 30 * day)[0].quotient == Fraction(numerator: 0, denominator: 2))
  }

  @Test func `orders of one instant are in the sequence of their rows`() throws {
    let orders = [TestOrder(placedAt: 5, [.customer: 1]), TestOrder(placedAt: 5, [.customer: 1])]
    let share = try results(.orderShare, of: orders, asOf: day, cells: [0, 1])
    #expect(share[0].quotient == Fraction(numerator: 0, denominator: 1))
    #expect(share[1].quotient == Fraction(numerator: 1, denominator: 1))
    #expect(try results(.interval, of: orders, asOf: day)[0].ranks?.max == 0)
  }

  @Test func `rows out of order in time are put into sequence`() throws {
    let orders = [TestOrder(placedAt: 9 * day, [.customer: 1]), TestOrder(placedAt: 2 * day, [.customer: 1])]
    let interval = try results(.interval, of: orders, asOf: 10 * day)[0]
    #expect(interval.numerator == 7 * day)
    #expect(interval.n == 1)
  }

  @Test func `a cancellation after as-of does not yet disqualify`() throws {
    let orders = [
      TestOrder(placedAt: 0, [.customer: 1, .reached(.cancelled): day]), TestOrder(placedAt: 1, [.customer: 1]),
    ]
    #expect(try results(.ever, of: orders, asOf: day)[0].numerator == 1)
    #expect(try results(.ever, of: orders, asOf: day + 1)[0].numerator == 0)
  }

  @Test func `prior asks for a first order before the bucket, not before the whole period`() throws {
    let orders = [
      TestOrder(placedAt: 1, [.customer: 1]), TestOrder(placedAt: 2, [.customer: 1]),
      TestOrder(placedAt: day + 1, [.customer: 1]),
    ]
    let results = try results(
      .prior, of: orders, asOf: 3 * day, in: 0..<2 * day, cells: [0, 0, 1], bucketStarts: [0, 0, day])
    #expect(results.map(\.numerator) == [0, 1])
    #expect(results.map(\.denominator) == [1, 1])
  }

  @Test func `in-period counts the orders of a cell, and a customer once in it`() throws {
    let orders = (0..<3).map { TestOrder(placedAt: $0, [.customer: 1]) }
    let results = try results(.inPeriod, of: orders, asOf: day, cells: [0, 1, 0])
    #expect(results.map(\.numerator) == [1, 0])
    #expect(results.map(\.denominator) == [1, 1])
  }

  @Test func `no customers, no rate`() throws {
    #expect(try results(.ever, of: [], asOf: day)[0].quotient == nil)
    #expect(try results(.ever, of: [TestOrder(placedAt: 0)], asOf: day)[0].quotient == nil)
  }

  @Test func `window takes any number of days and refuses the rest`() {
    #expect(RepeatPurchase.Variant(name: "window-45") == .window(45))
    #expect(RepeatPurchase.Variant(name: "window-0") == nil)
    #expect(RepeatPurchase.Variant(name: "window-x") == nil)
    #expect(RepeatPurchase.Variant(name: "sometimes") == nil)
  }
}
