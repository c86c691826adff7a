/// Finds how far bytes are UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing past U+10FFFF.
enum UTF8Validation {
  enum Outcome: Equatable {
    /// All of it is text.
    case valid
    /// Text up to `index`, where a sequence starts that needs more bytes than there are.
    case incomplete(index: Int)
    /// Text up to `index`, where no sequence can start.
    case invalid(index: Int)
  }

  /// Looks at `bytes[range]`; indexes in the outcome count from the start of `bytes`.
  static func check(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Outcome {
    let end = range.upperBound
    var index = range.lowerBound
    while index < end {
      // Most text is ASCII for long stretches: 64 bytes a step, without a branch per byte.
      while index + 64 <= end {
        var all: UInt8 = 0
        for offset in 0..<64 { all |= bytes[index + offset] }
        if all >= 0x80 { break }
        index += 64
      }
      while index < end, bytes[index] < 0x80 { index += 1 }
      // Stay here while the text is not ASCII.
      while index < end, bytes[index] >= 0x80 {
        let lead = bytes[index]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: length = 3; low = 0xA0
        case 0xED: length = 3; high = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0: length = 4; low = 0x90
        case 0xF4: length = 4; high = 0x8F
        case 0xF1...0xF3: length = 4
        default: return .invalid(index: index)
        }
        for offset in 1..<length {
          if index + offset == end { return .incomplete(index: index) }
          let byte = bytes[index + offset]
          guard byte >= low, byte <= high else { return .invalid(index: index) }
          low = 0x80
          high = 0xBF
        }
        index += length
      }
    }
    return .valid
  }
}
