public import Columns
public import OrderModel

/// Perfect order: in full, in time, undamaged and with the right documents, order by order or as a product of four rates.
///
/// - Definition, over delivered orders with a promise:
///   - `rate`: orders that are all four ÷ all.
///   - `index`: the product of the four rates, each over all these orders. Exact, and a fraction in lowest terms where that
///     fits 64 bits, which it always does up to 55,000 orders; else to fifteen decimals, rounded once and half to even.
///
///   An order is mature when its claim window after the delivery is over; younger or not delivered: pending. No promise,
///   delivered without an instant, ended before: excluded.
/// - Attributed to the delivery.
/// - Source: SCOR RL.1.1 perfect order fulfilment; the index as APQC and WERC take it.
public struct PerfectOrder: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case rate, index }

  public let variant: Variant
  public let claimWindowDays: Int64
  public let definition: Definition
  public let fields: [OrderField] = ReachedOrders.fields(.delivered) + OrderFaults.fields + [.deliverBy]
  public let options: Set<KPIOptions.Name> = [.claimWindow]

  private static let noPromise = ReachedOrders.firstOwn

  /// - Parameter claimWindowDays: How long after the delivery a fault may still be reported, days of 24 h.
  public init(_ variant: Variant = .rate, claimWindowDays: Int64 = 14) {
    precondition(KPIOptions.claimWindows.contains(claimWindowDays), "a claim window is 0 to 36,525 days")
    (self.variant, self.claimWindowDays) = (variant, claimWindowDays)
    let isIndex = variant == .index
    let denominator = "orders with a promise delivered at least \(claimWindowDays) days before as-of"
    definition = Definition(
      id: "K13", slug: "perfect_order", variant: variant.rawValue, kind: isIndex ? .product : .rate,
      english: isIndex ? "Perfect order index" : "Perfect order rate", chinese: isIndex ? "完美訂單指數" : "完美訂單率",
      unit: "percent", direction: .up, attribution: .completed,
      numerator: isIndex
        ? "orders in full × delivered ≤ deliver-by × without damage × with the right documents"
        : "of these, in full, delivered ≤ deliver-by, without damage, with the right documents",
      denominator: isIndex ? "(\(denominator))⁴" : denominator,
      population: "orders placed before as-of", pending: "not delivered, or delivered within \(claimWindowDays) days",
      exclusions: ReachedOrders.exclusions + ["no-promise"],
      source: isIndex ? "APQC perfect order performance; WERC" : "SCOR RL.1.1 perfect order fulfilment",
      factors: isIndex ? ["in full", "in time", "undamaged", "documents right"] : [])
  }

  public func with(_ options: KPIOptions) -> any KPI {
    options.claimWindowDays.map { Self(variant, claimWindowDays: $0) } ?? self
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let deadlines = batch[.deliverBy]
    let delivered = batch[.reached(.delivered)]
    let faults = OrderFaults(batch)
    /// A bit for each of the four.
    func merits(_ row: Int) -> Int64 {
      (faults.isInFull(row) ? 1 : 0) | (delivered[row] <= deadlines[row] ? 2 : 0) | (faults.isUndamaged(row) ? 4 : 0)
        | (faults.isDocumented(row) ? 8 : 0)
    }
    ReachedOrders.judge(.delivered, batch, windowDays: claimWindowDays, in: context, into: &verdicts) { row in
      guard InstantColumn.isInstant(deadlines[row]) else { return Self.noPromise }
      return merits(row) == 15 ? Verdicts.hit : Verdicts.miss
    }
    guard variant == .index else { return }
    for row in 0..<batch.count where verdicts.kinds[row] == Verdicts.hit || verdicts.kinds[row] == Verdicts.miss {
      verdicts.values[row] = merits(row)
    }
  }
}
