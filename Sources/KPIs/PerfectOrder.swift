public import Columns
public import OrderModel

/// Perfect order rate: orders delivered in full, in time, undamaged and with the right documents.
///
/// - Definition: delivered orders that are all four ÷ delivered orders with a promise, order by order. An order is mature
///   when its claim window after the delivery is over; younger or not delivered: pending. No promise, delivered without an
///   instant, ended before: excluded.
/// - Attributed to the delivery.
/// - Source: SCOR RL.1.1 perfect order fulfilment.
public struct PerfectOrder: OrderKPI {
  public let claimWindowDays: Int64
  public let definition: Definition
  public let fields: [OrderField] = ReachedOrders.fields(.delivered) + OrderFaults.fields + [.deliverBy]
  public let options: Set<KPIOptions.Name> = [.claimWindow]

  private static let noPromise = ReachedOrders.firstOwn

  /// - Parameter claimWindowDays: How long after the delivery a fault may still be reported, days of 24 h.
  public init(claimWindowDays: Int64 = 14) {
    precondition(KPIOptions.claimWindows.contains(claimWindowDays), "a claim window is 0 to 36,525 days")
    self.claimWindowDays = claimWindowDays
    definition = Definition(
      id: "K13", slug: "perfect_order", variant: "rate", kind: .rate, english: "Perfect order rate",
      chinese: "完美訂單率", unit: "percent", direction: .up, attribution: .completed,
      numerator: "of these, in full, delivered ≤ deliver-by, without damage, with the right documents",
      denominator: "orders with a promise delivered at least \(claimWindowDays) days before as-of",
      population: "orders placed before as-of", pending: "not delivered, or delivered within \(claimWindowDays) days",
      exclusions: ReachedOrders.exclusions + ["no-promise"], source: "SCOR RL.1.1 perfect order fulfilment")
  }

  public func with(_ options: KPIOptions) -> any KPI {
    options.claimWindowDays.map { Self(claimWindowDays: $0) } ?? self
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let deadlines = batch[.deliverBy]
    let delivered = batch[.reached(.delivered)]
    let faults = OrderFaults(batch)
    ReachedOrders.judge(.delivered, batch, windowDays: claimWindowDays, in: context, into: &verdicts) { row in
      guard InstantColumn.isInstant(deadlines[row]) else { return Self.noPromise }
      let isPerfect =
        delivered[row] <= deadlines[row] && faults.isInFull(row) && !faults.has(.damaged, row)
        && !faults.has(.docError, row)
      return isPerfect ? Verdicts.hit : Verdicts.miss
    }
  }
}
