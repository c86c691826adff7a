import Calendars
import Columns
import KPIs
import OrderModel

/// The rows of a figure over whole customers, the orders in batches as a scan gives them.
func customerRows(
  _ kpi: some CustomerTableKPI, of orders: [TestOrder], asOf: Int64, in period: Range<Int64> = Int64.min..<Int64.max,
  credits: [Int64: [CustomerHistories.Amount]] = [:], costs: [Int64]? = nil, lacksCost: [Bool]? = nil,
  prospects: [UInt32] = [], zone: TimeZoneRules = .utc, cells: [Int32]? = nil, withMembers: Bool = false
) throws -> [CustomerRow] {
  let judging = JudgingContext(asOf: asOf, period: period)
  var sequences = CustomerSequences()
  var verdicts = Verdicts()
  var worths: [Int64] = []
  for start in stride(from: 0, to: orders.count, by: 40) {
    let part = start..<min(start + 40, orders.count)
    let batch = batch(of: Array(orders[part]), fields: kpi.qualifyingFields, firstRow: start)
    kpi.qualify(batch, in: judging, into: &verdicts)
    sequences.add(batch, verdicts: verdicts, cells: cells.map { Array($0[part]) })
    worths += (0..<batch.count).map { verdicts.kinds[$0] == Verdicts.hit ? verdicts.values[$0] : 0 }
  }
  var histories = CustomerHistories(sequences)
  histories.worths = worths
  histories.credits = credits
  histories.costs = costs ?? Array(repeating: 0, count: orders.count)
  histories.lacksCost = lacksCost ?? Array(repeating: false, count: orders.count)
  if !prospects.isEmpty { histories.prospects[0] = prospects }
  return try kpi.rows(
    of: histories,
    in: CustomerContext(
      judging: judging, zone: zone, groupCount: Int(cells?.max() ?? 0) + 1, withMembers: withMembers))
}

/// The qualifying orders of each customer, by their placed instants, with what they were worth; in plain loops.
func plainCustomers(_ orders: [TestOrder], asOf: Int64) -> [Int64: [(placed: Int64, net: Int64, row: Int)]] {
  var customers: [Int64: [(placed: Int64, net: Int64, row: Int)]] = [:]
  for (row, order) in orders.enumerated() where order[.customer] != 0 {
    let plain = PlainOrder(order: order, asOf: asOf)
    guard plain.qualifies else { continue }
    customers[order[.customer], default: []].append((plain.placed, plain.net, row))
  }
  return customers.mapValues { $0.sorted { ($0.placed, $0.row) < ($1.placed, $1.row) } }
}

/// Random orders spread over some months of 1970, with their customers.
func randomYear(_ count: Int, seed: UInt64, customers: Int64 = 30) -> [TestOrder] {
  var generator = SeededGenerator(seed: seed &+ 77)
  return randomOrders(count, seed: seed).map { order in
    var order = order
    order[.placedAt] =
      Int64.random(in: 0...400, using: &generator) * day + Int64.random(in: 0...23, using: &generator) * hour
    for node in [Node.cancelled, .expired] where InstantColumn.isInstant(order[.reached(node)]) {
      order[.reached(node)] += order[.placedAt]
    }
    order[.customer] = Int64.random(in: 0...customers, using: &generator)
    return order
  }
}
