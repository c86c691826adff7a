internal import Columns
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// Which orders a question is about.
struct RowFilter: Sendable {
  /// The columns it reads.
  let fields: [OrderField] = []

  /// Nil without conditions.
  init?(_ conditions: [String], context: AnswerContext, snapshot: OrderSnapshot) throws(AnalyticsError) {
    guard let first = conditions.first else { return nil }
    _ = fields
    throw .query(QueryError(.unsupported, "no conditions yet", at: .none), source: first)
  }

  func selection(of batch: Batch<OrderField>) -> [Bool] { [] }
}
