import Columns
import KPIs
import OrderModel
import Testing

struct ExceptionResponseRateTests {
  private func verdict(answered: Int64 = InstantColumn.none, asOf: Int64) -> Verdicts {
    let kpi = ExceptionResponseRate()
    var verdicts = Verdicts()
    let batch = Batch(firstRow: 0, count: 1, fields: kpi.columns, columns: [[hour], [answered]])
    kpi.judge(batch, in: JudgingContext(asOf: asOf), into: &verdicts)
    return verdicts
  }

  @Test func `four hours to the millisecond are in time`() {
    #expect(verdict(answered: 5 * hour, asOf: day).kinds[0] == Verdicts.hit)
    #expect(verdict(answered: 5 * hour + 1, asOf: day).kinds[0] == Verdicts.miss)
  }

  @Test func `unanswered it waits until the four hours are over`() {
    #expect(verdict(asOf: 5 * hour).kinds[0] == Verdicts.pending)
    #expect(verdict(asOf: 5 * hour + 1).kinds[0] == Verdicts.miss)
    #expect(verdict(asOf: hour).kinds[0] == Verdicts.outside)
  }
}
