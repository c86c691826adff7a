import CChecksum
import Foundation
import LMDB
import OrderStore

/// The states that the engine's commits of an undisturbed day left, by their number.
struct Reference {
  struct State: Equatable {
    /// Checksum of every key and value of every database.
    var content: UInt64
    var sequence: UInt64
    var orders: Int
  }

  private(set) var states: [Int: State] = [:]

  static let databases = ["log", "chunks", "words", "indexes", "wide", "heap", "meta", "aside"]

  /// The newest commit in a file and the checksum of its content, past the store's own code.
  static func content(of path: String, reviewsPages: Bool) throws(LMDBError) -> (commit: Int, content: UInt64) {
    var options = EnvironmentOptions()
    (options.mapSizeBytes, options.createIfMissing) = (64 << 20, false)
    let environment = try Environment.open(path: path, options: options)
    let databases = try environment.databases(named: Self.databases, create: false)
    return try environment.read { (transaction) throws(LMDBError) in
      if reviewsPages {
        let review = try transaction.reviewPages(limit: 10)
        if !review.faults.isEmpty { throw LMDBError(.corrupted, during: "review pages: \(review.faults)") }
      }
      var (first, second): (UInt32, UInt32) = (0, 1)
      for (index, database) in databases.enumerated() {
        var head = UInt64(index)
        try transaction.scan(in: database) { (key, value) throws(LMDBError) in
          head = UInt64(index) << 56 ^ UInt64(key.byteCount) << 40 ^ UInt64(value.byteCount)
          first = orderbase_crc32c(first, &head, 8)
          key.withUnsafeBytes { first = orderbase_crc32c(first, $0.baseAddress, $0.count) }
          value.withUnsafeBytes { second = orderbase_crc32c(second, $0.baseAddress, $0.count) }
          return true
        }
      }
      return (transaction.transactionID, UInt64(first) << 32 | UInt64(second))
    }
  }

  /// Replays `trace` undisturbed and verifies the state after each of its commits.
  init(of trace: Trace, in directory: WorkingDirectory) throws {
    var state = DiskState()
    let path = directory.file("reference.orders")
    var isCreated = false
    for record in trace.records {
      state.apply(record, of: trace)
      if case .mark("created") = record { isCreated = true }
      // A commit ends with its meta page, one of the first two.
      guard isCreated || states.isEmpty, case .write(let offset, _, _) = record, offset < 2 * DiskState.pageSize,
        state.cached.count > 2 * DiskState.pageSize
      else { continue }
      Store.remove(path)
      _ = FileManager.default.createFile(atPath: path, contents: Data(state.cached))
      guard let (commit, content) = try? Self.content(of: path, reviewsPages: true) else { continue }
      guard let store = try? OrderStore.open(path: path, options: Store.options(.unsynced)) else { continue }
      try Store.requireSound(store, directory.path)
      let snapshot = try store.snapshot()
      states[commit] = State(content: content, sequence: snapshot.sequence, orders: snapshot.orderCount)
    }
    Store.remove(path)
  }

  init(path: String) throws {
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      states[Int(words[0])!] = State(content: UInt64(words[1])!, sequence: UInt64(words[2])!, orders: Int(words[3])!)
    }
  }

  func write(to path: String) throws {
    let lines = states.map { "\($0.key) \($0.value.content) \($0.value.sequence) \($0.value.orders)\n" }
    try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
  }
}

extension String {
  fileprivate func write(toFile path: String, atomically: Bool, encoding: Encoding) throws {
    try write(to: URL(filePath: path), atomically: atomically, encoding: encoding)
  }
}
