/// How text is written as bytes.
package enum TextEncoding: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case gb18030

  /// The encoding that a mapping names; nil for an unknown name. `auto` is not an encoding.
  package init?(name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "utf-16le": self = .utf16LittleEndian
    case "utf-16be": self = .utf16BigEndian
    case "gb18030", "gbk", "gb2312": self = .gb18030
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .gb18030: "GB 18030"
    }
  }

  /// The encoding that a byte-order mark names, and the mark's length.
  static func mark(_ bytes: [UInt8], count: Int) -> (encoding: TextEncoding, byteCount: Int)? {
    if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return (.utf8, 3) }
    if count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return (.utf16LittleEndian, 2) }
    if count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return (.utf16BigEndian, 2) }
    return nil
  }
}
