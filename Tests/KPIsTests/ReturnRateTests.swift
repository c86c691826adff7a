import KPIs
import OrderModel
import Testing

struct ReturnRateTests {
  private func judged(
    _ kpi: ReturnRate, _ orders: [TestOrder], asOf: Int64, _ flows: ReturnRate.Flows? = nil
  ) throws -> KPIResult {
    var verdicts = Verdicts()
    kpi.judge(
      batch(of: orders, fields: kpi.fields), flows: flows ?? ReturnRate.Flows(orderCount: orders.count),
      in: JudgingContext(asOf: asOf), into: &verdicts)
    var accumulator = Accumulator(kpi.definition)
    accumulator.add(verdicts, within: Int64.min..<Int64.max)
    return try accumulator.result()
  }

  /// G1 with the unit of O6 that came back.
  private var golden: ReturnRate.Flows {
    var flows = ReturnRate.Flows(orderCount: GoldenOrders.orders.count)
    flows.returned[5] = 1
    flows.creditedValue[5] = 100
    return flows
  }

  @Test func `G1: one unit of 21 and one order of 8 came back`() throws {
    let units = try judged(
      ReturnRate(.units, returnWindowDays: 7), GoldenOrders.orders, asOf: GoldenOrders.asOf, golden)
    #expect(units.quotient == Fraction(numerator: 1, denominator: 21))
    let orders = try judged(
      ReturnRate(.orders, returnWindowDays: 7), GoldenOrders.orders, asOf: GoldenOrders.asOf, golden)
    #expect(orders.quotient == Fraction(numerator: 1, denominator: 8))
    #expect(orders.pending == 1)
    #expect(orders.excluded("cancelled") == 1)
  }

  @Test func `an order is undecided until its return window is over`() throws {
    let orders = [TestOrder(placedAt: 0, [.reached(.delivered): day, .units: 3])]
    let kpi = ReturnRate(.units, returnWindowDays: 7)
    #expect(try judged(kpi, orders, asOf: 8 * day - 1).pending == 1)
    #expect(try judged(kpi, orders, asOf: 8 * day).quotient == Fraction(numerator: 0, denominator: 3))
  }

  @Test func `movements tell what was delivered and came back; without them the order and its credit notes do`() throws
  {
    let orders = (0..<2).map { _ in
      TestOrder(placedAt: 0, [.reached(.delivered): day, .units: 5, .told(.cancelledUnits): 1])
    }
    var flows = ReturnRate.Flows(orderCount: 2)
    (flows.delivered, flows.returned, flows.creditedUnits) = ([3, 0], [2, 0], [9, 1])
    let result = try judged(ReturnRate(.units), orders, asOf: 90 * day, flows)
    #expect(result.quotient == Fraction(numerator: 2 + 1, denominator: 3 + 4))
  }

  @Test func `the event view puts deliveries below the line, on their day`() throws {
    let orders = [TestOrder(placedAt: 0, [.reached(.delivered): day, .units: 5]), TestOrder(placedAt: 0, [.units: 5])]
    let result = try judged(ReturnRate(.unitsEvent), orders, asOf: 2 * day)
    #expect([result.numerator, result.denominator] == [0, 5])
    #expect(try judged(ReturnRate(.ordersEvent), orders, asOf: 2 * day).denominator == 1)
    #expect(try judged(ReturnRate(.unitsEvent), orders, asOf: day).quotient == nil)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3] as [UInt64])
  func `the order view equals loops over random orders`(seed: UInt64) throws {
    let orders = randomOrders(200, seed: seed)
    var generator = SeededGenerator(seed: seed)
    var flows = ReturnRate.Flows(orderCount: orders.count)
    for row in orders.indices {
      flows.returned[row] = max(0, Int64.random(in: -3...2, using: &generator))
      flows.creditedUnits[row] = max(0, Int64.random(in: -3...2, using: &generator))
      flows.creditedValue[row] = flows.creditedUnits[row] * 90
    }
    for asOf in [7 * day + 1, 10 * day, 400 * day] {
      var (units, counts, values): ([Int64], [Int64], [Int64]) = ([0, 0], [0, 0], [0, 0])
      for (row, order) in orders.enumerated() {
        let plain = PlainOrder(order: order, asOf: asOf)
        guard plain.exists, case .at(let delivered) = plain.passed(.delivered), delivered + 2 * day <= asOf else {
          continue
        }
        let back = flows.returned[row] != 0 ? flows.returned[row] : flows.creditedUnits[row]
        units[0] += back
        units[1] += order[.units] - (plain.ended == nil ? plain.gone(.told(.cancelledUnits), of: .units) : 0)
        counts[0] += back > 0 ? 1 : 0
        counts[1] += 1
        values[0] += flows.creditedValue[row]
        values[1] += plain.ended == nil ? plain.net : 0
      }
      for (variant, expected) in [(ReturnRate.Variant.units, units), (.orders, counts), (.value, values)] {
        let result = try judged(ReturnRate(variant, returnWindowDays: 2), orders, asOf: asOf, flows)
        #expect([result.numerator, result.denominator ?? -1] == expected, "\(variant), seed \(seed), as of \(asOf)")
      }
    }
  }
}
