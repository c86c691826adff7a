public import Columns
public import OrderModel

/// First-response SLA rate: orders somebody acted on within 30 minutes.
///
/// - Definition: orders whose first act (K02) lies at most 30 minutes after placing ÷ orders with such an act, or whose 30
///   minutes are over. Cancelled or expired before the act and within the 30 minutes: excluded. An act without an instant
///   is not proven in time: missed.
/// - Attributed to the placed instant.
public struct FirstResponseRate: OrderKPI {
  public let definition = Definition(
    id: "K03", slug: "first_response_sla", kind: .rate, english: "First-response SLA rate", chinese: "30分鐘初步處理率",
    unit: "percent", direction: .up, attribution: .created, numerator: "of these, first act ≤ placed + 30 min",
    denominator: "orders acted on, or whose 30 min are over", population: "orders placed before as-of",
    pending: "no act yet, 30 min not over", exclusions: ["cancelled", "expired"])
  public let fields: [OrderField] = [.placedAt, .firstActAt] + Ending.fields

  static let limit: Int64 = 30 * 60_000

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, acts) = (batch[.placedAt], batch[.firstActAt])
    let (cancelled, expired) = (batch[.reached(.cancelled)], batch[.reached(.expired)])
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      let deadline = placed[row] + Self.limit
      let isActed = context.hasHappened(acts[row])
      // An end without an instant lies before every act.
      let end = endings[row] == Ending.expired ? expired[row] : cancelled[row]
      verdicts.instants[row] = placed[row]
      verdicts.kinds[row] =
        if acts[row] == InstantColumn.unknown {
          Verdicts.miss
        } else if endings[row] != Ending.none, end <= deadline, !isActed || end < acts[row] {
          Verdicts.firstExclusion + (endings[row] == Ending.expired ? 1 : 0)
        } else if isActed {
          acts[row] <= deadline ? Verdicts.hit : Verdicts.miss
        } else {
          deadline < context.asOf ? Verdicts.miss : Verdicts.pending
        }
    }
  }
}
