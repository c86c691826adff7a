/// How far the log is folded, and how much there is of everything then.
package struct FoldState: Sendable, Hashable {
  /// The newest folded group; 0 before the first.
  package var foldedThrough: UInt64
  /// Its `recordedAt`, milliseconds, and its checksum.
  package var recordedAt: Int64
  package var checksum: UInt32
  package var rowCounts: [Int]
  package var wordCounts: [Int]
  package var heapByteCount: Int

  /// Nothing folded yet.
  package init(schema: Schema) {
    (foldedThrough, recordedAt, checksum, heapByteCount) = (0, .min, 0, 0)
    rowCounts = Array(repeating: 0, count: schema.tables.count)
    wordCounts = Array(repeating: 0, count: schema.vocabularies.count)
  }

  package init(
    foldedThrough: UInt64, recordedAt: Int64, checksum: UInt32, rowCounts: [Int], wordCounts: [Int],
    heapByteCount: Int
  ) {
    (self.foldedThrough, self.recordedAt, self.checksum) = (foldedThrough, recordedAt, checksum)
    (self.rowCounts, self.wordCounts, self.heapByteCount) = (rowCounts, wordCounts, heapByteCount)
  }

  /// The record: every number little-endian in 8 bytes, counts preceded by how many there are; CRC32C last.
  var record: [UInt8] {
    var writer = ByteWriter()
    writer.append(littleEndian: foldedThrough)
    writer.append(littleEndian: recordedAt)
    writer.append(littleEndian: UInt64(checksum))
    writer.append(littleEndian: UInt64(heapByteCount))
    for counts in [rowCounts, wordCounts] {
      writer.append(littleEndian: UInt64(counts.count))
      for count in counts { writer.append(littleEndian: UInt64(count)) }
    }
    writer.append(littleEndian: CRC32C.of(writer.bytes))
    return writer.bytes
  }

  init(record: [UInt8], schema: Schema) throws(Damage) {
    guard record.count > 4 else { throw .truncated(offset: record.count) }
    var reader = ByteReader(record)
    foldedThrough = try reader.littleEndian(UInt64.self)
    recordedAt = try reader.littleEndian(Int64.self)
    checksum = UInt32(truncatingIfNeeded: try reader.littleEndian(UInt64.self))
    heapByteCount = Int(truncatingIfNeeded: try reader.littleEndian(UInt64.self))
    var lists: [[Int]] = []
    for expected in [schema.tables.count, schema.vocabularies.count] {
      guard try reader.littleEndian(UInt64.self) == UInt64(expected) else {
        throw .inconsistent(place: "fold state", "another number of tables or word lists")
      }
      var counts: [Int] = []
      for _ in 0..<expected { counts.append(Int(truncatingIfNeeded: try reader.littleEndian(UInt64.self))) }
      lists.append(counts)
    }
    (rowCounts, wordCounts) = (lists[0], lists[1])
    let covered = reader.position
    guard try reader.littleEndian(UInt32.self) == CRC32C.of(record, in: 0..<covered), reader.isAtEnd else {
      throw .inconsistent(place: "fold state", "checksum differs")
    }
    guard heapByteCount >= 0, rowCounts.allSatisfy({ $0 >= 0 && $0 < 1 << 32 }), wordCounts.allSatisfy({ $0 >= 0 })
    else { throw .inconsistent(place: "fold state", "impossible counts") }
  }
}
