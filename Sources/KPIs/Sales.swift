public import Columns
public import OrderModel

/// GMV, gross, net and total sales; the bare name is refused.
///
/// - Definition, in minor units of the order's currency:
///   - `gmv`: Σ ordered quantity × list price, cancelled included; `gmv-paid`: of orders that reached PAID.
///   - `gross`: GMV − cancelled value; orders fully cancelled or expired count nothing.
///   - `net`: gross − discounts − credit notes, each credit note on its own day (event view), without tax and shipping.
///   - `net-order`: the same with each credit note on the day of its order (order view); credit notes that name no order
///     are excluded.
///   - `total`: net + tax + shipping.
///
///   Discounts are those on prices (list price − price paid) and the one on the order as a whole. Credit notes are
///   judged by ``ofCredits``, to be added to the same cells.
/// - Attributed to the placed instant, credit notes as said. Amounts of several currencies do not add up: group by
///   currency.
/// - Source: Shopify sales report terms.
public struct Sales: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case gmv
    case gmvPaid = "gmv-paid"
    case gross, net
    case netOrder = "net-order"
    case total
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  static let cancelled = Verdicts.firstExclusion
  static let expired = Verdicts.firstExclusion + 1
  static let noOrder = Verdicts.firstExclusion + 2

  public init(_ variant: Variant) {
    self.variant = variant
    let (english, chinese, numerator) =
      switch variant {
      case .gmv: ("Gross merchandise value", "成交額", "Σ ordered quantity × list price, cancelled included")
      case .gmvPaid:
        ("Gross merchandise value, paid", "已付款成交額", "Σ ordered quantity × list price of orders that reached paid")
      case .gross: ("Gross sales", "總銷售額", "GMV − cancelled value")
      case .net: ("Net sales", "淨銷售額", "gross − discounts − credit notes on their own day")
      case .netOrder: ("Net sales, order view", "淨銷售額（訂單視圖）", "gross − discounts − credit notes on their order's day")
      case .total: ("Total sales", "總銷售額（含稅運）", "net (event view) + tax + shipping")
      }
    let exclusions: [String] =
      switch variant {
      case .gmv: []
      case .netOrder: ["cancelled", "expired", "no-order"]
      default: ["cancelled", "expired"]
      }
    definition = Definition(
      id: "K42", slug: "sales", variant: variant.rawValue, kind: .amount, english: english, chinese: chinese,
      unit: "currency", direction: .up, attribution: variant == .net || variant == .total ? .event : .created,
      numerator: numerator, denominator: "none", population: "orders placed, and credit notes given, before as-of",
      pending: variant == .gmvPaid ? "not paid, neither cancelled nor expired" : "none", exclusions: exclusions,
      source: "Shopify sales report terms")
    fields =
      switch variant {
      case .gmv: [.placedAt, .listValue]
      case .gmvPaid: [.placedAt, .listValue] + Passages.fields(of: .paid) + Ending.fields
      case .gross: OrderMoney.grossFields
      case .net, .netOrder: OrderMoney.netFields
      case .total: OrderMoney.netFields + [.tax, .shipping]
      }
  }

  public var ofLines: (any LineKPI)? {
    switch variant {
    case .gmv, .gmvPaid, .gross: SalesOfLines(self)
    case .net, .netOrder, .total: nil
    }
  }

  public var ofCredits: (any CreditKPI)? {
    switch variant {
    case .gmv, .gmvPaid, .gross: nil
    case .net, .netOrder, .total: SalesOfCredits(self)
    }
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    switch variant {
    case .gmv, .gmvPaid: judgeOrdered(batch, in: context, into: &verdicts)
    case .gross, .net, .netOrder, .total: judgeKept(batch, in: context, into: &verdicts)
    }
  }

  private func judgeOrdered(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let values = batch[.listValue]
    let isPaidOnly = variant == .gmvPaid
    let paid = isPaidOnly ? Passages.column(of: .paid, in: batch, context: context) : []
    let endings = isPaidOnly ? Ending.column(in: batch, context: context) : []
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, added in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        added[row] = values[row]
        kinds[row] = isPaidOnly ? Self.kind(paid: paid[row], ending: endings[row]) : Verdicts.hit
      }
    }
  }

  private func judgeKept(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let money = OrderMoney(batch, context: context, withDiscounts: variant != .gross)
    let taxes = variant == .total ? batch[.tax] : []
    let shippings = variant == .total ? batch[.shipping] : []
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, added in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        guard money.endings[row] == Ending.none else {
          kinds[row] = Self.exclusion(of: money.endings[row])
          continue
        }
        kinds[row] = Verdicts.hit
        added[row] =
          switch variant {
          case .gross: money.gross(row)
          case .total: money.net(row) + taxes[row] + shippings[row]
          default: money.net(row)
          }
      }
    }
  }

  /// Of an order in paid GMV.
  static func kind(paid: Int64, ending: UInt8) -> UInt8 {
    if paid != InstantColumn.none { return Verdicts.hit }
    return ending == Ending.none ? Verdicts.pending : exclusion(of: ending)
  }

  static func exclusion(of ending: UInt8) -> UInt8 { ending == Ending.expired ? expired : cancelled }
}
