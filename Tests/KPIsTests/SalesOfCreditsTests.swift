import Columns
import KPIs
import OrderModel
import Testing

struct SalesOfCreditsTests {
  struct Credit {
    var given: Int64
    var value: Int64
    /// nil names no order.
    var orderPlaced: Int64?
  }

  private func result(
    _ variant: Sales.Variant, orders: [TestOrder] = [], credits: [Credit], asOf: Int64,
    in period: Range<Int64> = Int64.min..<Int64.max
  ) throws -> KPIResult {
    let kpi = Sales(variant)
    let ofCredits = try #require(kpi.ofCredits)
    var accumulator = Accumulator(kpi.definition)
    accumulator.add(verdicts(kpi, of: orders, asOf: asOf), within: period)
    let batch = Batch(
      firstRow: 0, count: credits.count, fields: ofCredits.columns,
      columns: ofCredits.columns.map { column in
        credits.map { credit -> Int64 in
          switch column {
          case .credit(.occurredAt): credit.given
          case .credit(.value): credit.value
          case .credit(.order): credit.orderPlaced == nil ? 0 : 1
          case .order(.placedAt): credit.orderPlaced ?? 0
          default: 0
          }
        }
      })
    var verdicts = Verdicts()
    ofCredits.judge(batch, in: JudgingContext(asOf: asOf), into: &verdicts)
    accumulator.add(verdicts, within: period)
    return try accumulator.result()
  }

  @Test func `G1 net: 25,900 with one A returned in March`() throws {
    let credit = Credit(given: GoldenOrders.at("03-20 12:00"), value: 100, orderPlaced: nil)
    let net = try result(
      .net, orders: GoldenOrders.orders, credits: [credit], asOf: GoldenOrders.asOf, in: GoldenOrders.march)
    #expect(net.numerator == 25_900)
  }

  @Test func `the event view books on the credit's day, the order view on the order's`() throws {
    let credits = [Credit(given: 5 * day, value: 100, orderPlaced: day)]
    #expect(try result(.net, credits: credits, asOf: 9 * day, in: 0..<2 * day).numerator == 0)
    #expect(try result(.net, credits: credits, asOf: 9 * day, in: 5 * day..<6 * day).numerator == -100)
    #expect(try result(.netOrder, credits: credits, asOf: 9 * day, in: 0..<2 * day).numerator == -100)
    #expect(try result(.netOrder, credits: credits, asOf: 9 * day, in: 5 * day..<6 * day).numerator == 0)
  }

  @Test func `a credit that names no order is excluded from the order view only`() throws {
    let credits = [Credit(given: day, value: 100, orderPlaced: nil)]
    let orderView = try result(.netOrder, credits: credits, asOf: 9 * day)
    #expect(orderView.numerator == 0)
    #expect(orderView.excluded("no-order") == 1)
    #expect(try result(.total, credits: credits, asOf: 9 * day).numerator == -100)
  }

  @Test func `a credit given at as-of has not happened`() throws {
    let credits = [Credit(given: day, value: 100, orderPlaced: 0)]
    for variant in [Sales.Variant.net, .netOrder, .total] {
      #expect(try result(variant, credits: credits, asOf: day).numerator == 0)
      #expect(try result(variant, credits: credits, asOf: day + 1).numerator == -100)
    }
  }

  @Test func `credits do not touch GMV and gross`() {
    #expect(Sales(.gmv).ofCredits == nil)
    #expect(Sales(.gmvPaid).ofCredits == nil)
    #expect(Sales(.gross).ofCredits == nil)
  }
}
