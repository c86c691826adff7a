import Columns
import OrderModel

/// What the figures that measure a duration to a node have in common.
enum Durations {
  static let exclusions = ["time-missing", "cancelled", "expired"]
  static let timeMissing = Verdicts.firstExclusion
  static let cancelled = Verdicts.firstExclusion + 1
  static let expired = Verdicts.firstExclusion + 2

  /// Measures `ends − starts`, less what was `held` between, attributed to the end.
  ///
  /// End reached without an instant, or start without one: excluded as time-missing. End not reached: excluded when
  /// cancelled or expired, else pending. A negative duration is kept.
  static func judge(
    placed: [Int64], starts: [Int64], ends: [Int64], endings: [UInt8], held: [Int64]? = nil,
    in context: JudgingContext, into verdicts: inout Verdicts
  ) {
    let count = placed.count
    verdicts.reset(count: count)
    verdicts.write { kinds, instants, values in
      for row in 0..<count where context.hasHappened(placed[row]) {
        let end = ends[row]
        instants[row] = placed[row]
        if end == InstantColumn.none {
          kinds[row] =
            switch endings[row] {
            case Ending.none: Verdicts.pending
            case Ending.expired: expired
            default: cancelled
            }
        } else if end == InstantColumn.unknown || !context.hasHappened(starts[row]) {
          kinds[row] = timeMissing
        } else {
          kinds[row] = Verdicts.hit
          instants[row] = end
          values[row] = end - starts[row] - (held.map { $0[row] } ?? 0)
        }
      }
    }
  }
}
