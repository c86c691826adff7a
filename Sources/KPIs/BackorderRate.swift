public import Columns
public import OrderModel

/// Backorder rate: what had to wait for stock when it was approved.
///
/// - Definition: `lines` lines with units backordered at the approval ÷ lines of orders approved; `units` units
///   backordered ÷ units; `value` list value of them ÷ list value, whatever became of them later. Not approved: pending, or
///   excluded once cancelled or expired.
/// - Attributed to the placed instant.
/// - Source: WERC backorders as percent of total lines.
public struct BackorderRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case lines, units, value

    var part: OrderField {
      switch self {
      case .lines: .told(.backorderedLinesAtApproval)
      case .units: .told(.backorderedAtApproval)
      case .value: .told(.backorderedValueAtApproval)
      }
    }

    var whole: OrderField {
      switch self {
      case .lines: .lineCount
      case .units: .units
      case .value: .listValue
      }
    }
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant = .lines) {
    self.variant = variant
    let (numerator, denominator) =
      switch variant {
      case .lines: ("lines with units backordered at the approval", "lines of orders approved")
      case .units: ("units backordered at the approval", "units of orders approved")
      case .value: ("list value of units backordered at the approval", "list value of orders approved")
      }
    definition = Definition(
      id: "K29", slug: "backorder_rate", variant: variant.rawValue, kind: .share, english: "Backorder rate",
      chinese: "缺貨待補率", unit: "percent", direction: .down, attribution: .created, numerator: numerator,
      denominator: denominator, population: "orders placed before as-of",
      pending: "not approved, neither cancelled nor expired", exclusions: ["cancelled", "expired"],
      source: "WERC backorders as percent of total lines")
    fields = [.placedAt, variant.part, variant.whole] + Passages.fields(of: .approved) + Ending.fields
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, parts, wholes) = (batch[.placedAt], batch[variant.part], batch[variant.whole])
    let approved = Passages.column(of: .approved, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      verdicts.values[row] = parts[row]
      verdicts.weights[row] = wholes[row]
      verdicts.kinds[row] =
        if approved[row] != InstantColumn.none {
          parts[row] > 0 ? Verdicts.hit : Verdicts.miss
        } else {
          switch endings[row] {
          case Ending.none: Verdicts.pending
          case Ending.expired: Verdicts.firstExclusion + 1
          default: Verdicts.firstExclusion
          }
        }
    }
  }
}
