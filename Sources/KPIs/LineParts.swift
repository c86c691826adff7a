import Columns
import OrderModel

/// The columns by which figures over lines tell what of a line was cancelled at as-of.
struct LineParts {
  static let columns: [LineColumn] = [
    .line(.order), .line(.quantity), .line(.cancelled), .order(.placedAt), .order(.reached(.cancelled)),
    .order(.reached(.expired)), .order(.cancelSide),
  ]

  let placed: [Int64]
  let quantities: [Int64]
  let endings: [UInt8]
  private let known: [Int64]
  private let cancelled: [Int64]
  private let expired: [Int64]

  init(_ batch: Batch<LineColumn>, context: JudgingContext) {
    placed = batch[.order(.placedAt)]
    quantities = batch[.line(.quantity)]
    known = batch[.line(.cancelled)]
    cancelled = batch[.order(.reached(.cancelled))]
    expired = batch[.order(.reached(.expired))]
    endings = Ending.column(
      cancelled: cancelled, expired: expired, sides: batch[.order(.cancelSide)], context: context)
  }

  /// Units of the line cancelled at as-of, all of them when the order had ended.
  func cancelledUnits(_ row: Int) -> Int64 {
    CancelledParts.part(
      of: quantities[row], known: known[row], ending: endings[row], cancelledAt: cancelled[row],
      expiredAt: expired[row])
  }
}
