import Foundation
import OrderModel
import OrderStore

/// `faults`: fails every call of a day that writes or flushes, in every way, and looks what the store makes of it.
enum FaultsCommand {
  struct Outcome {
    /// Days in which the planned call came and failed.
    var faults = 0
    /// Of these, days that no command noticed: the call was made again, or was the last.
    var unnoticed = 0
    /// How the failures were told, by their case.
    var errors: [String: Int] = [:]
    var violations: [String] = []
  }

  private struct Kind {
    var name: String
    var call: Recorder.Call
    /// 0 is a short write.
    var code: Int32
    var sticky: Bool
  }

  private static let kinds = [
    Kind(name: "EIO", call: .write, code: EIO, sticky: false),
    Kind(name: "EIO for good", call: .write, code: EIO, sticky: true),
    Kind(name: "ENOSPC", call: .write, code: ENOSPC, sticky: false),
    Kind(name: "ENOSPC for good", call: .write, code: ENOSPC, sticky: true),
    Kind(name: "EINTR", call: .write, code: EINTR, sticky: false),
    Kind(name: "short", call: .write, code: 0, sticky: false),
    Kind(name: "short for good", call: .write, code: 0, sticky: true),
    Kind(name: "EIO of a flush", call: .flush, code: EIO, sticky: false),
    Kind(name: "EIO of a flush for good", call: .flush, code: EIO, sticky: true),
  ]

  /// Starts the part that runs under the recorder.
  static func run(mode: String, limit: Int, count: Int) throws -> Int32 {
    let directory = WorkingDirectory()
    guard let recorder = Recorder.library(in: directory.path) else { return 77 }
    let child = Child(
      ["faults-here", directory.path, mode, "\(limit)", "\(count)"],
      environment: [
        "LD_PRELOAD": recorder, "STRESS_FILE": directory.file("f.orders"), "STRESS_SKIP_SYNC": "1",
      ])
    print(child.readToEnd(), terminator: "")
    return child.wait()
  }

  /// - Parameter limit: The highest call of each kind that is failed.
  static func runHere(directory: String, mode: String, limit: Int, count: Int) throws -> Outcome {
    let day = Day(count: count)
    let whole = try DayEnd(of: day, in: WorkingDirectory())
    let path = directory + "/f.orders"
    var outcome = Outcome()
    for kind in kinds {
      for number in 1...limit {
        Store.remove(path)
        do {
          guard try fail(kind, at: number, day, whole, path, mode, directory, &outcome) else { break }
        } catch {
          Recorder.clear()
          outcome.violations.append("\(kind.name), call \(number): \(error)")
        }
      }
    }
    return outcome
  }

  /// - Returns: Whether the day had that many calls.
  private static func fail(
    _ kind: Kind, at number: Int, _ day: Day, _ whole: DayEnd, _ path: String, _ mode: String, _ directory: String,
    _ outcome: inout Outcome
  ) throws -> Bool {
    let options = Store.options(Store.mode(mode))
    var acknowledged = Acknowledgements()
    acknowledged.isCreated = true
    func take(_ answers: [Int: DayRun.Answer]) throws -> StoreError? {
      var first: StoreError?
      for (index, answer) in answers {
        switch answer {
        case .accepted(let sequence):
          if let known = acknowledged.sequences[index], known != sequence {
            throw Violation("moved", "command \(index) was of group \(known), now \(sequence)")
          }
          acknowledged.sequences[index] = sequence
        case .refused: break
        case .failed(let error): first = error
        }
      }
      return first
    }
    do {
      let store = try OrderStore.create(path: path, options: options, clock: { 1 })
      Recorder.fault(kind.call, at: number, code: kind.code, sticky: kind.sticky)
      let failure = try take(DayRun.run(day, on: store))
      guard Recorder.hasFired else {
        Recorder.clear()
        return false
      }
      outcome.faults += 1
      guard let failure else {
        Recorder.clear()
        outcome.unnoticed += 1
        guard kind.code == EINTR else { throw Violation("unnoticed", "no command was told") }
        try store.close()
        try whole.check(path, acknowledged, mode: mode, directory: directory, doubtsOlderMeta: kind.call == .write)
        return true
      }
      let told =
        "\(failure)".hasPrefix("the disk failed")
        ? "diskFailed" : "\(failure)".hasPrefix("the disk of") ? "diskFull" : "other"
      outcome.errors[told, default: 0] += 1
      switch failure {
      case .diskFailed, .diskFull: break
      default: throw Violation("untyped", "\(failure)")
      }
      // While the fault lasts, and once it is gone, a store whose flush may have failed takes nothing more.
      let again = Submission(.place(Day.order("again", ["SKU-0": 1], customer: nil)))
      func isTaken() -> Bool {
        do throws(StoreError) { try store.submit(again.command) } catch { return false }
        return true
      }
      if kind.sticky, isTaken() { throw Violation("acknowledged", "while the disk fails") }
      Recorder.clear()
      if case .diskFailed = failure, isTaken() { throw Violation("acknowledged", "after a failed flush") }
      if case .diskFull = failure {
        // Works on without being opened again, unless the engine itself gave up.
        let rest = try take(DayRun.run(day, on: store))
        if let rest { guard case .diskFailed = rest else { throw Violation("stuck", "\(rest)") } }
        if rest != nil { outcome.errors["diskFull, then diskFailed", default: 0] += 1 }
      }
      // Readers go on, unless the engine gave up on its meta pages.
      do throws(StoreError) {
        _ = try store.snapshot().stock()
      } catch {
        guard case .diskFailed = error else { throw error }
        outcome.errors["not readable until opened again", default: 0] += 1
      }
      try? store.close()
    }
    try whole.check(path, acknowledged, mode: mode, directory: directory, doubtsOlderMeta: kind.call == .write)
    return true
  }
}
