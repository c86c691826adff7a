@testable import ColumnStore
import Testing

/// Chunks beside the obvious loop over bytes.
@Suite(.tags(.differential))
struct ChunkCodecTests {
  static let columns = [1, 2, 4, 8].flatMap { width in
    [false, true].map { ColumnSchema("c", width: width, encoding: .plain(signed: $0)) }
  }

  private func extremes(_ column: ColumnSchema) -> ClosedRange<Int64> {
    if column.width == 8 { return .min ... .max }
    let bits = Int64(column.width * 8)
    return column.isSigned ? -(1 << (bits - 1))...((1 << (bits - 1)) - 1) : 0...((1 << bits) - 1)
  }

  private func obviousBytes(_ values: [Int64], _ column: ColumnSchema, filler: Int64) -> [UInt8] {
    (0..<column.rowsPerChunk).flatMap { row in
      let value = row < values.count ? values[row] : filler
      return (0..<column.width).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
    } + Array(repeating: 0, count: Geometry.chunkByteCount % column.width)
  }

  @Test(arguments: columns)
  func `a chunk's bytes are the values', little-endian, the rest filled`(column: ColumnSchema) {
    var random = SeededGenerator(seed: UInt64(column.width))
    let range = extremes(column)
    for count in [0, 1, 5, column.rowsPerChunk - 1, column.rowsPerChunk] {
      var values = (0..<count).map { _ in Int64.random(in: range, using: &random) }
      if count > 1 { (values[0], values[1]) = (range.lowerBound, range.upperBound) }
      var chunk = [UInt8](repeating: 0, count: Geometry.chunkByteCount)
      #expect(ChunkCodec.write(values, column: column, filler: 5, into: &chunk))
      let isAsExpected = chunk == obviousBytes(values, column, filler: 5)
      #expect(isAsExpected, "\(count) values")

      var widened = [Int64](repeating: 77, count: column.rowsPerChunk + 2)
      ChunkCodec.widen(chunk.span.bytes, column: column, first: 0, count: column.rowsPerChunk, into: &widened, at: 1)
      let expected = [77] + values + Array(repeating: 5, count: column.rowsPerChunk - count) + [77]
      let isWidened = widened == expected
      #expect(isWidened, "\(count) values")
      for index in Set([0, count / 2, max(0, count - 1)]) where index < count {
        #expect(ChunkCodec.value(index, of: chunk.span.bytes, column: column) == values[index])
      }
    }
  }

  @Test(arguments: columns)
  func `part of a chunk is widened to where it belongs`(column: ColumnSchema) {
    let values = (0..<Int64(column.rowsPerChunk)).map { $0 % 100 }
    var chunk = [UInt8](repeating: 0, count: Geometry.chunkByteCount)
    #expect(ChunkCodec.write(values, column: column, filler: 0, into: &chunk))
    var widened = [Int64](repeating: -1, count: 12)
    ChunkCodec.widen(chunk.span.bytes, column: column, first: 30, count: 10, into: &widened, at: 1)
    #expect(widened == [-1] + values[30..<40] + [-1])
  }

  @Test(arguments: columns.filter { $0.width < 8 })
  func `a value beyond the width is told, not cut silently`(column: ColumnSchema) {
    let range = extremes(column)
    var chunk = [UInt8](repeating: 0, count: Geometry.chunkByteCount)
    for value in [range.lowerBound - 1, range.upperBound + 1, .min, .max] {
      #expect(!ChunkCodec.write([0, value, 0], column: column, filler: 0, into: &chunk))
      #expect(!column.admits(value))
    }
    #expect(column.admits(range.lowerBound) && column.admits(range.upperBound))
  }
}
