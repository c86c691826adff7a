import Columns
import KPIs
import OrderModel
import Testing

extension Tag {
  @Tag static var differential: Tag
  @Tag static var property: Tag
}

/// Every figure over orders against an order-by-order function in plain words, on random orders with missing instants,
/// negative durations and ties.
@Suite(.tags(.differential))
struct OrderKPIDifferentialTests {
  static let seeds: [UInt64] = [1, 2, 3]
  static let asOfs: [Int64] = [0, 3 * day, 7 * day + 1, 10 * day, 400 * day]

  func compare(_ kpi: some OrderKPI, seed: UInt64, with answer: (PlainOrder) -> PlainOrder.Answer) {
    let orders = randomOrders(250, seed: seed)
    for asOf in Self.asOfs {
      let verdicts = verdicts(kpi, of: orders, asOf: asOf)
      let kind = kpi.definition.kind
      for (row, order) in orders.enumerated() {
        let plain = PlainOrder(order: order, asOf: asOf)
        let expected = plain.exists ? answer(plain) : PlainOrder.Answer(verdict: "outside")
        let verdict = name(of: verdicts.kinds[row], in: kpi.definition)
        let isMeasured = kind == .share ? verdict == "hit" || verdict == "miss" : kind != .rate && verdict == "hit"
        let found = PlainOrder.Answer(
          verdict: verdict, value: isMeasured ? verdicts.values[row] : 0,
          weight: kind == .share && isMeasured ? verdicts.weights[row] : 0)
        #expect(found == expected, "\(kpi.definition.name) row \(row) as of \(asOf), seed \(seed)")
        if found != expected { return }
      }
    }
  }

  func compare(_ kpi: some OrderKPI, seed: UInt64, withVerdict verdict: (PlainOrder) -> String) {
    compare(kpi, seed: seed) { PlainOrder.Answer(verdict: verdict($0)) }
  }

  @Test(arguments: seeds) func `durations`(seed: UInt64) {
    compare(OrderProcessingTime(.all), seed: seed) { $0.duration(from: .at($0.placed), to: $0.passed(.released)) }
    compare(OrderProcessingTime(.first), seed: seed) {
      $0.duration(from: .at($0.placed), to: $0.passed(.released, first: true))
    }
    compare(OrderProcessingTime(.fromPaid), seed: seed) {
      // Paid has no instant of its own at as-of: time-missing once released.
      let paid = $0.moment(.reached(.paid))
      return $0.duration(from: paid, to: $0.passed(.released))
    }
    compare(InternalOrderCycleTime(), seed: seed) { $0.duration(from: .at($0.placed), to: $0.passed(.shipped)) }
    compare(OrderFulfilmentCycleTime(), seed: seed) { $0.duration(from: .at($0.placed), to: $0.passed(.delivered)) }
    let held = StoryField.held(from: .placed, to: .delivered, isFirst: false, isCustomers: true)
    compare(OrderFulfilmentCycleTime(.net), seed: seed) {
      var answer = $0.duration(from: .at($0.placed), to: $0.passed(.delivered))
      if answer.verdict == "hit" { answer.value -= $0.order[.told(held)] }
      return answer
    }
    compare(InternalOrderCycleTime(isNetOfHolds: true), seed: seed) {
      var answer = $0.duration(from: .at($0.placed), to: $0.passed(.shipped))
      let held = StoryField.held(from: .placed, to: .shipped, isFirst: false, isCustomers: false)
      if answer.verdict == "hit" { answer.value -= $0.order[.told(held)] }
      return answer
    }
    compare(FirstResponseTime(.any), seed: seed) { $0.firstResponse(.firstActAt) }
    compare(FirstResponseTime(.human), seed: seed) { $0.firstResponse(.firstHumanActAt) }
  }

  @Test(arguments: seeds) func `rates by a deadline`(seed: UInt64) {
    compare(
      ShippedWithin24Hours(.paid), seed: seed,
      withVerdict: { $0.shippedWithin24Hours(from: $0.moment(.reached(.paid))) })
    compare(
      ShippedWithin24Hours(.approved), seed: seed,
      withVerdict: { $0.shippedWithin24Hours(from: $0.moment(.reached(.approved))) })
    compare(ShippedWithin24Hours(.placed), seed: seed, withVerdict: { $0.shippedWithin24Hours(from: .at($0.placed)) })
    for variant in OnTimeDelivery.Variant.allCases {
      compare(OnTimeDelivery(variant), seed: seed, withVerdict: { $0.onTime(variant) })
    }
    for days: Int64 in [0, 2, 14] {
      compare(OrderAccuracy(claimWindowDays: days), seed: seed, withVerdict: { $0.accuracy(days: days) })
    }
  }

  @Test(arguments: seeds) func `the backlog`(seed: UInt64) { compare(OpenBacklog(), seed: seed) { $0.backlog } }

  @Test(arguments: seeds) func `cancellations`(seed: UInt64) {
    func rate(_ variant: CancelRate.Variant, _ isHit: @escaping (PlainOrder) -> Bool) {
      compare(CancelRate(variant), seed: seed, withVerdict: { isHit($0) ? "hit" : "miss" })
    }
    rate(.orders) { $0.isCancelled }
    rate(.ordersCustomer) { $0.isCancelled && $0.side == .customer }
    rate(.ordersSeller) { $0.isCancelled && $0.side == .seller }
    rate(.ordersSystem) { $0.isCancelled && $0.side == .system }
    rate(.ordersUnknown) { $0.isCancelled && $0.side == .unknown }
    rate(.expired) { $0.isExpired }
    rate(.preFulfilment) { order in
      guard order.isCancelled, order.side == .seller else { return false }
      return switch (order.moment(.reached(.cancelled)), order.passed(.shipped)) {
      case (_, .never), (.sometime, _): true
      case (.at(let cancelled), .at(let shipped)): cancelled < shipped
      default: false
      }
    }
    compare(CancelRate(.lines), seed: seed) { $0.share(.told(.cancelledUnits), of: .units) }
    compare(CancelRate(.value), seed: seed) { $0.share(.told(.cancelledValue), of: .listValue) }
  }

  @Test(arguments: seeds) func `money and units`(seed: UInt64) {
    compare(Sales(.gmv), seed: seed) { PlainOrder.Answer(verdict: "hit", value: $0.order[.listValue]) }
    compare(Sales(.gmvPaid), seed: seed) {
      $0.passed(.paid) != .never
        ? PlainOrder.Answer(verdict: "hit", value: $0.order[.listValue])
        : PlainOrder.Answer(verdict: $0.ended ?? "pending")
    }
    compare(Sales(.gross), seed: seed) { $0.amount($0.gross) }
    compare(Sales(.net), seed: seed) { $0.amount($0.net) }
    compare(Sales(.netOrder), seed: seed) { $0.amount($0.net) }
    compare(Sales(.total), seed: seed) { $0.amount($0.net + $0.order[.tax] + $0.order[.shipping]) }
    compare(AverageOrder(.value), seed: seed) {
      $0.ended == nil && $0.net == 0 ? PlainOrder.Answer(verdict: "zero-value") : $0.amount($0.net)
    }
    compare(AverageOrder(.units), seed: seed) {
      let left = $0.order[.units] - $0.gone(.told(.cancelledUnits), of: .units)
      return $0.ended == nil && left == 0 ? PlainOrder.Answer(verdict: "no-units") : $0.amount(left)
    }
  }
}
