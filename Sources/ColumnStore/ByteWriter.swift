/// Appends numbers and texts to a byte array: the one encoder of facts and records.
///
/// A varint is LEB128: seven bits a byte, low bits first, at most ten bytes; a signed value goes through zigzag.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8]

  /// An empty writer.
  package init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  package var count: Int { bytes.count }

  /// Forgets what was written, keeps the room.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Cuts back to `count` bytes, undoing what was written since.
  package mutating func truncate(to count: Int) { bytes.removeSubrange(count...) }

  package mutating func append(byte: UInt8) { bytes.append(byte) }

  package mutating func append(raw other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

  package mutating func append(varint value: UInt64) { ByteWriter.append(varint: value, to: &bytes) }

  static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func append(varint value: Int) {
    precondition(value >= 0, "counts and rows are not negative")
    append(varint: UInt64(value))
  }

  package mutating func append(signed value: Int64) {
    append(varint: UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
  }

  package mutating func append(text: String) {
    append(varint: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  @inlinable package mutating func append(littleEndian value: some FixedWidthInteger) {
    append(lowBytes: value.bitWidth / 8, of: UInt64(truncatingIfNeeded: value))
  }

  @usableFromInline mutating func append(lowBytes byteCount: Int, of value: UInt64) {
    var rest = value
    for _ in 0..<byteCount {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest &>>= 8
    }
  }
}
