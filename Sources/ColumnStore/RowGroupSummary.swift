/// What is known of a row group without reading its chunks: how many rows, which chunks with which checksum, the extent
/// of some columns, and how far it is folded.
///
/// Stored under the row group's key with column 0; every number little-endian:
///
///     4 rows · 8 foldedThrough · 2 chunks · per chunk: 1 column, 1 piece, 4 CRC32C ·
///     1 ranges · per range: 1 column, 8 least, 8 greatest · 1 bit sets · per bit set: 1 column, 8 bits ·
///     4 CRC32C of the key and everything before
package struct RowGroupSummary: Sendable, Hashable {
  package var rowCount: Int
  package var foldedThrough: UInt64
  /// Least and greatest value by column, absent instants left out.
  package var ranges: [Int: ClosedRange<Int64>]
  /// Values below 64 that occur, by column.
  package var bitSets: [Int: UInt64]
  /// Checksums by `column × 8 + piece`, −1 where there is no chunk; as long as the last column with one needs.
  private var checksums: [Int64]

  init() { (rowCount, foldedThrough, checksums, ranges, bitSets) = (0, 0, [], [:], [:]) }

  /// The checksum of a chunk; nil when the row group has no such chunk.
  func checksum(column: Int, piece: Int) -> UInt32? {
    let slot = column &* 8 &+ piece
    guard slot < checksums.count, checksums[slot] >= 0 else { return nil }
    return UInt32(truncatingIfNeeded: checksums[slot])
  }

  /// Whether the row group has any chunk of the column.
  func hasChunks(column: Int) -> Bool {
    (0..<8).contains { checksum(column: column, piece: $0) != nil }
  }

  mutating func setChecksum(column: Int, piece: Int, to checksum: UInt32) {
    let slot = column &* 8 &+ piece
    while checksums.count < column * 8 + 8 { checksums.append(-1) }
    checksums[slot] = Int64(checksum)
  }

  /// The chunks it names, in order.
  var chunks: [(column: Int, piece: Int)] {
    checksums.indices.filter { checksums[$0] >= 0 }.map { ($0 / 8, $0 % 8) }
  }

  private static func checksum(of record: [UInt8], to end: Int, table: Int, group: Int) -> UInt32 {
    let key = Keys.summary(table: table, group: group)
    return CRC32C.of(record, in: 0..<end, from: CRC32C.of(key.span))
  }

  /// The bytes stored for row group `group` of `table`.
  func record(table: Int, group: Int) -> [UInt8] {
    let chunks = chunks
    var writer = ByteWriter(capacity: 64 + 6 * chunks.count)
    writer.append(littleEndian: UInt32(rowCount))
    writer.append(littleEndian: foldedThrough)
    writer.append(littleEndian: UInt16(chunks.count))
    for (column, piece) in chunks {
      writer.append(byte: UInt8(column))
      writer.append(byte: UInt8(piece))
      writer.append(littleEndian: UInt32(truncatingIfNeeded: checksums[column * 8 + piece]))
    }
    writer.append(byte: UInt8(ranges.count))
    for (column, range) in ranges.sorted(by: { $0.key < $1.key }) {
      writer.append(byte: UInt8(column))
      writer.append(littleEndian: range.lowerBound)
      writer.append(littleEndian: range.upperBound)
    }
    writer.append(byte: UInt8(bitSets.count))
    for (column, bits) in bitSets.sorted(by: { $0.key < $1.key }) {
      writer.append(byte: UInt8(column))
      writer.append(littleEndian: bits)
    }
    let checksum = RowGroupSummary.checksum(of: writer.bytes, to: writer.count, table: table, group: group)
    writer.append(littleEndian: checksum)
    return writer.bytes
  }

  /// The checksum `record`, stored for row group `group` of `table`, gives for one chunk: what a read of a single value
  /// needs, without decoding the rest.
  ///
  /// - Parameter rowCount: Rows the group must have.
  /// - Returns: nil when the row group has no such chunk.
  static func checksum(
    column: Int, piece: Int, in record: RawSpan, table: Int, group: Int, rowCount: Int,
    place: @autoclosure () -> String
  ) throws(Damage) -> UInt32? {
    let end = record.byteCount - 4
    guard end >= 14 else { throw .inconsistent(place: place(), "the summary is cut") }
    let key = Keys.summary(table: table, group: group)
    guard record.littleEndian32(at: end) == CRC32C.of(record.extracting(0..<end), from: CRC32C.of(key.span)) else {
      throw .inconsistent(place: place(), "the summary's checksum differs")
    }
    guard record.littleEndian32(at: 0) >= rowCount else {
      throw .inconsistent(place: place(), "the summary counts too few rows")
    }
    var (low, high) = (0, Int(record.byte(at: 12)) | Int(record.byte(at: 13)) << 8)
    guard 14 + 6 * high <= end else { throw .inconsistent(place: place(), "the summary is cut") }
    let wanted = column << 8 | piece
    while low < high {
      let middle = (low + high) / 2
      let offset = 14 + 6 * middle
      let found = Int(record.byte(at: offset)) << 8 | Int(record.byte(at: offset + 1))
      if found == wanted { return record.littleEndian32(at: offset + 2) }
      if found < wanted { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The summary in `record`, which is stored for row group `group` of `table`.
  init(record: [UInt8], table: Int, group: Int, place: String) throws(Damage) {
    self.init()
    guard record.count > 4 else { throw .inconsistent(place: place, "the summary is cut") }
    let end = record.count - 4
    var trailer = ByteReader(record, in: end..<record.count)
    let checksum = RowGroupSummary.checksum(of: record, to: end, table: table, group: group)
    guard try trailer.littleEndian(UInt32.self) == checksum else {
      throw .inconsistent(place: place, "the summary's checksum differs")
    }
    var reader = ByteReader(record, in: 0..<end)
    rowCount = Int(try reader.littleEndian(UInt32.self))
    foldedThrough = try reader.littleEndian(UInt64.self)
    let chunkCount = Int(try reader.littleEndian(UInt16.self))
    let first = reader.position
    guard chunkCount * 6 <= end - first else { throw .inconsistent(place: place, "the summary is cut") }
    if chunkCount > 0 {
      // Read with plain indices: a scan decodes one summary for every 4,080 values.
      checksums = Array(repeating: -1, count: Int(record[first + 6 * (chunkCount - 1)]) * 8 + 8)
      for offset in stride(from: first, to: first + 6 * chunkCount, by: 6) {
        let slot = Int(record[offset]) * 8 + Int(record[offset + 1])
        guard record[offset + 1] < 8, slot < checksums.count else {
          throw .inconsistent(place: place, "a chunk out of order")
        }
        let low = Int64(record[offset + 2]) | Int64(record[offset + 3]) << 8
        checksums[slot] = low | Int64(record[offset + 4]) << 16 | Int64(record[offset + 5]) << 24
      }
    }
    reader.skip(6 * chunkCount)
    for _ in 0..<(try reader.byte()) {
      let column = Int(try reader.byte())
      let (least, greatest) = (try reader.littleEndian(Int64.self), try reader.littleEndian(Int64.self))
      guard least <= greatest else { throw .inconsistent(place: place, "an empty range") }
      ranges[column] = least...greatest
    }
    for _ in 0..<(try reader.byte()) {
      let column = Int(try reader.byte())
      bitSets[column] = try reader.littleEndian(UInt64.self)
    }
    guard reader.isAtEnd else { throw .inconsistent(place: place, "the summary is too long") }
  }
}
