import Columns

/// Cohort retention: how many of the customers who came in one month came again later.
///
/// - Definition: cohort c = identified customers whose first qualifying order (not fully cancelled, expired or returned at
///   as-of) lies in the local month c, in the period. A row for each cohort and each number k of months later:
///   - `month`: of these, ordering in month c + k ÷ size of c; k from 0, which is the size itself.
///   - `cumulative`: of these, ordering in any of the months c + 1 … c + k ÷ size of c; k from 1.
///
///   A month that is not over at as-of is pending, with the whole cohort, and has no value.
/// - Source: Shopify cohort reports.
public struct CohortRetention: CustomerTableKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case month, cumulative }

  public let variant: Variant
  public let definition: Definition
  package let needsWorth = false
  package let needsCosts = false

  public init(_ variant: Variant) {
    self.variant = variant
    definition = Definition(
      id: "K38", slug: "cohort_retention", variant: variant.rawValue, kind: .rate, english: "Cohort retention",
      chinese: "同期群留存", unit: "percent", direction: .up, attribution: .created,
      numerator: variant == .month
        ? "of these, ordering in the month k months later"
        : "of these, ordering in one of the k months after the first",
      denominator: "customers whose first qualifying order lies in the cohort's month",
      population: "customers by the instant of their first qualifying order",
      pending: "the cohort, where the month is not over at as-of", exclusions: QualifyingOrders.exclusions,
      source: "Shopify cohort reports", cellKeys: [.cohort, .monthsLater])
  }

  /// A cohort of a group: its size, and for each month later who came.
  private struct Cohort {
    var entries: [UInt32] = []
    /// Of each month later: the orders by which customers came again.
    var returns: [[(place: Int, row: UInt32)]]
  }

  package func rows(of histories: CustomerHistories, in context: CustomerContext) throws(KPIError) -> [CustomerRow] {
    var earliest = Int64.max
    histories.forEach { _, orders in
      if let first = entry(orders, in: context) { earliest = min(earliest, first.placedAt) }
    }
    guard earliest < Int64.max else { return [] }
    let months = Months(from: earliest, through: context.judging.asOf - 1, zone: context.zone)
    var cohorts = (0..<context.groupCount).map { _ in
      (0..<months.count).map { Cohort(returns: Array(repeating: [], count: months.count - $0)) }
    }
    histories.forEach { _, orders in
      guard let first = entry(orders, in: context) else { return }
      let (group, start) = (Int(first.cell), months.number(at: first.placedAt))
      let place = cohorts[group][start].entries.count
      cohorts[group][start].entries.append(first.row)
      var last = -1
      for order in orders {
        let later = months.number(at: order.placedAt) - start
        if later > last { cohorts[group][start].returns[later].append((place, order.row)) }
        last = later
      }
    }
    var rows: [CustomerRow] = []
    for group in cohorts.indices {
      for start in cohorts[group].indices where !cohorts[group][start].entries.isEmpty {
        rows += self.rows(of: cohorts[group][start], from: start, group: Int32(group), months: months, context)
      }
    }
    return rows
  }

  private func rows(
    of cohort: Cohort, from start: Int, group: Int32, months: Months, _ context: CustomerContext
  ) -> [CustomerRow] {
    let size = Int64(cohort.entries.count)
    // The order by which each customer came; nil while not.
    var came = [UInt32?](repeating: nil, count: cohort.entries.count)
    var rows: [CustomerRow] = []
    for later in cohort.returns.indices where variant == .month || later > 0 {
      if variant == .month { came = Array(repeating: nil, count: cohort.entries.count) }
      for (place, row) in cohort.returns[later] where came[place] == nil { came[place] = row }
      let isOver = months.end(start + later) <= context.judging.asOf
      let hits = Int64(came.count { $0 != nil })
      var row = CustomerRow(
        group: group, keys: [.text(months.label(start)), .integer(Int64(later))],
        result: KPIResult(numerator: isOver ? hits : 0, denominator: isOver ? size : 0, pending: isOver ? 0 : size))
      if context.withMembers {
        row.members = came.indices.map { place in
          let kind = isOver ? came[place] == nil ? Verdicts.miss : Verdicts.hit : Verdicts.pending
          return CustomerRow.Member(kind: kind, row: (isOver ? came[place] : nil) ?? cohort.entries[place])
        }
      }
      rows.append(row)
    }
    return rows
  }
}
