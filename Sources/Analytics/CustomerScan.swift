internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// Figures of one family over customers, whose sequences of orders are gathered once for all of them.
///
/// Every order before as-of is looked at whatever the period, since an earlier one may be the customer's first. Row
/// groups are gathered by several threads where orders are not grouped (numbers of groups would differ among threads),
/// and customers are judged by several threads in any case.
struct CustomerScan: Sendable {
  let plan: Plan
  private let kpis: [any CustomerKPI]
  private(set) var tasks: [FigureTask]
  private var sequences: CustomerSequences
  private var numbering: CellNumbering?
  private var verdicts = Verdicts()
  private let reader: OrderReader
  /// The time bucket among the keys, which says where an order's own period starts.
  private let bucketPlace: Int?

  /// Row groups a thread takes at a time.
  private static let stride = 4

  /// - Parameter kpis: At least one; those of a family qualify orders alike and make the same keys.
  init(_ kpis: [any CustomerKPI], of plan: Plan) throws(AnalyticsError) {
    self.plan = plan
    self.kpis = kpis
    tasks = []
    for kpi in kpis { tasks.append(try FigureTask(kpi, of: plan)) }
    numbering = tasks[0].numbering
    let fields = Fields.union([
      [.placedAt, .customer], kpis[0].qualifyingFields, tasks[0].dimensions.flatMap(\.fields),
      plan.filter?.fields ?? [],
    ])
    reader = OrderReader(fields, of: plan)
    bucketPlace = plan.dimensions.firstIndex(where: \.isPeriod)
    // Members are listed by customer, so there all customers stay in one part.
    sequences = CustomerSequences(partBits: plan.withMembers ? 0 : 5)
  }

  mutating func scan() throws(AnalyticsError) {
    let groupCount = plan.snapshot.orderGroupCount
    let empty = self
    if tasks[0].dimensions.isEmpty, !plan.withMembers {
      let parts = try SharedWork.parts(
        of: groupCount, by: Self.stride, threadCount: plan.threadCount, from: empty
      ) { (scan: inout CustomerScan, groups) throws(AnalyticsError) in try scan.gather(groups) }
      for part in parts { try merge(part) }
    } else {
      try gather(0..<groupCount)
    }
    try judge()
  }

  /// Adds the orders of some row groups.
  private mutating func gather(_ groups: Range<Int>) throws(AnalyticsError) {
    for group in groups {
      let batch: Batch<OrderField>
      do throws(StoreError) {
        let placed = try plan.snapshot.placedRange(orderGroup: group)
        if let placed, placed.lowerBound >= plan.context.asOf { continue }
        batch = try reader.orders(group: group)
      } catch { throw .store(error) }
      kpis[0].qualify(batch, in: plan.judging, into: &verdicts)
      if let filter = plan.filter { verdicts.keep(filter.selection(of: batch)) }
      let columns = DimensionColumns(batch, in: plan.judging)
      let cells = try numbering?.cells(
        verdicts, codes: columns.codes(of: tasks[0].dimensions), within: plan.context.period)
      let starts = bucketPlace.flatMap { place in numbering?.bucketStarts(at: place, cells: cells ?? []) }
      sequences.add(batch, verdicts: verdicts, cells: cells, bucketStarts: starts)
      for index in tasks.indices {
        tasks[index].addExclusions(verdicts, cells: cells, numbering: numbering, firstRow: batch.firstRow)
      }
    }
  }

  /// Adds all of `other`, ungrouped orders of other row groups.
  private mutating func merge(_ other: CustomerScan) throws(AnalyticsError) {
    sequences.merge(other.sequences)
    for index in tasks.indices { try tasks[index].merge(other.tasks[index]) }
  }

  /// Judges the customers once all orders are there.
  private mutating func judge() throws(AnalyticsError) {
    let (kpis, sequences, numbering, judging) = (kpis, sequences, numbering, plan.judging)
    var empty: [FigureTask] = []
    for kpi in kpis { empty.append(try FigureTask(kpi, of: plan)) }
    let found = try SharedWork.parts(
      of: sequences.partCount, by: 1, threadCount: plan.threadCount, from: empty
    ) { (tasks: inout [FigureTask], parts) throws(AnalyticsError) in
      for part in parts {
        let customers = sequences.sequenced(part)
        for index in kpis.indices {
          var verdicts = CustomerVerdicts()
          customers.judge(by: kpis[index], in: judging, into: &verdicts)
          tasks[index].add(verdicts, numbering: numbering)
        }
      }
    }
    for index in tasks.indices {
      for part in found { tasks[index].mergeAlike(part[index], numbering: numbering) }
    }
  }
}
