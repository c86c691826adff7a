import Foundation
import OrderModel
import OrderStore

/// `boundaries`: kills a day before every system call that writes or flushes the file, and after half of its bytes.
enum BoundariesCommand {
  struct Outcome {
    var kills = 0
    var violations: [String] = []
    /// Whether the last boundary of the day was reached.
    var isComplete = false
  }

  /// - Parameter limit: Kills, at most.
  /// - Returns: nil when no recorder could be built.
  static func run(mode: String, limit: Int, count: Int) throws -> Outcome? {
    let directory = WorkingDirectory()
    guard let recorder = Recorder.library(in: directory.path) else { return nil }
    let day = Day(count: count)
    let whole = try DayEnd(of: day, in: directory)
    var outcome = Outcome()
    // Two days at a time, killed at neighbouring places.
    var call = 1
    while outcome.kills < limit, !outcome.isComplete {
      var children: [(child: Child, store: String, acknowledgements: String, place: String)] = []
      for isHalf in [false, true] {
        let store = directory.file("b\(isHalf).orders")
        let acknowledgements = directory.file("acks\(isHalf)")
        Store.remove(store)
        unlink(acknowledgements)
        var environment = [
          "LD_PRELOAD": recorder, "STRESS_FILE": store, "STRESS_SKIP_SYNC": "1", "STRESS_KILL": "\(call)",
        ]
        if isHalf { environment["STRESS_HALF"] = "1" }
        children.append(
          (
            Child(["day", store, acknowledgements, mode, "\(count)"], environment: environment), store,
            acknowledgements, "\(isHalf ? "half of" : "before") call \(call)"
          ))
      }
      for (child, store, acknowledgements, place) in children {
        let output = child.readToEnd()
        let status = child.wait()
        if status == 0 {
          outcome.isComplete = true
          continue
        }
        outcome.kills += 1
        do {
          guard status == 128 + SIGKILL else { throw Violation("died", "with \(status): \(output)") }
          try whole.check(
            store, Acknowledgements(path: acknowledgements), mode: mode, directory: directory.path,
            doubtsOlderMeta: store.hasSuffix("true.orders"))
        } catch { outcome.violations.append("\(place): \(error)") }
      }
      call += 1
    }
    return outcome
  }
}

/// What a whole day ends in, and the check of one that was cut short.
struct DayEnd {
  let day: Day
  let content: [String]

  init(of day: Day, in directory: WorkingDirectory) throws {
    self.day = day
    let path = directory.file("whole.orders")
    Store.remove(path)
    let store = try OrderStore.create(path: path, options: Store.options(.unsynced), clock: { 1 })
    for (index, answer) in DayRun.run(day, on: store) {
      if case .failed(let error) = answer { throw Violation("failed", "command \(index): \(error)") }
    }
    content = try Store.content(store)
    try Store.requireSound(store, directory.path)
    for level in try store.snapshot().stock() {
      guard let expected = day.expected[level.sku],
        expected == (level.counters.onHand, level.counters.reserved)
      else { throw Violation("counters", "\(level), expected \(day.expected[level.sku] as Any)") }
    }
    try store.close()
  }

  /// The store is sound, has what was acknowledged once, takes the rest of the day and ends as the whole one, then takes
  /// one more order.
  func check(
    _ path: String, _ acknowledged: Acknowledgements, mode: String, directory: String, doubtsOlderMeta: Bool
  ) throws {
    if !acknowledged.isCreated {
      // Nothing was promised. It opens, or says why not, and can be made anew.
      do throws(StoreError) {
        _ = try OrderStore.open(path: path, options: Store.options(.commit), clock: { 1 }).snapshot()
      } catch {
        switch error {
        case .notFound, .notAStore: break
        default: throw Violation("creation", "\(error)")
        }
      }
      return
    }
    do {
      let store = try OrderStore.open(path: path, options: Store.options(Store.mode(mode)), clock: { 1 })
      try Store.requireSound(store, directory, doubtsOlderMeta: doubtsOlderMeta)
      for (index, sequence) in acknowledged.sequences.sorted(by: { $0.key < $1.key }) {
        try Store.requireKnown(day.commands[index], sequence: sequence, in: store)
      }
      for (index, answer) in DayRun.run(day, on: store) {
        if case .failed(let error) = answer { throw Violation("failed", "command \(index) told again: \(error)") }
      }
      let found = try Store.content(store)
      guard found == content else {
        let difference = zip(found, content).first { $0 != $1 }
        throw Violation("different", "the day ends in another state: \(difference as Any)")
      }
      try store.close()
    }
    try Store.requireAlive(path, "one more", Store.mode(mode))
  }
}
