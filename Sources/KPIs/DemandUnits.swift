public import Columns
public import OrderModel

/// Units asked for, whatever became of them: the series that ``DemandForecast`` continues.
public struct DemandUnits: OrderKPI {
  /// Of no catalogue: it has no name to be asked by.
  public let definition = Definition(
    id: "", slug: "", kind: .amount, english: "", chinese: "", unit: "units", direction: .none, attribution: .created,
    numerator: "Σ ordered quantity", denominator: "none", population: "orders placed before as-of", pending: "none")
  public let fields: [OrderField] = [.placedAt, .units]
  public let ofLines: (any LineKPI)? = DemandUnitsOfLines()

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, units) = (batch[.placedAt], batch[.units])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.kinds[row] = Verdicts.hit
      verdicts.instants[row] = placed[row]
      verdicts.values[row] = units[row]
    }
  }
}

/// The same at the grain of lines.
struct DemandUnitsOfLines: LineKPI {
  var definition: Definition { DemandUnits().definition }
  let columns: [LineColumn] = [.line(.order), .line(.quantity), .order(.placedAt)]

  func judge(_ batch: Batch<LineColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, units) = (batch[.order(.placedAt)], batch[.line(.quantity)])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.kinds[row] = Verdicts.hit
      verdicts.instants[row] = placed[row]
      verdicts.values[row] = units[row]
    }
  }
}
