internal import Dispatch
internal import Synchronization

/// Work in numbered pieces that several threads take from one counter.
enum SharedWork {
  /// What each thread made of the pieces it took, starting from `empty`: which one took what differs from run to run, so
  /// the parts must add up to the same in any order.
  ///
  /// - Parameter stride: Pieces taken at a time.
  static func parts<Part: Sendable>(
    of pieceCount: Int, by stride: Int, threadCount: Int, from empty: Part,
    _ add: @Sendable (inout Part, Range<Int>) throws(AnalyticsError) -> Void
  ) throws(AnalyticsError) -> [Part] {
    let threadCount = min(threadCount, (pieceCount + stride - 1) / stride)
    guard threadCount > 1 else {
      var part = empty
      try add(&part, 0..<pieceCount)
      return [part]
    }
    let next = Atomic<Int>(0)
    let results = Mutex<[Result<Part, AnalyticsError>]>([])
    DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
      var part = empty
      var failure: AnalyticsError?
      while failure == nil {
        let start = next.wrappingAdd(stride, ordering: .relaxed).oldValue
        guard start < pieceCount else { break }
        do throws(AnalyticsError) {
          try add(&part, start..<min(start + stride, pieceCount))
        } catch { failure = error }
      }
      let result: Result<Part, AnalyticsError> = failure.map { .failure($0) } ?? .success(part)
      results.withLock { $0.append(result) }
    }
    var parts: [Part] = []
    for result in results.withLock({ $0 }) { parts.append(try result.get()) }
    return parts
  }
}
