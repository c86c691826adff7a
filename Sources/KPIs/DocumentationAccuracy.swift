public import Columns
public import OrderModel

/// Documentation accuracy: orders whose papers were right.
///
/// - Definition: delivered orders without a document exception ÷ delivered orders. The store does not know which papers an
///   order requires, so that every delivered order counts. Mature when the claim window after the delivery is over.
/// - Attributed to the delivery.
/// - Source: SCOR RL.2.3.
public struct DocumentationAccuracy: OrderKPI {
  public let claimWindowDays: Int64
  public let definition: Definition
  public let fields: [OrderField]
  public let options: Set<KPIOptions.Name> = [.claimWindow]

  /// - Parameter claimWindowDays: How long after the delivery a fault may still be reported, days of 24 h.
  public init(claimWindowDays: Int64 = 14) {
    precondition(KPIOptions.claimWindows.contains(claimWindowDays), "a claim window is 0 to 36,525 days")
    self.claimWindowDays = claimWindowDays
    definition = Definition(
      id: "K24", slug: "documentation_accuracy", kind: .rate, english: "Documentation accuracy",
      chinese: "單證準確率", unit: "percent", direction: .up, attribution: .completed,
      numerator: "of these, without a document exception",
      denominator: "orders delivered at least \(claimWindowDays) days before as-of",
      population: "orders placed before as-of", pending: "not delivered, or delivered within \(claimWindowDays) days",
      exclusions: ReachedOrders.exclusions, source: "SCOR RL.2.3 documentation accuracy")
    fields = ReachedOrders.fields(.delivered) + OrderFaults.exceptionFields
  }

  public func with(_ options: KPIOptions) -> any KPI {
    options.claimWindowDays.map { Self(claimWindowDays: $0) } ?? self
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let faults = OrderFaults(batch, withUnits: false)
    ReachedOrders.judge(.delivered, batch, windowDays: claimWindowDays, in: context, into: &verdicts) {
      faults.has(.docError, $0) ? Verdicts.miss : Verdicts.hit
    }
  }
}
