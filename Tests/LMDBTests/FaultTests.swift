import LMDB
import Testing

/// Debug builds only: elsewhere no call can be made to fail.
#if DEBUG
struct FaultTests {
  let directory = TemporaryDirectory()

  /// Sets `a` and `b` to the same text, in an environment opened for it.
  static func replace(with text: String, at path: String) throws(LMDBError) {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put(text, for: "a", in: table)
      _ = try transaction.delete("c".bytes.span, in: table)
      try transaction.put(byteCount: 1, for: "c".bytes.span, in: table) { $0.append(1) }
      _ = try transaction.entries(in: table)
      try transaction.put(text, for: "b", in: table)
    }
    try environment.sync()
  }

  static func state(at path: String) throws(LMDBError) -> [[UInt8]?] {
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    return try environment.read { (transaction) throws(LMDBError) in
      [try transaction.bytes(for: "a", in: table), try transaction.bytes(for: "b", in: table)]
    }
  }

  @Test(arguments: [.inputOutput, .noSpace, .mapFull] as [ErrorCode])
  func `whichever call fails, a transaction happens whole or not at all`(code: ErrorCode) throws {
    let path = directory.file()
    try Self.replace(with: "0", at: path)
    var failures = 0
    while failures < 100 {
      let before = try Self.state(at: path)
      let text = "\(failures + 1)"
      Fault.arm(after: failures, code: code, path: path)
      do throws(LMDBError) { try Self.replace(with: text, at: path) } catch { #expect(error.code == code) }
      guard Fault.disarm(path: path) else { break }
      let after = try Self.state(at: path)
      #expect(after[0] == after[1])
      #expect(after == before || after == [text.bytes, text.bytes])
      failures += 1
    }
    #expect(failures > 15, "the calls of one transaction, its opening and its sync")
    #expect(failures < 100)
    #expect(try Self.state(at: path) == ["\(failures + 1)".bytes, "\(failures + 1)".bytes])
  }

  @Test func `whichever call fails, a copy is whole or what it was, and nothing is left beside it`() throws {
    let path = directory.file()
    let target = directory.file("copy.orders")
    try Self.replace(with: "old", at: path)
    let environment = try Environment.open(path: path, options: .quick)
    try environment.copyCompacting(to: target)
    try Self.replace(with: "new", at: path)
    var failures = 0
    while failures < 100 {
      Fault.arm(after: failures, code: .inputOutput, path: path)
      do throws(LMDBError) { try environment.copyCompacting(to: target) } catch { #expect(error.code == .inputOutput) }
      guard Fault.disarm(path: path) else { break }
      #expect(try directory.names() == ["a.orders", "a.orders-lock", "copy.orders"])
      failures += 1
    }
    #expect(failures >= 6)
    #expect(try Self.state(at: target)[0] == "new".bytes)
  }

  @Test func `a full reader table is cleared and tried once more`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    Fault.arm(after: 0, code: .readersFull, path: directory.file())
    _ = try environment.beginRead()
    #expect(Fault.disarm(path: directory.file()))
    Fault.arm(after: 0, code: .readersFull, path: directory.file())
    try environment.copyCompacting(to: directory.file("copy"))
    #expect(Fault.disarm(path: directory.file()))
  }

  @Test func `a fault on one file spares the others, and fires once`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let other = try Environment.open(path: directory.file("other"), options: .quick)
    Fault.arm(after: 0, code: .noMemory, path: directory.file())
    _ = try other.beginRead()
    expect(.noMemory) { _ = try environment.beginRead() }
    _ = try environment.beginRead()
    #expect(Fault.disarm(path: directory.file()))
    #expect(!Fault.disarm(path: directory.file()))
  }
}
#endif
