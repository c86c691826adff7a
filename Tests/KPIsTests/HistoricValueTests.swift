import Columns
import KPIs
import OrderModel
import Testing

struct HistoricValueTests {
  private func order(_ days: Int64, _ customer: Int64, _ value: Int64) -> TestOrder {
    TestOrder(placedAt: days * day, [.customer: customer, .listValue: value, .lineValue: value])
  }

  @Test func `G1: seven customers are worth 3,771 on average, 200 in the middle`() throws {
    let rows = try customerRows(
      HistoricValue(.revenue), of: GoldenOrders.orders + GoldenOrders.others, asOf: GoldenOrders.asOf)
    // c1 500, c2 250, c4 25,100, c5 100, c6 150, c7 200, c8 100; c3 cancelled, the guest is nobody.
    #expect(rows[0].keys == [.null])
    #expect(rows[0].result.quotient == Fraction(numerator: 26_400, denominator: 7))
    #expect(rows[0].result.median == 200)
  }

  @Test func `the curve takes the months after the first, for those for whom they are over`() throws {
    let orders = [order(0, 1, 100), order(32, 1, 30), order(70, 1, 5), order(40, 2, 50)]
    let rows = try customerRows(HistoricValue(.revenue), of: orders, asOf: 60 * day)
    #expect(rows.map(\.keys) == [[.null], [0], [1], [3], [6], [12]])
    #expect(rows.map(\.result.numerator) == [180, 150, 130, 0, 0, 0])
    #expect(rows.map(\.result.denominator) == [2, 2, 1, 0, 0, 0])
    #expect(rows.map(\.result.pending) == [0, 0, 1, 2, 2, 2])
  }

  @Test func `margin takes off what the goods cost, and leaves out who has goods of unknown cost`() throws {
    let orders = [order(0, 1, 100), order(1, 2, 80), order(2, 3, 70)]
    let rows = try customerRows(
      HistoricValue(.margin), of: orders, asOf: 9 * day, costs: [60, 50, 0], lacksCost: [false, false, true])
    #expect(rows[0].result.quotient == Fraction(numerator: 70, denominator: 2))
    #expect(rows[0].result.excluded("cost-missing") == 1)
    #expect(try self.rows(orders)[0].result.numerator == 250)
  }

  private func rows(_ orders: [TestOrder]) throws -> [CustomerRow] {
    try customerRows(HistoricValue(.revenue), of: orders, asOf: 9 * day)
  }

  @Test func `nobody is worth nothing: there is no figure`() throws {
    let rows = try rows([])
    #expect(rows.count == 6)
    #expect(rows.allSatisfy { $0.result.quotient == nil && $0.result.ranks == nil })
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `both variants equal loops over customers`(seed: UInt64) throws {
    let orders = randomYear(250, seed: seed)
    var generator = SeededGenerator(seed: seed)
    let costs = orders.map { _ in Int64.random(in: 0...50, using: &generator) }
    let lacks = orders.map { _ in Int.random(in: 0..<12, using: &generator) == 0 }
    let credits: [Int64: [CustomerHistories.Amount]] = [
      3: [CustomerHistories.Amount(at: 90 * day, value: -20), CustomerHistories.Amount(at: 380 * day, value: -7)]
    ]
    let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + Array(repeating: 31, count: 20)
    let starts = lengths.reduce(into: [Int64(0)]) { $0.append($0.last! + $1 * day) }
    for (asOf, period) in [(300 * day, Int64.min..<Int64.max), (360 * day, 40 * day..<200 * day)] {
      for variant in HistoricValue.Variant.allCases {
        for (place, later) in ([nil, 0, 1, 3, 6, 12] as [Int?]).enumerated() {
          var (values, pending, missing): ([Int64], Int64, Int64) = ([], 0, 0)
          for (customer, orders) in plainCustomers(orders, asOf: asOf) where period.contains(orders[0].placed) {
            let month = starts.lastIndex { $0 <= orders[0].placed }!
            let end = later.map { starts[month + $0 + 1] } ?? asOf
            let own = orders.filter { $0.placed < end }
            if end > asOf {
              pending += 1
            } else if variant == .margin, own.contains(where: { lacks[$0.row] }) {
              missing += 1
            } else {
              let credited = (credits[customer] ?? []).filter { $0.at < end }.reduce(0) { $0 + $1.value }
              let cost = variant == .margin ? own.reduce(0) { $0 + costs[$1.row] } : 0
              values.append(own.reduce(0) { $0 + $1.net } + credited - cost)
            }
          }
          let result = try customerRows(
            HistoricValue(variant), of: orders, asOf: asOf, in: period, credits: credits, costs: costs,
            lacksCost: lacks)[place].result
          #expect(result.numerator == values.reduce(0, +), "\(variant), \(String(describing: later)), seed \(seed)")
          #expect([result.denominator, result.pending] == [Int64(values.count), pending])
          #expect(result.excluded("cost-missing") == missing)
          #expect(result.median == (values.isEmpty ? nil : values.sorted()[(values.count + 1) / 2 - 1]))
        }
      }
    }
  }
}
