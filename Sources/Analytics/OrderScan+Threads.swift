internal import Dispatch
internal import OrderStore
internal import Synchronization

extension OrderScan {
  /// Row groups a thread takes at a time.
  private static let stride = 4

  /// The scan of all row groups, by as many threads as the plan allows.
  ///
  /// Each thread numbers its own groups of orders; the numbers are matched when the parts are merged, so that the answer
  /// does not depend on who took what.
  static func whole(_ empty: OrderScan) throws(AnalyticsError) -> OrderScan {
    let groupCount = empty.plan.snapshot.orderGroupCount
    let threadCount = min(empty.plan.threadCount, (groupCount + stride - 1) / stride)
    guard threadCount > 1 else {
      var scan = empty
      try scan.scan(0..<groupCount)
      return scan
    }
    let next = Atomic<Int>(0)
    let parts = Mutex<[Result<OrderScan, AnalyticsError>]>([])
    DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
      let part = part(of: empty, groupCount: groupCount, next: next)
      parts.withLock { $0.append(part) }
    }
    var scan = empty
    for part in parts.withLock({ $0 }) { try scan.merge(part.get()) }
    return scan
  }

  private static func part(
    of empty: OrderScan, groupCount: Int, next: borrowing Atomic<Int>
  ) -> Result<OrderScan, AnalyticsError> {
    var scan = empty
    while true {
      let start = next.wrappingAdd(stride, ordering: .relaxed).oldValue
      guard start < groupCount else { return .success(scan) }
      do throws(AnalyticsError) {
        try scan.scan(start..<min(start + stride, groupCount))
      } catch { return .failure(error) }
    }
  }
}
