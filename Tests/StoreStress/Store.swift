import Foundation
import OrderModel
import OrderStore

/// How this tool opens stores, and what it asks of each.
enum Store {
  static func options(_ mode: OrderStore.Options.Durability, lag: OrderStore.Options.Lag = .bytes(600))
    -> OrderStore.Options
  {
    var options = OrderStore.Options()
    (options.durability, options.lag, options.mapSizeBytes) = (mode, lag, 64 << 20)
    return options
  }

  static func mode(_ name: String) -> OrderStore.Options.Durability {
    switch name {
    case "commit": .commit
    case "pipelined": .pipelined
    case "unsynced": .unsynced
    default: fatalError("no durability '\(name)'")
    }
  }

  static func remove(_ path: String) {
    unlink(path)
    unlink(path + "-lock")
  }

  /// What a store holds, without how it came into groups and in which order: equal contents, equal texts.
  static func content(_ store: OrderStore) throws -> [String] {
    let snapshot = try store.snapshot()
    var lines = ["\(snapshot.orderCount) orders, \(snapshot.eventCount) events"]
    for row in 0..<snapshot.orderCount {
      guard var order = try snapshot.order(OrderID(rawValue: UInt32(row))) else {
        throw Violation("order \(row) is gone")
      }
      (order.sequence, order.id) = (0, OrderID(rawValue: 0))
      for index in order.timeline.indices { order.timeline[index].sequence = 0 }
      lines.append("\(order)")
    }
    for level in try snapshot.stock() where level.sku != "SKU-doubt" { lines.append("\(level)") }
    return lines.sorted()
  }

  /// Everything `verify` checks.
  ///
  /// - Parameter doubtsOlderMeta: A write of a meta page was cut, failed or was lost. There then is what looks like a later commit
  ///   with a damaged number, or an old one, and `verify` says so, until the next commit writes over it.
  static func requireSound(_ store: OrderStore, _ directory: String, doubtsOlderMeta: Bool = false) throws {
    var findings = try store.verify(temporaryDirectory: directory).findings
    if doubtsOlderMeta, findings.count == 1, findings[0].hasPrefix("meta page") {
      try store.submit(.receive(Day.goods("SKU-doubt", 1)))
      findings = try store.verify(temporaryDirectory: directory).findings
    }
    if !findings.isEmpty { throw Violation("unsound", findings.joined(separator: "; ")) }
  }

  /// The command was acknowledged with `sequence`: told again it must be known, and be the same.
  static func requireKnown(_ submission: Submission, sequence: UInt64, in store: OrderStore) throws {
    let receipt: Receipt
    do {
      receipt = try store.submit(submission.command, idempotencyKey: submission.idempotencyKey)
    } catch { throw Violation("lost", "acknowledged with group \(sequence), now \(error): \(submission)") }
    guard receipt.outcome == .unchanged else {
      throw Violation("lost", "acknowledged with group \(sequence), now \(receipt): \(submission)")
    }
    guard receipt.sequence == sequence else {
      throw Violation("moved", "acknowledged with group \(sequence), now \(receipt): \(submission)")
    }
  }

  /// The store takes one more order and keeps it.
  static func requireAlive(_ path: String, _ number: String, _ mode: OrderStore.Options.Durability = .commit) throws {
    try place(number, path, mode)
    try requireOrder(number, path, mode)
  }

  private static func place(_ number: String, _ path: String, _ mode: OrderStore.Options.Durability) throws {
    let store = try OrderStore.open(path: path, options: options(mode), clock: { 1 })
    try store.submit(.place(Day.order(number, ["SKU-0": 1], customer: nil)))
    try store.close()
  }

  private static func requireOrder(_ number: String, _ path: String, _ mode: OrderStore.Options.Durability) throws {
    let store = try OrderStore.open(path: path, options: options(mode), clock: { 1 })
    guard try store.snapshot().orders(number: number).count == 1 else { throw Violation("dead", "one more order") }
  }
}

/// What must not be, by class.
struct Violation: Error, CustomStringConvertible {
  var kind: String
  var detail: String
  init(_ kind: String, _ detail: String = "") { (self.kind, self.detail) = (kind, detail) }
  var description: String { "\(kind): \(detail)" }
}

/// Numbers from a printed seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// A directory of its own in memory where there is one, removed at the end.
final class WorkingDirectory {
  let path: String
  init() {
    // A child's lies in its parent's, which removes it should the child die.
    let parent =
      ProcessInfo.processInfo.environment["STRESS_DIRECTORY"]
      ?? (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory())
    var template = Array("\(parent)/orderbase-stress-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else {
      fatalError("no temporary directory")
    }
    path = String(cString: resolved)
    free(resolved)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
  func file(_ name: String) -> String { path + "/" + name }
}
