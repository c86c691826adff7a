import Foundation
import LMDB
import Testing

struct CrashTests {
  let directory = TemporaryDirectory()

  @Test(arguments: [0, 1, 7, 40]) func `a writer killed in a transaction leaves the last commit`(commits: Int)
    async throws
  {
    let path = directory.file()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, commits = commits as Int] in
      try CrashTests.write(path, commits: commits)
    }
    try Self.check(path, commits: commits)
  }

  static func check(_ path: String, commits: Int) throws {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in  // the lock of the dead is free again
      #expect(try transaction.statistics(of: table).entryCount == commits)
      try transaction.put("after", for: "after", in: table)
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "\(commits)", in: table) == nil)
      _ = try transaction.freePages()
    }
  }

  static func write(_ path: String, commits: Int) throws {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let value = [UInt8](repeating: 1, count: 9_000)
    for commit in 0...commits {
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put(value.span, for: "\(commit)".bytes.span, in: table)
        if commit == commits { kill(getpid(), SIGKILL) }
      }
    }
  }

  @Test func `a file that may not grow fails the transaction and keeps its data`() async throws {
    let path = directory.file()
    await #expect(processExitsWith: .success) { [path = path as String] in try CrashTests.writeToLimit(path) }
    try Self.checkKept(path)
  }

  static func checkKept(_ path: String) throws {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: false)[0]
    try environment.write { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "kept", in: table) == "1".bytes)
      #expect(try transaction.statistics(of: table).entryCount == 1)
    }
  }

  /// Commits more than the process may write to a file; the real failure of a full disk comes the same way.
  static func writeToLimit(_ path: String) throws {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "kept", in: table) }
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
    precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    let value = [UInt8](repeating: 1, count: 1 << 20)
    do throws(LMDBError) {
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put(value.span, for: "big".bytes.span, in: table)
      }
      preconditionFailure("a write beyond the limit succeeded")
    } catch {
      precondition(error.code == .inputOutput || error.code.rawValue == EFBIG, "\(error)")
    }
    try environment.read { (transaction) throws(LMDBError) in
      let entries = try transaction.entries(in: table)
      precondition(entries == ["kept=1"])
    }
  }
}
