public import Columns
public import OrderModel

/// Review time: from an order's being checked to a person's decision on it.
///
/// - Definition: `decided − validated`, over orders that a person approved, or rejected: cancelled on the seller's side or
///   by the system before any approval. Decided by a rule: excluded as automatic. Ended otherwise before a decision:
///   excluded. Not decided: pending.
/// - Unit: milliseconds, exact. Attributed to the decision.
public struct ReviewTime: OrderKPI {
  public let definition = Definition(
    id: "K04", slug: "review_time", kind: .duration, english: "Review time", chinese: "審核時長", unit: "ms",
    direction: .down, attribution: .completed, numerator: "Σ (approved or rejected − validated)",
    denominator: "orders that a person approved or rejected", population: "orders placed before as-of",
    pending: "not decided", exclusions: Durations.exclusions + ["automatic"])
  public let fields: [OrderField] =
    [.placedAt, .reached(.validated), .told(.decider)] + Passages.fields(of: .approved) + Ending.fields

  private static let automatic = Durations.expired + 1

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, validated, deciders) = (batch[.placedAt], batch[.reached(.validated)], batch[.told(.decider)])
    let cancelled = batch[.reached(.cancelled)]
    let endings = Ending.column(in: batch, context: context)
    var decided = Passages.column(of: .approved, in: batch, context: context)
    for row in decided.indices where decided[row] == InstantColumn.none {
      if endings[row] == Ending.cancelledSeller || endings[row] == Ending.cancelledSystem {
        decided[row] = cancelled[row]
      }
    }
    Durations.judge(
      placed: placed, starts: validated, ends: decided, endings: endings, in: context, into: &verdicts)
    for row in 0..<batch.count where verdicts.kinds[row] == Verdicts.hit && deciders[row] != 2 {
      verdicts.kinds[row] = Self.automatic
    }
  }
}
