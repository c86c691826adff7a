/// A hash of a stream of bytes that does not depend on the pieces it came in.
package struct ContentHash: Sendable {
  private var hash: Hash64
  private var word: UInt64 = 0
  private var filled: UInt64 = 0
  private var count: UInt64 = 0

  package init(seed: UInt64) { hash = Hash64(seed: seed) }

  package mutating func combine(_ bytes: [UInt8]) {
    var index = 0
    // The rest of the word begun before, then whole words: a verification takes in some hundred million bytes.
    while filled > 0, index < bytes.count {
      take(bytes[index])
      index &+= 1
    }
    while index &+ 8 <= bytes.count {
      var next: UInt64 = 0
      for offset in 0..<8 { next |= UInt64(bytes[index &+ offset]) &<< UInt64(8 &* offset) }
      hash.combine(next)
      index &+= 8
    }
    while index < bytes.count {
      take(bytes[index])
      index &+= 1
    }
    count &+= UInt64(bytes.count)
  }

  private mutating func take(_ byte: UInt8) {
    word |= UInt64(byte) &<< (filled &* 8)
    filled &+= 1
    if filled == 8 {
      hash.combine(word)
      (word, filled) = (0, 0)
    }
  }

  /// The hash of everything so far.
  package var value: UInt64 {
    var end = hash
    end.combine(word)
    end.combine(count)
    return end.value
  }

  /// Sixteen digits.
  package static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
