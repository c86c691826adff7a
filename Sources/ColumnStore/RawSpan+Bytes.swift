extension RawSpan {
  /// The byte at `offset`, which must lie inside.
  func byte(at offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < byteCount, "a byte inside the span")
    return unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The number in the four bytes from `offset` on, which must lie inside.
  func littleEndian32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset <= byteCount - 4, "bytes inside the span")
    return UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Adds the bytes to `array`.
  func append(to array: inout [UInt8]) {
    unsafe withUnsafeBytes { bytes in unsafe array.append(contentsOf: bytes) }
  }

  /// A copy of the bytes.
  var copied: [UInt8] {
    var array: [UInt8] = []
    append(to: &array)
    return array
  }
}
