import OrderModel

extension RepeatPurchase {
  /// Customers as `judged` rows, beside the orders that do not qualify.
  func sql(in scope: SQLScope) -> SQLFigure {
    let back = SQLFigure.Query(
      name: "back",
      text: """
        select order_id, sum(quantity) as units_back from movements
        where kind in (\(Self.returns)) and (occurred_ms is null or occurred_ms < \(scope.asOf)) group by order_id
        """)
    let gone = SQLOrders.cancelled("units", of: "units", known: "cancelled_units", scope)
    let qualifying = SQLFigure.Query(
      name: "qualifying",
      text: """
        select id as order_id, placed_ms, customer_id,
          case when customer_id is null then 'guest'
            when ending like 'cancelled-%' then 'cancelled' when ending = 'expired' then 'expired'
            when units_back > 0 and units_back + (\(gone)) >= units then 'returned'
            else 'hit' end as verdict
        from standing left join parts on parts.order_id = id left join back on back.order_id = id
        """)
    let sequenced = SQLFigure.Query(
      name: "sequenced",
      text: """
        select order_id, placed_ms, customer_id,
          row_number() over (partition by customer_id order by placed_ms, order_id) as place,
          count(*) over (partition by customer_id) as lifetime,
          min(placed_ms) over (partition by customer_id) as first_ms,
          lag(placed_ms) over (partition by customer_id order by placed_ms, order_id) as previous_ms
        from qualifying where verdict = 'hit'
        """)
    return SQLFigure(
      definition,
      [
        SQLOrders(in: scope).with("customer_id", "units", "cancelled_units").query, SQLOrders.parts(scope), back,
        qualifying, sequenced,
      ],
      judged: """
        \(members(in: scope))
        union all
        select order_id, placed_ms, verdict, 0, 0 from qualifying where verdict <> 'hit'
        """, in: scope)
  }

  private static let returns = [MovementKind.restock, .quarantine, .scrap, .takeBack].map { "'\($0.name)'" }.joined(
    separator: ", ")

  private func members(in scope: SQLScope) -> String {
    switch variant {
    case .ever:
      """
      select customer_id as id, first_ms as at_ms, case when lifetime > 1 then 'hit' else 'miss' end as verdict,
        0 as value, 0 as weight
      from sequenced where place = 1
      """
    case .window(let days):
      """
      select firsts.customer_id as id, firsts.placed_ms as at_ms,
        case when \(scope.asOf) - firsts.placed_ms < \(days * 86_400_000) then 'pending'
          when seconds.placed_ms - firsts.placed_ms <= \(days * 86_400_000) then 'hit' else 'miss' end as verdict,
        0 as value, 0 as weight
      from sequenced as firsts
        left join sequenced as seconds on seconds.customer_id = firsts.customer_id and seconds.place = 2
      where firsts.place = 1
      """
    case .orderShare:
      """
      select order_id as id, placed_ms as at_ms, case when place > 1 then 'hit' else 'miss' end as verdict,
        0 as value, 0 as weight
      from sequenced
      """
    case .interval:
      """
      select order_id as id, placed_ms as at_ms, 'hit' as verdict, placed_ms - previous_ms as value, 0 as weight
      from sequenced where place > 1
      """
    case .inPeriod: inPeriod("count(*) > 1", in: scope)
    case .returning: inPeriod("max(place) > 1", in: scope)
    case .prior:
      inPeriod(
        scope.context.period.lowerBound == Int64.min
          ? "1 = 0" : "min(first_ms) < \(scope.context.period.lowerBound)", in: scope)
    case .lifetime: inPeriod("max(lifetime) > 1", in: scope)
    }
  }

  /// Customers with an order in the period.
  private func inPeriod(_ condition: String, in scope: SQLScope) -> String {
    """
    select customer_id as id, min(placed_ms) as at_ms, case when \(condition) then 'hit' else 'miss' end as verdict,
      0 as value, 0 as weight
    from sequenced where \(scope.isInPeriod("placed_ms")) group by customer_id
    """
  }
}
