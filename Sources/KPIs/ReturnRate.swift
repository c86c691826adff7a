public import Columns
public import OrderModel

/// Return rate: what came back of what was delivered; the bare name is refused.
///
/// - Definition. What came back of an order is told by its return movements; where it has none, by the units on its credit
///   notes. Delivered units are those of delivery movements; where an order has none, its units not cancelled.
///   - Order view, on the day of the order: `units`, `orders` (with anything back) and `value` (credit notes ÷ net sales before
///     them), over delivered orders whose return window of ``returnWindowDays`` of 24 h is over at as-of. Delivered within
///     it, or not yet delivered: pending. Delivered without an instant, cancelled or expired before: excluded.
///   - Event view: what came back in the period ÷ what was delivered in it, a ratio of flows that may exceed 100 %:
///     `units-event`; `orders-event`, an order on the day its first unit came back; `value-event`, credit notes in the
///     period ÷ net sales before them of orders placed in it.
/// - Source: SCOR RL.3.55 warranty and returns; value of returns ÷ order revenue as in shop analytics.
public struct ReturnRate: KPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case units, orders, value
    case unitsEvent = "units-event"
    case ordersEvent = "orders-event"
    case valueEvent = "value-event"

    /// Whether returns count on their own day.
    public var isOfEvents: Bool { self == .unitsEvent || self == .ordersEvent || self == .valueEvent }
    /// Whether it is measured in money.
    public var isOfValue: Bool { self == .value || self == .valueEvent }
    var isOfOrders: Bool { self == .orders || self == .ordersEvent }
  }

  /// What is known at as-of of the units and money of each order, by row.
  public struct Flows: Sendable {
    public var delivered, returned, creditedUnits, creditedValue: [Int64]

    /// Nothing yet.
    public init(orderCount: Int) {
      let none = [Int64](repeating: 0, count: orderCount)
      (delivered, returned, creditedUnits, creditedValue) = (none, none, none, none)
    }

    /// Units of an order that came back.
    public func back(_ row: Int) -> Int64 { returned[row] != 0 ? returned[row] : creditedUnits[row] }
  }

  public let variant: Variant
  public let returnWindowDays: Int64
  public let definition: Definition
  /// The columns of an order it reads.
  public let fields: [OrderField]

  /// - Parameter returnWindowDays: How long after delivery goods may be returned, days of 24 h, 0 to 36,525.
  public init(_ variant: Variant, returnWindowDays: Int64 = 14) {
    precondition((0...36_525).contains(returnWindowDays), "a return window is 0 to 36,525 days")
    (self.variant, self.returnWindowDays) = (variant, returnWindowDays)
    let (numerator, denominator) =
      switch variant {
      case .units:
        ("of these, units that came back", "units of orders delivered at least \(returnWindowDays) days before as-of")
      case .orders:
        ("of these, with a unit that came back", "orders delivered at least \(returnWindowDays) days before as-of")
      case .value:
        (
          "credit notes of these",
          "net sales before credit notes of orders delivered at least \(returnWindowDays) days before as-of"
        )
      case .unitsEvent: ("units that came back in the period", "units delivered in the period")
      case .ordersEvent: ("orders of which a first unit came back in the period", "orders delivered in the period")
      case .valueEvent: ("credit notes in the period", "net sales before credit notes of orders placed in the period")
      }
    definition = Definition(
      id: "K44", slug: "return_rate", variant: variant.rawValue, kind: variant == .orders ? .rate : .share,
      english: "Return rate", chinese: "退貨率", unit: "percent", direction: .down,
      attribution: variant.isOfEvents ? .event : .created, numerator: numerator, denominator: denominator,
      population: "orders placed before as-of\(variant.isOfEvents ? ", returns and credit notes" : "")",
      pending: variant.isOfEvents ? "none" : "not delivered, or delivered within \(returnWindowDays) days",
      exclusions: Durations.exclusions, source: "SCOR RL.3.55 warranty and returns")
    fields =
      variant.isOfValue
      ? OrderMoney.netFields + Passages.fields(of: .delivered)
      : [.placedAt, .units, .told(.cancelledUnits)] + Passages.fields(of: .delivered) + Ending.fields
  }

  /// What each order puts into the figure: all of it in order view, in event view what is below the line.
  public func judge(
    _ batch: Batch<OrderField>, flows: Flows, in context: JudgingContext, into verdicts: inout Verdicts
  ) {
    let placed = batch[.placedAt]
    let delivered = Passages.column(of: .delivered, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    let money = variant.isOfValue ? OrderMoney(batch, context: context, withDiscounts: true) : nil
    let units = variant.isOfValue ? [] : batch[.units]
    let cancelled = variant.isOfValue ? [] : batch[.told(.cancelledUnits)]
    // What was cancelled as a whole after it was delivered was delivered.
    func left(_ row: Int) -> Int64 {
      guard endings[row] == Ending.none else { return units[row] }
      return units[row]
        - CancelledParts.part(of: units[row], inPart: cancelled[row], ending: endings[row])
    }
    let matureUntil = context.asOf - returnWindowDays * 86_400_000
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      let order = batch.firstRow + row
      if variant == .valueEvent {
        guard endings[row] == Ending.none, let money else { continue }
        (verdicts.kinds[row], verdicts.values[row], verdicts.weights[row]) = (Verdicts.miss, 0, money.net(row))
        continue
      }
      guard InstantColumn.isInstant(delivered[row]) else {
        verdicts.kinds[row] =
          if delivered[row] == InstantColumn.unknown {
            Durations.timeMissing
          } else if endings[row] == Ending.none {
            variant.isOfEvents ? Verdicts.outside : Verdicts.pending
          } else {
            endings[row] == Ending.expired ? Durations.expired : Durations.cancelled
          }
        continue
      }
      let whole =
        money.map { $0.net(row) }
        ?? (variant.isOfOrders ? 1 : flows.delivered[order] != 0 ? flows.delivered[order] : left(row))
      verdicts.weights[row] = whole
      if variant.isOfEvents {
        (verdicts.kinds[row], verdicts.values[row], verdicts.instants[row]) = (Verdicts.miss, 0, delivered[row])
        continue
      }
      guard delivered[row] <= matureUntil else {
        verdicts.kinds[row] = Verdicts.pending
        continue
      }
      let part = variant.isOfValue ? flows.creditedValue[order] : flows.back(order)
      verdicts.values[row] = variant == .orders ? 1 : part
      verdicts.kinds[row] = part > 0 ? Verdicts.hit : Verdicts.miss
    }
  }
}
