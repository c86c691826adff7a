import OrderModel

extension SQLText {
  /// How often exceptions of some kinds were raised of an order before as-of: `order_id`, `times`.
  static func raised(_ kinds: [ExceptionKind], as name: String, in scope: SQLScope) -> SQLFigure.Query {
    let subjects = kinds.map { "'\($0.name)'" }.joined(separator: ", ")
    return SQLFigure.Query(
      name: name,
      text: """
        select order_id, count(*) as times from events
        where kind = 'raised' and subject in (\(subjects)) and (occurred_ms is null or occurred_ms < \(scope.asOf))
        group by order_id
        """)
  }

  /// A figure over orders that reached a node at an instant, as ``ReachedOrders`` judge them.
  ///
  /// - Parameters:
  ///   - queries: Each with `order_id`, joined to `standing`.
  ///   - verdict: Of an order that reached the node and is mature, the branches of a `case` from `when` to `else …`.
  static func reached(
    _ node: Node, _ definition: Definition, windowDays: Int64 = 0, _ queries: [SQLFigure.Query],
    columns: [String] = [], verdict: String, value: String = "0", weight: String = "0", in scope: SQLScope
  ) -> SQLFigure {
    var orders = SQLOrders(in: scope).passing(node)
    for column in columns { orders = orders.with(column) }
    let joins = queries.map { " left join \($0.name) on \($0.name).order_id = standing.id" }.joined()
    return SQLFigure(
      definition, [orders.query] + queries,
      judged: """
        select id, coalesce(\(node.name)_at, placed_ms) as at_ms,
          case when \(node.name)_untimed = 1 then 'time-missing'
            when \(node.name)_at is null then \(SQLOrders.notReached)
            when \(node.name)_at > \(scope.asOf - windowDays * 86_400_000) then 'pending'
            \(verdict) end as verdict,
          \(value) as value, \(weight) as weight
        from standing\(joins)
        """, in: scope)
  }
}

extension PerfectOrder {
  /// Of the rate; the index is a product of four.
  func sql(in scope: SQLScope) -> SQLFigure {
    SQLText.reached(
      .delivered, definition, windowDays: claimWindowDays,
      [SQLText.faults(in: scope), SQLText.raised([.damaged, .docError], as: "raised_of", in: scope)],
      columns: ["deliver_by_ms"],
      verdict: """
        when deliver_by_ms is null then 'no-promise'
            when delivered_at <= deliver_by_ms and faults.order_id is null and raised_of.order_id is null then 'hit'
            else 'miss'
        """, in: scope)
  }
}

extension DamageFreeRate {
  func sql(in scope: SQLScope) -> SQLFigure {
    let isOrders = variant == .orders
    let claims = "coalesce(damaged.times, 0)"
    return SQLText.reached(
      .delivered, definition, windowDays: claimWindowDays, [SQLText.raised([.damaged], as: "damaged", in: scope)],
      columns: ["(select count(*) from order_lines where order_lines.order_id = orders.order_id) as line_count"],
      verdict: "when damaged.order_id is null then 'hit' else 'miss'",
      value: isOrders ? "0" : "case when \(claims) < line_count then line_count - \(claims) else 0 end",
      weight: isOrders ? "0" : "line_count", in: scope)
  }
}

extension DocumentationAccuracy {
  func sql(in scope: SQLScope) -> SQLFigure {
    SQLText.reached(
      .delivered, definition, windowDays: claimWindowDays, [SQLText.raised([.docError], as: "wrong", in: scope)],
      verdict: "when wrong.order_id is null then 'hit' else 'miss'", in: scope)
  }
}
