/// What is known of a row group without reading its chunks: how many rows, which chunks with which checksum, the extent
/// of some columns, and how far it is folded.
///
/// Stored under the row group's key with column 0; every number little-endian:
///
///     4 rows · 8 foldedThrough · 2 chunks · per chunk: 1 column, 1 piece, 4 CRC32C ·
///     1 ranges · per range: 1 column, 8 least, 8 greatest · 1 bit sets · per bit set: 1 column, 8 bits · 4 CRC32C
package struct RowGroupSummary: Sendable, Hashable {
  package var rowCount: Int
  package var foldedThrough: UInt64
  /// Checksums by `column × 8 + piece`.
  var checksums: [Int: UInt32]
  /// Least and greatest value by column, absent instants left out.
  package var ranges: [Int: ClosedRange<Int64>]
  /// Values below 64 that occur, by column.
  package var bitSets: [Int: UInt64]

  init() { (rowCount, foldedThrough, checksums, ranges, bitSets) = (0, 0, [:], [:], [:]) }

  var record: [UInt8] {
    var writer = ByteWriter(capacity: 64 + 6 * checksums.count)
    writer.append(littleEndian: UInt32(rowCount))
    writer.append(littleEndian: foldedThrough)
    writer.append(littleEndian: UInt16(checksums.count))
    for (slot, checksum) in checksums.sorted(by: { $0.key < $1.key }) {
      writer.append(byte: UInt8(slot / 8))
      writer.append(byte: UInt8(slot % 8))
      writer.append(littleEndian: checksum)
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
    writer.append(littleEndian: CRC32C.of(writer.bytes))
    return writer.bytes
  }

  init(record: [UInt8], place: String) throws(Damage) {
    self.init()
    guard record.count > 4 else { throw .inconsistent(place: place, "the summary is cut") }
    var trailer = ByteReader(record, in: (record.count - 4)..<record.count)
    guard try trailer.littleEndian(UInt32.self) == CRC32C.of(record, in: 0..<(record.count - 4)) else {
      throw .inconsistent(place: place, "the summary's checksum differs")
    }
    var reader = ByteReader(record, in: 0..<(record.count - 4))
    rowCount = Int(try reader.littleEndian(UInt32.self))
    foldedThrough = try reader.littleEndian(UInt64.self)
    for _ in 0..<(try reader.littleEndian(UInt16.self)) {
      let slot = Int(try reader.byte()) * 8 + Int(try reader.byte())
      checksums[slot] = try reader.littleEndian(UInt32.self)
    }
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
  }
}
