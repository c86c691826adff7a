import Intake
import OrderModel

/// A store of commands in memory: knows what was accepted before, and refuses another body under a known number.
final class MemorySink {
  private(set) var submissions: [Submission] = []
  private(set) var positions: [SourcePosition] = []
  private(set) var batchCount = 0
  /// Order or credit note numbers to refuse.
  var refusedNumbers: Set<String> = []
  private var known: [String: Submission] = [:]

  var orders: [ObservedOrder] {
    submissions.compactMap { if case .observe(let order) = $0.command { order } else { nil } }
  }

  var credits: [CreditNote] {
    submissions.compactMap { if case .credit(let note) = $0.command { note } else { nil } }
  }

  var adjustments: [StockAdjustment] {
    submissions.compactMap { if case .adjust(let adjustment) = $0.command { adjustment } else { nil } }
  }

  func apply(
    _ submissions: [Submission], _ positions: [SourcePosition]
  ) throws(IntakeError) -> [Importer.Outcome] {
    batchCount += 1
    self.submissions += submissions
    self.positions += positions
    return submissions.map(outcome)
  }

  private func outcome(_ submission: Submission) -> Importer.Outcome {
    let key: String
    switch submission.command {
    case .observe(let order): key = "order \(order.order.channel) \(order.order.number)"
    case .place(let order): key = "order \(order.channel) \(order.number)"
    case .credit(let note): key = "order \(note.channel) \(note.number)"
    case .registerSKU(let article): key = "sku \(article.sku)"
    default: key = submission.idempotencyKey ?? "none"
    }
    if let number = refusedNumbers.first(where: { key.hasSuffix(" " + $0) }) { return .refused(.unknownOrder(number)) }
    guard let before = known[key] else {
      known[key] = submission
      return .accepted(.created)
    }
    if before == submission { return .accepted(.unchanged) }
    if case .observe(let old) = before.command, case .observe(let new) = submission.command, old.order == new.order {
      known[key] = submission
      return .accepted(.updated)
    }
    return .refused(.changedBody(number: key, field: "body"))
  }
}
