@testable import ColumnStore
import Testing

/// The bytes of a key sort as the numbers it is made of.
struct KeysTests {
  private func bytes<let count: Int>(_ key: InlineArray<count, UInt8>) -> [UInt8] { key.indices.map { key[$0] } }

  private let numbers: [UInt32] = [0, 1, 2, 127, 128, 255, 256, 257, 65_535, 65_536, 1 << 24, .max - 1, .max]

  private func expectAscending(_ keys: [[UInt8]], sourceLocation: SourceLocation = #_sourceLocation) {
    for (one, next) in zip(keys, keys.dropFirst()) {
      #expect(one.lexicographicallyPrecedes(next), "\(one) before \(next)", sourceLocation: sourceLocation)
    }
  }

  @Test func `chunks sort by table, row group, column and piece, a summary before its chunks`() {
    var keys: [[UInt8]] = []
    for table in [0, 1, 255] {
      for group in numbers {
        keys.append(bytes(Keys.summary(table: table, group: Int(group))))
        for column in [0, 1, 253] {
          for piece in 0..<8 {
            keys.append(bytes(Keys.chunk(table: table, group: Int(group), column: column, piece: piece)))
          }
        }
      }
    }
    expectAscending(keys)
    #expect(bytes(Keys.chunk(table: 2, group: 0x0102_0304, column: 5, piece: 7)) == [2, 1, 2, 3, 4, 6, 7])
  }

  @Test func `log pieces sort by sequence, then piece`() {
    var keys: [[UInt8]] = []
    for sequence in [1, 2, 255, 256, 1 << 32, 1 << 54] as [UInt64] {
      for piece in [0, 1, 255, 256, 511] { keys.append(bytes(Keys.log(sequence: sequence, piece: piece))) }
    }
    expectAscending(keys)
    #expect(bytes(Keys.log(sequence: 1)) == [0, 0, 0, 0, 0, 0, 2, 0])
  }

  @Test func `words, wide values and heap pieces sort by their numbers`() {
    expectAscending([1, 2, 127].flatMap { list in numbers.map { bytes(Keys.word(list: list, code: $0)) } })
    expectAscending(numbers.map { bytes(Keys.heap(piece: Int($0))) })
    expectAscending(
      [0, 3].flatMap { table in
        [0, 9].flatMap { column in numbers.map { bytes(Keys.wide(table: table, column: column, row: Int($0))) } }
      })
    #expect(bytes(Keys.word(list: 3, code: 0x0102_0304)) == [3, 1, 2, 3, 4])
    #expect(bytes(Keys.heap(piece: 0x0102_0304)) == [1, 2, 3, 4])
  }

  @Test func `entries of one hash lie together, by row`() {
    var keys: [[UInt8]] = []
    for number in [0, 1, 129] {
      for hash in [0, 1, 0xFF, 0x100, 1 << 56, .max] as [UInt64] {
        for row in numbers { keys.append(bytes(Keys.hashed(number: number, hash: hash, row: row))) }
      }
    }
    expectAscending(keys)
    #expect(
      bytes(Keys.hashed(number: 9, hash: 0x0102_0304_0506_0708, row: 0x1112_1314))
        == [9, 1, 2, 3, 4, 5, 6, 7, 8, 0x11, 0x12, 0x13, 0x14])
  }
}
