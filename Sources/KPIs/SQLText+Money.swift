import OrderModel

extension CancelRate {
  func sql(in scope: SQLScope) -> SQLFigure {
    switch variant {
    case .lines: share(of: "units", known: "cancelled_units", "units", in: scope)
    case .value: share(of: "list_value_minor", known: "cancelled_value_minor", "value", in: scope)
    case .orders: rate("ending like 'cancelled-%'", SQLOrders(in: scope), in: scope)
    case .expired: rate("ending = 'expired'", SQLOrders(in: scope), in: scope)
    case .ordersCustomer: rate("ending = 'cancelled-customer'", SQLOrders(in: scope), in: scope)
    case .ordersSeller: rate("ending = 'cancelled-seller'", SQLOrders(in: scope), in: scope)
    case .ordersSystem: rate("ending = 'cancelled-system'", SQLOrders(in: scope), in: scope)
    case .ordersUnknown: rate("ending = 'cancelled-unknown'", SQLOrders(in: scope), in: scope)
    case .preFulfilment:
      rate(
        """
        ending = 'cancelled-seller' and (cancelled_ms is null
            or shipped_untimed = 0 and (shipped_at is null or cancelled_ms < shipped_at))
        """, SQLOrders(in: scope).passing(.shipped), in: scope)
    }
  }

  private func rate(_ condition: String, _ orders: SQLOrders, in scope: SQLScope) -> SQLFigure {
    SQLFigure(
      definition, [orders.query],
      judged: """
        select id, placed_ms as at_ms, case when \(condition) then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from standing
        """, in: scope)
  }

  private func share(of whole: String, known: String, _ what: String, in scope: SQLScope) -> SQLFigure {
    SQLFigure(
      definition, [SQLOrders(in: scope).with(whole, known).query, SQLOrders.parts(scope)],
      judged: """
        select id, placed_ms as at_ms, 'miss' as verdict,
          case when ending = 'expired' then 0 else
            \(SQLOrders.cancelled(what, of: whole, known: known, scope)) end as value,
          \(whole) as weight
        from standing left join parts on parts.order_id = standing.id
        """, in: scope)
  }
}

/// What orders were worth at as-of: the query `worth`, with `gross` and `net` for every order of `standing`.
///
/// As ``OrderMoney`` has it. The product of list value and value paid of one order must stay below 2^63.
enum SQLMoney {
  static func queries(in scope: SQLScope, with more: [String] = []) -> [SQLFigure.Query] {
    var orders = SQLOrders(in: scope).with(
      "list_value_minor", "line_value_minor", "discount_minor", "cancelled_value_minor")
    for column in more { orders = orders.with(column) }
    let cancelled = SQLOrders.cancelled("value", of: "list_value_minor", known: "cancelled_value_minor", scope)
    let left = SQLFigure.Query(
      name: "kept",
      text: """
        select standing.*,
          list_value_minor - (\(cancelled)) as gross
        from standing left join parts on parts.order_id = standing.id
        """)
    let share = scope.dialect.quotient("line_value_minor * gross", "list_value_minor")
    let worth = SQLFigure.Query(
      name: "worth",
      text: """
        select *,
          case when ending <> 'none' then 0
            when line_value_minor = list_value_minor then gross - discount_minor
            when gross = list_value_minor then line_value_minor - discount_minor
            else \(share) - discount_minor end as net
        from kept
        """)
    return [orders.query, SQLOrders.parts(scope), left, worth]
  }

  /// The word for how an order ended that counts nothing.
  static let ended = "when ending = 'expired' then 'expired' when ending <> 'none' then 'cancelled'"
}

extension Sales {
  func sql(in scope: SQLScope) -> SQLFigure {
    switch variant {
    case .gmv, .gmvPaid: ordered(in: scope)
    case .gross, .net, .netOrder, .total: kept(in: scope)
    }
  }

  private func ordered(in scope: SQLScope) -> SQLFigure {
    let orders = SQLOrders(in: scope).with("list_value_minor")
    let verdict =
      variant == .gmv
      ? "'hit'"
      : """
      case when paid_at is not null or paid_untimed = 1 then 'hit'
          \(SQLMoney.ended) else 'pending' end
      """
    return SQLFigure(
      definition, [(variant == .gmv ? orders : orders.passing(.paid)).query],
      judged: """
        select id, placed_ms as at_ms, \(verdict) as verdict, list_value_minor as value, 0 as weight
        from standing
        """, in: scope)
  }

  private func kept(in scope: SQLScope) -> SQLFigure {
    let value =
      switch variant {
      case .gross: "gross"
      case .total: "net + tax_minor + shipping_minor"
      default: "net"
      }
    return SQLFigure(
      definition, SQLMoney.queries(in: scope, with: variant == .total ? ["tax_minor", "shipping_minor"] : []),
      judged: """
        select id, placed_ms as at_ms, case \(SQLMoney.ended) else 'hit' end as verdict, \(value) as value, 0 as weight
        from worth
        \(credits(in: scope))
        """, in: scope)
  }

  /// What credit notes take off.
  private func credits(in scope: SQLScope) -> String {
    switch variant {
    case .net, .total:
      """
      union all
      select credit_id, occurred_ms, 'hit', -value_minor, 0 from credits where occurred_ms < \(scope.asOf)
      """
    case .netOrder:
      """
      union all
      select credit_id, coalesce(placed_ms, occurred_ms), case when credits.order_id is null then 'no-order' else 'hit' end,
        -value_minor, 0
      from credits left join orders on orders.order_id = credits.order_id
      where occurred_ms < \(scope.asOf) and (credits.order_id is null or placed_ms < \(scope.asOf))
      """
    default: ""
    }
  }
}

extension AverageOrder {
  func sql(in scope: SQLScope) -> SQLFigure {
    if variant == .value {
      return SQLFigure(definition, SQLMoney.queries(in: scope), judged: judged("net", from: "worth"), in: scope)
    }
    let cancelled = SQLOrders.cancelled("units", of: "units", known: "cancelled_units", scope)
    let kept = SQLFigure.Query(
      name: "kept",
      text: """
        select standing.*,
          units - (\(cancelled)) as units_left
        from standing left join parts on parts.order_id = standing.id
        """)
    return SQLFigure(
      definition, [SQLOrders(in: scope).with("units", "cancelled_units").query, SQLOrders.parts(scope), kept],
      judged: judged("units_left", from: "kept"), in: scope)
  }

  private func judged(_ value: String, from table: String) -> String {
    """
    select id, placed_ms as at_ms,
      case \(SQLMoney.ended)
        when \(value) = 0 then '\(variant == .value ? "zero-value" : "no-units")' else 'hit' end as verdict,
      \(value) as value, 0 as weight
    from \(table)
    """
  }
}
