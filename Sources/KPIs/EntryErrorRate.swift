public import Columns
public import OrderModel

/// Entry error rate: orders that staff had to correct because they were entered wrongly.
///
/// - Definition: orders that a person edited for the reason `entry` at least once ÷ orders placed; `manual` over orders
///   that a person entered. What a customer asked to be changed has another reason and is none.
/// - Attributed to the placed instant.
public struct EntryErrorRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case all, manual
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant = .all) {
    self.variant = variant
    let isManual = variant == .manual
    definition = Definition(
      id: "K19", slug: "entry_error_rate", variant: variant.rawValue, kind: .rate, english: "Entry error rate",
      chinese: "錄入錯誤率", unit: "percent", direction: .down, attribution: .created,
      numerator: "of these, edited by a person for the reason entry",
      denominator: isManual ? "orders entered by a person" : "orders placed", population: "orders placed before as-of",
      pending: "none", exclusions: isManual ? ["not-manual"] : [])
    fields = [.placedAt, .told(.entryErrors)] + (isManual ? [.told(.enteredByPerson)] : [])
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, errors) = (batch[.placedAt], batch[.told(.entryErrors)])
    let manual = variant == .manual ? batch[.told(.enteredByPerson)] : []
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      verdicts.kinds[row] =
        if variant == .manual, manual[row] == 0 {
          Verdicts.firstExclusion
        } else {
          errors[row] > 0 ? Verdicts.hit : Verdicts.miss
        }
    }
  }
}
