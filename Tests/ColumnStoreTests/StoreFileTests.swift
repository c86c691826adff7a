import ColumnStore
import Foundation
import LMDB
import Testing

struct StoreFileTests {
  let directory = TemporaryDirectory()

  private func open(_ name: String = "a.orders", version: UInt32 = 1) throws(FileError) -> StoreFile {
    var schema = Toy.schema
    schema.version = version
    return try StoreFile.open(path: directory.file(name), schema: schema, options: .quick)
  }

  @Test func `a store keeps its settings`() throws {
    for settings in [[], [1], Array(repeating: 9, count: 300)] as [[UInt8]] {
      let path = directory.file("\(settings.count)")
      do {
        let file = try StoreFile.create(path: path, schema: Toy.schema, settings: settings, options: .quick)
        #expect(file.settings == settings)
      }
      let file = try StoreFile.open(path: path, schema: Toy.schema, options: .quick)
      #expect(file.settings == settings)
      #expect(try Snapshot(of: file, folding: ToyFolding()).sequence == 0)
    }
  }

  @Test func `a store is not made where one is, and the one there stays`() throws {
    let store = try ToyStore(path: directory.file(), lag: .none)
    try store.commit([.rows(table: 0, [[5]])])
    #expect { try StoreFile.create(path: store.path, schema: Toy.schema, settings: [9], options: .quick) } throws: {
      ($0 as? FileError)?.kind == .notAStore
    }
    try store.reopen()
    #expect(store.file.settings == [1, 2, 3])
    #expect(try store.snapshot().value(table: 0, row: 0, column: 0) == 5)
  }

  @Test func `a format of another version is refused by its number`() throws {
    var schema = Toy.schema
    schema.version = 3
    do { _ = try StoreFile.create(path: directory.file(), schema: schema, settings: [], options: .quick) }
    #expect(throws: FileError.otherFormat(found: 3, known: 2)) { try open(version: 2) }
    _ = try open(version: 3)
    #expect(throws: FileError.otherFormat(found: 3, known: 4)) { try open(version: 4) }
  }

  @Test func `what is no store is refused`() throws {
    #expect { try open("missing") } throws: { ($0 as? FileError)?.kind == .notFound }
    #expect(!FileManager.default.fileExists(atPath: directory.file("missing")))

    try Data(repeating: 65, count: 20_000).write(to: URL(filePath: directory.file("text")))
    #expect { try open("text") } throws: { ($0 as? FileError)?.kind == .notAStore }

    // An LMDB file of another program.
    let other = try EngineFile(path: directory.file("other"))
    try other.put([1], for: [1], in: "theirs")
    #expect { try open("other") } throws: { ($0 as? FileError)?.kind == .notAStore }

    // One that happens to have tables of our names.
    let namesake = try EngineFile(path: directory.file("namesake"))
    for name in EngineFile.tables { try namesake.put([1], for: [1], in: name) }
    #expect { try open("namesake") } throws: { ($0 as? FileError)?.kind == .notAStore }
  }

  @Test func `a file left behind before its first commit becomes a store`() throws {
    do {
      let engine = try EngineFile(path: directory.file())
      for name in EngineFile.tables { _ = try engine.database(name) }
    }
    #expect { try open() } throws: { ($0 as? FileError)?.kind == .notAStore }
    do { _ = try StoreFile.create(path: directory.file(), schema: Toy.schema, settings: [4], options: .quick) }
    #expect(try open().settings == [4])
  }

  @Test func `every flipped bit of the format record is refused, and any cut of it`() throws {
    do { _ = try ToyStore(path: directory.file(), lag: .none) }
    let engine = try EngineFile(path: directory.file())
    let (key, record) = try engine.entries("meta").first { $0.key == [1] }!
    func expectRefused(_ record: [UInt8], _ comment: Comment) throws {
      try engine.put(record, for: key, in: "meta")
      #expect(throws: FileError.self, comment) { try open() }
    }
    for bit in 0..<(record.count * 8) {
      var damaged = record
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      try expectRefused(damaged, "bit \(bit)")
    }
    for count in 0..<record.count { try expectRefused(Array(record.prefix(count)), "\(count) bytes") }
    try expectRefused(record + [0], "a byte more")
    try engine.put(record, for: key, in: "meta")
    #expect(try open().settings == [1, 2, 3])
  }

  @Test func `chunks of another geometry are refused`() throws {
    do { _ = try ToyStore(path: directory.file(), lag: .none) }
    let engine = try EngineFile(path: directory.file())
    let (key, record) = try engine.entries("meta").first { $0.key == [1] }!
    var other = Array(record.dropLast(4))
    #expect(other[13] == 0xF0 && other[14] == 0x0F)
    other[13] = 0xF1
    var writer = ByteWriter()
    writer.append(raw: other)
    writer.append(littleEndian: CRC32C.of(other))
    try engine.put(writer.bytes, for: key, in: "meta")
    #expect { try open() } throws: { ($0 as? FileError)?.kind == .notAStore }
  }
}
