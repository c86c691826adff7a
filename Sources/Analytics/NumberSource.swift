internal import Columns
internal import KPIs
internal import OrderModel

/// Something with a number for each order, or none.
enum NumberSource: Sendable, Hashable {
  /// Never missing.
  case count(OrderField)
  /// 1 or 0, never missing.
  case truth(OrderField)
  /// 1 without a customer, else 0.
  case guest
  /// Minor units of the order's currency, never missing.
  case money(OrderField)
  /// Lines less discount, with shipping and tax, as ordered.
  case total
  /// An instant that is not an event: there at any as-of.
  case promise(OrderField)
  /// An instant that has happened only before as-of.
  case event(OrderField)
  /// Milliseconds from reaching one node to reaching the other, both with an instant.
  case time(from: Node, to: Node)

  /// Stands in ``values(of:in:)`` where there is none.
  static let missing = Int64.min

  var fields: [OrderField] {
    switch self {
    case .count(let field), .truth(let field), .promise(let field), .event(let field): [field]
    case .guest: [.customer]
    case .money(let field): [field, .currency]
    case .total: [.lineValue, .discount, .shipping, .tax, .currency]
    case .time(let from, let to): [.reached(from), .reached(to)]
    }
  }

  /// Whether the numbers are amounts.
  var isMoney: Bool {
    switch self {
    case .money, .total: true
    default: false
    }
  }

  func values(of batch: Batch<OrderField>, in context: JudgingContext) -> [Int64] {
    switch self {
    case .count(let field), .truth(let field), .money(let field): return batch[field]
    case .guest: return batch[.customer].map { $0 == 0 ? 1 : 0 }
    case .total:
      var totals = batch[.lineValue]
      let (discounts, shippings, taxes) = (batch[.discount], batch[.shipping], batch[.tax])
      for row in totals.indices { totals[row] = totals[row] &- discounts[row] &+ shippings[row] &+ taxes[row] }
      return totals
    case .promise(let field): return batch[field].map { InstantColumn.isInstant($0) ? $0 : Self.missing }
    case .event(let field): return batch[field].map { context.hasHappened($0) ? $0 : Self.missing }
    case .time(let from, let to):
      var times = batch[.reached(to)]
      let starts = batch[.reached(from)]
      for row in times.indices {
        let isTimed = context.hasHappened(times[row]) && context.hasHappened(starts[row])
        times[row] = isTimed ? times[row] - starts[row] : Self.missing
      }
      return times
    }
  }
}
