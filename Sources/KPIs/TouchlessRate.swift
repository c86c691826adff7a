public import Columns
public import OrderModel

/// Touchless rate: orders that a rule approved and nobody touched.
///
/// - Definition: orders approved by a rule without any act of a person until all was released ÷ orders approved. Approved
///   by a rule, untouched and not yet released: pending, unless cancelled or expired. Approved without an instant: excluded.
/// - Attributed to the approval. Not approved: pending, or excluded once ended.
/// - Source: the touchless measures of APQC.
public struct TouchlessRate: OrderKPI {
  public let definition = Definition(
    id: "K05", slug: "touchless_rate", kind: .rate, english: "Touchless rate", chinese: "自動審核率", unit: "percent",
    direction: .up, attribution: .completed,
    numerator: "of these, approved by a rule, no act of a person until all required quantity was released",
    denominator: "orders approved", population: "orders placed before as-of",
    pending: "not approved, or untouched and not released", exclusions: ReachedOrders.exclusions,
    source: "APQC: touchless orders")
  public let fields: [OrderField] =
    ReachedOrders.fields(.approved) + [.reached(.released), .firstHumanActAt, .told(.decider)]

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (released, humans, deciders) = (batch[.reached(.released)], batch[.firstHumanActAt], batch[.told(.decider)])
    let endings = Ending.column(in: batch, context: context)
    ReachedOrders.judge(.approved, batch, in: context, into: &verdicts) { row in
      let isReleased = context.hasHappened(released[row])
      let isTouched =
        deciders[row] == 2 || context.hasHappened(humans[row]) && (!isReleased || humans[row] <= released[row])
      if isTouched { return Verdicts.miss }
      return isReleased || endings[row] != Ending.none ? Verdicts.hit : Verdicts.pending
    }
  }
}
