import KPIs
import OrderModel
import Testing

@Suite(.tags(.property))
struct MembersTests {
  @Test(arguments: AccumulatorTests.orderKPIs.indices)
  func `the classes are disjoint, cover the population, and are what the figure counts`(index: Int) throws {
    let kpi = AccumulatorTests.orderKPIs[index]
    let orders = randomOrders(400, seed: 21)
    let verdicts = verdicts(kpi, of: orders, asOf: AccumulatorTests.asOf)
    let always = Int64.min..<Int64.max
    var members = Members(kpi.definition)
    members.add(verdicts, firstRow: 100, within: always)
    let all = members.numerator + members.denominatorOnly + members.pending + members.excluded.joined()
    #expect(Set(all).count == all.count)
    let population = orders.indices.filter { verdicts.kinds[$0] != Verdicts.outside }
    #expect(all.sorted() == population.map { $0 + 100 })
    // Open orders, flagged orders: the others have a smaller population than all orders placed.
    if kpi.definition.population == "orders placed before as-of" {
      #expect(population == orders.indices.filter { orders[$0][.placedAt] < AccumulatorTests.asOf })
    }

    var accumulator = Accumulator(kpi.definition)
    accumulator.add(verdicts, within: always)
    let result = try accumulator.result()
    #expect(result.pending == Int64(members.pending.count))
    #expect(result.excluded.map(\.count) == members.excluded.map { Int64($0.count) })
    if kpi.definition.kind == .rate {
      #expect(result.numerator == Int64(members.numerator.count))
      #expect(result.denominator == Int64(members.numerator.count + members.denominatorOnly.count))
    }
  }

  @Test func `only the rows of a cell and of the period are listed`() {
    let orders = (0..<4).map { TestOrder(placedAt: $0) }
    let verdicts = verdicts(CancelRate(), of: orders, asOf: day)
    var members = Members(CancelRate().definition)
    members.add(verdicts, firstRow: 0, within: 1..<4, cells: [0, 0, 1, 0], cell: 0)
    #expect(members.denominatorOnly == [1, 3])
    #expect(members.numerator.isEmpty)
  }
}
