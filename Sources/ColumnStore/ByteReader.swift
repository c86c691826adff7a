/// Reads what ``ByteWriter`` wrote. Stored bytes are input: every step is checked and a bad one throws.
package struct ByteReader: Sendable {
  @usableFromInline let bytes: [UInt8]
  /// Where the next byte is.
  package var position: Int
  package let end: Int

  /// A reader of `bytes[range]`; of all of them without a range.
  package init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
    self.bytes = bytes
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
  }

  @inlinable package var isAtEnd: Bool { position >= end }

  /// Goes on `count` bytes later, at most at the end.
  mutating func skip(_ count: Int) { position = min(position + count, end) }

  @inlinable package mutating func byte() throws(Damage) -> UInt8 {
    guard position < end else { throw .truncated(offset: position) }
    defer { position &+= 1 }
    return bytes[position]
  }

  /// A number of up to 64 bits. Most facts are made of numbers of one byte, so that is told first, in the caller.
  @inlinable package mutating func varint() throws(Damage) -> UInt64 {
    if position < end, bytes[position] < 0x80 {
      defer { position &+= 1 }
      return UInt64(bytes[position])
    }
    return try longVarint()
  }

  @usableFromInline mutating func longVarint() throws(Damage) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard position < end else { throw .truncated(offset: position) }
      let byte = bytes[position]
      position &+= 1
      guard shift < 63 || byte <= 1 else { throw .malformed(offset: position, "a varint of more than 64 bits") }
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift &+= 7
    }
  }

  /// A varint that is a count, a row or a code.
  @inlinable package mutating func count() throws(Damage) -> Int {
    let value = try varint()
    guard value <= UInt64(Int.max) else { throw .malformed(offset: position, "a count of more than 63 bits") }
    return Int(value)
  }

  @inlinable package mutating func signed() throws(Damage) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value &>> 1) ^ -Int64(bitPattern: value & 1)
  }

  package mutating func text() throws(Damage) -> String {
    let length = try count()
    guard length <= end - position else { throw .truncated(offset: position) }
    defer { position += length }
    guard let text = String(validating: bytes[position..<(position + length)], as: UTF8.self) else {
      throw .malformed(offset: position, "text that is not UTF-8")
    }
    return text
  }

  @inlinable package mutating func littleEndian<Value: FixedWidthInteger>(_: Value.Type) throws(Damage) -> Value {
    let length = Value.bitWidth / 8
    guard length <= end - position else { throw .truncated(offset: position) }
    var value: UInt64 = 0
    for index in 0..<length { value |= UInt64(bytes[position + index]) &<< UInt64(8 * index) }
    position += length
    return Value(truncatingIfNeeded: value)
  }
}
