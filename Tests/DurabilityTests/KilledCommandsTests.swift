import Foundation
import OrderModel
import OrderStore
import Testing

/// A process that is killed while it commits loses nothing it acknowledged and leaves nothing by halves.
@Suite(.serialized)
struct KilledCommandsTests {
  private static let orders = 400

  /// Submits portion after portion and acknowledges each by a line in a file; killed from outside by a timer thread.
  static func work(_ path: String, _ acknowledgements: String, afterMicroseconds delay: UInt32, portion: Int) throws {
    let lag: OrderStore.Options.Lag = portion % 2 == 0 ? .bytes(3_000) : .none
    let store =
      FileManager.default.fileExists(atPath: path)
      ? try OrderStore.open(path: path, options: ShopCommands.options(lag))
      : try OrderStore.create(path: path, options: ShopCommands.options(lag))
    let log = open(acknowledgements, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    let killer = Thread {
      usleep(delay)
      kill(getpid(), SIGKILL)
    }
    killer.start()
    var rest = ShopCommands.submissions(Self.orders, seed: 5)[...]
    var done = 0
    while !rest.isEmpty {
      let part = Array(rest.prefix(portion))
      rest = rest.dropFirst(portion)
      _ = try store.submit(part)
      done += part.count
      let line = Array("\(done)\n".utf8)
      precondition(write(log, line, line.count) == line.count)
    }
    // All was done before the signal came; it comes still.
    while true { usleep(1_000) }
  }

  @Test func `acknowledged commands survive a kill, and the rerun ends in the store of an undisturbed run`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "killed-commands-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let submissions = ShopCommands.submissions(Self.orders, seed: 5)
    let whole = try undisturbed(folder.appending(path: "whole.orders").path, submissions)

    let seed: UInt64 = 31
    var random = Seeded(seed)
    var kills = 0
    for round in 0..<(20 * longFactor) {
      let path = folder.appending(path: "round-\(round).orders").path
      let acknowledgements = path + ".acknowledged"
      let delay = UInt32.random(in: 2_000...220_000, using: &random)
      let portion = [1, 2, 5, 17, 60][round % 5]
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          path = path as String, acknowledgements = acknowledgements as String, delay = delay as UInt32,
          portion = portion as Int
        ] in
        try KilledCommandsTests.work(path, acknowledgements, afterMicroseconds: delay, portion: portion)
      }
      kills += 1
      let comment: Comment = "seed \(seed), round \(round)"
      let text = (try? String(contentsOfFile: acknowledgements, encoding: .utf8)) ?? ""
      let acknowledged = text.split(separator: "\n").last.flatMap { Int($0) } ?? 0
      try check(path, folder.path, acknowledged: acknowledged, portion, submissions, whole, comment)
      try? FileManager.default.removeItem(atPath: path)
    }
    print("\(kills) kills, 0 acknowledged commands lost")
  }

  private func undisturbed(_ path: String, _ submissions: [Submission]) throws -> VerificationReport {
    let store = try OrderStore.create(path: path, options: ShopCommands.options(.unbounded))
    _ = try store.submit(submissions)
    return try store.verify(temporaryDirectory: FileManager.default.temporaryDirectory.path)
  }

  private func check(
    _ path: String, _ directory: String, acknowledged: Int, _ portion: Int, _ submissions: [Submission],
    _ whole: VerificationReport, _ comment: Comment
  ) throws {
    // Killed before the store was made, there is nothing yet.
    guard FileManager.default.fileExists(atPath: path) else {
      #expect(acknowledged == 0, comment)
      return
    }
    let store: OrderStore
    do throws(StoreError) {
      store = try OrderStore.open(path: path, options: ShopCommands.options(.bytes(3_000)))
    } catch {
      guard case .notAStore = error else { throw error }
      #expect(acknowledged == 0, comment)
      return
    }
    let report = try store.verify(temporaryDirectory: directory)
    #expect(report.findings == [], comment)
    // A prefix of the portions, at least those that were acknowledged and at most one more: each wholly there.
    let reached = try (0..<submissions.count).last { number in
      if case .place(let order) = submissions[number].command {
        return try !store.snapshot().orders(number: order.number).isEmpty
      }
      return false
    }
    let stored = reached.map { $0 + 1 } ?? 0
    #expect(stored <= acknowledged + portion, comment)
    let again = try store.submit(submissions)
    for (number, result) in again.enumerated() {
      guard let receipt = try? result.get() else { continue }
      if number < acknowledged { #expect(receipt.outcome == .unchanged, comment) }
    }
    let whole = whole
    let rerun = try store.verify(temporaryDirectory: directory)
    #expect(rerun.findings == [] && rerun.contentHash == whole.contentHash, comment)
    #expect(rerun.orders == whole.orders && rerun.facts == whole.facts, comment)
    // It takes one more.
    var more = NewOrder(channel: "web", number: "one more", placedAt: ShopCommands.instant(0), currency: "EUR")
    more.lines = [NewLine(sku: "TEA", quantity: 1, unitPriceMinorUnits: 1)]
    #expect(try store.submit([Submission(.place(more))])[0].get().outcome == .created, comment)
  }
}
