/// Inventory turnover: cost of goods sold against the average inventory value, scaled to a year; the bare name is refused.
///
/// - Definition: `COGS ÷ average inventory value × (365 ÷ days in the period)`. COGS = Σ cost of ship movements −
///   Σ cost of returns put back for sale, at once or found fit in quarantine, both in the period. Average inventory: `twa` the integral of the value on hand over time ÷ the period's length, `daily-close` and
///   `month-end` the mean at the ends of local days or months, `five-point` at the period's start, quarter points and
///   end, `begin-end` at start and end. The opening value is the sum of all movements before the period. Movements of
///   stock that is not tracked do not count; shipments among them are excluded as `untracked`. No inventory: no turns.
///   ``DaysOfInventory`` is the inverse times 365.
/// - Unit: turns a year of 365 days. A period that reaches beyond as-of ends there.
/// - Source: SCOR, inverse of AM.2.2 inventory days of supply.
public struct InventoryTurnover: AverageInventoryKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case twa
    case dailyClose = "daily-close"
    case monthEnd = "month-end"
    case fivePoint = "five-point"
    case beginEnd = "begin-end"

    /// What is averaged, in words.
    var average: String {
      switch self {
      case .twa: "integral of the value on hand over the period ÷ its length"
      case .dailyClose: "mean value on hand at the ends of the local days"
      case .monthEnd: "mean value on hand at the ends of the local months"
      case .fivePoint: "mean value on hand at the period's start, quarter points and end"
      case .beginEnd: "mean of the value on hand at the period's start and end"
      }
    }

    var sampling: LedgerSampling {
      switch self {
      case .twa: .everyMoment
      case .dailyClose: .dayEnds
      case .monthEnd: .monthEnds
      case .fivePoint: .fivePoints
      case .beginEnd: .bothEnds
      }
    }
  }

  public let variant: Variant
  public let definition: Definition
  public let isInDays = false

  public init(_ variant: Variant) {
    self.variant = variant
    definition = Definition(
      id: "K31", slug: "inventory_turnover", variant: variant.rawValue, kind: .turns, english: "Inventory turnover",
      chinese: "庫存週轉率", unit: "turns/yr", direction: .up, attribution: .period,
      numerator: "cost of goods shipped less returns restocked in the period × 365 ÷ days in the period",
      denominator: variant.average,
      population: "movements of tracked stock before the end of the period and before as-of", pending: "none",
      exclusions: ["untracked"], source: "SCOR: inverse of AM.2.2 inventory days of supply")
  }

  public var sampling: LedgerSampling { variant.sampling }
}
