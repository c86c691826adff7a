import Columns
import KPIs
import OrderModel
import Testing

struct ExceptionHandlingTimeTests {
  private func verdict(resolved: Int64 = InstantColumn.none, asOf: Int64) -> Verdicts {
    let kpi = ExceptionHandlingTime()
    var verdicts = Verdicts()
    let batch = Batch(firstRow: 0, count: 1, fields: kpi.columns, columns: [[hour], [resolved]])
    kpi.judge(batch, in: JudgingContext(asOf: asOf), into: &verdicts)
    return verdicts
  }

  @Test func `what is resolved has a time and counts when it was, what is open waits`() {
    let done = verdict(resolved: 3 * hour, asOf: day)
    #expect(done.kinds[0] == Verdicts.hit && done.values[0] == 2 * hour && done.instants[0] == 3 * hour)
    let open = verdict(asOf: day)
    #expect(open.kinds[0] == Verdicts.pending && open.instants[0] == hour)
  }
}
