import OrderModel

/// The query `standing`, which most figures over orders begin with: orders placed before as-of, as they stood then.
///
/// Columns: `id`, `placed_ms`, `ending` (`none`, `expired`, `cancelled-SIDE`), for each node asked for `NODE_at` (an
/// instant before as-of or null) and `NODE_untimed` (1: passed without a known instant), and others as they are.
struct SQLOrders {
  private let scope: SQLScope
  private var columns: [String]

  init(in scope: SQLScope) {
    self.scope = scope
    let (cancelled, expired) = (Self.isReached("cancelled", scope), Self.isReached("expired", scope))
    columns = [
      "order_id as id", "placed_ms", "cancelled_ms", "expired_ms",
      """
      case when \(cancelled) then 'cancelled-' || cancel_side
          when \(expired) then 'expired' else 'none' end as ending
      """,
    ]
  }

  /// Whether the column's node was reached before as-of; null or false when not.
  static func isReached(_ node: String, _ scope: SQLScope) -> String {
    "(\(node)_missing = 1 or \(node)_ms < \(scope.asOf))"
  }

  /// Whether it was not; never null.
  static func isAhead(_ node: String, _ scope: SQLScope) -> String {
    "(\(node)_missing = 0 and (\(node)_ms is null or \(node)_ms >= \(scope.asOf)))"
  }

  /// The node with those behind it: who reached a later one has passed it.
  func passing(_ node: Node, first: Bool = false) -> SQLOrders {
    let name = (first ? "first_" : "") + node.name
    let later = Passages.laterNodes(than: node).map { Self.isReached((first ? "first_" : "") + $0.name, scope) }
    var copy = instant(name)
    copy.columns.append(
      """
      case when \(name)_ms < \(scope.asOf) then 0 when \(name)_missing = 1 then 1
          \(later.isEmpty ? "" : "when \(later.joined(separator: "\n      or ")) then 1 ")else 0 end as \(name)_untimed
      """)
    return copy
  }

  /// The node's own instant before as-of, as `NODE_at`.
  func instant(_ name: String) -> SQLOrders {
    with("case when \(name)_ms < \(scope.asOf) then \(name)_ms end as \(name)_at")
  }

  func with(_ more: String...) -> SQLOrders {
    var copy = self
    copy.columns += more
    return copy
  }

  var query: SQLFigure.Query {
    SQLFigure.Query(
      name: "standing",
      text: """
        select
          \(columns.joined(separator: ",\n  "))
        from orders where placed_ms < \(scope.asOf)
        """)
  }

  // MARK: - Verdicts

  /// The end of a `case` for an order that did not reach a node: pending, or how it ended, in one word.
  static let notReached = "case ending when 'none' then 'pending' when 'expired' then 'expired' else 'cancelled' end"

  /// Units and list value cancelled before as-of of orders that went on: the query `parts`, to be joined by `id`.
  static func parts(_ scope: SQLScope) -> SQLFigure.Query {
    func sum(_ column: String, _ condition: String, _ name: String) -> String {
      "sum(case when \(condition) then \(column) else 0 end) as \(name)"
    }
    let late = "occurred_ms >= \(scope.asOf)"
    let early = "occurred_ms is null or occurred_ms < \(scope.asOf)"
    return SQLFigure.Query(
      name: "parts",
      text: """
        select order_id,
          \(sum("units", early, "early_units")), \(sum("units", late, "late_units")),
          \(sum("list_value_minor", early, "early_value")), \(sum("list_value_minor", late, "late_value"))
        from cancelled_parts group by order_id
        """)
  }

  /// What was cancelled before as-of of a whole, `units` or `value`, of an order of `standing` joined with `parts`.
  ///
  /// The order's column knows all that was ever cancelled; of an order that ended later, it also holds what that end took.
  static func cancelled(_ what: String, of whole: String, known: String, _ scope: SQLScope) -> String {
    """
    case when ending <> 'none' then \(whole)
        when cancelled_ms >= \(scope.asOf) then coalesce(early_\(what), 0)
        else \(known) - coalesce(late_\(what), 0) end
    """
  }
}
