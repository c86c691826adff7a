public import Columns
import OrderModel

/// Exception response SLA: exceptions a person answered within 4 hours.
///
/// - Definition: exceptions answered by a person, or resolved by one, at most 4 hours after they were raised ÷ exceptions
///   answered, or whose 4 hours are over. What a system acknowledges is no answer. Others: pending.
/// - Attributed to the raising. Members are exceptions, listed by their orders.
public struct ExceptionResponseRate: EpisodeKPI {
  public let definition = Definition(
    id: "K21", slug: "exception_response_sla", kind: .rate, english: "Exception response SLA",
    chinese: "異常4小時響應率", unit: "percent", direction: .up, attribution: .event,
    numerator: "of these, answered by a person ≤ raised + 4 h",
    denominator: "exceptions answered, or whose 4 h are over",
    population: "exceptions raised before as-of", pending: "not answered, 4 h not over")
  public let columns: [EpisodeColumn] = [.episode(.raisedAt), .episode(.answeredAt)]

  private static let limit: Int64 = 4 * 3_600_000

  public init() {}

  public func judge(_ batch: Batch<EpisodeColumn>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (raised, answered) = (batch[.episode(.raisedAt)], batch[.episode(.answeredAt)])
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(raised[row]) {
      let deadline = raised[row] + Self.limit
      verdicts.instants[row] = raised[row]
      verdicts.kinds[row] =
        if context.hasHappened(answered[row]) {
          answered[row] <= deadline ? Verdicts.hit : Verdicts.miss
        } else {
          deadline < context.asOf ? Verdicts.miss : Verdicts.pending
        }
    }
  }
}
