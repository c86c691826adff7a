internal import CChecksum

/// CRC32C (Castagnoli) of bytes, the checksum of everything the store keeps.
package enum CRC32C {
  /// The checksum of `bytes`, going on from `crc`; a fresh one starts from 0.
  package static func of(_ bytes: RawSpan, from crc: UInt32 = 0) -> UInt32 {
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe orderbase_crc32c(crc, buffer.baseAddress, buffer.count)
    }
  }

  /// The checksum of a key.
  static func of(_ bytes: Span<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in unsafe orderbase_crc32c(0, buffer.baseAddress, buffer.count) }
  }

  /// The checksum of `bytes[range]`, going on from `crc`.
  package static func of(_ bytes: [UInt8], in range: Range<Int>, from crc: UInt32 = 0) -> UInt32 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range outside the bytes")
    return unsafe bytes.withUnsafeBytes { buffer in
      unsafe orderbase_crc32c(crc, buffer.baseAddress.map { unsafe $0 + range.lowerBound }, range.count)
    }
  }

  /// The checksum of `bytes`.
  package static func of(_ bytes: [UInt8]) -> UInt32 { of(bytes, in: 0..<bytes.count) }

  /// The checksum of `bytes` by the portable loop, for comparison in tests.
  package static func portable(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBytes { buffer in unsafe orderbase_crc32c_portable(0, buffer.baseAddress, buffer.count) }
  }
}
