public import Columns
import OrderModel

/// Units per order at the grain of lines: of the lines in a cell, by the orders they belong to.
///
/// An order counts once in a cell, however many of its lines fall into it. The average value has no such grain: a discount
/// on the order belongs to no line.
public struct AverageOrderOfLines: LineKPI {
  public let definition: Definition
  public let columns = LineParts.columns

  init(_ average: AverageOrder) { definition = average.definition }

  public func judge(_ batch: Batch<LineColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let parts = LineParts(batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(parts.placed[row]) {
      let left = parts.quantities[row] - parts.cancelledUnits(row)
      verdicts.instants[row] = parts.placed[row]
      verdicts.values[row] = left
      verdicts.kinds[row] = AverageOrder.kind(value: left, ending: parts.endings[row])
    }
  }
}
