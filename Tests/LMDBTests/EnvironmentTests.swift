import Foundation
import LMDB
import Testing

struct EnvironmentTests {
  let directory = TemporaryDirectory()

  @Test func `the same file by symbolic link, hard link or relative path is the same environment`() throws {
    let files = FileManager.default
    let first = try Environment.open(path: directory.file(), options: .quick)
    try files.createSymbolicLink(atPath: directory.file("symbolic"), withDestinationPath: directory.file())
    try files.linkItem(atPath: directory.file(), toPath: directory.file("hard"))
    let up = String(repeating: "../", count: files.currentDirectoryPath.split(separator: "/").count)
    for path in [
      directory.file(), directory.file("symbolic"), directory.file("hard"), up + directory.file().dropFirst(),
    ] {
      #expect(try Environment.open(path: path, options: .quick) === first, "\(path)")
    }
    #expect(try Environment.open(path: directory.file("other"), options: .quick) !== first)
  }

  @Test func `a link to a file that is not there yet leads to the file and its lock`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("link"), withDestinationPath: directory.file("real"))
    let environment = try Environment.open(path: directory.file("link"), options: .quick)
    #expect(try environment === Environment.open(path: directory.file("real"), options: .quick))
    #expect(FileManager.default.fileExists(atPath: directory.file("real-lock")))
    #expect(!FileManager.default.fileExists(atPath: directory.file("link-lock")))
  }

  @Test func `other options for an open file are refused, until it is closed`() throws {
    var other = EnvironmentOptions.quick
    other.maxDatabases = 5
    do {
      let first = try Environment.open(path: directory.file(), options: .quick)
      #expect(throws: LMDBError(.alreadyOpenDifferently, during: "open \(directory.file())")) {
        try Environment.open(path: directory.file(), options: other)
      }
      other.createIfMissing = false
      #expect(throws: LMDBError.self) { try Environment.open(path: directory.file(), options: other) }
      var same = EnvironmentOptions.quick
      same.createIfMissing = false
      #expect(try Environment.open(path: directory.file(), options: same) === first)
    }
    #expect(try Environment.open(path: directory.file(), options: other).options.maxDatabases == 5)
  }

  @Test func `a missing file is an error when not to be made, and when read-only`() throws {
    var options = EnvironmentOptions.quick
    options.createIfMissing = false
    expect(.noEntry) { _ = try Environment.open(path: directory.file(), options: options) }
    options = .quick
    options.readOnly = true
    expect(.noEntry) { _ = try Environment.open(path: directory.file(), options: options) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }

  @Test func `a directory that is not there, and a file of another kind, are errors`() throws {
    expect(.noEntry) { _ = try Environment.open(path: directory.file("no/where"), options: .quick) }
    try String(repeating: "text ", count: 2_000).write(toFile: directory.file(), atomically: false, encoding: .utf8)
    expect(.invalid) { _ = try Environment.open(path: directory.file(), options: .quick) }
  }

  @Test func `a map larger than the address space names the option that helps`() throws {
    var options = EnvironmentOptions.quick
    options.mapSizeBytes = 1 << 47
    do throws(LMDBError) {
      _ = try Environment.open(path: directory.file(), options: options)
      Issue.record("a map of 2^47 bytes was accepted")
    } catch {
      #expect(error.code == .noMemory)
      #expect(error.description.contains("--map-size"))
    }
  }

  @Test func `the default map of 1 TiB takes no space`() throws {
    let environment = try Environment.open(path: directory.file())
    #expect(try environment.information().mapSizeBytes == 1 << 40)
    let size = try FileManager.default.attributesOfItem(atPath: directory.file())[.size] as? Int
    #expect(try #require(size) < 64 << 10)
  }

  @Test(arguments: [0, -1]) func `an impossible map size is refused`(size: Int) throws {
    var options = EnvironmentOptions.quick
    options.mapSizeBytes = size
    expect(.invalidArgument) { _ = try Environment.open(path: directory.file(), options: options) }
  }

  @Test func `a read-only environment reads and refuses to write`() throws {
    do {
      let environment = try Environment.open(path: directory.file(), options: .quick)
      let table = try environment.databases(named: ["table"], create: true)[0]
      try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
    }
    var options = EnvironmentOptions.quick
    options.readOnly = true
    let environment = try Environment.open(path: directory.file(), options: options)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == ["a=1"])
    }
    expect(.accessDenied) { try environment.write { _ throws(LMDBError) in } }
    expect(.accessDenied) { _ = try environment.databases(named: ["new"], create: true) }
  }

  @Test(arguments: [Durability.commit, .pipelined, .unsynced])
  func `every durability keeps what was written, over a sync and a reopening`(durability: Durability) throws {
    var options = EnvironmentOptions.quick
    options.durability = durability
    do {
      let environment = try Environment.open(path: directory.file(), options: options)
      let table = try environment.databases(named: ["table"], create: true)[0]
      try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
      try environment.sync()
    }
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: false)[0]
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == ["a=1"])
    }
  }

  @Test func `databases open once, and only those asked to be made are made`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    expect(.notFound) { _ = try environment.databases(named: ["a"], create: false) }
    let made = try environment.databases(named: ["a", "b"], create: true)
    #expect(made[0] != made[1])
    #expect(try environment.databases(named: ["b", "a"], create: false) == [made[1], made[0]])
    expect(.notFound) { _ = try environment.databases(named: ["a", "c"], create: false) }
    expect(.databasesFull) { _ = try environment.databases(named: (0..<40).map { "\($0)" }, create: true) }
    // The failed transaction left nothing behind.
    expect(.notFound) { _ = try environment.databases(named: ["0"], create: false) }
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: made[1]) }
  }

  @Test func `a database of another environment is refused`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let other = try Environment.open(path: directory.file("other"), options: .quick)
    _ = try other.databases(named: ["table"], create: true)
    expect(.badDatabase) {
      try other.read { (transaction) throws(LMDBError) in _ = try transaction.bytes(for: "a", in: table) }
    }
    expect(.badDatabase) {
      try other.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
    }
  }

  @Test func `a transaction older than a database is told so`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let early = try environment.beginRead()
    let table = try environment.databases(named: ["table"], create: true)[0]
    expect(.invalidArgument) { _ = try early.bytes(for: "a", in: table) }
  }

  @Test func `opening and closing from many threads keeps one environment at a time`() throws {
    let path = directory.file()
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<50 {
        do throws(LMDBError) {
          let environment = try Environment.open(path: path, options: .quick)
          let table = try environment.databases(named: ["table"], create: true)[0]
          try environment.write { (transaction) throws(LMDBError) in
            let count = try transaction.bytes(for: "count", in: table)?.count ?? 0
            try transaction.put(String(repeating: "x", count: count + 1), for: "count", in: table)
          }
        } catch { Issue.record("\(error)") }
      }
    }
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["table"], create: false)[0]
    try environment.read { (transaction) throws(LMDBError) in
      #expect(try transaction.bytes(for: "count", in: table)?.count == 400)
    }
  }

  @Test func `a file made anew under an open one is refused, as both would share a lock file`() throws {
    do {
      let environment = try Environment.open(path: directory.file(), options: .quick)
      try FileManager.default.removeItem(atPath: directory.file())
      expect(.busy) { _ = try Environment.open(path: directory.file(), options: .quick) }
      _ = try environment.beginRead()
    }
    _ = try Environment.open(path: directory.file(), options: .quick)
  }

  @Test func `writing stops when the lock file is removed or replaced`() throws {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    try FileManager.default.moveItem(atPath: directory.file() + "-lock", toPath: directory.file("kept"))
    expect(.lockFileReplaced) {
      try environment.write { (transaction) throws(LMDBError) in try transaction.put("1", for: "a", in: table) }
    }
    try Data().write(to: URL(filePath: directory.file() + "-lock"))
    expect(.lockFileReplaced) { try environment.write { _ throws(LMDBError) in } }
    try FileManager.default.removeItem(atPath: directory.file() + "-lock")
    try FileManager.default.moveItem(atPath: directory.file("kept"), toPath: directory.file() + "-lock")
    try environment.write { (transaction) throws(LMDBError) in
      #expect(try transaction.entries(in: table) == [])
    }
  }
}

/// Expects `body` to throw an engine error of `code`.
func expect(_ code: ErrorCode, _ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) {
  do {
    try body()
    Issue.record("no error, where \(code) was expected", sourceLocation: sourceLocation)
  } catch {
    #expect((error as? LMDBError)?.code == code, "\(error)", sourceLocation: sourceLocation)
  }
}
