import Columns

/// RFM: customers by recency, frequency and money, scored 1 to 5 by rank.
///
/// - Definition, over identified customers with qualifying orders (not fully cancelled, expired or returned at as-of) in the
///   period:
///   R = whole days of 24 h from the last of these orders to as-of, F = how many, M = their net sales, credit notes
///   deducted on the day of their order. A score is 1 + ⌊5 · (customers strictly worse) ÷ customers⌋, 5 at most, so that
///   equal customers share one; ranked within the group by the keys asked for, to which the last order belongs.
///   - `segments`: customers in each of eleven segments ÷ customers; ``CustomerSegment/table`` maps scores to segments. Who
///     placed orders in the period and never one that qualifies is a prospect; customers without any order are not counted,
///     since the store does not know since when.
///   - `scores`: customers with each triple of scores ÷ customers with qualifying orders.
/// - Source: Shopify's RFM groups for the names; scores as documented here.
public struct CustomerSegments: CustomerTableKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case segments, scores }

  public let variant: Variant
  public let definition: Definition
  package let needsWorth = true
  package let needsCosts = false

  public init(_ variant: Variant) {
    self.variant = variant
    let isSegments = variant == .segments
    definition = Definition(
      id: "K41", slug: "rfm", variant: variant.rawValue, kind: .rate,
      english: isSegments ? "RFM segments" : "RFM scores", chinese: isSegments ? "RFM 客戶分群" : "RFM 評分",
      unit: "percent", direction: .none, attribution: .snapshot,
      numerator: isSegments ? "of these, in the segment" : "of these, with the scores",
      denominator: isSegments
        ? "customers with qualifying orders in the period, and prospects"
        : "customers with qualifying orders in the period",
      population: "customers with orders in the period and before as-of", pending: "none",
      exclusions: QualifyingOrders.exclusions, source: "Shopify customer RFM groups",
      cellKeys: isSegments ? [.segment] : [.recency, .frequency, .money])
  }

  private struct Customer {
    var row: UInt32
    var days, orders, money: Int64
  }

  package func rows(of histories: CustomerHistories, in context: CustomerContext) throws(KPIError) -> [CustomerRow] {
    var groups = [[Customer]](repeating: [], count: context.groupCount)
    let period = context.judging.period
    histories.forEach { customer, orders in
      let inPeriod = orders.filter { period.contains($0.placedAt) }
      guard let last = inPeriod.last, last.cell >= 0 else { return }
      groups[Int(last.cell)].append(
        Customer(
          row: last.row, days: (context.judging.asOf - last.placedAt) / 86_400_000, orders: Int64(inPeriod.count),
          money: histories.net(customer, orders, in: period)))
    }
    var rows: [CustomerRow] = []
    for (group, customers) in groups.enumerated() {
      rows += self.rows(
        of: customers, prospects: histories.prospects[Int32(group)] ?? [], group: Int32(group),
        withMembers: context.withMembers)
    }
    return rows
  }

  private func rows(
    of customers: [Customer], prospects: [UInt32], group: Int32, withMembers: Bool
  ) -> [CustomerRow] {
    let scores = [
      Self.scores(customers.map { -$0.days }), Self.scores(customers.map(\.orders)),
      Self.scores(customers.map(\.money)),
    ]
    var cells: [[Value]: [UInt32]] = [:]
    var order: [[Value]] = []
    if variant == .segments {
      order = CustomerSegment.allCases.map { [.text($0.rawValue)] }
      cells[[.text(CustomerSegment.prospects.rawValue)]] = prospects
    }
    for index in customers.indices {
      let score = scores.map { $0[index] }
      let key: [Value] =
        variant == .segments
        ? [.text(CustomerSegment(recency: score[0], frequency: score[1], money: score[2]).rawValue)]
        : score.map { .integer(Int64($0)) }
      cells[key, default: []].append(customers[index].row)
    }
    if variant == .scores {
      order = (0..<125).map { [.integer($0 / 25 + 1), .integer($0 / 5 % 5 + 1), .integer($0 % 5 + 1)] }
        .filter { cells[$0] != nil }
    }
    let whole = Int64(customers.count + (variant == .segments ? prospects.count : 0))
    return order.map { key in
      let members = cells[key] ?? []
      return CustomerRow(
        group: group, keys: key, result: KPIResult(numerator: Int64(members.count), denominator: whole),
        members: withMembers ? members.map { CustomerRow.Member(kind: Verdicts.hit, row: $0) } : [])
    }
  }

  /// 1 to 5 for each value, more is better; equal values have equal scores.
  static func scores(_ values: [Int64]) -> [Int] {
    let sorted = values.sorted()
    var worse: [Int64: Int] = [:]
    for (place, value) in sorted.enumerated() where worse[value] == nil { worse[value] = place }
    return values.map { min(5, 1 + 5 * (worse[$0] ?? 0) / values.count) }
  }
}
