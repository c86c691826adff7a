public import Columns
import OrderModel

/// The cancel rate in units or in list value, at the grain of lines.
public struct CancelRateOfLines: LineKPI {
  public let definition: Definition
  public let columns: [LineColumn]
  private let byValue: Bool

  init(_ definition: Definition, byValue: Bool) {
    self.definition = definition
    self.byValue = byValue
    columns = LineParts.columns + (byValue ? [.line(.listPrice)] : [])
  }

  public func judge(_ batch: Batch<LineColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let parts = LineParts(batch, context: context)
    let prices = byValue ? batch[.line(.listPrice)] : []
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(parts.placed[row]) {
      let price = byValue ? prices[row] : 1
      let cancelled = parts.endings[row] == Ending.expired ? 0 : parts.cancelledUnits(row)
      verdicts.instants[row] = parts.placed[row]
      verdicts.values[row] = cancelled * price
      verdicts.weights[row] = parts.quantities[row] * price
      verdicts.kinds[row] = cancelled > 0 ? Verdicts.hit : Verdicts.miss
    }
  }
}
