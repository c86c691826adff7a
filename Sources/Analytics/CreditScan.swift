internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// What credit notes add to a figure over orders.
///
/// A credit note counts with the words of its order; one that names no order, with its own. Its reason is always its own.
struct CreditScan {
  private let kpi: any CreditKPI
  private let plan: Plan
  private let creditFields: [CreditField]
  private let needed: [OrderField]
  private var orders: OrderColumns
  private var verdicts = Verdicts()

  init(_ kpi: any CreditKPI, dimensions: [Dimension], of plan: Plan) {
    self.kpi = kpi
    self.plan = plan
    var own: [CreditField] = [.occurredAt, .order, .channel, .region, .currency, .reason, .customer]
    var joined: [OrderField] = [.placedAt]
    for column in kpi.columns {
      switch column {
      case .credit(let field): own.append(field)
      case .order(let field): joined.append(field)
      }
    }
    creditFields = Fields.union([own])
    needed = Fields.union([joined, dimensions.flatMap(\.fields), plan.filter?.fields ?? []])
    orders = OrderColumns(needed, of: plan)
  }

  /// Adds every credit note to the cells of `task`.
  mutating func add(to task: inout FigureTask) throws(AnalyticsError) {
    let judging = plan.judging
    try each { (credits, verdicts, words) throws(AnalyticsError) in
      let columns = DimensionColumns(words, in: judging, known: [.word(.reason): credits[.reason]])
      try task.add(
        verdicts, codes: columns.codes(of: task.dimensions), source: .credit, firstRow: credits.firstRow)
    }
  }

  /// Calls `body` with the credit notes of each row group, what the figure says of them, and the words they count with.
  mutating func each(
    _ body: (Batch<CreditField>, Verdicts, Batch<OrderField>) throws(AnalyticsError) -> Void
  ) throws(AnalyticsError) {
    for group in 0..<plan.snapshot.creditGroupCount {
      let credits: Batch<CreditField>
      let order: Batch<OrderField>
      do throws(StoreError) {
        credits = try plan.snapshot.credits(group: group, creditFields)
        order = try orders.joined(credits[.order].map { $0 - 1 })
      } catch { throw .store(error) }
      kpi.judge(joined(credits, order), in: plan.judging, into: &verdicts)
      let words = withOwnWords(order, credits)
      if let filter = plan.filter {
        verdicts.keep(filter.selection(of: words, rows: credits[.order].map { $0 - 1 }))
      }
      try body(credits, verdicts, words)
    }
  }

  /// The columns the figure reads.
  private func joined(_ credits: Batch<CreditField>, _ order: Batch<OrderField>) -> Batch<CreditColumn> {
    Batch(
      firstRow: credits.firstRow, count: credits.count, fields: kpi.columns,
      columns: kpi.columns.map { column in
        switch column {
        case .credit(let field): credits[field]
        case .order(let field): order[field]
        }
      })
  }

  /// The order's columns, with the words of credit notes that name no order filled in.
  private func withOwnWords(_ order: Batch<OrderField>, _ credits: Batch<CreditField>) -> Batch<OrderField> {
    let rows = credits[.order]
    guard rows.contains(0) else { return order }
    let own: [OrderField: CreditField] = [
      .channel: .channel, .region: .region, .currency: .currency, .customer: .customer,
    ]
    return Batch(
      firstRow: credits.firstRow, count: order.count, fields: needed,
      columns: needed.map { field in
        var column = order[field]
        guard let ownField = own[field] else { return column }
        let words = credits[ownField]
        for row in column.indices where rows[row] == 0 { column[row] = words[row] }
        return column
      })
  }
}
