package import Foundation
import OrderModel
import OrderStore
import Synchronization
import Workload

/// Processes that race for the last units of a few SKUs on one store, some of them killed and started again, while a
/// reader looks at snapshots.
package struct StockRace: Sendable {
  package var tool: URL
  package var directory: String
  package var kind: RaceKind
  package var processes = 4
  package var tasks = 3
  /// Attempts to reserve or claim, in all.
  package var attempts: Int
  /// Units of each SKU there are at first.
  package var units: Int64 = 100
  /// How many processes are killed while they race.
  package var kills = 0
  package var seed: UInt64 = 1
  package var isSynced = false

  package init(tool: URL, directory: String, kind: RaceKind, attempts: Int) {
    (self.tool, self.directory, self.kind, self.attempts) = (tool, directory, kind, attempts)
  }

  package struct Outcome: Sendable {
    /// As reported by the processes; what a killed one did last is not counted.
    package var attempts = 0
    package var won: Int64 = 0
    package var kills = 0
    package var snapshots = 0
    /// Units on hand, reserved, shipped and received at the end, over all SKUs.
    package var onHand: Int64 = 0, reserved: Int64 = 0, shipped: Int64 = 0, received: Int64 = 0
    package var movements = 0
    /// What did not hold; empty when all did.
    package var findings: [String] = []
  }

  package func run() throws -> Outcome {
    let path = directory + "/race-\(UUID()).orders"
    defer { for file in [path, path + "-lock"] { try? FileManager.default.removeItem(atPath: file) } }
    let store = try OrderStore.create(path: path, options: RaceWorker.options(isSynced: isSynced))
    for sku in RaceWorker.skus {
      try store.submit(
        .receive(
          StockReceipt(
            sku: sku, location: RaceWorker.location, quantity: units, occurredAt: Instant(milliseconds: 0))))
    }
    try store.fold()
    let outcome = Mutex(Outcome())
    let isOver = Atomic<Bool>(false)
    let reading = Thread { [self] in
      while !isOver.load(ordering: .relaxed) {
        let finding = Self.finding(in: store)
        outcome.withLock {
          $0.snapshots += 1
          if let finding, $0.findings.count < 20 { $0.findings.append(finding) }
        }
        // Leaves the processors to those who race.
        Thread.sleep(forTimeInterval: 0.002)
      }
      readingIsOver.signal()
    }
    reading.start()
    race(on: path, outcome)
    isOver.store(true, ordering: .relaxed)
    readingIsOver.wait()
    return try end(store, outcome)
  }

  private let readingIsOver = DispatchSemaphore(value: 0)

  // MARK: Processes

  private func race(on path: String, _ outcome: borrowing Mutex<Outcome>) {
    let kills = Atomic<Int>(kills)
    let done = Mutex((attempts: 0, won: Int64(0), kills: 0, findings: [String]()))
    DispatchQueue.concurrentPerform(iterations: processes) { number in
      var random = SplitMix64(Seed(seed &+ UInt64(number) &* 7_919))
      var left = attempts / processes
      var incarnation = 0
      while left > 0 {
        incarnation += 1
        let process = Process()
        process.executableURL = tool
        process.arguments = [
          "race-worker", path, kind.rawValue, "p\(number)-\(incarnation)", "\(random.next() >> 8)", "\(left)",
          "\(tasks)", isSynced ? "synced" : "unsynced",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        do { try process.run() } catch {
          done.withLock { $0.findings.append("cannot run \(tool.path): \(error)") }
          return
        }
        // Each life of a process is killed after a share of its attempts, as long as kills are left.
        let isToDie = kills.subtract(1, ordering: .relaxed).oldValue > 0
        let share = isToDie ? random.within(0...max(1, left / (self.kills / processes + 1))) : Int.max
        let told = Self.read(pipe, killing: process, after: share)
        process.waitUntilExit()
        let isKilled = process.terminationReason == .uncaughtSignal
        left -= told.attempts
        let status = process.terminationStatus
        done.withLock {
          $0.attempts += told.attempts
          $0.won += told.won
          if isKilled { $0.kills += 1 }
          if !isKilled, status != 0 { $0.findings.append("process \(number) ended with \(status)") }
          if isKilled, status != SIGKILL { $0.findings.append("process \(number) ended by signal \(status)") }
        }
        if !isKilled { return }
      }
    }
    let result = done.withLock { $0 }
    outcome.withLock {
      ($0.attempts, $0.won, $0.kills) = (result.attempts, result.won, result.kills)
      $0.findings += result.findings
    }
  }

  /// Adds up what a process says, and kills it once it has made so many attempts.
  private static func read(_ pipe: Pipe, killing process: Process, after share: Int) -> (attempts: Int, won: Int64) {
    var sums: (attempts: Int, won: Int64) = (0, 0)
    var rest = Data()
    while true {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { return sums }
      rest += data
      while let end = rest.firstIndex(of: 10) {
        let numbers = String(decoding: rest[rest.startIndex..<end], as: UTF8.self).split(separator: " ")
        rest = Data(rest[(end + 1)...])
        guard numbers.count == 2, let attempts = Int(numbers[0]), let won = Int64(numbers[1]) else { continue }
        sums.attempts += attempts
        sums.won += won
        if sums.attempts >= share { kill(process.processIdentifier, SIGKILL) }
      }
    }
  }

  // MARK: Looking

  /// What is wrong with the newest snapshot.
  private static func finding(in store: OrderStore) -> String? {
    do {
      for level in try store.snapshot().stock() {
        let counters = level.counters
        if counters.reserved < 0 || counters.reserved + counters.unavailable > counters.onHand {
          return "oversold: \(counters)"
        }
      }
      return nil
    } catch { return "snapshot: \(error)" }
  }

  /// Accounts for every unit, and has the store replay every movement.
  private func end(_ store: OrderStore, _ counted: borrowing Mutex<Outcome>) throws -> Outcome {
    var outcome = counted.withLock { $0 }
    let report = try store.verify(temporaryDirectory: directory)
    outcome.findings += report.findings
    outcome.movements = report.movements
    let snapshot = try store.snapshot()
    var (reserved, shipped): ([String: Int64], [String: Int64]) = ([:], [:])
    for row in 0..<snapshot.orderCount {
      for line in try snapshot.order(OrderID(rawValue: UInt32(row)))?.lines ?? [] {
        reserved[line.sku, default: 0] += line.reserved
        shipped[line.sku, default: 0] += line.shipped
      }
    }
    for claim in try snapshot.claims() { reserved[claim.sku, default: 0] += claim.quantity }
    for level in try snapshot.stock() {
      let counters = level.counters
      let received = try snapshot.movements(sku: level.sku).reduce(Int64(0)) {
        $0 + ($1.kind == .receive ? $1.quantity : 0)
      }
      if counters.reserved != reserved[level.sku, default: 0] {
        outcome.findings.append(
          "\(level.sku): \(counters.reserved) reserved, orders and claims have \(reserved[level.sku, default: 0])")
      }
      if counters.onHand != received - shipped[level.sku, default: 0] {
        outcome.findings.append(
          "\(level.sku): \(counters.onHand) on hand of \(received) received, \(shipped[level.sku, default: 0]) shipped")
      }
      if kind == .winners, counters.reserved != units {
        outcome.findings.append("\(level.sku): \(counters.reserved) won of \(units)")
      }
      outcome.onHand += counters.onHand
      outcome.reserved += counters.reserved
      outcome.shipped += shipped[level.sku, default: 0]
      outcome.received += received
    }
    // What a killed process won and did not tell is more; less was told twice.
    if kind == .winners, outcome.kills == 0 ? outcome.won != outcome.reserved : outcome.won > outcome.reserved {
      outcome.findings.append("\(outcome.won) told as won, \(outcome.reserved) reserved")
    }
    try store.close()
    return outcome
  }
}
