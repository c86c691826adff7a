public import Columns
import OrderModel

/// Exception handling time: from the raising of an exception to its last resolution.
///
/// - Definition: `last resolved − raised`, over exceptions that are resolved; one that was reopened counts to its last
///   resolution. Open: pending.
/// - Unit: milliseconds, exact. Attributed to the resolution, pending ones to the raising. Members are exceptions, listed
///   by their orders.
public struct ExceptionHandlingTime: EpisodeKPI {
  public let definition = Definition(
    id: "K22", slug: "exception_handling_time", kind: .duration, english: "Exception handling time",
    chinese: "異常處理時間", unit: "ms", direction: .down, attribution: .completed,
    numerator: "Σ (last resolved − raised)", denominator: "exceptions resolved",
    population: "exceptions raised before as-of", pending: "exceptions open")
  public let columns: [EpisodeColumn] = [.episode(.raisedAt), .episode(.resolvedAt)]

  public init() {}

  public func judge(_ batch: Batch<EpisodeColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (raised, resolved) = (batch[.episode(.raisedAt)], batch[.episode(.resolvedAt)])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(raised[row]) {
      let isResolved = context.hasHappened(resolved[row])
      verdicts.instants[row] = isResolved ? resolved[row] : raised[row]
      verdicts.kinds[row] = isResolved ? Verdicts.hit : Verdicts.pending
      verdicts.values[row] = isResolved ? resolved[row] - raised[row] : 0
    }
  }
}
