internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// Figures of one family over customers, whose sequences of orders are gathered once for all of them.
///
/// Every order before as-of is looked at whatever the period, since an earlier one may be the customer's first.
struct CustomerScan {
  let plan: Plan
  private let kpis: [any CustomerKPI]
  private(set) var tasks: [FigureTask]
  private var sequences = CustomerSequences()
  private let fields: [OrderField]
  /// The time bucket among the keys, which says where an order's own period starts.
  private let bucketPlace: Int?

  /// - Parameter kpis: At least one; those of a family qualify orders alike.
  init(_ kpis: [any CustomerKPI], of plan: Plan) throws(AnalyticsError) {
    self.plan = plan
    self.kpis = kpis
    tasks = []
    for kpi in kpis { tasks.append(try FigureTask(kpi, of: plan)) }
    fields = Fields.union(
      [[.placedAt, .customer], kpis[0].qualifyingFields, plan.dimensions.flatMap(\.fields), plan.filter?.fields ?? []])
    bucketPlace = plan.dimensions.firstIndex(where: \.isPeriod)
  }

  mutating func scan() throws(AnalyticsError) {
    var verdicts = Verdicts()
    var numbering = tasks[0].numbering
    for group in 0..<plan.snapshot.orderGroupCount {
      let batch: Batch<OrderField>
      do throws(StoreError) {
        let placed = try plan.snapshot.placedRange(orderGroup: group)
        if let placed, placed.lowerBound >= plan.context.asOf { continue }
        batch = try plan.snapshot.orders(group: group, fields)
      } catch { throw .store(error) }
      kpis[0].qualify(batch, in: plan.judging, into: &verdicts)
      if let filter = plan.filter { verdicts.keep(filter.selection(of: batch)) }
      let columns = DimensionColumns(batch, in: plan.judging)
      let cells = try numbering?.cells(
        verdicts, codes: columns.codes(of: plan.dimensions), within: plan.context.period)
      let starts = bucketPlace.flatMap { place in numbering?.bucketStarts(at: place, cells: cells ?? []) }
      sequences.add(batch, verdicts: verdicts, cells: cells, bucketStarts: starts)
      for index in tasks.indices {
        tasks[index].addExclusions(verdicts, cells: cells, numbering: numbering, firstRow: batch.firstRow)
      }
    }
    for index in kpis.indices {
      tasks[index].add(sequences.judged(by: kpis[index], in: plan.judging), numbering: numbering)
    }
  }
}
