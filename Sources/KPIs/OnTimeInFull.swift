public import Columns
public import OrderModel

/// OTIF: orders delivered by their promise and in full; the bare name is refused.
///
/// - Definition: of the orders that K10 of the same variant judges, those in time and in full (K11).
/// - Attributed to the promised instant.
/// - Source: SCOR RL.2.1 and RL.2.2.
public struct OnTimeInFull: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case scor, commit
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]
  let onTime: OnTimeDelivery

  public init(_ variant: Variant) {
    self.variant = variant
    onTime = OnTimeDelivery(variant == .scor ? .scor : .commit)
    let onTime = onTime.definition
    definition = Definition(
      id: "K12", slug: "otif", variant: variant.rawValue, kind: .rate, english: "On time in full",
      chinese: "按時足量率", unit: "percent", direction: .up, attribution: .deadline,
      numerator: "of these, delivered ≤ deliver-by and in full", denominator: onTime.denominator,
      population: onTime.population, pending: onTime.pending, exclusions: onTime.exclusions,
      source: "SCOR RL.2.1 and RL.2.2")
    fields = self.onTime.fields + OrderFaults.fields
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    onTime.judge(batch, in: context, into: &verdicts)
    let faults = OrderFaults(batch)
    for row in 0..<batch.count where verdicts.kinds[row] == Verdicts.hit && !faults.isInFull(row) {
      verdicts.kinds[row] = Verdicts.miss
    }
  }
}
