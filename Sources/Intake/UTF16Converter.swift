/// UTF-16 of either byte order into UTF-8.
final class UTF16Converter: TextConverter {
  private let high: Int

  init(bigEndian: Bool) { high = bigEndian ? 0 : 1 }

  func convert(
    _ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int
  ) -> (consumed: Int, produced: Int, outcome: TextConversion) {
    var index = range.lowerBound
    var out = start
    while true {
      if index == range.upperBound { return (index - range.lowerBound, out - start, .done) }
      guard index + 2 <= range.upperBound else { return (index - range.lowerBound, out - start, .incomplete) }
      guard out + 4 <= output.count else { return (index - range.lowerBound, out - start, .full) }
      let unit = UInt32(input[index + high]) << 8 | UInt32(input[index + 1 - high])
      switch unit {
      case 0xD800..<0xDC00:
        guard index + 4 <= range.upperBound else { return (index - range.lowerBound, out - start, .incomplete) }
        let low = UInt32(input[index + 2 + high]) << 8 | UInt32(input[index + 3 - high])
        guard low >= 0xDC00, low < 0xE000 else { return (index - range.lowerBound, out - start, .invalid) }
        out = Self.put(0x1_0000 + (unit - 0xD800) << 10 + (low - 0xDC00), into: &output, at: out)
        index += 4
      case 0xDC00..<0xE000: return (index - range.lowerBound, out - start, .invalid)
      default:
        out = Self.put(unit, into: &output, at: out)
        index += 2
      }
    }
  }

  /// Writes one scalar as UTF-8 and returns the index behind it.
  static func put(_ scalar: UInt32, into output: inout [UInt8], at start: Int) -> Int {
    switch scalar {
    case ..<0x80:
      output[start] = UInt8(scalar)
      return start + 1
    case ..<0x800:
      output[start] = UInt8(0xC0 | scalar >> 6)
      output[start + 1] = UInt8(0x80 | scalar & 0x3F)
      return start + 2
    case ..<0x1_0000:
      output[start] = UInt8(0xE0 | scalar >> 12)
      output[start + 1] = UInt8(0x80 | scalar >> 6 & 0x3F)
      output[start + 2] = UInt8(0x80 | scalar & 0x3F)
      return start + 3
    default:
      output[start] = UInt8(0xF0 | scalar >> 18)
      output[start + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
      output[start + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
      output[start + 3] = UInt8(0x80 | scalar & 0x3F)
      return start + 4
    }
  }
}
