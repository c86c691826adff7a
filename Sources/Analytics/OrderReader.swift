internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// Orders as figures see them: what the store has of them, beside it what their timelines tell.
struct OrderReader: Sendable {
  private let snapshot: OrderSnapshot
  /// The columns asked for.
  let fields: [OrderField]
  private let stored: [OrderField]
  private let told: [StoryField]
  private let stories: Stories?

  /// - Parameter stories: Has every told field among `fields`.
  init(_ fields: [OrderField], of plan: Plan) {
    self.fields = fields
    snapshot = plan.snapshot
    stories = plan.stories
    told = fields.compactMap { field in if case .told(let story) = field { story } else { nil } }
    stored = Fields.union([
      fields.filter { field in if case .told = field { false } else { true } }, told.flatMap(\.fields),
    ])
  }

  /// The columns of one row group.
  func orders(group: Int) throws(StoreError) -> Batch<OrderField> {
    let batch = try snapshot.orders(group: group, stored)
    guard !told.isEmpty else { return batch }
    guard let stories else { preconditionFailure("nobody gathered what timelines tell") }
    return batch.adding(told.map { .told($0) }, told.map { stories.column($0, of: batch) })
  }
}
