import Columns

/// Historic customer value: what customers were worth so far, on average and in the middle; the bare name is refused.
///
/// - Definition, in minor units, over identified customers whose first qualifying order (not fully cancelled, expired or
///   returned at as-of) lies in the period:
///   - `revenue`: net sales of their qualifying orders before as-of; credit notes are deducted on the day of their order,
///     those of orders that do not qualify not at all.
///   - `margin`: the same less the cost of the goods that left with these orders and were not put back for sale, as the
///     ledger valued them. A customer with an order that was shipped without a cost being known is excluded as
///     `cost-missing`.
///
///   The row without `months_later` is that to as-of; the others take the local month of the first order and 0, 1, 3, 6, 12
///   more, for customers for whom the last of them is over at as-of. The others are pending.
/// - Other direct costs are not deducted: the store keeps none.
public struct HistoricValue: CustomerTableKPI {
  public enum Variant: String, Sendable, Hashable, CaseIterable { case margin, revenue }

  public let variant: Variant
  public let definition: Definition
  package let needsWorth = true
  package var needsCosts: Bool { variant == .margin }

  /// Months after the first at which the value is told.
  static let curve = [0, 1, 3, 6, 12]
  private static let costMissing = Verdicts.firstExclusion + UInt8(QualifyingOrders.exclusions.count)

  public init(_ variant: Variant) {
    self.variant = variant
    let isMargin = variant == .margin
    definition = Definition(
      id: "K39", slug: "historic_clv", variant: variant.rawValue, kind: .average, english: "Historic customer value",
      chinese: "歷史客戶價值", unit: "currency", direction: .up, attribution: .created,
      numerator: isMargin ? "Σ (net sales − cost of goods) of the customers" : "Σ net sales of the customers",
      denominator: "customers with a qualifying order",
      population: "customers by the instant of their first qualifying order",
      pending: "customers whose month is not over at as-of",
      exclusions: QualifyingOrders.exclusions + (isMargin ? ["cost-missing"] : []), cellKeys: [.monthsLater])
  }

  package func rows(of histories: CustomerHistories, in context: CustomerContext) throws(KPIError) -> [CustomerRow] {
    let asOf = context.judging.asOf
    var earliest = Int64.max
    histories.forEach { _, orders in earliest = min(earliest, orders[orders.startIndex].placedAt) }
    var months: Months?
    if earliest < Int64.max {
      let year: Int64 = 400 * 86_400_000
      months = Months(from: earliest, through: asOf + year, zone: context.zone)
    }
    var rows: [CustomerRow] = []
    for later in [nil] + Self.curve.map({ Optional($0) }) {
      var verdicts = CustomerVerdicts()
      histories.forEach { customer, orders in
        guard let first = entry(orders, in: context), let months else { return }
        let end = later.map { months.end(months.number(at: first.placedAt) + $0) } ?? asOf
        let lacksCost = needsCosts && orders.contains { $0.placedAt < end && histories.lacksCost[Int($0.row)] }
        if end > asOf {
          verdicts.append(Verdicts.pending, at: first)
        } else if lacksCost {
          verdicts.append(Self.costMissing, at: first)
        } else {
          var value = histories.net(customer, orders, in: Int64.min..<end)
          if needsCosts { value -= histories.cost(orders, in: Int64.min..<end) }
          verdicts.append(Verdicts.hit, value: value, at: first)
        }
      }
      var accumulator = Accumulator(definition, cellCount: context.groupCount)
      accumulator.add(verdicts)
      for (group, result) in try accumulator.results().enumerated() {
        rows.append(
          CustomerRow(
            group: Int32(group), keys: [later.map { .integer(Int64($0)) } ?? .null], result: result,
            members: context.withMembers ? verdicts.members(ofGroup: Int32(group)) : []))
      }
    }
    return rows.enumerated().sorted { ($0.element.group, $0.offset) < ($1.element.group, $1.offset) }.map(\.element)
  }
}

extension CustomerVerdicts {
  /// The members of one group.
  func members(ofGroup group: Int32) -> [CustomerRow.Member] {
    (0..<count).filter { cells[$0] == group }.map { CustomerRow.Member(kind: kinds[$0], row: rows[$0]) }
  }
}
