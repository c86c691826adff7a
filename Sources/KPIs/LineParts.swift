import Columns
import OrderModel

/// The columns by which figures over lines tell what of a line was cancelled at as-of.
struct LineParts {
  static let columns: [LineColumn] = [
    .line(.order), .line(.quantity), .line(.cancelledBefore), .order(.placedAt), .order(.reached(.cancelled)),
    .order(.reached(.expired)), .order(.cancelSide),
  ]

  let placed: [Int64]
  let quantities: [Int64]
  let endings: [UInt8]
  private let inPart: [Int64]

  init(_ batch: Batch<LineColumn>, context: JudgingContext) {
    placed = batch[.order(.placedAt)]
    quantities = batch[.line(.quantity)]
    inPart = batch[.line(.cancelledBefore)]
    endings = Ending.column(
      cancelled: batch[.order(.reached(.cancelled))], expired: batch[.order(.reached(.expired))],
      sides: batch[.order(.cancelSide)], context: context)
  }

  /// Units of the line cancelled at as-of, all of them when the order had ended.
  func cancelledUnits(_ row: Int) -> Int64 {
    CancelledParts.part(of: quantities[row], inPart: inPart[row], ending: endings[row])
  }
}
