public import Columns
public import OrderModel

/// Damage-free rate: what arrived whole.
///
/// - Definition: delivered orders (lines of them) without a damage exception ÷ delivered orders (lines). An order is mature
///   when its claim window after the delivery is over. Each exception counts for one line, since none names its line.
/// - Attributed to the delivery.
/// - Source: SCOR RL.2.4, RL.3.24, RL.3.41; WERC damage-free orders.
public struct DamageFreeRate: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case orders, lines
  }

  public let variant: Variant
  public let claimWindowDays: Int64
  public let definition: Definition
  public let fields: [OrderField]
  public let options: Set<KPIOptions.Name> = [.claimWindow]

  /// - Parameter claimWindowDays: How long after the delivery a fault may still be reported, days of 24 h.
  public init(_ variant: Variant = .orders, claimWindowDays: Int64 = 14) {
    self.variant = variant
    precondition(KPIOptions.claimWindows.contains(claimWindowDays), "a claim window is 0 to 36,525 days")
    self.claimWindowDays = claimWindowDays
    definition = Definition(
      id: "K23", slug: "damage_free_rate", variant: variant.rawValue, kind: variant == .orders ? .rate : .share,
      english: "Damage-free rate",
      chinese: "完好率", unit: "percent", direction: .up, attribution: .completed,
      numerator: "of these, without a damage exception",
      denominator:
        "\(variant == .orders ? "orders" : "lines of orders") delivered at least \(claimWindowDays) days before as-of",
      population: "orders placed before as-of", pending: "not delivered, or delivered within \(claimWindowDays) days",
      exclusions: ReachedOrders.exclusions, source: "SCOR RL.2.4; WERC damage-free")
    fields = ReachedOrders.fields(.delivered) + [.lineCount, .told(.raised(.damaged))]
  }

  public func with(_ options: KPIOptions) -> any KPI {
    options.claimWindowDays.map { Self(variant, claimWindowDays: $0) } ?? self
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (lines, claims) = (batch[.lineCount], batch[.told(.raised(.damaged))])
    ReachedOrders.judge(.delivered, batch, windowDays: claimWindowDays, in: context, into: &verdicts) {
      claims[$0] == 0 ? Verdicts.hit : Verdicts.miss
    }
    if variant == .orders { return }
    for row in 0..<batch.count {
      verdicts.weights[row] = lines[row]
      verdicts.values[row] = lines[row] - min(claims[row], lines[row])
    }
  }
}
