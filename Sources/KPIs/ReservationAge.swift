import OrderModel

/// Reservation age and idle stock.
///
/// - Definition, at the period's end, or as-of where that comes first:
///   - `reserved`: units promised longer than ``days`` ago ÷ units promised. What an order (or a claim without an order)
///     gives back or ships of a SKU at a location is what it was promised first.
///   - `idle`: SKUs with units available and no shipment in the last ``days`` ÷ active SKUs, the group's locations
///     together. Active: goods were there once. SKUs with units available whose first goods came within ``days`` and that
///     have not shipped are pending.
/// - Source: the ages asked of stale stock by shops' tools; no standard names a limit.
public struct ReservationAge: StockKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case reserved, idle }

  public let variant: Variant
  /// Of 24 h.
  public let days: Int64
  public let definition: Definition

  /// - Parameter days: 0 to 36,525; nil takes 7 for promises and 30 for idle stock.
  public init(_ variant: Variant, days: Int64? = nil) {
    let days = days ?? (variant == .reserved ? 7 : 30)
    precondition((0...36_525).contains(days), "an age is 0 to 36,525 days")
    (self.variant, self.days) = (variant, days)
    let isReserved = variant == .reserved
    definition = Definition(
      id: "K36", slug: "reservation_age", variant: variant.rawValue, kind: isReserved ? .share : .rate,
      english: isReserved ? "Reservations grown old" : "Idle stock", chinese: isReserved ? "預留賬齡" : "呆滯庫存",
      unit: "percent", direction: .down, attribution: .snapshot,
      numerator: isReserved
        ? "of these, promised more than \(days) days ago"
        : "of these, with units available and no shipment in \(days) days",
      denominator: isReserved ? "units promised to orders and claims" : "tracked SKUs of which goods were ever there",
      population: isReserved
        ? "tracked stock, at the period's end or as-of"
        : "tracked SKUs, the group's locations together, at the period's end or as-of",
      pending: isReserved ? "none" : "available, not shipped, first goods came within \(days) days",
      exclusions: isReserved ? [] : ["never-there"])
  }

  public func result(
    of histories: ArraySlice<StockHistory>, untracked: Int64, in context: JudgingContext
  ) throws(KPIError) -> KPIResult {
    let limit = context.end - days * 86_400_000
    switch variant {
    case .reserved:
      var (old, all): (Int64, Int64) = (0, 0)
      for history in histories {
        for lot in Self.promises(in: history) {
          all += lot.units
          if lot.since < limit { old += lot.units }
        }
      }
      return KPIResult(numerator: old, denominator: all)
    case .idle:
      var (idle, active, pending, never): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
      for locations in bySKU(histories) {
        guard let since = locations.compactMap(\.activeSince).min() else {
          never += 1
          continue
        }
        let isAvailable = locations.reduce(0) { $0 + $1.available(before: context.end) } > 0
        let hasShipped = locations.contains { $0.steps.contains { $0.kind == .ship && $0.occurredAt >= limit } }
        if isAvailable, !hasShipped, since > limit {
          pending += 1
        } else {
          active += 1
          if isAvailable, !hasShipped { idle += 1 }
        }
      }
      return KPIResult(
        numerator: idle, denominator: active, pending: pending,
        excluded: [KPIResult.Exclusion(reason: definition.exclusions[0], count: never)])
    }
  }

  private struct Lot {
    var since, units: Int64
  }

  /// What is still promised, with the instant it was promised at.
  private static func promises(in history: StockHistory) -> [Lot] {
    var lots: [UInt32: [Lot]] = [:]
    for step in history.steps where step.reserved != 0 {
      if step.reserved > 0 {
        lots[step.order, default: []].append(Lot(since: step.occurredAt, units: Int64(step.reserved)))
        continue
      }
      var rest = -Int64(step.reserved)
      var held = lots[step.order] ?? []
      while rest > 0, let first = held.first {
        let taken = min(rest, first.units)
        rest -= taken
        held[0].units -= taken
        if held[0].units == 0 { held.removeFirst() }
      }
      lots[step.order] = held.isEmpty ? nil : held
    }
    return lots.values.flatMap { $0 }
  }
}
