public import Columns
import OrderModel

/// What credit notes take off net and total sales.
public struct SalesOfCredits: CreditKPI {
  public let definition: Definition
  public let columns: [CreditColumn]
  private let isOrderView: Bool

  init(_ sales: Sales) {
    definition = sales.definition
    isOrderView = sales.variant == .netOrder
    columns = [.credit(.occurredAt), .credit(.value)] + (isOrderView ? [.credit(.order), .order(.placedAt)] : [])
  }

  public func judge(_ batch: Batch<CreditColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let given = batch[.credit(.occurredAt)]
    let values = batch[.credit(.value)]
    let orders = isOrderView ? batch[.credit(.order)] : []
    let placed = isOrderView ? batch[.order(.placedAt)] : []
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(given[row]) {
      verdicts.values[row] = -values[row]
      verdicts.instants[row] = given[row]
      verdicts.kinds[row] = Verdicts.hit
      guard isOrderView else { continue }
      if orders[row] == 0 {
        verdicts.kinds[row] = Sales.noOrder
      } else if context.hasHappened(placed[row]) {
        verdicts.instants[row] = placed[row]
      } else {
        verdicts.kinds[row] = Verdicts.outside
      }
    }
  }
}
