internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// A figure over customers as wholes: gathers every customer's orders, their worth, credit notes and costs, and asks it.
struct CustomerTableScan {
  private let kpi: any CustomerTableKPI
  private let plan: Plan
  private var numbering: CellNumbering?
  private let fields: [OrderField]
  private var verdicts = Verdicts()
  private var sequences = CustomerSequences()
  /// Orders left out by group and reason.
  private var excluded: [[Int64]] = [[]]
  /// Of each order row.
  private var worths: [Int64] = []
  private var costs: [Int64] = []
  private var lacksCost: [Bool] = []
  private var credits: [Int64: [CustomerHistories.Amount]] = [:]
  /// The last order in the period that does not qualify, of each customer, and its group.
  private var others: [Int64: (placedAt: Int64, row: UInt32, group: Int32)] = [:]
  private var qualified: Set<Int64> = []
  /// Orders of customers that do not qualify: what was credited to these is not the customer's loss.
  private var disqualified: Set<Int64> = []
  private var currencies: Set<Int64> = []

  init(_ kpi: any CustomerTableKPI, of plan: Plan) throws(AnalyticsError) {
    (self.kpi, self.plan) = (kpi, plan)
    numbering = plan.dimensions.isEmpty ? nil : try CellNumbering(plan.dimensions, of: plan)
    fields = Fields.union(
      [kpi.qualifyingFields, [.currency], plan.dimensions.flatMap(\.fields), plan.filter?.fields ?? []])
    let orderCount = kpi.needsWorth ? plan.snapshot.orderCount : 0
    worths = Array(repeating: 0, count: orderCount)
    if kpi.needsCosts {
      costs = Array(repeating: 0, count: orderCount)
      lacksCost = Array(repeating: false, count: orderCount)
    }
  }

  static func answer(_ kpi: any CustomerTableKPI, of plan: Plan) throws(AnalyticsError) -> KPIAnswer {
    var scan = try CustomerTableScan(kpi, of: plan)
    try scan.gatherOrders()
    if kpi.needsWorth { try scan.gatherCredits() }
    if kpi.needsCosts { try scan.gatherCosts() }
    return try scan.answer()
  }

  // MARK: - Gathering

  private mutating func gatherOrders() throws(AnalyticsError) {
    let reader = OrderReader(fields, of: plan)
    for group in 0..<plan.snapshot.orderGroupCount {
      let batch: Batch<OrderField>
      do throws(StoreError) { batch = try reader.orders(group: group) } catch { throw .store(error) }
      kpi.qualify(batch, in: plan.judging, into: &verdicts)
      if let filter = plan.filter { verdicts.keep(filter.selection(of: batch)) }
      let codes = DimensionColumns(batch, in: plan.judging).codes(of: plan.dimensions)
      let period = plan.context.period
      let cells = try numbering?.cells(verdicts, codes: codes, within: period)
      let groupCount = numbering?.cellCount ?? 1
      while excluded.count < groupCount { excluded.append([]) }
      sequences.add(batch, verdicts: verdicts, cells: cells)
      note(batch, cells)
    }
  }

  private mutating func note(_ batch: Batch<OrderField>, _ cells: [Int32]?) {
    let (customers, currency) = (batch[.customer], batch[.currency])
    for row in 0..<batch.count where verdicts.kinds[row] != Verdicts.outside {
      let kind = verdicts.kinds[row]
      if kind == Verdicts.hit {
        qualified.insert(customers[row])
        guard kpi.needsWorth else { continue }
        currencies.insert(currency[row])
        worths[batch.firstRow + row] = verdicts.values[row]
        if kpi.needsCosts { lacksCost[batch.firstRow + row] = verdicts.weights[row] == 1 }
        continue
      }
      if kpi.needsWorth, customers[row] != 0 { disqualified.insert(Int64(batch.firstRow + row)) }
      let cell = cells?[row] ?? 0
      guard cell >= 0, plan.context.period.contains(verdicts.instants[row]) else { continue }
      let reason = Int(kind - Verdicts.firstExclusion)
      while excluded[Int(cell)].count <= reason { excluded[Int(cell)].append(0) }
      excluded[Int(cell)][reason] += 1
      guard customers[row] != 0 else { continue }
      let other = (placedAt: verdicts.instants[row], row: UInt32(batch.firstRow + row), group: cell)
      if let known = others[customers[row]], (known.placedAt, known.row) > (other.placedAt, other.row) { continue }
      others[customers[row]] = other
    }
  }

  private mutating func gatherCredits() throws(AnalyticsError) {
    var scan = CreditScan(CreditsOfCustomers(), dimensions: [.customer], of: plan)
    var found: [Int64: [CustomerHistories.Amount]] = [:]
    let disqualified = disqualified
    try scan.each { credits, verdicts, words in
      let (customers, orders) = (words[.customer], credits[.order])
      for row in 0..<credits.count where verdicts.kinds[row] == Verdicts.hit && customers[row] != 0 {
        if orders[row] != 0, disqualified.contains(orders[row] - 1) { continue }
        found[customers[row], default: []].append(
          CustomerHistories.Amount(at: verdicts.instants[row], value: verdicts.values[row]))
      }
    }
    credits = found
  }

  /// What left with an order less what was put back for sale, as the ledger valued it.
  private mutating func gatherCosts() throws(AnalyticsError) {
    let fields: [MovementField] = [.occurredAt, .kind, .quantity, .sku, .order, .valueChange, .applied]
    let ship = Int64(MovementKind.ship.rawValue)
    var restocked = RestockedReturns()
    for group in 0..<plan.snapshot.movementGroupCount {
      let batch: Batch<MovementField>
      do throws(StoreError) { batch = try plan.snapshot.movements(group: group, fields) } catch { throw .store(error) }
      let (occurred, kinds, orders) = (batch[.occurredAt], batch[.kind], batch[.order])
      let (values, quantities, skus, applied) = (
        batch[.valueChange], batch[.quantity], batch[.sku], batch[.applied]
      )
      for row in 0..<batch.count where orders[row] != 0 && applied[row] == 1 && occurred[row] < plan.context.asOf {
        let order = Int(orders[row]) - 1
        if kinds[row] == ship {
          costs[order] -= values[row]
          lacksCost[order] = false
        } else if let kind = RestockedReturns.kind(kinds[row]) {
          restocked.add(
            kind, units: quantities[row], value: values[row], order: orders[row], sku: skus[row], cell: order)
        }
      }
    }
    for (order, cost) in restocked.costs { costs[order] -= Int64(cost) }
  }

  // MARK: - The answer

  private func answer() throws(AnalyticsError) -> KPIAnswer {
    try refuseSeveralCurrencies()
    var histories = CustomerHistories(sequences)
    (histories.worths, histories.costs, histories.lacksCost) = (worths, costs, lacksCost)
    histories.credits = credits
    for (customer, other) in others.sorted(by: { $0.key < $1.key }) where !qualified.contains(customer) {
      histories.prospects[other.group, default: []].append(other.row)
    }
    let context = CustomerContext(
      judging: plan.judging, zone: plan.context.zone, groupCount: numbering?.cellCount ?? 1,
      withMembers: plan.withMembers)
    let rows: [CustomerRow]
    do throws(KPIError) { rows = try kpi.rows(of: histories, in: context) } catch { throw .kpi(error) }

    let codes = (0..<context.groupCount).map { numbering?.codes(of: $0) ?? [] }
    var columns: [KeyColumn] = []
    if let numbering {
      for place in plan.dimensions.indices {
        columns.append(try KeyColumn(codes.map { $0[place] }, at: place, of: numbering, plan: plan))
      }
    }
    let sequence = rows.indices.sorted { left, right in
      let (first, second) = (Int(rows[left].group), Int(rows[right].group))
      for column in columns where column.ranks[first] != column.ranks[second] {
        return column.ranks[first] < column.ranks[second]
      }
      return (first, left) < (second, right)
    }
    var answer = KPIAnswer(definition: kpi.definition, isByCreated: false, cells: [], total: nil)
    let unit = kpi.definition.unit == "currency" ? try unit() : nil
    for (place, index) in sequence.enumerated() {
      let row = rows[index]
      var result = row.result
      result.excluded = exclusions(of: row)
      answer.cells.append(
        KPIAnswer.Cell(
          keys: columns.map { $0.texts[Int(row.group)] }, ownKeys: row.keys, result: result, unit: unit,
          isUnfinished: columns.contains { $0.isUnfinished[Int(row.group)] }))
      answer.members += row.members.map {
        MemberRow(cell: Int32(place), kind: $0.kind, source: .customer, row: $0.row)
      }
    }
    return answer
  }

  /// Orders left out of the group, and customers left out by the figure.
  private func exclusions(of row: CustomerRow) -> [KPIResult.Exclusion] {
    let orders = excluded[Int(row.group)]
    return kpi.definition.exclusions.enumerated().map { index, reason in
      KPIResult.Exclusion(
        reason: reason, count: row.result.excluded(reason) + (index < orders.count ? orders[index] : 0))
    }
  }

  private func refuseSeveralCurrencies() throws(AnalyticsError) {
    guard currencies.count > 1 else { return }
    var names: Set<String> = []
    do throws(StoreError) {
      for code in currencies { names.insert(try plan.snapshot.word(.currency, code)) }
    } catch { throw .store(error) }
    throw .mixedCurrencies(kpi: kpi.definition.name, currencies: names.sorted())
  }

  private func unit() throws(AnalyticsError) -> MoneyUnit? {
    do throws(StoreError) {
      let currency =
        try currencies.first.map { (code) throws(StoreError) in try plan.snapshot.word(.currency, code) }
      return AnswerCells.unit(currency ?? plan.snapshot.settings.currency, plan: plan)
    } catch { throw .store(error) }
  }
}
