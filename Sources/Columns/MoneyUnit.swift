/// A currency together with the number of decimals its minor unit stands for: GBP at 2 means pence.
///
/// Four bytes, so that every money cell can carry its own.
public struct MoneyUnit: Sendable, Hashable {
  /// The three letters, most significant byte first.
  let letters: UInt32

  /// Decimals of the minor unit, 0 to 18.
  public var scale: Int { Int(letters & 0xFF) }

  /// - Parameters:
  ///   - code: An ISO 4217 code: three letters A to Z.
  ///   - scale: Decimals, 0 to 18. Nil comes back for anything else, as for a malformed code.
  public init?(code: some StringProtocol, scale: Int) {
    guard code.utf8.count == 3, (0...18).contains(scale) else { return nil }
    var packed: UInt32 = 0
    for byte in code.utf8 {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { return nil }
      packed = packed << 8 | UInt32(byte)
    }
    letters = packed << 8 | UInt32(scale)
  }

  /// The three letters as bytes.
  package var codeBytes: [3 of UInt8] {
    [
      UInt8(truncatingIfNeeded: letters >> 24), UInt8(truncatingIfNeeded: letters >> 16),
      UInt8(truncatingIfNeeded: letters >> 8),
    ]
  }

  /// The ISO 4217 code.
  public var code: String {
    let bytes = codeBytes
    return String(decoding: [bytes[0], bytes[1], bytes[2]], as: UTF8.self)
  }
}
