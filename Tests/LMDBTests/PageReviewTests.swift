import Foundation
import LMDB
import Testing

struct PageReviewTests {
  let directory = TemporaryDirectory()
  private static let pageSize = 4_096

  /// A file with trees of several levels, small and large values, and free pages.
  private func makeFile() throws -> String {
    let path = directory.file()
    let environment = try Environment.open(path: path, options: .quick)
    let tables = try environment.databases(named: ["log", "chunks", "empty"], create: true)
    var random = SystemRandomNumberGenerator()
    for commit in 0..<120 {
      try environment.write { (transaction) throws(LMDBError) in
        for number in 0..<12 {
          let key = Array("\(UInt16.random(in: 0..<900, using: &random))-key-of-some-length".utf8)
          let size = [0, 7, 300, 2_022, 4_080, 9_000][Int.random(in: 0..<6, using: &random)]
          let value = [UInt8](repeating: UInt8(truncatingIfNeeded: commit), count: size)
          if number % 4 == 3 {
            try transaction.delete(key.span, in: tables[commit % 2])
          } else {
            try transaction.put(value.span, for: key.span, in: tables[commit % 2])
          }
        }
      }
    }
    return path
  }

  private func review(_ path: String) throws -> PageReview {
    let environment = try Environment.open(path: path, options: .quick)
    return try environment.beginRead().reviewPages()
  }

  /// What a walk says of the file with some bytes changed; nil when it does not even open.
  private func review(_ bytes: Data, _ change: (inout Data) -> Void) throws -> PageReview? {
    var copy = bytes
    change(&copy)
    let path = directory.file("damaged")
    try? FileManager.default.removeItem(atPath: path + "-lock")
    try copy.write(to: URL(filePath: path))
    do { return try review(path) } catch let error as LMDBError {
      #expect([.invalid, .versionMismatch, .corrupted, .tryAgain].contains(error.code), "\(error)")
      return nil
    }
  }

  @Test func `a sound file has no faults, and every page is used or free`() throws {
    let path = try makeFile()
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["log"], create: false)[0]
    for _ in 0..<3 {
      let transaction = try environment.beginRead()
      let review = try transaction.reviewPages()
      let census = try transaction.pageCensus()
      #expect(review.faults == [])
      #expect(review.lostCount == 0 && review.freeCount > 5)
      #expect((review.usedCount, review.freeCount) == (census.usedCount, census.freeCount))
      let copy = directory.file("copy-\(UUID())")
      try environment.copyCompacting(to: copy)
      let copied = try self.review(copy)
      #expect(copied.faults == [] && copied.freeCount == 0 && copied.lostCount == 0)
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put("again", for: "0-key", in: table)
      }
    }
  }

  @Test func `a value that replaced a longer one in the same commit is sound`() throws {
    let path = directory.file()
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["log"], create: true)[0]
    try environment.write { (transaction) throws(LMDBError) in
      for size in [20_000, 4_080] {
        try transaction.put([UInt8](repeating: 7, count: size).span, for: Array("key".utf8).span, in: table)
      }
    }
    let review = try environment.beginRead().reviewPages()
    #expect(review.faults == [] && review.lostCount == 0)
  }

  @Test func `an empty file and one commit are sound`() throws {
    let path = directory.file("empty")
    let environment = try Environment.open(path: path, options: .quick)
    #expect(try environment.beginRead().reviewPages().faults == [])
    _ = try environment.databases(named: ["table"], create: true)
    #expect(try environment.beginRead().reviewPages().faults == [])
  }

  @Test func `a walk begun before another commit says so`() throws {
    let path = try makeFile()
    let environment = try Environment.open(path: path, options: .quick)
    let table = try environment.databases(named: ["log"], create: false)[0]
    let transaction = try environment.beginRead()
    try environment.write { (transaction) throws(LMDBError) in try transaction.put("b", for: "a", in: table) }
    #expect {
      try transaction.reviewPages()
    } throws: {
      ($0 as? LMDBError)?.code == .tryAgain
    }
  }

  @Test func `a changed head of any page of keys is found`() throws {
    let path = try makeFile()
    let free = Set(try Environment.open(path: path, options: .quick).beginRead().freePages())
    let bytes = try Data(contentsOf: URL(filePath: path))
    let pageCount = try review(path).pageCount
    var tried = 0
    for page in 2..<pageCount where !free.contains(page) {
      let start = page * Self.pageSize
      let kind = Int(bytes[start + 10])
      let number = (0..<8).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
      guard number == page, kind == 1 || kind == 2 || kind == 4 else { continue }
      // Number, kind, room, first offset; of values their number, kind and page count. In turn, for time's sake.
      for offset in [0, 1, 5, 10, 11, 12, 13] + (kind == 4 ? [] : [14, 15, 16, 17])
      where (page + offset) % 5 == 0 {
        tried += 1
        let found = try review(bytes) { $0[start + offset] ^= 1 << UInt8(page % 8) }
        #expect(found?.faults.isEmpty != true, "page \(page) of kind \(kind), byte \(offset)")
      }
    }
    #expect(tried > 60)
  }

  @Test func `the free list naming a page in use, and one page lost, is found`() throws {
    let path = try makeFile()
    let bytes = try Data(contentsOf: URL(filePath: path))
    func number(_ offset: Int) -> Int { (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
    let newest = number(144) > number(4_096 + 144) ? 0 : 4_096
    let root = number(newest + 80) * Self.pageSize
    #expect(bytes[root + 10] == 2, "the free list of this file has one leaf")
    let upper = Int(bytes[root + 14]) | Int(bytes[root + 15]) << 8
    var (reported, harmless) = (0, 0)
    for offset in upper..<Self.pageSize {
      let found = try review(bytes) { $0[root + offset] ^= 1 }
      if let found, found.faults.isEmpty, found.lostCount == 0 { harmless += 1 } else { reported += 1 }
    }
    // What is harmless lies behind the last number of a record.
    #expect(reported > 100 && harmless * 4 < reported, "\(reported) reported, \(harmless) harmless")
  }

  @Test func `a meta page that lost its turn is found, so that no older state passes for the newest`() throws {
    let path = try makeFile()
    let bytes = try Data(contentsOf: URL(filePath: path))
    let sound = try review(bytes) { _ in }
    #expect(sound?.faults == [])
    func number(_ offset: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) } }
    let newest = number(144) > number(4_096 + 144) ? 0 : 4_096
    // Every bit of the newest commit's number; two commits back is the one that keeps the turn.
    for bit in 0..<64 {
      let found = try review(bytes) { $0[newest + 144 + bit / 8] ^= 1 << UInt8(bit % 8) }
      #expect(found?.faults.isEmpty != true, "bit \(bit)")
    }
    let back = number(newest + 144) - 2
    let found = try review(bytes) {
      for index in 0..<8 { $0[newest + 144 + index] = UInt8(truncatingIfNeeded: back >> UInt64(8 * index)) }
    }
    let number = number(newest + 144)
    let expected = ["later commit", "of commit \(back)", "do not follow each other"]
    #expect(
      expected.contains { found?.faults.first?.contains($0) == true }, "commit \(number): \(String(describing: found))")
  }
}
