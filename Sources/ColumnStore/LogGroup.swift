/// The facts of one commit, with what chains them to the group before.
///
///     offset  bytes  field
///          0      4  CRC32C of everything after it
///          4      4  CRC32C of the previous group, 0 for the first
///          8      8  sequence, from 1
///         16      8  recordedAt, milliseconds; never below the previous group's
///         24      4  byte count of the facts
///         28      4  tables
///         32   4×n  first row: rows each table had before the group
///          …         facts
package struct LogGroup: Sendable, Hashable {
  package var sequence: UInt64
  /// When the store learned it, milliseconds.
  package var recordedAt: Int64
  package var previousChecksum: UInt32
  package var checksum: UInt32
  /// Rows each table had before the group.
  package var firstRows: [Int]
  package var facts: [UInt8]

  /// The largest group, header included: 1 MiB.
  package static let byteLimit = 1 << 20

  /// A group of `facts`; its checksum is computed.
  package init(sequence: UInt64, recordedAt: Int64, previousChecksum: UInt32, firstRows: [Int], facts: [UInt8]) {
    (self.sequence, self.recordedAt, self.previousChecksum) = (sequence, recordedAt, previousChecksum)
    (self.firstRows, self.facts, checksum) = (firstRows, facts, 0)
  }

  /// The stored bytes; sets `checksum`.
  mutating func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 32 + 4 * firstRows.count + facts.count)
    writer.append(littleEndian: UInt32(0))
    writer.append(littleEndian: previousChecksum)
    writer.append(littleEndian: sequence)
    writer.append(littleEndian: recordedAt)
    writer.append(littleEndian: UInt32(facts.count))
    writer.append(littleEndian: UInt32(firstRows.count))
    for row in firstRows { writer.append(littleEndian: UInt32(row)) }
    writer.append(raw: facts)
    var bytes = writer.bytes
    checksum = CRC32C.of(bytes, in: 4..<bytes.count)
    for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: checksum &>> UInt32(8 * index)) }
    return bytes
  }

  /// The group in `bytes`, which are stored under `sequence`.
  init(encoded bytes: [UInt8], under sequence: UInt64) throws(Damage) {
    let place = "log group \(sequence)"
    var reader = ByteReader(bytes)
    let stored: UInt32
    do throws(Damage) {
      stored = try reader.littleEndian(UInt32.self)
      previousChecksum = try reader.littleEndian(UInt32.self)
      self.sequence = try reader.littleEndian(UInt64.self)
      recordedAt = try reader.littleEndian(Int64.self)
      let factByteCount = Int(try reader.littleEndian(UInt32.self))
      let tableCount = Int(try reader.littleEndian(UInt32.self))
      guard tableCount <= 255 else { throw .inconsistent(place: place, "\(tableCount) tables") }
      firstRows = []
      for _ in 0..<tableCount { firstRows.append(Int(try reader.littleEndian(UInt32.self))) }
      guard bytes.count - reader.position == factByteCount else {
        throw .inconsistent(place: place, "\(bytes.count - reader.position) bytes of facts, \(factByteCount) expected")
      }
    } catch { throw .inconsistent(place: place, error.description) }
    guard stored == CRC32C.of(bytes, in: 4..<bytes.count) else {
      throw .inconsistent(place: place, "checksum differs")
    }
    guard self.sequence == sequence else {
      throw .inconsistent(place: place, "holds group \(self.sequence)")
    }
    checksum = stored
    facts = Array(bytes[reader.position...])
  }
}
