import OrderModel

extension FirstResponseRate {
  func sql(in scope: SQLScope) -> SQLFigure {
    let deadline = "placed_ms + \(Self.limit)"
    func ended(_ column: String) -> String {
      """
      (\(column) is null or \(column) <= \(deadline)) and (first_act_at is null or \(column) is null
            or \(column) < first_act_at)
      """
    }
    return SQLFigure(
      definition, [SQLOrders(in: scope).instant("first_act").with("first_act_missing").query],
      judged: """
        select id, placed_ms as at_ms,
          case when first_act_missing = 1 then 'miss'
            when ending = 'expired' and \(ended("expired_ms")) then 'expired'
            when ending like 'cancelled-%' and \(ended("cancelled_ms")) then 'cancelled'
            when first_act_at is not null then case when first_act_at <= \(deadline) then 'hit' else 'miss' end
            when \(deadline) < \(scope.asOf) then 'miss' else 'pending' end as verdict,
          0 as value, 0 as weight
        from standing
        """, in: scope)
  }
}

extension OnTimeShipment {
  func sql(in scope: SQLScope) -> SQLFigure {
    SQLFigure(
      definition, [SQLOrders(in: scope).passing(.shipped).with("ship_by_ms").query],
      judged: """
        select id, placed_ms as at_ms,
          case when ship_by_ms is null then 'no-promise'
            when ending = 'cancelled-seller' then 'miss'
            when ending = 'expired' and (expired_ms is null or expired_ms < ship_by_ms) then ending
            when ending like 'cancelled-%' and (cancelled_ms is null or cancelled_ms < ship_by_ms) then ending
            when shipped_at is null and shipped_untimed = 0 then
              case when ship_by_ms < \(scope.asOf) then 'miss' else 'pending' end
            when shipped_at <= ship_by_ms then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from standing
        """, in: scope)
  }
}

extension OnTimeInFull {
  func sql(in scope: SQLScope) -> SQLFigure {
    let onTime = onTime.sql(in: scope).queries.map { query in
      query.name == "judged" ? SQLFigure.Query(name: "on_time", text: query.text) : query
    }
    return SQLFigure(
      definition, onTime + [SQLText.faults(in: scope)],
      judged: """
        select id, at_ms,
          case when verdict = 'hit' and faults.order_id is not null then 'miss' else verdict end as verdict,
          value, weight
        from on_time left join faults on faults.order_id = on_time.id
        """, in: scope)
  }
}

extension LateOrderRate {
  func sql(in scope: SQLScope) -> SQLFigure {
    let isOpen = [Node.delivered, .completed, .cancelled, .expired].map { SQLOrders.isAhead($0.name, scope) }
    // What is shipped, or further on its way, has no longer to ship.
    let isInHouse = [Node.shipped, .inTransit, .outForDelivery].map { SQLOrders.isAhead($0.name, scope) }
    let open = SQLFigure.Query(
      name: "open_orders",
      text: """
        select order_id, placed_ms, deliver_by_ms,
          case when \(isInHouse.joined(separator: "\n    and ")) then ship_by_ms end as must_ship_ms
        from orders
        where placed_ms < \(scope.asOf)
          and \(isOpen.joined(separator: "\n  and "))
        """)
    return SQLFigure(
      definition, [open],
      judged: """
        select order_id as id, placed_ms as at_ms,
          case when must_ship_ms is null and deliver_by_ms is null then '\(definition.exclusions[0])'
            when must_ship_ms < \(scope.asOf) or deliver_by_ms < \(scope.asOf) then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from open_orders
        """, in: scope)
  }
}

extension ExceptionRate {
  func sql(in scope: SQLScope) -> SQLFigure {
    let wanted = kind.map { " and subject = '\($0.name)'" } ?? ""
    let raised = SQLFigure.Query(
      name: "raised_of",
      text: """
        select distinct order_id from events
        where kind = 'raised'\(wanted) and (occurred_ms is null or occurred_ms < \(scope.asOf))
        """)
    return SQLFigure(
      definition, [raised],
      judged: """
        select orders.order_id as id, placed_ms as at_ms,
          case when raised_of.order_id is null then 'miss' else 'hit' end as verdict, 0 as value, 0 as weight
        from orders left join raised_of on raised_of.order_id = orders.order_id
        where placed_ms < \(scope.asOf)
        """, in: scope)
  }
}
