public import Columns
import OrderModel

/// Which orders make a customer: those of identified customers, not fully cancelled, expired or returned at as-of.
///
/// Fully returned is an order of which every unit that was not cancelled came back, as movements tell. Of observed orders
/// nothing is known to move: a credit note alone says nothing of units.
enum QualifyingOrders {
  /// Reasons in the order of their codes.
  static let exclusions = ["guest", "cancelled", "expired", "returned"]

  static let fields: [OrderField] = [
    .placedAt, .customer, .reached(.cancelled), .reached(.expired), .units, .told(.cancelledUnits),
    .told(.returnedUnits),
  ]
  /// The same with what tells net sales, and whether the order was shipped.
  static let worthFields: [OrderField] =
    fields + (OrderMoney.netFields + [.reached(.shipped)]).filter { !fields.contains($0) }

  /// Writes hits for them, with what they were worth before credit notes as values where `withWorth`, and 1 as weight of
  /// those shipped at as-of.
  static func judge(
    _ batch: Batch<OrderField>, in context: JudgingContext, withWorth: Bool, into verdicts: inout Verdicts
  ) {
    let (placed, customers) = (batch[.placedAt], batch[.customer])
    let (cancelled, expired) = (batch[.reached(.cancelled)], batch[.reached(.expired)])
    let (units, gone) = (batch[.units], batch[.told(.cancelledUnits)])
    let returned = batch[.told(.returnedUnits)]
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, _ in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        kinds[row] =
          if customers[row] == 0 {
            Verdicts.firstExclusion
          } else if context.isReached(cancelled[row]) {
            Verdicts.firstExclusion + 1
          } else if context.isReached(expired[row]) {
            Verdicts.firstExclusion + 2
          } else if returned[row] > 0, returned[row] + gone[row] >= units[row] {
            Verdicts.firstExclusion + 3
          } else {
            Verdicts.hit
          }
      }
    }
    guard withWorth else { return }
    let money = OrderMoney(batch, context: context, withDiscounts: true)
    let shipped = batch[.reached(.shipped)]
    for row in 0..<batch.count where verdicts.kinds[row] == Verdicts.hit {
      verdicts.values[row] = money.net(row)
      verdicts.weights[row] = context.isReached(shipped[row]) ? 1 : 0
    }
  }
}

/// Credit notes in order view: on the day of the order they name, else on their own.
public struct CreditsOfCustomers: CreditKPI {
  /// Of no catalogue: it has no name to be asked by.
  public let definition = Definition(
    id: "", slug: "", kind: .amount, english: "", chinese: "", unit: "currency", direction: .none,
    attribution: .created, numerator: "Σ credited", denominator: "none", population: "credit notes before as-of",
    pending: "none")
  public let columns: [CreditColumn] = [
    .credit(.occurredAt), .credit(.value), .credit(.order), .order(.placedAt),
  ]

  public init() {}

  public func judge(_ batch: Batch<CreditColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (given, values) = (batch[.credit(.occurredAt)], batch[.credit(.value)])
    let (orders, placed) = (batch[.credit(.order)], batch[.order(.placedAt)])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(given[row]) {
      verdicts.kinds[row] = Verdicts.hit
      verdicts.values[row] = -values[row]
      verdicts.instants[row] = orders[row] == 0 ? given[row] : placed[row]
    }
  }
}
