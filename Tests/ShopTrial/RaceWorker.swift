import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization
import Workload

/// What is raced for.
package enum RaceKind: String, Sendable {
  /// Nothing is let go of: there are as many winners as units.
  case winners
  /// Units are cancelled, released, claimed until an instant, shipped in parts, and arrive.
  case churn
}

/// One process of a race: several tasks that all want the last units. What it did it says on standard output, a line a
/// batch: attempts, units won.
package struct RaceWorker {
  static let skus = ["tea", "cup", "pot"]
  static let location = "north"

  var path: String
  var kind: RaceKind
  /// Names the orders of this process, also when it is started again.
  var name: String
  var seed: UInt64
  var attempts: Int
  var tasks: Int
  var isSynced: Bool

  /// - Parameter arguments: Path, kind, name, seed, attempts, tasks, `synced` or `unsynced`.
  package init?(arguments: [String]) {
    guard arguments.count == 7, let kind = RaceKind(rawValue: arguments[1]), let seed = UInt64(arguments[3]),
      let attempts = Int(arguments[4]), let tasks = Int(arguments[5])
    else { return nil }
    (path, self.kind, name, self.seed) = (arguments[0], kind, arguments[2], seed)
    (self.attempts, self.tasks, isSynced) = (attempts, tasks, arguments[6] == "synced")
  }

  static func options(isSynced: Bool) -> OrderStore.Options {
    var options = OrderStore.Options()
    options.mapSizeBytes = 8 << 30
    options.durability = isSynced ? .commit : .unsynced
    return options
  }

  package func run() throws {
    let store = try OrderStore.open(path: path, options: Self.options(isSynced: isSynced))
    let left = Atomic<Int>(attempts)
    let failure = Mutex<String?>(nil)
    let asynchronous = Task.detached { [self] in
      var player = RacePlayer(name: "\(name)-async", kind: kind, seed: seed &+ 999)
      while left.load(ordering: .relaxed) > 0 {
        for command in player.batch(8) {
          let receipt = try? await store.submit(command)
          player.learn(command, receipt != nil)
        }
        tell(player.takeReport(), left)
      }
    }
    DispatchQueue.concurrentPerform(iterations: tasks) { task in
      var player = RacePlayer(name: "\(name)-\(task)", kind: kind, seed: seed &+ UInt64(task))
      do {
        while left.load(ordering: .relaxed) > 0 {
          let commands = player.batch(200)
          let results = try store.submit(commands.map { Submission($0) })
          for (command, result) in zip(commands, results) { player.learn(command, (try? result.get()) != nil) }
          tell(player.takeReport(), left)
        }
      } catch { failure.withLock { $0 = "\(error)" } }
    }
    let isOver = DispatchSemaphore(value: 0)
    Task.detached {
      _ = await asynchronous.result
      isOver.signal()
    }
    isOver.wait()
    if let failure = failure.withLock({ $0 }) { throw Difference(failure) }
    try store.close()
  }

  private func tell(_ report: (attempts: Int, won: Int64), _ left: borrowing Atomic<Int>) {
    left.subtract(report.attempts, ordering: .relaxed)
    FileHandle.standardOutput.write(Data("\(report.attempts) \(report.won)\n".utf8))
  }
}
