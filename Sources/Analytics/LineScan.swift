internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// A figure over orders grouped by what their lines hold: SKU or category.
///
/// A figure that can be divided among lines is judged line by line; of another, an order counts once in each group that
/// any of its lines falls into, and an order without lines in the group of the unknown.
struct LineScan {
  private let kpi: any OrderKPI
  private let plan: Plan
  private(set) var task: FigureTask
  private let lineFields: [LineField]
  private var orders: OrderColumns
  private var verdicts = Verdicts()
  /// The order the last line belonged to, and the cells it has been counted in.
  private var current: (order: Int64, cells: Set<Int32>) = (-1, [])

  init(_ kpi: any OrderKPI, of plan: Plan) throws(AnalyticsError) {
    self.kpi = kpi
    self.plan = plan
    task = try FigureTask(kpi, of: plan)
    var own: [LineField] = [.order]
    var joined: [OrderField] = [.placedAt]
    for column in kpi.ofLines?.columns ?? [] {
      switch column {
      case .line(.cancelledBefore): own.append(.cancelled)
      case .line(let field): own.append(field)
      case .order(let field): joined.append(field)
      }
    }
    if kpi.ofLines == nil { joined += kpi.fields }
    if task.dimensions.contains(.sku) { own.append(.sku) }
    if task.dimensions.contains(.category) { own.append(.category) }
    lineFields = Fields.union([own])
    let fields = Fields.union([joined, task.dimensions.flatMap(\.fields), plan.filter?.fields ?? []])
    orders = OrderColumns(fields, of: plan)
  }

  mutating func scan() throws(AnalyticsError) {
    for group in 0..<plan.snapshot.lineGroupCount {
      let lines: Batch<LineField>
      let order: Batch<OrderField>
      do throws(StoreError) {
        lines = try plan.snapshot.lines(group: group, lineFields)
        order = try orders.joined(lines[.order])
      } catch { throw .store(error) }
      try add(lines, order)
    }
    if kpi.ofLines == nil { try addOrdersWithoutLines() }
  }

  private mutating func add(_ lines: Batch<LineField>, _ order: Batch<OrderField>) throws(AnalyticsError) {
    let rows = lines[.order]
    if let figure = kpi.ofLines {
      figure.judge(joined(figure.columns, lines, order), in: plan.judging, into: &verdicts)
    } else {
      kpi.judge(order, in: plan.judging, into: &verdicts)
    }
    if let filter = plan.filter { verdicts.keep(filter.selection(of: order, rows: rows)) }
    if plan.isByCreated { verdicts.attribute(to: order[.placedAt]) }
    var known: [Dimension: [Int64]] = [:]
    if task.dimensions.contains(.sku) { known[.sku] = lines[.sku] }
    if task.dimensions.contains(.category) { known[.category] = lines[.category] }
    let codes = DimensionColumns(order, in: plan.judging, known: known).codes(of: task.dimensions)
    if kpi.ofLines != nil { return try task.addLines(verdicts, orders: rows, codes: codes) }
    guard var cells = try task.cells(verdicts, codes: codes) else { return }
    for line in cells.indices where cells[line] >= 0 {
      if rows[line] != current.order { current = (rows[line], []) }
      if !current.cells.insert(cells[line]).inserted { cells[line] = -1 }
    }
    task.add(verdicts, cells: cells, source: .order, firstRow: 0, rows: rows)
  }

  private func joined(
    _ columns: [LineColumn], _ lines: Batch<LineField>, _ order: Batch<OrderField>
  ) -> Batch<LineColumn> {
    Batch(
      firstRow: lines.firstRow, count: lines.count, fields: columns,
      columns: columns.map { column in
        switch column {
        case .line(.cancelledBefore): cancelledBefore(lines, order)
        case .line(let field): lines[field]
        case .order(let field): order[field]
        }
      })
  }

  private func cancelledBefore(_ lines: Batch<LineField>, _ order: Batch<OrderField>) -> [Int64] {
    guard let stories = plan.stories else { preconditionFailure("nobody gathered what timelines tell") }
    return stories.cancelledUnits(
      ofLinesFrom: lines.firstRow, known: lines[.cancelled], orderCancelledAt: order[.reached(.cancelled)])
  }

  private mutating func addOrdersWithoutLines() throws(AnalyticsError) {
    for group in 0..<plan.snapshot.orderGroupCount {
      let order: Batch<OrderField>
      let lineCounts: [Int64]
      do throws(StoreError) {
        lineCounts = try plan.snapshot.orders(group: group, [.lineCount])[.lineCount]
        guard lineCounts.contains(0) else { continue }
        order = try orders.orders(group: group)
      } catch { throw .store(error) }
      kpi.judge(order, in: plan.judging, into: &verdicts)
      if let filter = plan.filter { verdicts.keep(filter.selection(of: order)) }
      verdicts.keep(lineCounts.map { $0 == 0 })
      if plan.isByCreated { verdicts.attribute(to: order[.placedAt]) }
      let unknown = [Int64](repeating: 0, count: order.count)
      let columns = DimensionColumns(order, in: plan.judging, known: [.sku: unknown, .category: unknown])
      try task.add(
        verdicts, codes: columns.codes(of: task.dimensions), source: .order, firstRow: order.firstRow)
    }
  }
}
