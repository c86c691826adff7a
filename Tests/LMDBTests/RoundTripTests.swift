import LMDB
import Testing

struct RoundTripTests {
  let directory = TemporaryDirectory()

  @Test func `what a committed transaction put, a later one reads`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put("one", for: "a", in: table)
      #expect(try transaction.bytes(for: "a", in: table) == "one".bytes)
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "a", in: table) == "one".bytes)
      #expect(try transaction.bytes(for: "b", in: table) == nil)
    }
  }

  @Test func `a transaction whose body throws changes nothing`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("old", for: "a", in: table) }
    let before = try environment.read { (transaction) in transaction.transactionID }
    #expect(throws: LMDBError(.busy, during: "test")) {
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put("new", for: "a", in: table)
        throw LMDBError(.busy, during: "test")
      }
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "a", in: table) == "old".bytes)
      #expect(transaction.transactionID == before)
    }
  }

  @Test func `a reader keeps the state it began with`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let early = try environment.beginRead()
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("x", for: "a", in: table) }
    let late = try environment.beginRead()
    #expect(try early.bytes(for: "a", in: table) == nil)
    #expect(try late.bytes(for: "a", in: table) == "x".bytes)
    #expect(late.transactionID == early.transactionID + 1)
  }

  @Test func `values survive closing and opening again`() throws {
    do {
      let environment = try Environment.open(path: directory.file(), options: .quick)
      let table = try environment.databases(named: ["table"], create: true)[0]
      try environment.write { (transaction) throws(LMDBError) in try transaction.put("kept", for: "a", in: table) }
    }
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: false)[0]
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "a", in: table) == "kept".bytes)
    }
  }

  @Test func `scans go up and down, from a key or between keys, and stop when told`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in
      for key in ["d", "b", "f"] { try transaction.put(key + key, for: key, in: table) }
      #expect(try transaction.entries(in: table) == ["b=bb", "d=dd", "f=ff"])
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == ["b=bb", "d=dd", "f=ff"])
      #expect(try transaction.entries(in: table, from: "d") == ["d=dd", "f=ff"])
      #expect(try transaction.entries(in: table, from: "c") == ["d=dd", "f=ff"])
      #expect(try transaction.entries(in: table, from: "g") == [])
      #expect(try transaction.entries(in: table, from: "") == ["b=bb", "d=dd", "f=ff"])
      #expect(try transaction.entries(in: table, backward: true) == ["f=ff", "d=dd", "b=bb"])
      #expect(try transaction.entries(in: table, from: "d", backward: true) == ["d=dd", "b=bb"])
      #expect(try transaction.entries(in: table, from: "e", backward: true) == ["d=dd", "b=bb"])
      #expect(try transaction.entries(in: table, from: "g", backward: true) == ["f=ff", "d=dd", "b=bb"])
      #expect(try transaction.entries(in: table, from: "a", backward: true) == [])
      var count = 0
      try transaction.scan(in: table) { _, _ in
        count += 1
        return count < 2
      }
      #expect(count == 2)
      #expect(try transaction.firstKey(in: table)?.copy == "b".bytes)
      #expect(try transaction.lastKey(in: table)?.copy == "f".bytes)
      #expect(try transaction.statistics(of: table).entryCount == 3)
    }
  }

  @Test func `an error of the scan's body arrives as thrown`() throws {
    struct Stop: Error, Equatable {}
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
    #expect(throws: Stop()) {
      try environment.read(onEngineError: { _ in Stop() }) { (transaction) throws(Stop) in
        try transaction.scan(in: table, from: nil, onEngineError: { _ in Stop() }) { (_, _) throws(Stop) in throw Stop()
        }
      }
    }
  }

  @Test func `deleting says whether the key was there, and emptying leaves the database open`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put("1", for: "a", in: table)
      try transaction.put("2", for: "b", in: table)
      #expect(try transaction.delete("a".bytes.span, in: table))
      #expect(try !transaction.delete("a".bytes.span, in: table))
      #expect(try transaction.entries(in: table) == ["b=2"])
      try transaction.dropAll(in: table)
      #expect(try transaction.entries(in: table) == [])
      #expect(try transaction.firstKey(in: table) == nil)
      #expect(try transaction.lastKey(in: table) == nil)
      try transaction.put("3", for: "c", in: table)
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == ["c=3"])
    }
  }
}
