import KPIs
import OrderModel
import Testing

@Suite(.tags(.property))
struct AccumulatorTests {
  static let orderKPIs: [any OrderKPI] = KPICatalogue.all.compactMap { $0 as? any OrderKPI }
  static let asOf = 9 * day

  private func random(_ kpi: any OrderKPI, seed: UInt64) -> (orders: [TestOrder], verdicts: Verdicts) {
    let orders = randomOrders(600, seed: seed)
    return (orders, verdicts(kpi, of: orders, asOf: Self.asOf))
  }

  private func result(_ kpi: any OrderKPI, _ verdicts: Verdicts, in period: Range<Int64>) throws -> KPIResult {
    var accumulator = Accumulator(kpi.definition)
    accumulator.add(verdicts, within: period)
    return try accumulator.result()
  }

  @Test(arguments: orderKPIs.indices)
  func `splitting a period in two adds up`(index: Int) throws {
    let kpi = Self.orderKPIs[index]
    let verdicts = random(kpi, seed: 11).verdicts
    let whole = try result(kpi, verdicts, in: -3 * day..<20 * day)
    let parts = try [-3 * day..<5 * day, 5 * day..<20 * day].map { try result(kpi, verdicts, in: $0) }
    #expect(parts.map(\.numerator).reduce(0, +) == whole.numerator)
    #expect(parts.compactMap(\.denominator).reduce(0, +) == whole.denominator ?? 0)
    #expect(parts.map(\.pending).reduce(0, +) == whole.pending)
    #expect(parts.map(\.n).reduce(0, +) == whole.n)
    for reason in kpi.definition.exclusions {
      #expect(parts.map { $0.excluded(reason) }.reduce(0, +) == whole.excluded(reason))
    }
  }

  @Test(arguments: orderKPIs.indices)
  func `two accumulators over halves of the rows add up to one, cell by cell`(index: Int) throws {
    let kpi = Self.orderKPIs[index]
    let orders = randomOrders(600, seed: 12)
    let cells = orders.indices.map { Int32($0 % 4) - 1 }
    func accumulator(_ rows: Range<Int>) -> Accumulator {
      var accumulator = Accumulator(kpi.definition, cellCount: 3)
      accumulator.add(
        verdicts(kpi, of: Array(orders[rows]), asOf: Self.asOf), cells: Array(cells[rows]), within: 0..<8 * day)
      return accumulator
    }
    var merged = accumulator(0..<200)
    merged.merge(accumulator(200..<600))
    #expect(try merged.results() == accumulator(0..<600).results())
  }

  @Test(arguments: orderKPIs.indices)
  func `rows without cells and rows of cells add up, in any order`(index: Int) throws {
    let kpi = Self.orderKPIs[index]
    let orders = randomOrders(600, seed: 15)
    let zeros = [Int32](repeating: 0, count: 600)
    let cells = orders.indices.map { $0 < 300 ? 0 : Int32($0 % 3) }
    func accumulator(_ rows: Range<Int>, cells: [Int32]?) -> Accumulator {
      var accumulator = Accumulator(kpi.definition, cellCount: 3)
      let verdicts = verdicts(kpi, of: Array(orders[rows]), asOf: Self.asOf)
      if let cells {
        accumulator.add(verdicts, cells: Array(cells[rows]), within: 0..<8 * day)
      } else {
        accumulator.add(verdicts, within: 0..<8 * day)
      }
      return accumulator
    }
    #expect(try accumulator(0..<600, cells: nil).results() == accumulator(0..<600, cells: zeros).results())
    let whole = try accumulator(0..<600, cells: cells).results()
    for reversed in [false, true] {
      let parts = [accumulator(0..<300, cells: nil), accumulator(300..<600, cells: cells)]
      var (merged, renumbered) = (parts[reversed ? 1 : 0], parts[reversed ? 1 : 0])
      merged.merge(parts[reversed ? 0 : 1])
      renumbered.merge(parts[reversed ? 0 : 1], cells: [0, 1, 2])
      #expect(try merged.results() == whole)
      #expect(try renumbered.results() == whole)
    }
  }

  @Test(arguments: orderKPIs.indices)
  func `a cell is the figure over its rows alone`(index: Int) throws {
    let kpi = Self.orderKPIs[index]
    let orders = randomOrders(400, seed: 13)
    var grouped = Accumulator(kpi.definition)
    grouped.grow(toCellCount: 3)
    grouped.add(
      verdicts(kpi, of: orders, asOf: Self.asOf), cells: orders.indices.map { Int32($0 % 3) }, within: 0..<8 * day)
    for cell in 0..<3 {
      let rows = orders.indices.filter { $0 % 3 == cell }.map { orders[$0] }
      let alone = try result(kpi, verdicts(kpi, of: rows, asOf: Self.asOf), in: 0..<8 * day)
      #expect(try grouped.results()[cell] == alone)
    }
  }

  @Test(arguments: [1, 2, 19, 20, 21, 100, 4_096, 4_097, 20_000])
  func `quantiles are the values at the rounded-up rank`(count: Int) throws {
    for spread: Int64 in [1, 1_000, Int64.max] {
      var generator = SeededGenerator(seed: UInt64(count))
      let values = (0..<count).map { _ in Int64.random(in: -spread / 4...spread / 3, using: &generator) }
      let orders = values.map { TestOrder(placedAt: 0, [.listValue: 1, .lineValue: 1, .discount: 1 - $0]) }
      var kept = values.filter { $0 != 0 }.sorted()
      if spread == Int64.max { kept = values.sorted() }
      guard !kept.isEmpty else { continue }
      let verdicts = verdicts(AverageOrder(.value), of: orders, asOf: 1)
      var accumulator = Accumulator(AverageOrder(.value).definition)
      accumulator.add(verdicts, within: 0..<1)
      guard let ranks = try? accumulator.result().ranks else {
        // Only the sum of the widest values leaves 64 bits.
        #expect(spread == Int64.max)
        continue
      }
      func ranked(_ percent: Int) -> Int64 { kept[(kept.count * percent + 99) / 100 - 1] }
      #expect(ranks == .init(p50: ranked(50), p90: ranked(90), p95: ranked(95), max: kept[kept.count - 1]))
    }
  }

  @Test func `the period is half-open`() throws {
    let orders = [0, 5, 10].map { TestOrder(placedAt: $0) }
    var accumulator = Accumulator(CancelRate().definition)
    accumulator.add(verdicts(CancelRate(), of: orders, asOf: day), within: 0..<10)
    #expect(try accumulator.result().denominator == 2)
  }

  @Test func `a row taken out by a filter counts nowhere`() throws {
    var verdicts = verdicts(CancelRate(), of: [TestOrder(placedAt: 0), TestOrder(placedAt: 1)], asOf: day)
    verdicts.leaveOut(1)
    var accumulator = Accumulator(CancelRate().definition)
    accumulator.add(verdicts, within: 0..<10)
    #expect(try accumulator.result().denominator == 1)
  }

  @Test func `verdicts reused for a shorter batch forget the longer one`() throws {
    let kpi = CancelRate()
    var verdicts = Verdicts()
    let context = JudgingContext(asOf: day)
    kpi.judge(batch(of: randomOrders(50, seed: 1), fields: kpi.fields), in: context, into: &verdicts)
    kpi.judge(
      batch(of: [TestOrder(placedAt: 0), TestOrder(placedAt: day)], fields: kpi.fields), in: context, into: &verdicts)
    var accumulator = Accumulator(kpi.definition)
    accumulator.add(verdicts, within: Int64.min..<Int64.max)
    #expect(try accumulator.result().denominator == 1)
  }
}
