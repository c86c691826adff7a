internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// A figure over exceptions, gathered from the episodes that timelines tell of.
///
/// An exception counts with the words of its order.
struct EpisodeScan {
  private let kpi: any EpisodeKPI
  private let plan: Plan
  private(set) var task: FigureTask
  private var orders: OrderColumns
  private var verdicts = Verdicts()

  /// Episodes looked at at a time.
  private static let stride = 4_096

  init(_ kpi: any EpisodeKPI, of plan: Plan) throws(AnalyticsError) {
    self.kpi = kpi
    self.plan = plan
    task = try FigureTask(kpi, of: plan)
    let fields = Fields.union([
      [.placedAt], kpi.columns.compactMap(\.orderField), task.dimensions.flatMap(\.fields), plan.filter?.fields ?? [],
    ])
    orders = OrderColumns(fields, of: plan)
  }

  mutating func scan() throws(AnalyticsError) {
    guard let episodes = plan.stories?.episodes else { preconditionFailure("nobody gathered what timelines tell") }
    var start = 0
    while start < episodes.count {
      let end = min(start + Self.stride, episodes.count)
      try add(episodes[start..<end])
      start = end
    }
  }

  private mutating func add(_ episodes: ArraySlice<Episode>) throws(AnalyticsError) {
    let rows = episodes.map { Int64($0.order) }
    let order: Batch<OrderField>
    do throws(StoreError) { order = try orders.joined(rows) } catch { throw .store(error) }
    let batch = Batch(
      firstRow: 0, count: episodes.count, fields: kpi.columns,
      columns: kpi.columns.map { column in
        switch column {
        case .episode(let field): episodes.map { $0[field] }
        case .order(let field): order[field]
        }
      })
    kpi.judge(batch, in: plan.judging, into: &verdicts)
    if let filter = plan.filter { verdicts.keep(filter.selection(of: order, rows: rows)) }
    if plan.isByCreated { verdicts.attribute(to: order[.placedAt]) }
    let codes = DimensionColumns(order, in: plan.judging).codes(of: task.dimensions)
    try task.add(verdicts, codes: codes, source: .order, firstRow: 0, rows: rows)
  }
}
