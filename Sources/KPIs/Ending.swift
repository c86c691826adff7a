import Columns
import OrderModel

/// How orders ended without being fulfilled, as it stood at as-of.
///
/// The codes are those of ``Side`` plus 1 for a full cancellation, and one more for expiry; 0 is neither.
enum Ending {
  static let none: UInt8 = 0
  static let cancelledUnknown = Side.unknown.rawValue + 1
  static let cancelledCustomer = Side.customer.rawValue + 1
  static let cancelledSeller = Side.seller.rawValue + 1
  static let cancelledSystem = Side.system.rawValue + 1
  static let expired: UInt8 = 5

  /// The columns that tell it.
  static let fields: [OrderField] = [.reached(.cancelled), .reached(.expired), .cancelSide]

  /// Reasons for exclusion in the order of the codes, from ``cancelledUnknown`` on.
  static let reasons = [
    "cancelled-unknown", "cancelled-customer", "cancelled-seller", "cancelled-system", "expired",
  ]

  /// The code of each row. A cancellation without an instant has happened; so has one of unknown side.
  static func column(in batch: Batch<OrderField>, context: JudgingContext) -> [UInt8] {
    column(
      cancelled: batch[.reached(.cancelled)], expired: batch[.reached(.expired)], sides: batch[.cancelSide],
      context: context)
  }

  static func column(
    cancelled: [Int64], expired: [Int64], sides: [Int64], context: JudgingContext
  ) -> [UInt8] {
    let (cancelled, expired, sides) = (cancelled.span, expired.span, sides.span)
    var written = [UInt8](repeating: none, count: cancelled.count)
    var codes = written.mutableSpan
    for row in 0..<cancelled.count {
      if context.isReached(cancelled[row]) {
        codes[row] = UInt8(truncatingIfNeeded: sides[row] & 3) + 1
      } else if context.isReached(expired[row]) {
        codes[row] = Ending.expired
      }
    }
    return written
  }
}
