import KPIs
import OrderModel
import Testing

/// Figures that read timelines against an order-by-order function in plain words, as ``OrderKPIDifferentialTests`` does.
@Suite(.tags(.differential))
struct StoryKPIDifferentialTests {
  private let others = OrderKPIDifferentialTests()

  private func compare(_ kpi: some OrderKPI, _ seed: UInt64, _ answer: (PlainOrder) -> PlainOrder.Answer) {
    others.compare(kpi, seed: seed, with: answer)
  }

  private func compare(_ kpi: some OrderKPI, _ seed: UInt64, verdict: (PlainOrder) -> String) {
    others.compare(kpi, seed: seed, withVerdict: verdict)
  }

  @Test(arguments: OrderKPIDifferentialTests.seeds) func `speed and promise`(seed: UInt64) {
    compare(FirstResponseRate(), seed, verdict: \.firstResponseInTime)
    compare(ReviewTime(), seed) { $0.review }
    compare(TouchlessRate(), seed, verdict: \.touchless)
    compare(OnTimeShipment(), seed, verdict: \.shippedOnTime)
    compare(DeliveredInFull(), seed) { order in
      PlainOrder.Answer(verdict: order.reached(.delivered) { order.isInFull ? "hit" : "miss" })
    }
    for (variant, onTime) in [(OnTimeInFull.Variant.scor, OnTimeDelivery.Variant.scor), (.commit, .commit)] {
      compare(
        OnTimeInFull(variant), seed,
        verdict: { order in
          let verdict = order.onTime(onTime)
          return verdict == "hit" && !order.isInFull ? "miss" : verdict
        })
    }
    for days: Int64 in [0, 2, 14] {
      compare(PerfectOrder(claimWindowDays: days), seed, verdict: { $0.perfect(days: days) })
    }
    compare(LateOrderRate(), seed, verdict: \.late)
    let limits: [Node: Int64] = [.placed: day, .paid: hour, .approved: 3 * day, .shipped: 2 * day]
    compare(StallRate(limits: limits), seed, verdict: { $0.stalled(limits) })
  }

  @Test(arguments: OrderKPIDifferentialTests.seeds) func `quality and exceptions`(seed: UInt64) {
    for variant in MisShipRate.Variant.allCases { compare(MisShipRate(variant), seed) { $0.misShipped(variant) } }
    compare(EntryErrorRate(.all), seed, verdict: { $0.order[.told(.entryErrors)] > 0 ? "hit" : "miss" })
    compare(
      EntryErrorRate(.manual), seed,
      verdict: { order in
        if order.order[.told(.enteredByPerson)] == 0 { return "not-manual" }
        return order.order[.told(.entryErrors)] > 0 ? "hit" : "miss"
      })
    compare(ExceptionRate(), seed, verdict: { $0.order[.told(.exceptions)] != 0 ? "hit" : "miss" })
    compare(ExceptionRate(.damaged), seed, verdict: { $0.has(.damaged) ? "hit" : "miss" })
    for days: Int64 in [0, 14] {
      compare(
        DamageFreeRate(.orders, claimWindowDays: days), seed,
        verdict: { order in
          order.reached(.delivered, days: days) { order.has(.damaged) ? "miss" : "hit" }
        })
      compare(DamageFreeRate(.lines, claimWindowDays: days), seed) { order in
        let verdict = order.reached(.delivered, days: days) { order.has(.damaged) ? "miss" : "hit" }
        let lines = order.order[.lineCount]
        return order.share(verdict, max(0, lines - order.order[.told(.raised(.damaged))]), of: lines)
      }
      compare(
        DocumentationAccuracy(claimWindowDays: days), seed,
        verdict: { order in
          order.reached(.delivered, days: days) { order.has(.docError) ? "miss" : "hit" }
        })
    }
    compare(DuplicateRate(.flagged), seed, verdict: { $0.has(.duplicate) ? "hit" : "miss" })
    compare(
      DuplicateRate(.precision), seed,
      verdict: { order in
        guard order.has(.duplicate) else { return "outside" }
        if order.isCancelled { return "hit" }
        return order.order[.told(.openExceptions)] & ExceptionKind.duplicate.bit != 0 ? "pending" : "miss"
      })
  }

  @Test(arguments: OrderKPIDifferentialTests.seeds) func `availability`(seed: UInt64) {
    for variant in UnitFillRate.Variant.allCases { compare(UnitFillRate(variant), seed) { $0.filledUnits(variant) } }
    for variant in FillRate.Variant.allCases { compare(FillRate(variant), seed) { $0.filled(variant) } }
    compare(BackorderRate(.lines), seed) { $0.backordered(.backorderedLinesAtApproval, of: .lineCount) }
    compare(BackorderRate(.units), seed) { $0.backordered(.backorderedAtApproval, of: .units) }
    compare(BackorderRate(.value), seed) { $0.backordered(.backorderedValueAtApproval, of: .listValue) }
  }
}
