import Foundation
import LMDB
import Synchronization
import Testing

struct CopyTests {
  let directory = TemporaryDirectory()

  @Test func `a copy made under writes is a committed state`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let isDone = Atomic(false)
    try withExtendedLifetime(environment) {
      let writer = Thread {
        var round = 0
        while !isDone.load(ordering: .relaxed) {
          round += 1
          do throws(LMDBError) {
            try environment.write { (transaction) throws(LMDBError) in
              for key in ["a", "b"] { try transaction.put("\(round)", for: key, in: table) }
            }
          } catch { Issue.record("\(error)") }
        }
      }
      writer.start()
      defer {
        isDone.store(true, ordering: .relaxed)
        while !writer.isFinished { usleep(100) }
      }
      for number in 0..<20 {
        let target = directory.file("copy-\(number)")
        try environment.copyCompacting(to: target)
        var options = EnvironmentOptions.quick
        options.readOnly = true
        let copy = try Environment.open(path: target, options: options)
        let copied = try copy.databases(named: ["table"], create: false)[0]
        try copy.read { (transaction) throws(LMDBError) in
          #expect(try transaction.bytes(for: "a", in: copied) == transaction.bytes(for: "b", in: copied))
          #expect(try transaction.freePages() == [])
        }
      }
    }
    #expect(try !directory.names().contains { $0.hasSuffix(".part") })
  }

  @Test func `copying onto an open file is refused`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    expect(.busy) { try environment.copyCompacting(to: directory.file()) }
    expect(.noEntry) { try environment.copyCompacting(to: directory.file("no/where")) }
    #expect(try directory.names() == ["a.orders", "a.orders-lock"])
  }
}
