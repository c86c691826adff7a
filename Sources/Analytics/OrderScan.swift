internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// Figures over orders, gathered in one walk over the row groups of orders.
struct OrderScan: Sendable {
  let plan: Plan
  private let kpis: [any OrderKPI]
  private(set) var tasks: [FigureTask]
  private let reader: OrderReader
  private var verdicts = Verdicts()

  init(_ kpis: [any OrderKPI], of plan: Plan) throws(AnalyticsError) {
    self.plan = plan
    self.kpis = kpis
    tasks = []
    for kpi in kpis { tasks.append(try FigureTask(kpi, of: plan)) }
    let fields = Fields.union(
      [[.placedAt]] + kpis.map(\.fields) + tasks.map { $0.dimensions.flatMap(\.fields) } + [plan.filter?.fields ?? []])
    reader = OrderReader(fields, of: plan)
  }

  /// Adds the orders of some row groups.
  mutating func scan(_ groups: Range<Int>) throws(AnalyticsError) {
    for group in groups {
      let placed: ClosedRange<Int64>?
      do throws(StoreError) { placed = try plan.snapshot.placedRange(orderGroup: group) } catch { throw .store(error) }
      let wanted = kpis.indices.filter { Fields.mayHold(placed, kpis[$0], of: plan) }
      guard !wanted.isEmpty else { continue }
      let batch: Batch<OrderField>
      do throws(StoreError) {
        batch = try reader.orders(group: group)
      } catch { throw .store(error) }
      try add(batch, wanted: wanted)
    }
  }

  private mutating func add(_ batch: Batch<OrderField>, wanted: [Int]) throws(AnalyticsError) {
    let selection = plan.filter?.selection(of: batch)
    let columns = DimensionColumns(batch, in: plan.judging)
    for index in wanted {
      kpis[index].judge(batch, in: plan.judging, into: &verdicts)
      if let selection { verdicts.keep(selection) }
      if plan.isByCreated { verdicts.attribute(to: batch[.placedAt]) }
      try tasks[index].add(
        verdicts, codes: columns.codes(of: tasks[index].dimensions), source: .order, firstRow: batch.firstRow)
    }
  }

  /// Adds all of `other`, the same figures over other row groups.
  mutating func merge(_ other: OrderScan) throws(AnalyticsError) {
    for index in tasks.indices { try tasks[index].merge(other.tasks[index]) }
  }
}
