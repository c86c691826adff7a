public import Columns
public import OrderModel

/// Duplicate rate: orders flagged as placed twice, and how many of these were.
///
/// - Definition: `flagged` orders with a duplicate exception ÷ orders placed; `precision` flagged orders that were then
///   fully cancelled ÷ flagged orders decided. A flagged order whose exception is open: pending. Orders told again under
///   their own number are no orders.
/// - Attributed to the placed instant.
public struct DuplicateRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case flagged, precision
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant = .flagged) {
    self.variant = variant
    let isRate = variant == .flagged
    definition = Definition(
      id: "K26", slug: "duplicate_rate", variant: variant.rawValue, kind: .rate,
      english: isRate ? "Duplicate rate" : "Precision of duplicate flags", chinese: isRate ? "重複下單率" : "重複標記準確率",
      unit: "percent", direction: isRate ? .down : .up, attribution: .created,
      numerator: isRate ? "of these, flagged as duplicate" : "of these, fully cancelled",
      denominator: isRate ? "orders placed" : "orders flagged as duplicate, cancelled or with the exception resolved",
      population: isRate ? "orders placed before as-of" : "orders placed before as-of and flagged as duplicate",
      pending: isRate ? "none" : "not cancelled, exception open")
    fields = [.placedAt, .told(.exceptions)] + (isRate ? [] : [.told(.openExceptions)] + Ending.fields)
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, exceptions) = (batch[.placedAt], batch[.told(.exceptions)])
    let open = variant == .precision ? batch[.told(.openExceptions)] : []
    let endings = variant == .precision ? Ending.column(in: batch, context: context) : []
    let bit = ExceptionKind.duplicate.bit
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      let isFlagged = exceptions[row] & bit != 0
      if variant == .flagged {
        verdicts.kinds[row] = isFlagged ? Verdicts.hit : Verdicts.miss
      } else if isFlagged {
        verdicts.kinds[row] =
          if endings[row] != Ending.none, endings[row] != Ending.expired {
            Verdicts.hit
          } else {
            open[row] & bit != 0 ? Verdicts.pending : Verdicts.miss
          }
      }
    }
  }
}
