import Columns

/// Predicted customer value by the simple formula; the bare name is refused.
///
/// - Definition `simple`: average order × orders a customer and year × margin rate × expected years, in minor units, over
///   identified customers and their qualifying orders (not fully cancelled, expired or returned at as-of), a customer in the
///   group of the first order; a year is 365 days of 24 h:
///   - average order × orders = net sales of the last year before as-of ÷ customers ordering in it; credit notes are deducted
///     on the day of their order;
///   - margin rate = (net sales − cost of goods) ÷ net sales, over the orders of that year whose cost the ledger knows;
///   - expected years = 1 ÷ churn, churn = customers of the year before it that did not order in the last ÷ customers of the
///     year before it.
///
///   Nothing is discounted. Without customers in the year before the last the churn is not known, and the customers are
///   pending; where none was lost or no cost is known there is no value, the latter excluded as `cost-missing`.
/// - Source: textbook formula.
public struct PredictedValue: CustomerTableKPI {
  public let definition = Definition(
    id: "K40", slug: "predicted_clv", variant: "simple", kind: .average, english: "Predicted customer value",
    chinese: "預測客戶價值", unit: "currency", direction: .up, attribution: .snapshot,
    numerator: "net sales of the last 365 days × margin rate × expected years",
    denominator: "customers ordering in the last 365 days",
    population: "identified customers with qualifying orders, by their first order",
    pending: "customers, while there are none of the year before the last",
    exclusions: QualifyingOrders.exclusions + ["cost-missing"])
  package let needsWorth = true
  package let needsCosts = true

  public init() {}

  private struct Sums {
    var customers, sales, knownSales, knownCost, before, lost: Int64

    static let none = Sums(customers: 0, sales: 0, knownSales: 0, knownCost: 0, before: 0, lost: 0)
  }

  package func rows(of histories: CustomerHistories, in context: CustomerContext) throws(KPIError) -> [CustomerRow] {
    let (asOf, year): (Int64, Int64) = (context.judging.asOf, 365 * 86_400_000)
    let last = asOf - year..<asOf
    let beforeLast = asOf - 2 * year..<asOf - year
    var groups = [Sums](repeating: .none, count: context.groupCount)
    var members = [[CustomerRow.Member]](repeating: [], count: context.groupCount)
    histories.forEach { customer, orders in
      guard let first = entry(orders, in: context) else { return }
      let group = Int(first.cell)
      let recent = orders.filter { last.contains($0.placedAt) }
      groups[group].sales += histories.net(customer, orders, in: last)
      if !recent.isEmpty {
        groups[group].customers += 1
        if context.withMembers { members[group].append(CustomerRow.Member(kind: Verdicts.hit, row: first.row)) }
      }
      for order in recent where histories.costs[Int(order.row)] != 0 {
        groups[group].knownSales += histories.worths[Int(order.row)]
        groups[group].knownCost += histories.costs[Int(order.row)]
      }
      if orders.contains(where: { beforeLast.contains($0.placedAt) }) {
        groups[group].before += 1
        if recent.isEmpty { groups[group].lost += 1 }
      }
    }
    var rows: [CustomerRow] = []
    for (group, sums) in groups.enumerated() {
      let result = try result(sums)
      var row = CustomerRow(group: Int32(group), keys: [], result: result, members: members[group])
      for index in row.members.indices where result.pending > 0 { row.members[index].kind = Verdicts.pending }
      for index in row.members.indices where result.excluded("cost-missing") > 0 {
        row.members[index].kind = Verdicts.firstExclusion + UInt8(definition.exclusions.count - 1)
      }
      rows.append(row)
    }
    return rows
  }

  private func result(_ sums: Sums) throws(KPIError) -> KPIResult {
    func none(pending: Int64 = 0, costMissing: Int64 = 0) -> KPIResult {
      KPIResult(
        numerator: 0, denominator: 0, pending: pending,
        excluded: [KPIResult.Exclusion(reason: "cost-missing", count: costMissing)])
    }
    guard sums.before > 0 else { return none(pending: sums.customers) }
    guard sums.knownSales != 0 else { return none(costMissing: sums.customers) }
    guard sums.customers > 0, sums.lost > 0 else { return none() }
    // Each factor in lowest terms, so that the product fits as long as it can.
    let factors = [
      (sums.sales, sums.customers), (sums.knownSales - sums.knownCost, sums.knownSales), (sums.before, sums.lost),
    ]
    var value = Fraction(numerator: 1, denominator: 1)
    for (above, below) in factors {
      guard let factor = Fraction(reducing: Int128(above), Int128(below)),
        let product = Fraction(
          reducing: Int128(value.numerator) * Int128(factor.numerator),
          Int128(value.denominator) * Int128(factor.denominator))
      else { throw .overflow(kpi: definition.name) }
      value = product
    }
    return KPIResult(
      numerator: value.numerator, denominator: value.denominator,
      excluded: [KPIResult.Exclusion(reason: "cost-missing", count: 0)], n: sums.customers)
  }
}
