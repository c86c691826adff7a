internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// What came back: returns and deliveries of the ledger and credit notes, set against orders.
struct ReturnScan {
  private let kpi: ReturnRate
  private let plan: Plan
  private var task: FigureTask
  private var flows: ReturnRate.Flows
  private var verdicts = Verdicts()
  /// Orders of which something has come back already, in event view.
  private var seen: Set<Int64> = []
  /// Of each order, its first credit note: when, and which.
  private var firstCredits: [Int64: (at: Int64, row: Int)] = [:]

  private static let delivering = kinds(moving: .delivered)
  private static let returning = kinds(moving: .returned)

  private static func kinds(moving counter: LineCounter) -> Set<Int64> {
    Set(
      MovementKind.allCases.filter { kind in kind.effects.line.contains { $0.counter == counter } }
        .map { Int64($0.rawValue) })
  }

  private struct Event {
    /// Order row; −1 for a credit note that names none.
    var order: Int64
    var at, units: Int64
  }

  static func task(_ kpi: ReturnRate, of plan: Plan) throws(AnalyticsError) -> FigureTask {
    var scan = ReturnScan(kpi: kpi, plan: plan, task: try FigureTask(kpi, of: plan))
    let returns = try scan.gatherMovements()
    try scan.gatherCredits()
    try scan.addOrders()
    if kpi.variant.isOfEvents {
      if !kpi.variant.isOfValue { try scan.addReturns(returns) }
      try scan.addCredits()
    }
    return scan.task
  }

  private init(kpi: ReturnRate, plan: Plan, task: FigureTask) {
    (self.kpi, self.plan, self.task) = (kpi, plan, task)
    flows = ReturnRate.Flows(orderCount: plan.snapshot.orderCount)
  }

  // MARK: - What is known of orders

  private mutating func gatherMovements() throws(AnalyticsError) -> [Event] {
    var returns: [Event] = []
    for group in 0..<plan.snapshot.movementGroupCount {
      let batch: Batch<MovementField>
      do throws(StoreError) {
        batch = try plan.snapshot.movements(group: group, [.occurredAt, .kind, .quantity, .order, .line])
      } catch { throw .store(error) }
      let (occurred, kinds) = (batch[.occurredAt], batch[.kind])
      let (quantities, orders) = (batch[.quantity], batch[.order])
      // Of a kit its own movement names the line, those of its components name none.
      let lines = batch[.line]
      for row in 0..<batch.count where lines[row] != 0 && occurred[row] < plan.context.asOf {
        let order = orders[row] - 1
        if Self.delivering.contains(kinds[row]) { flows.delivered[Int(order)] += quantities[row] }
        if Self.returning.contains(kinds[row]) {
          flows.returned[Int(order)] += quantities[row]
          returns.append(Event(order: order, at: occurred[row], units: quantities[row]))
        }
      }
    }
    return returns
  }

  private mutating func gatherCredits() throws(AnalyticsError) {
    for group in 0..<plan.snapshot.creditGroupCount {
      let batch: Batch<CreditField>
      do throws(StoreError) {
        batch = try plan.snapshot.credits(group: group, [.occurredAt, .order, .units, .value])
      } catch { throw .store(error) }
      let (occurred, orders, units, values) = (batch[.occurredAt], batch[.order], batch[.units], batch[.value])
      for row in 0..<batch.count where orders[row] != 0 && occurred[row] < plan.context.asOf {
        flows.creditedUnits[Int(orders[row]) - 1] += units[row]
        flows.creditedValue[Int(orders[row]) - 1] += values[row]
        let credit = (at: occurred[row], row: batch.firstRow + row)
        if let known = firstCredits[orders[row] - 1], known <= credit { continue }
        firstCredits[orders[row] - 1] = credit
      }
    }
  }

  // MARK: - Adding up

  private mutating func addOrders() throws(AnalyticsError) {
    let fields = Fields.union([
      [.placedAt], kpi.fields, task.dimensions.flatMap(\.fields), plan.filter?.fields ?? [],
    ])
    let reader = OrderReader(fields, of: plan)
    for group in 0..<plan.snapshot.orderGroupCount {
      let batch: Batch<OrderField>
      do throws(StoreError) { batch = try reader.orders(group: group) } catch { throw .store(error) }
      kpi.judge(batch, flows: flows, in: plan.judging, into: &verdicts)
      if let filter = plan.filter { verdicts.keep(filter.selection(of: batch)) }
      let codes = DimensionColumns(batch, in: plan.judging).codes(of: task.dimensions)
      try task.add(verdicts, codes: codes, source: .order, firstRow: batch.firstRow)
    }
  }

  /// Return movements, in the order of time.
  private mutating func addReturns(_ returns: [Event]) throws(AnalyticsError) {
    let sorted = returns.sorted { ($0.at, $0.order) < ($1.at, $1.order) }
    let rows = sorted.map(\.order)
    let order: Batch<OrderField>
    do throws(StoreError) {
      var columns = OrderColumns(
        Fields.union([[.placedAt], task.dimensions.flatMap(\.fields), plan.filter?.fields ?? []]), of: plan)
      order = try columns.joined(rows)
    } catch { throw .store(error) }
    let values = sorted.map { value($0.order, units: $0.units) }
    verdicts = Verdicts(hitsAt: sorted.map(\.at), values: values)
    if let filter = plan.filter { verdicts.keep(filter.selection(of: order, rows: rows)) }
    let codes = DimensionColumns(order, in: plan.judging).codes(of: task.dimensions)
    try task.add(verdicts, codes: codes, source: .order, firstRow: 0, rows: rows)
  }

  /// Credit notes: all of them by value, else those that tell what no movement tells.
  private mutating func addCredits() throws(AnalyticsError) {
    let measure: CreditUnits.Measure =
      kpi.variant.isOfValue ? .value : kpi.variant == .ordersEvent ? .one : .units
    var scan = CreditScan(CreditUnits(measure), dimensions: task.dimensions, of: plan)
    var task = task
    let (flows, firstCredits, judging) = (flows, firstCredits, plan.judging)
    try scan.each { (credits, verdicts, words) throws(AnalyticsError) in
      var verdicts = verdicts
      let orders = credits[.order]
      for row in 0..<credits.count where measure != .value {
        let order = orders[row] - 1
        let isTold = order >= 0 && flows.returned[Int(order)] != 0
        let isFirst = order >= 0 && firstCredits[order]?.row == credits.firstRow + row
        if isTold || (measure == .one && !isFirst) { verdicts.leaveOut(row) }
      }
      let columns = DimensionColumns(words, in: judging, known: [.word(.reason): credits[.reason]])
      try task.add(verdicts, codes: columns.codes(of: task.dimensions), source: .credit, firstRow: credits.firstRow)
    }
    self.task = task
  }

  /// What a return adds: its units, or 1 for the first of an order.
  private mutating func value(_ order: Int64, units: Int64) -> Int64 {
    guard kpi.variant == .ordersEvent else { return units }
    return seen.insert(order).inserted ? 1 : 0
  }
}
