import Columns
import KPIs
import OrderModel
import Testing

/// Prints what a row costs; claims nothing. `swift test -c release` gives the figures worth reading.
struct SpeedTests {
  @Test func `what a row costs`() {
    let orders = randomOrders(isOptimised ? 16_384 : 1_024, seed: 5)
    let cells = orders.indices.map { Int32($0 % 24) }
    let kpis: [any OrderKPI] = [
      CancelRate(.orders), ShippedWithin24Hours(.paid), OnTimeDelivery(.commit), OrderFulfilmentCycleTime(),
      Sales(.gross), OpenBacklog(),
    ]
    for kpi in kpis {
      let batch = batch(of: orders, fields: kpi.fields)
      print("\(kpi.definition.name): \(measure(kpi, batch)) ns a row, in 24 cells \(measure(kpi, batch, cells: cells))")
    }
  }

  private func measure(_ kpi: any OrderKPI, _ batch: Batch<OrderField>, cells: [Int32]? = nil) -> Double {
    let context = JudgingContext(asOf: 9 * day)
    let repeats = isOptimised ? 50 : 1
    var verdicts = Verdicts(capacity: batch.count)
    var best = Duration.seconds(1_000)
    for _ in 0..<5 {
      var accumulator = Accumulator(kpi.definition, cellCount: cells == nil ? 1 : 24)
      let elapsed = ContinuousClock().measure {
        for _ in 0..<repeats {
          kpi.judge(batch, in: context, into: &verdicts)
          if let cells {
            accumulator.add(verdicts, cells: cells, within: 0..<9 * day)
          } else {
            accumulator.add(verdicts, within: 0..<9 * day)
          }
        }
      }
      best = min(best, elapsed)
    }
    let nanoseconds = Double(best.components.attoseconds) / 1e9
    return (nanoseconds / Double(repeats * batch.count) * 10).rounded() / 10
  }
}
