public import Columns
public import OrderModel

/// Average order value and units per order, with the median always beside the mean.
///
/// - Definition: `value`: Σ (gross − discounts) ÷ orders not cancelled or expired whose value is not 0, in minor units;
///   `units`: Σ units not cancelled ÷ orders not cancelled or expired that have any.
/// - Attributed to the placed instant. Values of several currencies do not add up: group by currency.
public struct AverageOrder: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case value, units
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  static let cancelled = Verdicts.firstExclusion
  static let expired = Verdicts.firstExclusion + 1
  static let empty = Verdicts.firstExclusion + 2

  public init(_ variant: Variant = .value) {
    self.variant = variant
    let isValue = variant == .value
    definition = Definition(
      id: "K43", slug: "average_order", variant: variant.rawValue, kind: .average,
      english: isValue ? "Average order value" : "Units per order", chinese: isValue ? "客單價" : "件單數",
      unit: isValue ? "currency" : "units", direction: .up, attribution: .created,
      numerator: isValue ? "Σ (gross − discounts)" : "Σ (units ordered − cancelled)",
      denominator: isValue
        ? "orders not cancelled or expired, of a value other than 0"
        : "orders not cancelled or expired, with units left",
      population: "orders placed before as-of", pending: "none",
      exclusions: ["cancelled", "expired", isValue ? "zero-value" : "no-units"])
    fields = isValue ? OrderMoney.netFields : [.placedAt, .units, .told(.cancelledUnits)] + Ending.fields
  }

  public var ofLines: (any LineKPI)? { variant == .units ? AverageOrderOfLines(self) : nil }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    switch variant {
    case .value: judgeValues(batch, in: context, into: &verdicts)
    case .units: judgeUnits(batch, in: context, into: &verdicts)
    }
  }

  private func judgeValues(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let money = OrderMoney(batch, context: context, withDiscounts: true)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, added in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        let value = money.net(row)
        instants[row] = placed[row]
        added[row] = value
        kinds[row] = Self.kind(value: value, ending: money.endings[row])
      }
    }
  }

  private func judgeUnits(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let units = batch[.units]
    let parts = batch[.told(.cancelledUnits)]
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, added in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        let left = units[row] - CancelledParts.part(of: units[row], inPart: parts[row], ending: endings[row])
        instants[row] = placed[row]
        added[row] = left
        kinds[row] = Self.kind(value: left, ending: endings[row])
      }
    }
  }

  static func kind(value: Int64, ending: UInt8) -> UInt8 {
    switch ending {
    case Ending.none: value == 0 ? empty : Verdicts.hit
    case Ending.expired: expired
    default: cancelled
    }
  }
}
