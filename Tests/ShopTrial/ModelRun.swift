import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization
import Workload

/// A run of random commands from a seed through a store and the model; a difference comes with the shortest sequence of
/// steps that still shows one.
package struct ModelRun: Sendable {
  package var seed: UInt64
  package var commands: Int
  /// Commands between two comparisons of everything.
  package var comparedEvery: Int

  package init(seed: UInt64, commands: Int, comparedEvery: Int = 250) {
    (self.seed, self.commands, self.comparedEvery) = (seed, commands, comparedEvery)
  }

  package struct Outcome: Sendable {
    /// Commands that changed something, by kind.
    package var accepted: [String: Int] = [:]
    /// What differed, with seed and steps; nil when nothing did.
    package var difference: String?
  }

  package func run() throws -> Outcome {
    var outcome = Outcome()
    var steps: [Step] = []
    do {
      outcome.accepted = try play(&steps)
    } catch {
      let shortest = Shrinking(directory: directory, budget: 1_000_000).shortest(steps)
      outcome.difference = """
        seed \(seed), after \(steps.count) steps: \(error)
        \(shortest.steps.count) steps show it:
        \(shortest.steps.map { "  \($0)" }.joined(separator: "\n"))
        \(shortest.difference)
        """
    }
    return outcome
  }

  /// Runs many seeds, on all cores.
  ///
  /// - Parameter told: Is called with each difference, and now and then with how far it has come.
  package static func run(
    seeds: Range<UInt64>, commands: Int, _ told: @Sendable (String) -> Void
  ) throws -> (accepted: [String: Int], differences: Int) {
    let next = Atomic<UInt64>(seeds.lowerBound)
    let sums = Mutex((accepted: [String: Int](), differences: 0, seeds: 0))
    DispatchQueue.concurrentPerform(iterations: min(seeds.count, ProcessInfo.processInfo.activeProcessorCount)) { _ in
      while true {
        let seed = next.add(1, ordering: .relaxed).oldValue
        if seed >= seeds.upperBound { return }
        let outcome: Outcome
        do { outcome = try ModelRun(seed: seed, commands: commands).run() } catch {
          outcome = Outcome(difference: "seed \(seed): \(error)")
        }
        let count = sums.withLock { sums in
          sums.accepted.merge(outcome.accepted, uniquingKeysWith: +)
          sums.differences += outcome.difference == nil ? 0 : 1
          sums.seeds += 1
          return sums.seeds
        }
        if let difference = outcome.difference { told(difference) }
        if count % 50 == 0 { told("\(count) of \(seeds.count) seeds") }
      }
    }
    return sums.withLock { ($0.accepted, $0.differences) }
  }

  private var directory: String { FileManager.default.temporaryDirectory.path }

  /// Makes the steps while taking them.
  private func play(_ steps: inout [Step]) throws -> [String: Int] {
    var random = SplitMix64(Seed(seed).derived(for: .order))
    let lags: [OrderStore.Options.Lag] = [.none, .bytes(2_000), .bytes(60_000), .unbounded]
    var maker = CommandMaker(Seed(seed).derived(for: .customer))
    let trial = try Trial(directory: directory, lag: .bytes(2_000))
    func take(_ step: Step) throws {
      steps.append(step)
      try trial.take(step)
    }
    for submission in maker.opening() { try take(.submit(submission)) }
    for index in 1...commands {
      if let old = maker.retired(in: trial.model) { try take(.retire(old.asked.number)) }
      try take(.submit(maker.submission(for: trial.model)))
      if random.happens(700) { try take(.commit) }
      if random.happens(20) { try take(.reopen(random.pick(of: lags))) }
      if random.happens(20) { try take(.fold) }
      if index % comparedEvery == 0 { try take(.compare) }
    }
    try trial.finish()
    return trial.accepted
  }
}

extension Step {
  /// The number of the order it is about.
  fileprivate var order: String? {
    switch self {
    case .submit(let submission):
      if case .place(let order) = submission.command { return order.number }
      if case .number(let number, _) = submission.command.order { return number }
      return nil
    case .retire(let number): return number
    case .commit, .reopen, .fold, .compare: return nil
    }
  }
}

/// Makes a sequence of steps that shows a difference as short as it can.
struct Shrinking {
  var directory: String
  /// How many steps are taken in all.
  var budget: Int

  func shortest(_ steps: [Step]) -> (steps: [Step], difference: String) {
    var shortest = steps
    var difference = "not seen again"
    var left = budget
    func shows(_ steps: [Step]) -> Bool {
      left -= steps.count + 100
      guard let found = self.difference(in: steps) else { return false }
      difference = found
      return true
    }
    guard shows(steps) else { return (steps.suffix(50), difference) }
    // First whole orders, then single steps.
    var numbers = Array(Set(steps.compactMap(\.order))).sorted()
    var part = max(1, numbers.count / 2)
    while left > 0, !numbers.isEmpty {
      var start = 0
      while start < numbers.count, left > 0 {
        let removed = Set(numbers[start..<min(start + part, numbers.count)])
        let candidate = shortest.filter { $0.order.map { !removed.contains($0) } ?? true }
        if shows(candidate) {
          shortest = candidate
          numbers.removeAll { removed.contains($0) }
        } else {
          start += part
        }
      }
      if part == 1 { break }
      part = max(1, part / 2)
    }
    var size = max(1, steps.count / 2)
    while left > 0 {
      var start = 0
      var isShorter = false
      while start < shortest.count, left > 0 {
        var candidate = shortest
        candidate.removeSubrange(start..<min(start + size, candidate.count))
        if shows(candidate) {
          shortest = candidate
          isShorter = true
        } else {
          start += size
        }
      }
      if size == 1, !isShorter { break }
      if !isShorter || size > 1 { size = max(1, size / 2) }
    }
    _ = shows(shortest)
    return (shortest, difference)
  }

  private func difference(in steps: [Step]) -> String? {
    do {
      let trial = try Trial(directory: directory, lag: .none)
      for step in steps { try trial.take(step) }
      try trial.finish()
      return nil
    } catch {
      return error is OfRetired ? nil : "\(error)"
    }
  }
}
