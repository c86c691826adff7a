import OrderModel

/// The figures that can be told as SQL.
public enum SQLText {
  /// The figure as SQL over the hand-over tables; nil for one that has no such text.
  public static func figure(of kpi: any KPI, in scope: SQLScope) -> SQLFigure? {
    switch kpi {
    case let kpi as OrderProcessingTime where !kpi.isNetOfHolds: kpi.sql(in: scope)
    case let kpi as FirstResponseTime: kpi.sql(in: scope)
    case let kpi as InternalOrderCycleTime where !kpi.isNetOfHolds:
      SQLText.duration(kpi.definition, to: .shipped, in: scope)
    case let kpi as OrderFulfilmentCycleTime where !kpi.isNetOfHolds && kpi.variant == .gross:
      SQLText.duration(kpi.definition, to: .delivered, in: scope)
    case let kpi as ShippedWithin24Hours: kpi.sql(in: scope)
    case let kpi as OnTimeDelivery: kpi.sql(in: scope)
    case let kpi as DeliveredInFull: kpi.sql(in: scope)
    case let kpi as FirstResponseRate: kpi.sql(in: scope)
    case let kpi as OnTimeShipment: kpi.sql(in: scope)
    case let kpi as OnTimeInFull: kpi.sql(in: scope)
    case let kpi as LateOrderRate: kpi.sql(in: scope)
    case let kpi as ExceptionRate: kpi.sql(in: scope)
    case let kpi as OpenBacklog: kpi.sql(in: scope)
    case let kpi as OrderAccuracy: kpi.sql(in: scope)
    case let kpi as PerfectOrder where kpi.variant == .rate: kpi.sql(in: scope)
    case let kpi as DamageFreeRate: kpi.sql(in: scope)
    case let kpi as DocumentationAccuracy: kpi.sql(in: scope)
    case let kpi as CancelRate: kpi.sql(in: scope)
    case let kpi as Sales: kpi.sql(in: scope)
    case let kpi as AverageOrder: kpi.sql(in: scope)
    case let kpi as RepeatPurchase: kpi.sql(in: scope)
    default: nil
    }
  }

  /// The names of the catalogue's figures that have a text.
  public static let names: [String] = {
    let scope = SQLScope(JudgingContext(asOf: 0), dialect: .sqlite)
    return KPICatalogue.all.filter { figure(of: $0, in: scope) != nil }.map(\.definition.name)
  }()

  /// Orders that did not get what was ordered, as ``OrderFaults`` has it: the query `faults`.
  static func faults(in scope: SQLScope) -> SQLFigure.Query {
    let before = "(occurred_ms is null or occurred_ms < \(scope.asOf))"
    let stray = [MovementKind.lose, .returnToOrigin].map { "'\($0.name)'" }.joined(separator: ", ")
    return SQLFigure.Query(
      name: "faults",
      text: """
        select order_id from cancelled_parts where side in ('seller', 'system') and \(before)
        union
        select order_id from events where kind = 'raised' and subject = '\(ExceptionKind.misShip.name)' and \(before)
        union
        select order_id from movements where kind in (\(stray)) and \(before)
        group by order_id having sum(quantity) > 0
        """)
  }

  /// A duration to a node, as ``Durations`` judge it.
  ///
  /// - Parameter start: A column of `standing`, null where the start is not known.
  static func duration(
    _ definition: Definition, to node: Node, first: Bool = false, from start: String = "placed_ms", in scope: SQLScope
  ) -> SQLFigure {
    let end = (first ? "first_" : "") + node.name
    var orders = SQLOrders(in: scope).passing(node, first: first)
    if start == "paid_at" { orders = orders.instant("paid") }
    let decided = SQLFigure.Query(
      name: "decided",
      text: """
        select *,
          case when \(end)_at is null and \(end)_untimed = 0 then \(SQLOrders.notReached)
            when \(end)_at is null or \(start) is null then 'time-missing' else 'hit' end as verdict
        from standing
        """)
    return SQLFigure(
      definition, [orders.query, decided],
      judged: """
        select id, case when verdict = 'hit' then \(end)_at else placed_ms end as at_ms, verdict,
          \(end)_at - \(start) as value, 0 as weight
        from decided
        """, in: scope)
  }
}

extension OrderProcessingTime {
  func sql(in scope: SQLScope) -> SQLFigure {
    SQLText.duration(
      definition, to: .released, first: variant == .first, from: variant == .fromPaid ? "paid_at" : "placed_ms",
      in: scope)
  }
}

extension FirstResponseTime {
  func sql(in scope: SQLScope) -> SQLFigure {
    let act = variant == .human ? "first_human_act" : "first_act"
    return SQLFigure(
      definition,
      [SQLOrders(in: scope).instant(act).with("\(act)_missing as act_missing").query],
      judged: """
        select id, placed_ms as at_ms,
          case when act_missing = 1 then 'time-missing'
            when ending = 'expired' and (\(act)_at is null or expired_ms < \(act)_at) then 'expired'
            when ending like 'cancelled-%' and (\(act)_at is null or cancelled_ms < \(act)_at) then 'cancelled'
            when \(act)_at is not null then 'hit' else 'pending' end as verdict,
          \(act)_at - placed_ms as value, 0 as weight
        from standing
        """, in: scope)
  }
}

extension ShippedWithin24Hours {
  func sql(in scope: SQLScope) -> SQLFigure {
    let start = variant == .placed ? "placed_ms" : "\(variant.rawValue)_at"
    var orders = SQLOrders(in: scope).passing(.shipped)
    if variant != .placed { orders = orders.instant(variant.rawValue) }
    return SQLFigure(
      definition, [orders.query],
      judged: """
        select id, coalesce(\(start), placed_ms) as at_ms,
          case when \(start) is null then 'no-start'
            when ending = 'cancelled-seller' then 'miss'
            when ending = 'expired' and (expired_ms is null or expired_ms < \(start) + 86400000) then ending
            when ending like 'cancelled-%' and (cancelled_ms is null or cancelled_ms < \(start) + 86400000) then ending
            when shipped_at is null and shipped_untimed = 0 then
              case when \(start) + 86400000 < \(scope.asOf) then 'miss' else 'pending' end
            when shipped_at <= \(start) + 86400000 then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from standing
        """, in: scope)
  }
}

extension OnTimeDelivery {
  func sql(in scope: SQLScope) -> SQLFigure {
    let isScor = variant == .scor
    let strict = variant == .commitStrict ? "when ending = 'cancelled-seller' then 'miss'\n    " : ""
    let isOpen = "delivered_at is null and delivered_untimed = 0"
    let ended = isScor ? "when ending <> 'none' and \(isOpen) then ending" : "when ending <> 'none' then ending"
    let waits = isScor ? "'pending'" : "case when deliver_by_ms < \(scope.asOf) then 'miss' else 'pending' end"
    return SQLFigure(
      definition, [SQLOrders(in: scope).passing(.delivered).with("deliver_by_ms").query],
      judged: """
        select id, coalesce(deliver_by_ms, placed_ms) as at_ms,
          case when deliver_by_ms is null then 'no-promise'
            \(strict)\(ended)
            when \(isOpen) then \(waits)
            when delivered_at is null then '\(isScor ? "time-missing" : "miss")'
            when delivered_at <= deliver_by_ms then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from standing
        """, in: scope)
  }
}

extension DeliveredInFull {
  func sql(in scope: SQLScope) -> SQLFigure {
    SQLFigure(
      definition, [SQLOrders(in: scope).passing(.delivered).query, SQLText.faults(in: scope)],
      judged: """
        select id, coalesce(delivered_at, placed_ms) as at_ms,
          case when delivered_untimed = 1 then 'time-missing'
            when delivered_at is null then \(SQLOrders.notReached)
            when faults.order_id is null then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from standing left join faults on faults.order_id = standing.id
        """, in: scope)
  }
}

extension OpenBacklog {
  func sql(in scope: SQLScope) -> SQLFigure {
    let way = Node.allCases.filter { $0 > .placed && $0 < .delivered }.reversed()
    let arrivals = way.map {
      "when \($0.name)_missing = 1 then null when \($0.name)_ms < \(scope.asOf) then \($0.name)_ms"
    }
    let open = [Node.delivered, .completed, .cancelled, .expired].map { SQLOrders.isAhead($0.name, scope) }
    let backlog = SQLFigure.Query(
      name: "backlog",
      text: """
        select order_id, placed_ms,
          case \(arrivals.joined(separator: "\n    "))
            else placed_ms end as arrived_at
        from orders
        where placed_ms < \(scope.asOf)
          and \(open.joined(separator: "\n  and "))
        """)
    return SQLFigure(
      definition, [backlog],
      judged: """
        select order_id as id, placed_ms as at_ms, case when arrived_at is null then 'miss' else 'hit' end as verdict,
          \(scope.asOf) - arrived_at as value, 0 as weight
        from backlog
        """, in: scope)
  }
}

extension OrderAccuracy {
  func sql(in scope: SQLScope) -> SQLFigure {
    SQLFigure(
      definition,
      [
        SQLOrders(in: scope).passing(.shipped).query,
        SQLText.raised(ExceptionKind.allCases.filter(\.isSellerError), as: "errors", in: scope),
      ],
      judged: """
        select id, placed_ms as at_ms,
          case when shipped_untimed = 1 then 'time-missing'
            when shipped_at is null then \(SQLOrders.notReached)
            when shipped_at > \(scope.asOf - claimWindowDays * 86_400_000) then 'pending'
            when errors.order_id is null then 'hit' else 'miss' end as verdict,
          0 as value, 0 as weight
        from standing left join errors on errors.order_id = standing.id
        """, in: scope)
  }
}
