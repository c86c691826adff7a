public import Columns
public import OrderModel

/// On-time delivery rate: delivered by the instant first promised.
///
/// - Definition: orders with `delivered ≤ deliver-by` ÷
///   - `scor`: orders delivered, cancelled later or not;
///   - `commit`: orders not cancelled that are delivered or whose deadline is over;
///   - `commit-strict`: as `commit`, with orders cancelled by the seller as missed.
///
///   Delivered without an instant is missed (not proven on time); `scor` excludes it as `time-missing`. No promise:
///   excluded. Attributed to the deadline; rows without one to the placed instant.
/// - Source: SCOR RL.2.2 delivery performance to customer commit date; WERC on-time delivery.
public struct OnTimeDelivery: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case scor, commit
    case commitStrict = "commit-strict"
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField] = [.placedAt, .deliverBy] + Passages.fields(of: .delivered) + Ending.fields

  private static let noPromise = Verdicts.firstExclusion
  private static let timeMissing = Verdicts.firstExclusion + 1
  /// Of an ending `code`, `firstEnding + code`.
  private static let firstEnding = Verdicts.firstExclusion + 1

  public init(_ variant: Variant) {
    self.variant = variant
    let denominator =
      switch variant {
      case .scor: "orders delivered with an instant, cancelled later or not"
      case .commit: "orders not cancelled that are delivered or whose deadline is over"
      case .commitStrict: "as commit, and orders cancelled by the seller, which are missed"
      }
    definition = Definition(
      id: "K10", slug: "on_time_delivery", variant: variant.rawValue, kind: .rate, english: "On-time delivery rate",
      chinese: "準時交付率", unit: "percent", direction: .up, attribution: .deadline,
      numerator: "of these, delivered ≤ deliver-by", denominator: denominator,
      population: "orders placed before as-of",
      pending: variant == .scor
        ? "not delivered, neither cancelled nor expired" : "not delivered, deadline not over",
      exclusions: ["no-promise", "time-missing"] + Ending.reasons,
      source: "SCOR RL.2.2 delivery performance to customer commit date; WERC on-time delivery")
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let deadlines = batch[.deliverBy]
    let delivered = Passages.column(of: .delivered, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    let byCommitment = variant != .scor
    let missesSellerCancels = variant == .commitStrict
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, _ in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        let deadline = deadlines[row]
        let end = delivered[row]
        guard InstantColumn.isInstant(deadline) else {
          kinds[row] = Self.noPromise
          instants[row] = placed[row]
          continue
        }
        instants[row] = deadline
        if endings[row] != Ending.none, byCommitment || end == InstantColumn.none {
          let isMiss = missesSellerCancels && endings[row] == Ending.cancelledSeller
          kinds[row] = isMiss ? Verdicts.miss : Self.firstEnding + endings[row]
        } else if end == InstantColumn.none {
          kinds[row] = byCommitment && deadline < context.asOf ? Verdicts.miss : Verdicts.pending
        } else if end == InstantColumn.unknown {
          kinds[row] = byCommitment ? Verdicts.miss : Self.timeMissing
        } else {
          kinds[row] = end <= deadline ? Verdicts.hit : Verdicts.miss
        }
      }
    }
  }
}
