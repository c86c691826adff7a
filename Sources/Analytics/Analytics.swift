public import Columns
internal import KPIs
public import OrderStore

/// Questions to a snapshot.
public enum Analytics {
  /// The answer as a table: figures, their definitions, or the members behind them.
  public static func answer(
    _ request: KPIRequest, from snapshot: OrderSnapshot
  ) throws(AnalyticsError) -> Table {
    let plan = try Plan(request, snapshot: snapshot)
    if request.explanation == .definition { return DefinitionTable.table(of: plan) }
    let answers = try plan.answers()
    return request.explanation == .members
      ? try MemberTable.table(of: answers, from: snapshot) : answers.table()
  }

  /// The same figures as values.
  public static func answers(
    to request: KPIRequest, from snapshot: OrderSnapshot
  ) throws(AnalyticsError) -> KPIAnswers {
    try Plan(request, snapshot: snapshot).answers()
  }

  /// What figures mean, in words; the table of ``KPIRequest/Explanation/definition`` without a store.
  ///
  /// - Parameter names: Ids or slugs with their variants; empty asks for all.
  public static func definitions(of names: [String]) throws(AnalyticsError) -> Table {
    var kpis: [any KPI] = []
    do throws(KPIError) {
      for name in names { kpis.append(try KPICatalogue.kpi(named: name)) }
    } catch { throw .kpi(error) }
    return DefinitionTable.table(of: names.isEmpty ? KPICatalogue.all : kpis)
  }

  /// The names a request may group by.
  public static let keyNames: [String] = Dimension.allNames
}
