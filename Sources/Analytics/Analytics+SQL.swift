public import KPIs
public import OrderStore

extension Analytics {
  /// The figures of a request as SQL over the hand-over tables, one statement each, with as-of and period inlined.
  ///
  /// - Throws: ``AnalyticsError/noSQL(kpi:names:)`` for a figure without a text,
  ///   ``AnalyticsError/sqlDoesNotFit(_:)`` for keys, conditions or another attribution, which the texts do not know.
  public static func sql(
    for request: KPIRequest, in dialect: SQLDialect, from snapshot: OrderSnapshot
  ) throws(AnalyticsError) -> [SQLFigure] {
    let plan = try Plan(request, snapshot: snapshot)
    let unfit = [
      ("group keys", !plan.dimensions.isEmpty), ("conditions", plan.filter != nil), ("totals", plan.withTotals),
      ("the attribution created", plan.isByCreated),
    ]
    if let (what, _) = unfit.first(where: \.1) { throw .sqlDoesNotFit(what) }
    let scope = SQLScope(plan.judging, dialect: dialect)
    var figures: [SQLFigure] = []
    for kpi in plan.kpis {
      if let figure = SQLText.figure(of: kpi, in: scope) {
        if Currencies.needsKey(kpi, in: plan) { throw .sqlDoesNotFit("amounts of several currencies") }
        figures.append(figure)
      } else if !request.names.isEmpty {
        throw .noSQL(kpi: kpi.definition.name, names: SQLText.names)
      }
    }
    return figures
  }
}
