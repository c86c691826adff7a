import LMDB
import Testing

struct WriteTransactionTests {
  let directory = TemporaryDirectory()
  let environment: Environment
  let table: Database

  init() throws {
    environment = try Environment.open(path: directory.file(), options: .quick)
    table = try environment.databases(named: ["table"], create: true)[0]
  }

  @Test func `appending fills ascending keys and refuses others`() throws {
    try environment.write { (transaction) throws(LMDBError) in
      for key in ["a", "b", "c"] { try transaction.put([1].span, for: key.bytes.span, in: table, append: true) }
    }
    for key in ["b", "c"] {
      expect(.keyExists) {
        try environment.write { (transaction) throws(LMDBError) in
          try transaction.put([2].span, for: key.bytes.span, in: table, append: true)
        }
      }
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "b", in: table) == [1])
      #expect(try transaction.statistics(of: table).entryCount == 3)
    }
  }

  @Test func `without overwriting the older value stays`() throws {
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put([1].span, for: "a".bytes.span, in: table, overwrite: false)
      do throws(LMDBError) {
        try transaction.put([2].span, for: "a".bytes.span, in: table, overwrite: false)
        Issue.record("the older value was replaced")
      } catch { #expect(error.code == .keyExists) }
      #expect(try transaction.bytes(for: "a", in: table) == [1])
      try transaction.put([3].span, for: "a".bytes.span, in: table)
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "a", in: table) == [3])
    }
  }

  @Test func `keys have 1 to 511 bytes, values up to 16 MiB`() throws {
    let longest = [UInt8](repeating: 7, count: 511)
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put([1].span, for: longest.span, in: table)
      try transaction.put([UInt8]().span, for: "empty".bytes.span, in: table)
      #expect(try transaction.bytes(for: "empty", in: table) == [])
      #expect(try transaction.value(for: longest.span, in: table)?.byteCount == 1)
      let largest = [UInt8](repeating: 9, count: Environment.largestValueByteCount)
      try transaction.put(largest.span, for: "largest".bytes.span, in: table)
    }
    for (key, byteCount) in [([], 1), (longest + [7], 1), ([1], Environment.largestValueByteCount + 1)] {
      let value = [UInt8](repeating: 0, count: byteCount)
      expect(.badValueSize) {
        try environment.write { (transaction) throws(LMDBError) in
          try transaction.put(value.span, for: key.span, in: table)
        }
      }
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.value(for: "largest".bytes.span, in: table)?.byteCount == 1 << 24)
    }
  }

  @Test(arguments: [0, 1, 100, 2_022, 2_023, 4_080, 4_081, 70_000])
  func `a reserved value is what was written into it`(byteCount: Int) throws {
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put(byteCount: byteCount, for: "a".bytes.span, in: table) { output in
        for index in 0..<byteCount { output.append(UInt8(truncatingIfNeeded: index)) }
      }
    }
    try environment.read { (transaction) throws(LMDBError) in
      let value = try transaction.bytes(for: "a", in: table)
      #expect(value == (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) })
    }
  }

  @Test func `a reserved value that is not filled cannot be committed, even if the error is ignored`() throws {
    expect(.reservedNotFilled) {
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put("1", for: "other", in: table)
        do throws(LMDBError) {
          try transaction.put(byteCount: 10, for: "a".bytes.span, in: table) { $0.append(1) }
          Issue.record("nine bytes were missing")
        } catch { #expect(error.code == .reservedNotFilled) }
        #expect(try transaction.bytes(for: "a", in: table) == [1] + [UInt8](repeating: 0, count: 9))
      }
    }
    try environment.read { (transaction) throws(LMDBError) in #expect(try transaction.entries(in: table) == []) }
  }

  @Test(arguments: [1, 100, 2_022, 2_023, 4_080, 4_081, 70_000], [1, 100, 2_022, 2_023, 4_080, 4_081, 70_000])
  func `an update finds the older bytes, whatever the sizes, in a clean page and in a changed one`(
    from: Int, to: Int
  ) throws {
    let old = (0..<from).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
    let expected = (0..<to).map { $0 < from ? old[$0] : 0 }
    try environment.write { (transaction) throws(LMDBError) in
      for key in ["0", "a", "b"] { try transaction.put(old.span, for: key.bytes.span, in: table) }
    }
    try environment.write { (transaction) throws(LMDBError) in
      for round in 1...3 as ClosedRange<UInt8> {
        try transaction.update(byteCount: to, for: "a".bytes.span, in: table) { bytes in
          #expect(round > 1 || bytes.bytes.copy == expected)
          bytes.storeBytes(of: round, as: UInt8.self)
        }
      }
      try transaction.put("moves the others", for: "00", in: table)
      try transaction.update(byteCount: to, for: "a".bytes.span, in: table) {
        #expect($0.bytes.copy.dropFirst() == expected.dropFirst())
      }
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "a", in: table) == [3] + expected.dropFirst())
      #expect(try transaction.bytes(for: "0", in: table) == old)
      #expect(try transaction.bytes(for: "b", in: table) == old)
    }
  }

  @Test func `an update of a missing key starts with zeros`() throws {
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.update(byteCount: 4, for: "a".bytes.span, in: table) { bytes in
        #expect(bytes.bytes.copy == [0, 0, 0, 0])
        bytes.storeBytes(of: 5, toByteOffset: 2, as: UInt8.self)
      }
      #expect(try transaction.bytes(for: "a", in: table) == [0, 0, 5, 0])
    }
  }

  @Test func `a write transaction within another, on the same thread, is an error and not a wait`() throws {
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put("1", for: "a", in: table)
      expect(.deadlock) { try environment.write { _ throws(LMDBError) in } }
      // Reading what was committed before is allowed.
      try environment.read { (reader) throws(LMDBError) in #expect(try reader.entries(in: table) == []) }
    }
    try environment.write { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == ["a=1"])
    }
  }

  @Test func `a full map fails the transaction, keeps the data, and lets deletes through`() throws {
    var options = EnvironmentOptions.quick
    options.mapSizeBytes = 1 << 20
    let environment = try Environment.open(path: directory.file("small"), options: options)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let value = [UInt8](repeating: 1, count: 10_000)
    var stored = 0
    do throws(LMDBError) {
      while stored < 1_000 {
        let key = "\(stored)".bytes
        try environment.write { (transaction) throws(LMDBError) in
          try transaction.put(value.span, for: key.span, in: table)
        }
        stored += 1
      }
      Issue.record("10 MB in 1 MiB")
    } catch { #expect(error.code == .mapFull) }
    #expect(stored > 50)
    for key in 0..<10 {
      try environment.write { (transaction) throws(LMDBError) in try transaction.delete("\(key)".bytes.span, in: table)
      }
    }
    try environment.write { (transaction) throws(LMDBError) in
      try transaction.put(value.span, for: "new".bytes.span, in: table)
    }
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.statistics(of: table).entryCount == stored - 9)
      #expect(try transaction.bytes(for: "new", in: table) == value)
    }
  }
}
