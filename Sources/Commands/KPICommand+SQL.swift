internal import Analytics
internal import KPIs
internal import OrderStore

extension KPICommand {
  /// Writes the figures of a request as SQL, one statement each.
  static func writeSQL(of request: KPIRequest, dialect name: String, from snapshot: OrderSnapshot) throws {
    guard let dialect = SQLDialect(rawValue: name.lowercased()) else {
      throw CommandFailure(
        "OB1102", "no dialect '\(name)' of SQL",
        hint: "sql:" + SQLDialect.allCases.map(\.rawValue).joined(separator: " or sql:"))
    }
    do throws(AnalyticsError) {
      let figures = try Analytics.sql(for: request, in: dialect, from: snapshot)
      Invocation.current.write(figures.map(\.text).joined(separator: "\n"))
    } catch { throw CommandFailure(error) }
  }
}
