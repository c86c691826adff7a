import Foundation
import LMDB
import Testing

struct FreePagesTests {
  let directory = TemporaryDirectory()

  /// Makes a file with free pages.
  func makeFile() throws -> [Int] {
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let table = try environment.databases(named: ["table"], create: true)[0]
    let value = [UInt8](repeating: 1, count: 50_000)
    for key in ["a", "b", "c"] {
      try environment.write { (transaction) throws(LMDBError) in
        try transaction.put(value.span, for: key.bytes.span, in: table)
      }
    }
    try environment.write { (transaction) throws(LMDBError) in try transaction.delete("b".bytes.span, in: table) }
    return try environment.read { (transaction) throws(LMDBError) in try transaction.freePages() }
  }

  @Test func `deleted values leave free pages, listed once, ascending, within the file`() throws {
    let pages = try makeFile()
    let environment = try Environment.open(path: directory.file(), options: .quick)
    let last = try environment.information().lastPageNumber
    #expect(pages.count >= 13)
    #expect(zip(pages, pages.dropFirst()).allSatisfy { $0 < $1 })
    #expect(pages.allSatisfy { (2...last).contains($0) })
  }

  @Test(arguments: [
    (0, 1 << 40, "is not in 2"), (0, 1, "is not in 2"), (1, -1, "follows page"), (-1, 1 << 20, "pages in"),
  ])
  func `a damaged free list is described`(position: Int, replacement: Int, fragment: String) throws {
    _ = try makeFile()
    var bytes = try Data(contentsOf: URL(filePath: directory.file()))
    // The pages of `b`, twelve in a row, descending, within a record of the free list.
    let runs = (0..<(bytes.count / 2 - 48)).map { $0 * 2 }.filter { offset in
      let words = (0..<12).map { index in
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset + index * 8, as: Int.self) }
      }
      return (13...10_000).contains(words[0]) && zip(words, words.dropFirst()).allSatisfy { $0 == $1 + 1 }
    }
    try #require(!runs.isEmpty)
    for run in runs {
      // The record starts with its count, followed by as many pages, descending.
      func word(_ index: Int) -> Int {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: run + index * 8, as: Int.self) }
      }
      let starts = (-100...0).filter { first in
        let count = word(first - 1)
        return (12...200).contains(count) && (1..<count).allSatisfy { word(first + $0) < word(first + $0 - 1) }
          && word(first + count - 1) > 1
      }
      guard let first = starts.first else { continue }
      let start = run + first * 8
      let target = start + position * 8
      let previous = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: Int.self) }
      var value = replacement == -1 ? previous : replacement
      withUnsafeBytes(of: &value) { bytes.replaceSubrange(target..<target + 8, with: $0) }
    }
    try bytes.write(to: URL(filePath: directory.file()))
    let environment = try Environment.open(path: directory.file(), options: .quick)
    do throws(LMDBError) {
      _ = try environment.read { (transaction) throws(LMDBError) in try transaction.freePages() }
      Issue.record("the damage went unseen")
    } catch {
      #expect(error.code == .corrupted)
      #expect(error.operation.contains(fragment), "\(error)")
    }
  }
}
