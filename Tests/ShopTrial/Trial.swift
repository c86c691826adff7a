import Foundation
import OrderModel
import OrderStore
import Workload

/// Where a store and the model part.
struct Difference: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// The steps are no trial: they speak of an order after it was retired.
struct OfRetired: Error {}

/// One step of a trial.
enum Step {
  case submit(Submission)
  /// Everything submitted so far goes to the store in one batch.
  case commit
  case reopen(OrderStore.Options.Lag)
  case fold
  case compare
  /// The order is spoken of no more, once nothing of it is promised or waited for.
  case retire(String)
}

/// A store and the model beside it, taken through the same steps.
final class Trial {
  private let path: String
  private var store: OrderStore
  private(set) var model = ShopModel()
  private var pending: [(submission: Submission, verdict: ShopModel.Verdict)] = []
  private var retired: [ModelOrder] = []
  private(set) var accepted: [String: Int] = [:]

  init(directory: String, lag: OrderStore.Options.Lag) throws {
    path = directory + "/trial-\(UUID()).orders"
    store = try OrderStore.create(path: path, options: Self.options(lag))
  }

  deinit { for file in [path, path + "-lock"] { try? FileManager.default.removeItem(atPath: file) } }

  private static func options(_ lag: OrderStore.Options.Lag) -> OrderStore.Options {
    var options = OrderStore.Options()
    (options.lag, options.durability, options.mapSizeBytes) = (lag, .unsynced, 1 << 30)
    return options
  }

  func take(_ step: Step) throws {
    switch step {
    case .submit(let submission):
      if model.isOfRetired(submission.command) { throw OfRetired() }
      let verdict = model.apply(submission)
      if case .changed = verdict { accepted[submission.command.kind, default: 0] += 1 }
      pending.append((submission, verdict))
    case .commit: try commit()
    case .reopen(let lag):
      try commit()
      try store.close()
      store = try OrderStore.open(path: path, options: Self.options(lag))
    case .fold:
      try commit()
      try store.fold()
    case .compare: try compare()
    case .retire(let number):
      guard let row = model.rows[number], let order = model.orders[row] else { return }
      guard order.shares.allSatisfy({ $0.waiting == 0 && $0.reserved == 0 }) else { return }
      retired.append(order)
      model.orders[row] = nil
    }
  }

  /// Compares everything, retired orders too, and has the store verify itself.
  func finish() throws {
    try compare(retired)
    let kits = (retired + model.orders.values).flatMap(\.lines).filter { model.isKit($0.sku) && $0.shipped > 0 }
    accepted["kit shipped", default: 0] += kits.count
    let report = try store.verify(temporaryDirectory: FileManager.default.temporaryDirectory.path)
    if !report.findings.isEmpty { throw Difference("verify: \(report.findings.joined(separator: "; "))") }
    try store.close()
  }

  private func commit() throws {
    if pending.isEmpty { return }
    defer { pending = [] }
    let results = try store.submit(pending.map(\.submission))
    for (result, (submission, verdict)) in zip(results, pending) {
      var found: ShopModel.Verdict = .refused
      var reason = ""
      switch result {
      case .success(let receipt):
        let order = receipt.order.map { Int($0.rawValue) }
        found =
          receipt.outcome == .unchanged
          ? .unchanged(order: order, version: receipt.version) : .changed(order: order, version: receipt.version)
      case .failure(let refusal): reason = ": \(refusal)"
      }
      if found != verdict { throw Difference("\(submission.command)\nstore: \(found)\(reason)\nmodel: \(verdict)") }
    }
  }

  private func compare(_ more: [ModelOrder] = []) throws {
    try commit()
    let snapshot = try store.snapshot()
    try Comparison.stock(snapshot, model)
    for order in model.orders.values { try Comparison.order(snapshot, order) }
    for order in more { try Comparison.order(snapshot, order) }
    try Comparison.milestones(snapshot, Array(model.orders.values) + more)
  }
}
