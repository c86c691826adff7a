import OrderModel

/// Stock accuracy: how far counts agreed with the book.
///
/// - Definition, over counts of a SKU at a location in the period; the book is what the store had when the count was
///   recorded, and differences are never netted:
///   - `lines`: counts without a difference ÷ counts.
///   - `value`: 1 − Σ abs difference in value ÷ Σ book value, as one fraction; the cost of a difference is that at which the
///     ledger booked it. Below 0 when more is wrong than was there.
/// - Attributed to the count's instant.
/// - Source: WERC inventory count accuracy by location.
public struct StockAccuracy: StockKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case lines, value }

  public let variant: Variant
  public let definition: Definition

  public init(_ variant: Variant) {
    self.variant = variant
    let isLines = variant == .lines
    definition = Definition(
      id: "K34", slug: "stock_accuracy", variant: variant.rawValue, kind: isLines ? .rate : .share,
      english: "Stock accuracy", chinese: "庫存準確率", unit: "percent", direction: .up, attribution: .event,
      numerator: isLines ? "of these, without a difference to the book" : "Σ book value − Σ abs difference in value",
      denominator: isLines ? "counts of a SKU at a location" : "Σ book value at the counts",
      population: "counts in the period and before as-of", pending: "none",
      source: "WERC inventory count accuracy by location")
  }

  public func result(
    of histories: ArraySlice<StockHistory>, untracked: Int64, in context: JudgingContext
  ) throws(KPIError) -> KPIResult {
    var (right, counts): (Int64, Int64) = (0, 0)
    var (book, differences): (Int128, Int128) = (0, 0)
    for history in histories {
      var value: Int128 = 0
      for step in history.asRecorded {
        if step.kind == .count, context.period.contains(step.occurredAt) {
          counts += 1
          if step.onHand == 0 { right += 1 }
          book += value
          differences += Int128(step.value.magnitude)
        }
        value += Int128(step.value)
      }
    }
    return variant == .lines
      ? KPIResult(numerator: right, denominator: counts)
      : KPIResult(numerator: try fitted(book - differences), denominator: try fitted(book))
  }
}
