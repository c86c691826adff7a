import Foundation
import LMDB
import Testing

struct ForkTests {
  let directory = TemporaryDirectory()

  @Test func `a forked child is refused everything, and its parent carries on`() async throws {
    let path = directory.file()
    await #expect(processExitsWith: .success) { [path = path as String] in
      try ForkTests.forkWithEverythingOpen(path)
    }
    try Self.check(path)
  }

  static func check(_ path: String) throws {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: false)[0]
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == ["a=1", "b=2", "c=3"])
    }
  }

  /// Forks with a reader and a writer at work; the child tries each call.
  static func forkWithEverythingOpen(_ path: String) throws {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
    let reader = try environment.beginRead()
    for round in 0..<20 {
      var child: pid_t = 0
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put("2", for: "b", in: table)
        child = fork()
        if child == 0 { _exit(Int32(refusalsMissing(environment, reader, &transaction, table))) }
        try transaction.put("3", for: "c", in: table)
      }
      var status: Int32 = 0
      waitpid(child, &status, 0)
      precondition(status == 0, "round \(round): the child's status is \(status)")
      let seen = try reader.entries(in: table)
      let readers = try environment.activeReaders()
      precondition(seen == ["a=1"] && readers.count == 1)
    }
  }

  /// How many calls in the child did not fail as they should.
  static func refusalsMissing(
    _ environment: Environment, _ reader: borrowing ReadTransaction, _ writer: inout WriteTransaction, _ table: Database
  ) -> Int {
    var missing = 0
    func refused(_ body: () throws(LMDBError) -> Void) {
      do throws(LMDBError) {
        try body()
        missing += 1
      } catch {
        if error.code != .forkedChild { missing += 1 }
      }
    }
    refused { () throws(LMDBError) in _ = try reader.bytes(for: "a", in: table) }
    refused { () throws(LMDBError) in _ = try reader.entries(in: table) }
    refused { () throws(LMDBError) in _ = try reader.lastKey(in: table) }
    refused { () throws(LMDBError) in _ = try reader.statistics(of: table) }
    refused { () throws(LMDBError) in _ = try reader.freePages() }
    refused { () throws(LMDBError) in try writer.put("4", for: "d", in: table) }
    refused { () throws(LMDBError) in try writer.delete("a".bytes.span, in: table) }
    refused { () throws(LMDBError) in try writer.dropAll(in: table) }
    refused { () throws(LMDBError) in _ = try environment.beginRead() }
    refused { () throws(LMDBError) in try environment.write { _ throws(LMDBError) in } }
    refused { () throws(LMDBError) in _ = try environment.databases(named: ["table"], create: true) }
    refused { () throws(LMDBError) in _ = try environment.information() }
    refused { () throws(LMDBError) in _ = try environment.activeReaders() }
    refused { () throws(LMDBError) in _ = try environment.checkReaders() }
    refused { () throws(LMDBError) in try environment.sync() }
    refused { () throws(LMDBError) in try environment.copyCompacting(to: environment.path + "-copy") }
    return missing
  }

  /// `fork`, which Swift hides because of what this suite is about.
  static func fork() -> pid_t {
    typealias Fork = @convention(c) () -> pid_t
    return unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)()
  }
}
