import Foundation
import LMDB
import Testing

/// What is known to be on the disk, and what a failed flush leaves behind.
struct FlushTests {
  let directory = TemporaryDirectory()

  private func open(_ durability: Durability) throws -> (Environment, Database) {
    var options = EnvironmentOptions.quick
    options.durability = durability
    let environment = try Environment.open(path: directory.file(), options: options)
    return (environment, try environment.databases(named: ["table"], create: true)[0])
  }

  /// Puts one value and tells the number of its commit.
  @discardableResult
  private func put(_ value: String, _ environment: Environment, _ table: Database) throws -> Int {
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put(value, for: "a", in: table)
      return transaction.visibleTransactionID
    }
  }

  @Test func `a commit is on the disk when it returns`() throws {
    let (environment, table) = try open(.commit)
    for round in 0..<3 {
      let number = try put("\(round)", environment, table)
      #expect(environment.syncedThrough == number)
    }
  }

  @Test func `a pipelined commit is on the disk with the next one, or after a flush`() throws {
    let (environment, table) = try open(.pipelined)
    #expect(environment.needsWholeCommit)
    let first = try put("1", environment, table)
    // What an earlier process left is made sure first.
    #expect(environment.syncedThrough == first && !environment.needsWholeCommit)
    let second = try put("2", environment, table)
    #expect(second == first + 1 && environment.syncedThrough == first)
    try put("3", environment, table)
    #expect(environment.syncedThrough == second)
    try environment.sync()
    #expect(environment.syncedThrough == second + 1)
  }

  @Test func `a transaction that changes nothing shows the commit before it and proves nothing`() throws {
    let (environment, table) = try open(.pipelined)
    try put("1", environment, table)
    let newest = try put("2", environment, table)
    let seen = try environment.write { (transaction) throws(LMDBError) in transaction.visibleTransactionID }
    #expect(seen == newest)
    #expect(environment.syncedThrough == newest - 1)
  }

  @Test func `what is not flushed is never said to be on the disk, until it is flushed`() throws {
    let (environment, table) = try open(.unsynced)
    let newest = try put("1", environment, table)
    #expect(environment.syncedThrough == 0)
    try environment.sync()
    #expect(environment.syncedThrough == newest)
  }

  #if DEBUG
  @Test(arguments: [Durability.commit, .pipelined])
  func `after a commit that the disk did not take no more are taken until the file is opened again`(
    durability: Durability
  ) throws {
    do {
      let (environment, table) = try open(durability)
      let newest = try put("1", environment, table)
      // The third call of a write transaction is its commit; where a flag is set first, the fourth.
      Fault.arm(after: durability == .commit ? 2 : 3, code: .inputOutput, path: directory.file())
      expect(.inputOutput) { try put("2", environment, table) }
      #expect(Fault.disarm(path: directory.file()))
      expect(.flushFailed) { try put("3", environment, table) }
      expect(.flushFailed) { try environment.sync() }
      try environment.read { (transaction) throws(LMDBError) in
        #expect(try transaction.bytes(for: "a", in: table) == "1".bytes)
      }
      #expect(environment.syncedThrough == newest)
    }
    let (environment, table) = try open(durability)
    let newest = try put("4", environment, table)
    #expect(environment.syncedThrough == newest)
  }

  @Test func `a flush that fails stops an environment as a commit does`() throws {
    let (environment, table) = try open(.pipelined)
    try put("1", environment, table)
    Fault.arm(after: 1, code: .inputOutput, path: directory.file())
    expect(.inputOutput) { try environment.sync() }
    #expect(Fault.disarm(path: directory.file()))
    expect(.flushFailed) { try put("2", environment, table) }
  }

  @Test func `a full disk stops nothing, but the next commit flushes everything`() throws {
    let (environment, table) = try open(.pipelined)
    try put("1", environment, table)
    Fault.arm(after: 3, code: .noSpace, path: directory.file())
    expect(.noSpace) { try put("2", environment, table) }
    #expect(Fault.disarm(path: directory.file()))
    #expect(environment.needsWholeCommit)
    let newest = try put("3", environment, table)
    #expect(environment.syncedThrough == newest && !environment.needsWholeCommit)
  }
  #endif
}

/// A power loss in a pipelined environment may keep pages of commits whose meta pages it took.
struct LostMetaPageTests {
  let directory = TemporaryDirectory()

  @Test func `what two lost commits wrote over pages of the older state is no damage`() throws {
    let path = directory.file()
    var options = EnvironmentOptions.quick
    options.durability = .pipelined
    var states: [[UInt8]] = []
    do {
      let environment = try Environment.open(path: path, options: options)
      let table = try environment.databases(named: ["table"], create: true)[0]
      for round in 0..<40 {
        try environment.write { (transaction) throws(LMDBError) in
          for key in 0..<40 {
            try transaction.put(String(repeating: "v\(round)", count: 100), for: "\(round % 7) \(key)", in: table)
          }
        }
        states.append(Array(try Data(contentsOf: URL(filePath: path))))
      }
    }
    var overwritten = 0
    for round in 2..<(states.count - 2) {
      // Commit `round` and the one before it have their meta pages; of the two after it only the other pages are there.
      var image = states[round + 2]
      let metaPages = 0..<(2 * 4_096)
      image.replaceSubrange(metaPages, with: states[round][metaPages])
      let crashed = directory.file("crashed-\(round)")
      try Data(image).write(to: URL(filePath: crashed))
      let environment = try Environment.open(path: crashed, options: options)
      try environment.read { (transaction) throws(LMDBError) in
        let review = try transaction.reviewPages(limit: 10)
        #expect(review.faults == [], "round \(round)")
        #expect(review.lostCount == 0)
      }
      if image != states[round] { overwritten += 1 }
    }
    #expect(overwritten > 30)
  }
}
