public import Columns
public import OrderModel

/// Channel mix: what part of the whole each channel has.
///
/// - Definition, by the channel of the order, a row for each with the unknown one as a class of its own, against the whole
///   of all channels (of the group by the other keys):
///   - `orders`: orders not fully cancelled or expired at as-of.
///   - `net`: their net sales, credit notes on their own day.
///   - `units`: their units not cancelled.
///   - `customers`: identified customers with such an order. Who ordered in several channels counts in each, so that these
///     shares add up to more than 1; `--explain=members` names them once a channel.
/// - Attributed to the placed instant, credit notes to their own.
public struct ChannelMix: OrderKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    case orders, net, units

    var unit: String {
      switch self {
      case .orders: "orders"
      case .net: "net sales, credit notes on their own day,"
      case .units: "units not cancelled"
      }
    }
  }

  public let variant: Variant
  public let definition: Definition
  public let fields: [OrderField]

  public init(_ variant: Variant) {
    self.variant = variant
    definition = Definition(
      id: "K45", slug: "channel_mix", variant: variant.rawValue, kind: variant == .orders ? .rate : .share,
      english: "Channel mix", chinese: "渠道佔比", unit: "percent", direction: .none,
      attribution: variant == .net ? .event : .created, numerator: "\(variant.unit) of the channel",
      denominator: "\(variant.unit) of all channels",
      population: "orders placed before as-of\(variant == .net ? ", and credit notes" : "")", pending: "none",
      exclusions: ["cancelled", "expired"], outcomeKeys: ["channel"], cellKeys: [.channel])
    fields =
      switch variant {
      case .orders: [.placedAt] + Ending.fields
      case .net: OrderMoney.netFields
      case .units: [.placedAt, .units, .told(.cancelledUnits)] + Ending.fields
      }
  }

  public var ofCredits: (any CreditKPI)? { variant == .net ? ChannelMixOfCredits(definition) : nil }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let endings = Ending.column(in: batch, context: context)
    let money = variant == .net ? OrderMoney(batch, context: context, withDiscounts: true) : nil
    let units = variant == .units ? batch[.units] : []
    let cancelled = variant == .units ? batch[.told(.cancelledUnits)] : []
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      verdicts.instants[row] = placed[row]
      guard endings[row] == Ending.none else {
        verdicts.kinds[row] = Verdicts.firstExclusion + (endings[row] == Ending.expired ? 1 : 0)
        continue
      }
      let value =
        switch variant {
        case .orders: Int64(1)
        case .net: money?.net(row) ?? 0
        case .units:
          units[row]
            - CancelledParts.part(of: units[row], inPart: cancelled[row], ending: endings[row])
        }
      verdicts.kinds[row] = Verdicts.hit
      verdicts.values[row] = value
      verdicts.weights[row] = value
    }
  }
}

/// What credit notes take off a channel's net sales.
struct ChannelMixOfCredits: CreditKPI {
  let definition: Definition
  let columns: [CreditColumn] = [.credit(.occurredAt), .credit(.value)]

  init(_ definition: Definition) { self.definition = definition }

  func judge(_ batch: Batch<CreditColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (given, values) = (batch[.credit(.occurredAt)], batch[.credit(.value)])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(given[row]) {
      verdicts.kinds[row] = Verdicts.hit
      verdicts.instants[row] = given[row]
      verdicts.values[row] = -values[row]
      verdicts.weights[row] = -values[row]
    }
  }
}

/// The part of all customers that each channel has.
public struct ChannelMixOfCustomers: CustomerKPI {
  public let definition: Definition
  public let qualifyingFields = QualifyingOrders.fields

  /// - Parameter whole: Whether all channels are one: what each is measured against.
  public init(whole: Bool = false) {
    definition = Definition(
      id: "K45", slug: "channel_mix", variant: "customers", kind: .rate, english: "Channel mix", chinese: "渠道佔比",
      unit: "percent", direction: .none, attribution: .created, numerator: "customers with an order in the channel",
      denominator: "customers with an order in any channel, each once",
      population: "qualifying orders of identified customers, by the placed instant", pending: "none",
      exclusions: QualifyingOrders.exclusions, outcomeKeys: whole ? [] : ["channel"], cellKeys: whole ? [] : [.channel])
  }

  public func qualify(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    QualifyingOrders.judge(batch, in: context, withWorth: false, into: &verdicts)
  }

  /// One verdict for each cell with orders of the period.
  public func judge(
    _ orders: ArraySlice<CustomerOrder>, in context: JudgingContext, into verdicts: inout CustomerVerdicts
  ) {
    var seen: [Int32] = []
    for order in orders where context.period.contains(order.placedAt) && !seen.contains(order.cell) {
      seen.append(order.cell)
      verdicts.append(Verdicts.hit, at: order)
    }
  }
}
