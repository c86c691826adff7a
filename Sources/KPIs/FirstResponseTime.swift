public import Columns
public import OrderModel

/// First-response time: from placing an order to the first act on it.
///
/// - Definition: `first act − placed`, over all orders placed; the act is the earliest of validation, review, hold,
///   exception and staff act. `human` ignores system actors. An order cancelled or expired before the act (by an instant)
///   or without one: excluded. No act yet: pending.
/// - Unit: milliseconds, exact. Attributed to the placed instant.
/// - Source: Zendesk, first reply time.
public struct FirstResponseTime: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case any, human
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant = .any) {
    self.variant = variant
    definition = Definition(
      id: "K02", slug: "first_response_time", variant: variant.rawValue, kind: .duration,
      english: "First-response time", chinese: "首次處理時間", unit: "ms", direction: .down, attribution: .created,
      numerator: "Σ (first act \(variant == .human ? "of a person " : "")− placed)",
      denominator: "orders acted on, cancelled after the act included", population: "orders placed before as-of",
      pending: "no act yet, neither cancelled nor expired", exclusions: Durations.exclusions,
      source: "Zendesk first reply time")
    fields = [.placedAt, variant == .human ? .firstHumanActAt : .firstActAt] + Ending.fields
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let acts = batch[variant == .human ? .firstHumanActAt : .firstActAt]
    let cancelled = batch[.reached(.cancelled)]
    let expired = batch[.reached(.expired)]
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, added in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        let act = acts[row]
        let isTimed = context.hasHappened(act)
        let endsFirst =
          switch endings[row] {
          case Ending.none: false
          case Ending.expired: !isTimed || InstantColumn.isInstant(expired[row]) && expired[row] < act
          default: !isTimed || InstantColumn.isInstant(cancelled[row]) && cancelled[row] < act
          }
        if act == InstantColumn.unknown {
          kinds[row] = Durations.timeMissing
        } else if endsFirst {
          kinds[row] = endings[row] == Ending.expired ? Durations.expired : Durations.cancelled
        } else if isTimed {
          kinds[row] = Verdicts.hit
          added[row] = act - placed[row]
        } else {
          kinds[row] = Verdicts.pending
        }
      }
    }
  }
}
