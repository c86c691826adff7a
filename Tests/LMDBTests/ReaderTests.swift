import Foundation
import LMDB
import Testing

struct ReaderTests {
  let directory = TemporaryDirectory()

  static func fewReaders(_ count: Int) -> EnvironmentOptions {
    var options = EnvironmentOptions.quick
    options.maxReaders = count
    return options
  }

  /// Takes every reader slot, then dies without a word.
  static func readAndDie(_ path: String, slots: Int, options: EnvironmentOptions) throws {
    let environment = try Environment.open(path: path, options: options)
    let first = try environment.beginRead()
    let second = slots > 1 ? Optional(try environment.beginRead()) : nil
    kill(getpid(), SIGKILL)
    _ = (first.transactionID, second == nil)
  }

  @Test func `when living readers hold every slot the next is refused, and may come back later`() throws {
    let environment = try Environment.open(path: directory.file(), options: Self.fewReaders(2))
    let first = try environment.beginRead()
    do {
      let second = try environment.beginRead()
      expect(.readersFull) { _ = try environment.beginRead() }
      #expect(second.transactionID == first.transactionID)
    }
    _ = try environment.beginRead()
  }

  @Test func `the slots of a killed reader are freed when they are needed`() async throws {
    let path = directory.file()
    let environment = try Environment.open(path: path, options: Self.fewReaders(2))
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try ReaderTests.readAndDie(path, slots: 2, options: ReaderTests.fewReaders(2))
    }
    #expect(try environment.activeReaders().count == 2)
    let transaction = try environment.beginRead()
    let readers = try environment.activeReaders()
    #expect(readers.map(\.processID) == [Int(getpid())])
    #expect(readers.map(\.transactionID) == [transaction.transactionID])
  }

  @Test func `a check frees the slots of killed readers and counts them`() async throws {
    let path = directory.file()
    let environment = try Environment.open(path: path, options: .quick)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try ReaderTests.readAndDie(path, slots: 2, options: .quick)
    }
    #expect(try environment.checkReaders() == 2)
    #expect(try environment.checkReaders() == 0)
  }

  @Test func `a killed reader is found when the file grows`() async throws {
    let path = directory.file()
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try ReaderTests.readAndDie(path, slots: 1, options: .quick)
    }
    try Self.overwrite(environment, table, rounds: 60)
    #expect(try environment.activeReaders() == [])
    // Each round frees the pages of the last: 60 MB of writing in a file of little more than the bound.
    #expect(try environment.information().lastPageNumber * 4_096 < 24 << 20)
  }

  static func overwrite(_ environment: Environment, _ table: Database, rounds: Int) throws {
    let value = [UInt8](repeating: 1, count: 1 << 20)
    for _ in 0..<rounds {
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put(value.span, for: "a".bytes.span, in: table)
      }
    }
  }

  @Test func `many threads read through one transaction while another writes`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let tables = try environment.databases(named: (0..<8).map { "table\($0)" }, create: true)
    try environment.write { (transaction) throws(LMDBError) in
      for table in tables { for key in 0..<100 { try transaction.put("\(key)", for: "\(key)", in: table) } }
    }
    let shared = Shared(try environment.beginRead())
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      do throws(LMDBError) {
        for round in 0..<200 {
          let key = "\(round % 100)"
          if worker == 0 {
            try environment.write { (transaction) throws(LMDBError) in
              for table in tables { try transaction.put("new", for: key, in: table) }
            }
          } else {
            for table in tables {
              #expect(try shared.transaction.bytes(for: key, in: table) == key.bytes)
              var count = 0
              try shared.transaction.scan(in: table) { _, _ in
                count += 1
                return true
              }
              #expect(count == 100)
            }
          }
        }
      } catch { Issue.record("\(error)") }
    }
  }

  final class Shared: Sendable {
    let transaction: ReadTransaction
    init(_ transaction: consuming ReadTransaction) { self.transaction = transaction }
  }
}
