public import Columns
public import OrderModel

/// Ship-within-24h rate: orders that left in full within 24 hours of their start.
///
/// - Definition: orders with `shipped ≤ start + 24 h` ÷ decided orders; the start is paid, approved or placed. Decided is
///   an order that was shipped or whose 24 hours are over. Cancelled by the customer, by the system or by nobody knows
///   whom before the deadline, or expired before it: excluded, counted apart; without an instant a cancellation counts as
///   before. Cancelled by the seller: missed. Shipped without an instant: missed. No start, or one without an instant:
///   excluded. A negative duration is a hit.
/// - Attributed to the start; orders without one to the placed instant.
/// - Source: marketplace practice; complement of Amazon's late shipment rate.
public struct ShippedWithin24Hours: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case paid, approved, placed

    var startField: OrderField {
      switch self {
      case .paid: .reached(.paid)
      case .approved: .reached(.approved)
      case .placed: .placedAt
      }
    }
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  private static let limit: Int64 = 86_400_000
  private static let noStart = Verdicts.firstExclusion

  public init(_ variant: Variant) {
    self.variant = variant
    definition = Definition(
      id: "K08", slug: "shipped_24h", variant: variant.rawValue, kind: .rate, english: "Ship-within-24h rate",
      chinese: "24小時發貨率", unit: "percent", direction: .up, attribution: variant == .placed ? .created : .start,
      numerator: "of these, all required quantity shipped ≤ \(variant.rawValue) + 24 h",
      denominator: "orders shipped, or whose 24 h are over, or cancelled by the seller",
      population: "orders placed before as-of", pending: "not shipped, 24 h not over",
      exclusions: ["no-start", "cancelled-unknown", "cancelled-customer", "cancelled-system", "expired"],
      source: "marketplace practice; complement of Amazon late shipment rate")
    fields =
      (variant == .placed ? [.placedAt] : [.placedAt, variant.startField]) + Passages.fields(of: .shipped)
      + Ending.fields
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let starts = batch[variant.startField]
    let cancelled = batch[.reached(.cancelled)]
    let expired = batch[.reached(.expired)]
    let shipped = Passages.column(of: .shipped, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, _ in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        guard context.hasHappened(starts[row]) else {
          kinds[row] = Self.noStart
          instants[row] = placed[row]
          continue
        }
        let deadline = starts[row] + Self.limit
        let end = shipped[row]
        let ending = endings[row]
        instants[row] = starts[row]
        if ending == Ending.cancelledSeller {
          kinds[row] = Verdicts.miss
        } else if ending != Ending.none, (ending == Ending.expired ? expired[row] : cancelled[row]) < deadline {
          kinds[row] = Self.exclusion(of: ending)
        } else if end == InstantColumn.none {
          kinds[row] = deadline < context.asOf ? Verdicts.miss : Verdicts.pending
        } else {
          kinds[row] = InstantColumn.isInstant(end) && end <= deadline ? Verdicts.hit : Verdicts.miss
        }
      }
    }
  }

  /// The seller's side has no reason of its own.
  private static func exclusion(of ending: UInt8) -> UInt8 {
    noStart + (ending > Ending.cancelledSeller ? ending - 1 : ending)
  }
}
