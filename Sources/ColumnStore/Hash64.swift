/// The store's own 64-bit hash of bytes: stable for ever, since index entries hold it.
///
/// Eight bytes at a time are folded in by a 64 × 64 → 128 bit multiplication whose halves are combined; the length goes
/// in last. It is no defence against an attacker who chooses keys: whoever looks something up compares the text too.
package struct Hash64: Sendable {
  private var state: UInt64
  private var byteCount: UInt64 = 0
  private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

  /// A hash of its own for each `seed`, which is mixed in: else two seeds would give the same hashes to other texts.
  package init(seed: UInt64) { state = Hash64.mix(seed ^ Hash64.first, Hash64.second) }

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }

  /// Takes in one 64-bit value.
  package mutating func combine(_ value: UInt64) {
    state = Hash64.mix(state ^ value, Hash64.second) &+ Hash64.first
    byteCount &+= 8
  }

  /// Takes in bytes; `combine(a)` then `combine(b)` differs from one call with both, since each call is closed by its
  /// length.
  package mutating func combine(_ bytes: some Sequence<UInt8>) {
    var word: UInt64 = 0
    var filled: UInt64 = 0
    var count: UInt64 = 0
    for byte in bytes {
      word |= UInt64(byte) &<< (filled &* 8)
      filled &+= 1
      count &+= 1
      if filled == 8 {
        state = Hash64.mix(state ^ word, Hash64.second) &+ Hash64.first
        (word, filled) = (0, 0)
      }
    }
    if filled > 0 { state = Hash64.mix(state ^ word, Hash64.second) &+ Hash64.first }
    combine(count)
  }

  /// Takes in the UTF-8 of `text`, as its bytes would be.
  package mutating func combine(_ text: String) {
    let utf8 = text.utf8
    let bytes = utf8.span
    var index = 0
    while index &+ 8 <= bytes.count {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(bytes[index &+ offset]) &<< UInt64(8 &* offset) }
      state = Hash64.mix(state ^ word, Hash64.second) &+ Hash64.first
      index &+= 8
    }
    if index < bytes.count {
      var word: UInt64 = 0
      for offset in index..<bytes.count { word |= UInt64(bytes[offset]) &<< UInt64(8 &* (offset &- index)) }
      state = Hash64.mix(state ^ word, Hash64.second) &+ Hash64.first
    }
    combine(UInt64(bytes.count))
  }

  /// The hash of everything taken in.
  package var value: UInt64 { Hash64.mix(state ^ byteCount, Hash64.first) ^ (state &>> 29) }

  /// The hash of one text.
  package static func of(_ text: String, seed: UInt64) -> UInt64 {
    var hash = Hash64(seed: seed)
    hash.combine(text)
    return hash.value
  }
}
