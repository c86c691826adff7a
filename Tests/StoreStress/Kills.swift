import Dispatch
import Foundation
import OrderModel
import OrderStore
import Synchronization

/// The commands of a busy shop: each is a function of caller and step, so that whoever knows these can tell it again.
enum Load {
  static let callers = 4

  static func submission(round: Int, caller: Int, step: Int) -> Submission {
    let sku = "SKU-\(caller)"
    let number = "L-\(round)-\(caller)-\(step / 5)"
    let key = "load-\(round)-\(caller)-\(step)"
    switch step % 5 {
    case 0: return Submission(.receive(Day.goods(sku, 5)), idempotencyKey: key)
    case 1: return Submission(.place(Day.order(number, [sku: 3], customer: "c\(step % 7)")))
    case 2: return Submission(.reserve(Day.operation(number)), idempotencyKey: key)
    case 3:
      return Submission(
        .record(
          StatusEvent(
            order: .number(number, channel: nil), node: .picking, occurredAt: Day.now, actor: "picker \(caller)")),
        idempotencyKey: key)
    default:
      if (step / 5) % 3 == 0 {
        return Submission(
          .cancel(Cancellation(order: .number(number, channel: nil), side: .seller, occurredAt: Day.now)),
          idempotencyKey: key)
      }
      return Submission(.ship(Day.operation(number)), idempotencyKey: key)
    }
  }

  /// `load`: submits until it is killed; one line for each acknowledgement.
  static func run(store path: String, mode: String, round: Int) throws {
    let store = try OrderStore.open(path: path, options: Store.options(Store.mode(mode), lag: .bytes(3_000)))
    _ = "ready\n".withCString { write(1, $0, strlen($0)) }
    DispatchQueue.concurrentPerform(iterations: callers) { caller in
      for step in 0... {
        do throws(StoreError) {
          let submission = submission(round: round, caller: caller, step: step)
          let receipt = try store.submit(submission.command, idempotencyKey: submission.idempotencyKey)
          _ = "\(caller) \(step) \(receipt.sequence)\n".withCString { write(1, $0, strlen($0)) }
        } catch {
          _ = "refused \(caller) \(step) \(error)\n".withCString { write(1, $0, strlen($0)) }
          exit(3)
        }
      }
    }
  }
}

/// `kills`: kills a busy process at random moments, and looks after each what the store kept.
enum KillsCommand {
  struct Outcome {
    var kills = 0
    var acknowledged = 0
    var whileOpening = 0
    var violations: [String] = []
  }

  private struct Acknowledgement {
    var round, caller, step: Int
    var sequence: UInt64
  }

  static func run(count: Int, seed: UInt64) throws -> Outcome {
    let directory = WorkingDirectory()
    let path = directory.file("k.orders")
    var random = Seeded(seed)
    var outcome = Outcome()
    var before: [Acknowledgement] = []
    for round in 0..<count {
      // A new store now and then, so that each look stays cheap.
      if round % 12 == 0 {
        Store.remove(path)
        before = []
        try OrderStore.create(path: path, options: Store.options(.commit)).close()
      }
      let mode = Bool.random(using: &random) ? "commit" : "pipelined"
      let isEarly = Int.random(in: 0..<10, using: &random) == 0
      let child = Child(["load", path, mode, "\(round)"])
      var bytes: [UInt8] = []
      if !isEarly { while !bytes.contains(10), let more = child.read() { bytes += more } }
      let end = DispatchTime.now() + .microseconds(Int.random(in: 0..<(isEarly ? 30_000 : 25_000), using: &random))
      while DispatchTime.now() < end, let more = child.read(milliseconds: 1) { bytes += more }
      kill(child.process, SIGKILL)
      while let more = child.read() { bytes += more }
      let status = child.wait()
      if status == 128 + SIGKILL { outcome.kills += 1 }
      if !bytes.contains(10) { outcome.whileOpening += 1 }

      var new: [Acknowledgement] = []
      do {
        guard status == 128 + SIGKILL else {
          throw Violation("died", "with \(status): \(String(decoding: bytes, as: UTF8.self).suffix(300))")
        }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
          let numbers = line.split(separator: " ").compactMap { Int($0) }
          guard numbers.count == 3 else { continue }
          new.append(
            Acknowledgement(round: round, caller: numbers[0], step: numbers[1], sequence: UInt64(numbers[2])))
        }
        outcome.acknowledged += new.count
        try check(path, directory.path, new: new, before: before, round: round)
      } catch { outcome.violations.append("seed \(seed), round \(round), \(mode): \(error)") }
      before += new
    }
    return outcome
  }

  private static func check(
    _ path: String, _ directory: String, new: [Acknowledgement], before: [Acknowledgement], round: Int
  ) throws {
    do {
      let store = try OrderStore.open(path: path, options: Store.options(.commit))
      try Store.requireSound(store, directory)
      let snapshot = try store.snapshot()
      for old in new + before where old.step % 5 == 1 {
        let number = "L-\(old.round)-\(old.caller)-\(old.step / 5)"
        guard try snapshot.orders(number: number).count == 1 else { throw Violation("lost", "order \(number)") }
      }
      // What was not acknowledged is there or not: of each caller at most the one command under way.
      let placed = (new + before).count { $0.step % 5 == 1 }
      let rest = snapshot.orderCount - placed
      let rounds = round % 12 + 1
      guard rest >= rounds - 1, rest <= rounds - 1 + rounds * Load.callers else {
        throw Violation("count", "\(snapshot.orderCount) orders, \(placed) acknowledged in \(rounds) rounds")
      }
      for known in new {
        try Store.requireKnown(
          Load.submission(round: known.round, caller: known.caller, step: known.step), sequence: known.sequence,
          in: store)
      }
    }
    try Store.requireAlive(path, "one more \(round)")
  }
}
