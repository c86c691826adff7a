import KPIs
import OrderModel
import Testing

struct ChannelMixTests {
  private let orders = [
    TestOrder(
      placedAt: 0,
      [.units: 3, .listValue: 300, .lineValue: 300, .told(.cancelledUnits): 1, .told(.cancelledValue): 100]),
    TestOrder(placedAt: 0, [.units: 2, .listValue: 100, .lineValue: 100, .reached(.cancelled): hour]),
    TestOrder(placedAt: 0, [.units: 2, .listValue: 100, .lineValue: 100, .reached(.expired): hour]),
  ]

  @Test func `what is left of an order is both its part and part of the whole`() throws {
    for (variant, value) in [(ChannelMix.Variant.orders, 1), (.net, 200), (.units, 2)] as [(ChannelMix.Variant, Int64)]
    {
      let result = try result(ChannelMix(variant), of: orders, asOf: day)
      #expect([result.numerator, result.denominator] == [value, value], "\(variant)")
      #expect(result.excluded("cancelled") == 1)
      #expect(result.excluded("expired") == 1)
    }
  }

  @Test(.tags(.differential), arguments: [1, 2, 3] as [UInt64])
  func `the sums equal those of loops over random orders`(seed: UInt64) throws {
    let orders = randomOrders(200, seed: seed)
    for asOf in [3 * day, 20 * day] {
      let left = orders.map { PlainOrder(order: $0, asOf: asOf) }.filter { $0.exists && $0.ended == nil }
      let nets = try result(ChannelMix(.net), of: orders, asOf: asOf)
      #expect(nets.numerator == left.reduce(0) { $0 + $1.net })
      #expect(nets.denominator == nets.numerator)
      let units = left.reduce(0) { $0 + $1.order[.units] - $1.gone(.told(.cancelledUnits), of: .units) }
      #expect(try result(ChannelMix(.units), of: orders, asOf: asOf).numerator == units)
      #expect(try result(ChannelMix(.orders), of: orders, asOf: asOf).numerator == Int64(left.count))
    }
  }

  @Test func `a customer counts once in each cell, not once an order`() throws {
    let kpi = ChannelMixOfCustomers()
    let context = JudgingContext(asOf: day)
    let orders = [0, 1, 0, 0].map { CustomerOrder(placedAt: 0, row: 0, cell: $0) }
    var verdicts = CustomerVerdicts()
    kpi.judge(orders[...], in: context, into: &verdicts)
    #expect(verdicts.cells == [0, 1])
    #expect(verdicts.kinds == [Verdicts.hit, Verdicts.hit])
    kpi.judge(orders[...], in: JudgingContext(asOf: day, period: 1..<2), into: &verdicts)
    #expect(verdicts.count == 2)
  }
}
