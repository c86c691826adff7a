public import Columns
import OrderModel

/// Credit notes on their own day, by units, by value, or one each: above the line only.
public struct CreditUnits: CreditKPI {
  /// Of no catalogue: it has no name to be asked by.
  public let definition = Definition(
    id: "", slug: "", kind: .share, english: "", chinese: "", unit: "percent", direction: .none, attribution: .event,
    numerator: "Σ credited", denominator: "none", population: "credit notes before as-of", pending: "none")
  public let columns: [CreditColumn]
  private let measure: Measure

  /// What of a credit note counts.
  public enum Measure: Sendable, Hashable { case units, value, one }

  public init(_ measure: Measure) {
    self.measure = measure
    columns = [.credit(.occurredAt), .credit(.units), .credit(.value)]
  }

  public func judge(_ batch: Batch<CreditColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let given = batch[.credit(.occurredAt)]
    let (units, values) = (batch[.credit(.units)], batch[.credit(.value)])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(given[row]) {
      verdicts.kinds[row] = Verdicts.hit
      verdicts.instants[row] = given[row]
      verdicts.weights[row] = 0
      verdicts.values[row] =
        switch measure {
        case .units: units[row]
        case .value: values[row]
        case .one: 1
        }
    }
  }
}
