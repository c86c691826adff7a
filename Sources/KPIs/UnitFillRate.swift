public import Columns
public import OrderModel

/// Unit fill rate: how much of what was ordered could be supplied; the bare name is refused.
///
/// - Definition: `final`: units shipped ÷ units ordered less those the customer cancelled, over orders of which all
///   required quantity shipped or that the seller or the system cancelled. `first-pass`: units reserved from stock at the
///   approval ÷ the same, over orders approved. Orders the customer (or a side nobody named) cancelled, expired ones and
///   those presold: excluded; of `first-pass` also those of which nothing is counted. Other orders: pending.
/// - Attributed to the placed instant.
/// - Source: Google Merchant item fill rate, with the unshipped pending.
public struct UnitFillRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case final
    case firstPass = "first-pass"
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  static let cancelled = Verdicts.firstExclusion
  static let expired = Verdicts.firstExclusion + 1
  private static let presale = Verdicts.firstExclusion + 2
  private static let untracked = Verdicts.firstExclusion + 3

  public init(_ variant: Variant) {
    self.variant = variant
    let isFinal = variant == .final
    definition = Definition(
      id: "K27", slug: "unit_fill_rate", variant: variant.rawValue, kind: .share, english: "Unit fill rate",
      chinese: "件數滿足率", unit: "percent", direction: .up, attribution: .created,
      numerator: isFinal ? "units shipped" : "units reserved from stock at the approval",
      denominator: "units ordered − cancelled by the customer, of orders "
        + (isFinal ? "shipped in full of open quantity, or cancelled by the seller or the system" : "approved"),
      population: "orders placed before as-of", pending: isFinal ? "open orders" : "not approved",
      exclusions: ["cancelled", "expired", "presale"] + (isFinal ? [] : ["untracked"]),
      source: "Google Merchant item fill rate")
    fields =
      [.placedAt, .told(.presoldAtApproval)] + OrderUnitCounts.requiredFields + Ending.fields
      + (isFinal
        ? OrderUnitCounts.shippedFields + Passages.fields(of: .shipped)
        : [.told(.reservedAtApproval), .told(.backorderedAtApproval)] + Passages.fields(of: .approved))
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let isFinal = variant == .final
    let (placed, presold) = (batch[.placedAt], batch[.told(.presoldAtApproval)])
    let required = OrderUnitCounts.required(batch)
    let passed = Passages.column(of: isFinal ? .shipped : .approved, in: batch, context: context)
    let filled =
      isFinal ? OrderUnitCounts.shipped(batch, reached: passed) : batch[.told(.reservedAtApproval)]
    let waiting = isFinal ? [] : batch[.told(.backorderedAtApproval)]
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      verdicts.values[row] = min(filled[row], required[row])
      verdicts.weights[row] = required[row]
      verdicts.kinds[row] =
        if let reason = Self.exclusion(of: endings[row], hasPassed: isFinal && passed[row] != InstantColumn.none) {
          reason
        } else if presold[row] > 0 {
          Self.presale
        } else if passed[row] == InstantColumn.none, endings[row] == Ending.none {
          Verdicts.pending
        } else if passed[row] == InstantColumn.none, !isFinal {
          Self.cancelled
        } else if !isFinal, filled[row] + waiting[row] == 0 {
          Self.untracked
        } else {
          verdicts.values[row] > 0 ? Verdicts.hit : Verdicts.miss
        }
    }
  }

  /// Why an order that ended is left out; nil when the seller or the system ended it, or it had shipped before.
  static func exclusion(of ending: UInt8, hasPassed: Bool) -> UInt8? {
    if hasPassed { return nil }
    return switch ending {
    case Ending.expired: expired
    case Ending.cancelledCustomer, Ending.cancelledUnknown: cancelled
    default: nil
    }
  }
}
