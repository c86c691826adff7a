/// How the bytes of a file are packed, told from its first bytes.
package enum Compression: String, Sendable, Hashable, CustomStringConvertible {
  case none
  case gzip
  case zstd

  package var description: String { rawValue }

  /// The packing that starts with these bytes.
  init(magic bytes: [UInt8], count: Int) {
    if count >= 2, bytes[0] == 0x1F, bytes[1] == 0x8B {
      self = .gzip
    } else if count >= 4, bytes[0] == 0x28, bytes[1] == 0xB5, bytes[2] == 0x2F, bytes[3] == 0xFD {
      self = .zstd
    } else {
      self = .none
    }
  }
}
