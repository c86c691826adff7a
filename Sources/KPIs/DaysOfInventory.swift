/// Days of inventory: how long the average inventory would have lasted at the period's cost of goods sold; the bare name
/// is refused.
///
/// - Definition: `average inventory value ÷ (COGS ÷ days in the period)`, both as ``InventoryTurnover`` takes them, so that
///   turns × days = 365. A day is 24 h. Nothing sold: no days.
/// - Unit: days. A period that reaches beyond as-of ends there.
/// - Source: SCOR AM.2.2 inventory days of supply.
public struct DaysOfInventory: AverageInventoryKPI {
  public let variant: InventoryTurnover.Variant
  public let definition: Definition
  public let isInDays = true

  public init(_ variant: InventoryTurnover.Variant) {
    self.variant = variant
    definition = Definition(
      id: "K32", slug: "days_of_inventory", variant: variant.rawValue, kind: .quotient, english: "Days of inventory",
      chinese: "庫存天數", unit: "days", direction: .down, attribution: .period, numerator: variant.average,
      denominator: "cost of goods shipped less returns restocked in the period ÷ days in the period",
      population: "movements of tracked stock before the end of the period and before as-of", pending: "none",
      exclusions: ["untracked"], source: "SCOR AM.2.2 inventory days of supply")
  }

  public var sampling: LedgerSampling { variant.sampling }
}
