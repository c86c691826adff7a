import OrderModel

/// How much of something ordered was cancelled at as-of.
///
/// Everything of an order that had ended; nothing of one that ended at or after as-of; else what the store knows to be
/// cancelled of it, since the instant of a partial cancellation stands in the timeline and in no column.
enum CancelledParts {
  @inline(__always)
  static func part(
    of whole: Int64, known: Int64, ending: UInt8, cancelledAt: Int64, expiredAt: Int64
  ) -> Int64 {
    if ending != Ending.none { return whole }
    if InstantColumn.isInstant(cancelledAt) || InstantColumn.isInstant(expiredAt) { return 0 }
    return known
  }
}
