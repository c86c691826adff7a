internal import KPIs
internal import OrderModel
internal import OrderStore

/// Amounts of several currencies do not add up: figures that hold money are cut by currency in secret.
enum Currencies {
  private static let money: Set<OrderField> = [
    .listValue, .lineValue, .discount, .shipping, .tax, .cancelledValue, .paid, .refunded,
    .told(.cancelledValue), .told(.returnedValue), .told(.captured), .told(.refunded),
  ]

  /// Whether a figure reads amounts of orders.
  static func areHeld(by kpi: any KPI) -> Bool {
    guard let fields = (kpi as? any OrderKPI)?.fields ?? (kpi as? ReturnRate)?.fields else { return false }
    return fields.contains { money.contains($0) }
  }

  /// Whether the currency must be a key though nobody asked for it.
  static func needsKey(_ kpi: any KPI, in plan: Plan) -> Bool {
    plan.snapshot.wordCount(.currency) > 1 && !plan.dimensions.contains(.word(.currency)) && areHeld(by: kpi)
  }
}
