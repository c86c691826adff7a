internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// Which orders a question is about; the others are outside the population.
struct RowFilter: Sendable {
  private let predicate: Predicate
  private let judging: JudgingContext
  /// The columns it reads.
  let fields: [OrderField]

  /// Nil without conditions.
  init?(_ conditions: [String], context: AnswerContext, snapshot: OrderSnapshot) throws(AnalyticsError) {
    guard !conditions.isEmpty else { return nil }
    var members: [Predicate] = []
    for text in conditions {
      let condition: Condition
      do throws(QueryError) {
        condition = try Condition(text).checked(against: OrderCatalogue.fields)
      } catch { throw .query(error, source: text) }
      do throws(CompileError) {
        members.append(try PredicateCompiler(snapshot: snapshot, context: context).predicate(condition))
      } catch {
        switch error {
        case .query(let error): throw .query(error, source: text)
        case .store(let error): throw .store(error)
        }
      }
    }
    predicate = members.count == 1 ? members[0] : .all(members)
    judging = JudgingContext(asOf: context.asOf, period: context.period)
    fields = Fields.union([predicate.fields])
  }

  /// Whether each order of a batch is one of them.
  ///
  /// - Parameter rows: The order row of each row of the batch; nil where they count up.
  func selection(of batch: Batch<OrderField>, rows: [Int64]? = nil) -> [Bool] {
    predicate.truths(batch, in: judging, rows: rows)
  }
}
