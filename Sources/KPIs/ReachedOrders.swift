import Columns
import OrderModel

/// What figures over orders that reached a node, shipped or delivered, have in common.
enum ReachedOrders {
  /// Reasons in the order of the codes of ``Durations``.
  static let exclusions = Durations.exclusions
  /// The first code of a figure's own reasons.
  static let firstOwn = Durations.expired + 1

  static func fields(_ node: Node) -> [OrderField] { [.placedAt] + Passages.fields(of: node) + Ending.fields }

  /// Judges orders that reached the node at an instant, at least `windowDays` before as-of, by `verdict`; the others as
  /// durations do. Attributed to that instant.
  static func judge(
    _ node: Node, _ batch: Batch<OrderField>, windowDays: Int64 = 0, in context: JudgingContext,
    into verdicts: inout Verdicts, _ verdict: (Int) -> UInt8
  ) {
    let placed = batch[.placedAt]
    let reached = Passages.column(of: node, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    let matureUntil = context.asOf - windowDays * 86_400_000
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      let end = reached[row]
      verdicts.instants[row] = InstantColumn.isInstant(end) ? end : placed[row]
      verdicts.kinds[row] =
        if end == InstantColumn.unknown {
          Durations.timeMissing
        } else if end == InstantColumn.none {
          switch endings[row] {
          case Ending.none: Verdicts.pending
          case Ending.expired: Durations.expired
          default: Durations.cancelled
          }
        } else {
          end > matureUntil ? Verdicts.pending : verdict(row)
        }
    }
  }
}
