public import Columns
import OrderModel

/// GMV, paid GMV and gross sales at the grain of lines.
///
/// Net and total sales have no such grain: a discount on the order, tax and shipping belong to no line.
public struct SalesOfLines: LineKPI {
  public let definition: Definition
  public let columns: [LineColumn]
  private let variant: Sales.Variant

  init(_ sales: Sales) {
    definition = sales.definition
    variant = sales.variant
    let paid = variant == .gmvPaid ? Passages.fields(of: .paid).map { LineColumn.order($0) } : []
    columns = LineParts.columns + [.line(.listPrice)] + paid
  }

  public func judge(_ batch: Batch<LineColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let parts = LineParts(batch, context: context)
    let prices = batch[.line(.listPrice)]
    let paid =
      variant == .gmvPaid
      ? Passages.column(
        of: Passages.fields(of: .paid).map { batch[.order($0)] }, count: batch.count, asOf: context.asOf)
      : []
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(parts.placed[row]) {
      let units = parts.quantities[row] - (variant == .gross ? parts.cancelledUnits(row) : 0)
      verdicts.instants[row] = parts.placed[row]
      verdicts.values[row] = units * prices[row]
      verdicts.kinds[row] =
        switch variant {
        case .gmvPaid: Sales.kind(paid: paid[row], ending: parts.endings[row])
        case .gross where parts.endings[row] != Ending.none: Sales.exclusion(of: parts.endings[row])
        default: Verdicts.hit
        }
    }
  }
}
