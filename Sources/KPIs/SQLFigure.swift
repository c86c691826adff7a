/// A dialect of SQL in which figures can be told over the hand-over tables.
public enum SQLDialect: String, Sendable, Hashable, CaseIterable {
  case sqlite, duckdb

  /// Division of integers, rounded toward zero: the one operation that the dialects write differently.
  func quotient(_ dividend: String, _ divisor: String) -> String {
    switch self {
    case .sqlite: "(\(dividend)) / (\(divisor))"
    case .duckdb: "(\(dividend)) // (\(divisor))"
    }
  }
}

/// What a text of SQL answers for: as-of and period stand in it as numbers.
public struct SQLScope: Sendable, Hashable {
  public var context: JudgingContext
  public var dialect: SQLDialect

  public init(_ context: JudgingContext, dialect: SQLDialect) { (self.context, self.dialect) = (context, dialect) }

  var asOf: Int64 { context.asOf }

  /// Whether an instant lies in the period; `1 = 1` where every one does. The ends of Int64 are never written: SQLite
  /// reads the lower one as a floating-point number.
  func isInPeriod(_ column: String) -> String {
    var conditions: [String] = []
    if context.period.lowerBound > Int64.min { conditions.append("\(column) >= \(context.period.lowerBound)") }
    if context.period.upperBound < Int64.max { conditions.append("\(column) < \(context.period.upperBound)") }
    return conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " and ")
  }
}

/// A figure as SQL over the hand-over tables: named queries, the last of which is `judged`.
///
/// `judged` has a row a member: `id`, `at_ms` (the instant that puts it into a period), `verdict` (`hit`, `miss`,
/// `pending` or a reason for exclusion), `value`, `weight`.
public struct SQLFigure: Sendable, Hashable {
  struct Query: Sendable, Hashable {
    var name, text: String
  }

  let definition: Definition
  let queries: [Query]
  let scope: SQLScope

  /// - Parameter judged: The text of `judged`.
  init(_ definition: Definition, _ queries: [Query], judged: String, in scope: SQLScope) {
    self.definition = definition
    self.queries = queries + [Query(name: "judged", text: judged)]
    self.scope = scope
  }

  /// The names of the columns of the answer, in their sequence; absent figures are null.
  public static func columnNames(of definition: Definition) -> [String] {
    ["numerator", "denominator", "pending"] + definition.exclusions.map(column(ofExclusion:))
      + ["n", "p50", "p90", "p95", "max_value", "negative"]
  }

  /// One statement that gives one row of integers.
  ///
  /// Of common SQL only: no rounding, no quantile function, no zone; window functions with a total order.
  public var text: String {
    var queries = self.queries
    queries.append(
      Query(name: "counted", text: "select * from judged where \(scope.isInPeriod("at_ms"))"))
    if isRanked {
      queries.append(
        Query(
          name: "ranked",
          text: """
            select value, row_number() over (order by value, id) as place, count(*) over () as n
            from counted where verdict = 'hit'
            """))
    }
    let named = queries.map { query in
      "\(query.name) as (\n" + query.text.split(separator: "\n").map { "  \($0)\n" }.joined() + ")"
    }
    let columns = zip(Self.columnNames(of: definition), values).map { name, value in "  \(value) as \(name)" }
    return """
      -- \(definition.name) version \(definition.version): \(definition.english), \(definition.unit)
      -- as of \(scope.asOf) ms, period \(scope.isInPeriod("at_ms")), \(scope.dialect.rawValue)
      with
      \(named.joined(separator: ",\n"))
      select
      \(columns.joined(separator: ",\n"))
      from counted;

      """
  }

  // MARK: - Columns

  private var isRanked: Bool {
    switch definition.kind {
    case .duration, .average, .count: true
    default: false
    }
  }

  private var values: [String] {
    let hits = Self.count("verdict = 'hit'")
    let known = Self.count("verdict in ('hit', 'miss')")
    let (numerator, denominator) =
      switch definition.kind {
      case .rate: (hits, known)
      case .share: (Self.sum("value", "verdict in ('hit', 'miss')"), Self.sum("weight", "verdict in ('hit', 'miss')"))
      case .duration, .average: (Self.sum("value", "verdict = 'hit'"), hits)
      case .amount: (Self.sum("value", "verdict in ('hit', 'miss')"), "cast(null as bigint)")
      default: (known, "cast(null as bigint)")
      }
    let ranks = [50, 90, 95].map { percent in
      isRanked
        ? "(select value from ranked where place * 100 >= n * \(percent) and (place - 1) * 100 < n * \(percent))"
        : "cast(null as bigint)"
    }
    return [numerator, denominator, Self.count("verdict = 'pending'")]
      + definition.exclusions.map { Self.count("verdict = '\($0)'") }
      + [isRanked ? hits : "0"] + ranks
      + [isRanked ? "(select max(value) from ranked)" : "cast(null as bigint)"]
      + [definition.kind == .duration ? Self.count("verdict = 'hit' and value < 0") : "0"]
  }

  private static func count(_ condition: String) -> String { sum("1", condition) }

  private static func sum(_ value: String, _ condition: String) -> String {
    "cast(coalesce(sum(case when \(condition) then \(value) else 0 end), 0) as bigint)"
  }

  private static func column(ofExclusion reason: String) -> String {
    "excluded_" + String(reason.map { $0 == "-" ? "_" : $0 })
  }
}
