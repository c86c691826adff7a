public import Columns
public import OrderModel

/// Repeat-purchase rate, in six meanings with two companions; the bare name is refused.
///
/// - Definition: over identified customers and their qualifying orders (not fully cancelled, expired or returned at
///   as-of):
///   - `ever`: customers with two or more ÷ with one or more, up to as-of; by the instant and cell of the first order.
///   - `in-period`: two or more in the period ÷ one or more in the period.
///   - `returning`: a second-or-later order placed in the period ÷ customers ordering in it.
///   - `prior`: first order before the period (before the time bucket, where results are cut into buckets) ÷ customers
///     ordering in it.
///   - `lifetime`: two or more up to as-of ÷ customers ordering in the period.
///   - `window-W`: second order at most W days of 24 h after the first ÷ customers whose first is at least W days before
///     as-of; by the first order. Younger customers are pending.
///   - `order-share`: orders that are not their customer's first ÷ orders in the period.
///   - `interval`: time from one order to the customer's next, by the later one; milliseconds.
///
///   The middle four count a customer once in each cell in which an order of the period lies, judged by the orders in
///   that cell.
/// - Source: industry usage; Shopify's returning customer rate is `lifetime`.
public struct RepeatPurchase: CustomerKPI {
  public enum Variant: Sendable, Hashable {
    case ever, inPeriod, returning, prior, lifetime
    /// Days, at least 1.
    case window(Int64)
    case orderShare, interval

    public var name: String {
      switch self {
      case .ever: "ever"
      case .inPeriod: "in-period"
      case .returning: "returning"
      case .prior: "prior"
      case .lifetime: "lifetime"
      case .window(let days): "window-\(days)"
      case .orderShare: "order-share"
      case .interval: "interval"
      }
    }

    /// The variant of that name: `ever`, `window-30`.
    public init?(name: String) {
      let fixed: [Variant] = [.ever, .inPeriod, .returning, .prior, .lifetime, .orderShare, .interval]
      if let variant = fixed.first(where: { $0.name == name }) {
        self = variant
      } else if name.hasPrefix("window-"), let days = Int64(name.dropFirst(7)), (1...36_525).contains(days) {
        self = .window(days)
      } else {
        return nil
      }
    }
  }

  public let variant: Variant
  public let definition: Definition
  public let qualifyingFields = QualifyingOrders.fields

  public init(_ variant: Variant) {
    self.variant = variant
    let (numerator, denominator) =
      switch variant {
      case .ever: ("customers with 2 or more qualifying orders", "customers with 1 or more, up to as-of")
      case .inPeriod: ("customers with 2 or more qualifying orders in the period", "customers ordering in the period")
      case .returning: ("customers placing a 2nd-or-later order in the period", "customers ordering in the period")
      case .prior: ("of these, first order before the period", "customers ordering in the period")
      case .lifetime: ("of these, with 2 or more qualifying orders up to as-of", "customers ordering in the period")
      case .window(let days):
        (
          "of these, second order within \(days) days of the first",
          "customers whose first order is at least \(days) days before as-of"
        )
      case .orderShare: ("of these, not their customer's first", "qualifying orders of identified customers")
      case .interval:
        ("Σ (order − the customer's order before it)", "qualifying orders that are not their customer's first")
      }
    let isInterval = variant == .interval
    let byFirstOrder =
      switch variant {
      case .ever, .window: true
      default: false
      }
    let isWindow = byFirstOrder && variant != .ever
    definition = Definition(
      id: "K37", slug: "repeat_rate", variant: variant.name, kind: isInterval ? .duration : .rate,
      english: "Repeat-purchase rate", chinese: "復購率", unit: isInterval ? "ms" : "percent",
      direction: isInterval ? .down : .up, attribution: .created, numerator: numerator, denominator: denominator,
      population: byFirstOrder
        ? "customers by the instant of their first qualifying order" : "qualifying orders, by the placed instant",
      pending: isWindow ? "customers whose first order is younger than the window" : "none",
      exclusions: QualifyingOrders.exclusions,
      source: "industry usage; Shopify returning customer rate = lifetime")
  }

  public func qualify(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    QualifyingOrders.judge(batch, in: context, withWorth: false, into: &verdicts)
  }

  public func judge(
    _ orders: ArraySlice<CustomerOrder>, in context: JudgingContext, into verdicts: inout CustomerVerdicts
  ) {
    guard let first = orders.first else { return }
    switch variant {
    case .ever:
      guard context.period.contains(first.placedAt) else { return }
      verdicts.append(orders.count > 1 ? Verdicts.hit : Verdicts.miss, at: first)
    case .window(let days):
      guard context.period.contains(first.placedAt) else { return }
      let length = days * 86_400_000
      let second = orders.dropFirst().first
      if context.asOf - first.placedAt < length {
        verdicts.append(Verdicts.pending, at: first)
      } else {
        let isWithin = second.map { $0.placedAt - first.placedAt <= length } ?? false
        verdicts.append(isWithin ? Verdicts.hit : Verdicts.miss, at: first)
      }
    case .orderShare:
      for index in orders.indices where context.period.contains(orders[index].placedAt) {
        verdicts.append(index == orders.startIndex ? Verdicts.miss : Verdicts.hit, at: orders[index])
      }
    case .interval:
      for index in orders.indices.dropFirst() where context.period.contains(orders[index].placedAt) {
        let gap = orders[index].placedAt - orders[index - 1].placedAt
        verdicts.append(Verdicts.hit, value: gap, at: orders[index])
      }
    case .inPeriod, .returning, .prior, .lifetime:
      judgeCells(orders, in: context, into: &verdicts)
    }
  }

  /// One verdict for each cell with orders of the period.
  private func judgeCells(
    _ orders: ArraySlice<CustomerOrder>, in context: JudgingContext, into verdicts: inout CustomerVerdicts
  ) {
    // Most customers have the period's orders in one cell: then nothing needs to be put together.
    var (firstIndex, count, isOneCell) = (-1, 0, true)
    for index in orders.indices where context.period.contains(orders[index].placedAt) {
      if firstIndex < 0 { firstIndex = index }
      isOneCell = isOneCell && orders[index].cell == orders[firstIndex].cell
      count += 1
    }
    guard firstIndex >= 0 else { return }
    if isOneCell { return judgeCell(orders, first: firstIndex, count: count, in: context, into: &verdicts) }
    var inPeriod = orders.indices.filter { context.period.contains(orders[$0].placedAt) }
    inPeriod.sort { (orders[$0].cell, $0) < (orders[$1].cell, $1) }
    var start = 0
    while start < inPeriod.count {
      let head = orders[inPeriod[start]]
      var end = start + 1
      while end < inPeriod.count, orders[inPeriod[end]].cell == head.cell { end += 1 }
      judgeCell(orders, first: inPeriod[start], count: end - start, in: context, into: &verdicts)
      start = end
    }
  }

  /// One verdict for the cell in which `count` orders of the period lie, the first of them at `first`.
  private func judgeCell(
    _ orders: ArraySlice<CustomerOrder>, first: Int, count: Int, in context: JudgingContext,
    into verdicts: inout CustomerVerdicts
  ) {
    let head = orders[first]
    let isHit =
      switch variant {
      case .inPeriod: count > 1
      case .returning: count > 1 || first > orders.startIndex
      case .prior: orders[orders.startIndex].placedAt < max(head.bucketStart, context.period.lowerBound)
      default: orders.count > 1
      }
    verdicts.append(isHit ? Verdicts.hit : Verdicts.miss, at: head)
  }
}
