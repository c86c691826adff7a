internal import OrderStore

extension OrderScan {
  /// Row groups a thread takes at a time.
  private static let stride = 4

  /// The scan of all row groups, by as many threads as the plan allows.
  ///
  /// Each thread numbers its own groups of orders; the numbers are matched when the parts are merged, so that the answer
  /// does not depend on who took what.
  static func whole(_ empty: OrderScan) throws(AnalyticsError) -> OrderScan {
    let parts = try SharedWork.parts(
      of: empty.plan.snapshot.orderGroupCount, by: stride, threadCount: empty.plan.threadCount, from: empty
    ) { (scan: inout OrderScan, groups) throws(AnalyticsError) in try scan.scan(groups) }
    var whole = parts[0]
    for part in parts.dropFirst() { try whole.merge(part) }
    return whole
  }
}
