/// Decimal text as a whole number of minor units, exactly.
///
/// `1,234.5` at scale 2 is 123450. More digits than the scale are refused, unless they are zeros and so say nothing;
/// nothing is ever rounded. Exponents and currency signs are not numbers here.
package struct DecimalText: Sendable, Hashable {
  /// Digits behind the decimal point that a minor unit stands for: 2 for cents, 0 for yen.
  package var scale: Int
  /// The decimal point.
  package var point: UInt8
  /// What may stand between groups of three digits; nil for nothing.
  package var thousands: UInt8?

  /// Why a text is no amount.
  package enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    case notANumber
    case tooManyDigits(scale: Int)
    case overflow

    package var description: String {
      switch self {
      case .empty: "no value"
      case .notANumber: "not a number"
      case .tooManyDigits(let scale): "more than \(scale) digits behind the point"
      case .overflow: "too large"
      }
    }
  }

  /// - Precondition: `scale` is 0 to 18.
  package init(scale: Int, point: UInt8 = UInt8(ascii: "."), thousands: UInt8? = nil) {
    precondition((0...18).contains(scale), "a scale is 0 to 18")
    self.scale = scale
    self.point = point
    self.thousands = thousands
  }

  /// The amount that `text` writes, in minor units; outer blanks are ignored.
  package func minorUnits(_ text: Span<UInt8>) throws(Problem) -> Int64 {
    var index = 0
    var end = text.count
    while index < end, text[index] == 32 || text[index] == 9 { index += 1 }
    while end > index, text[end - 1] == 32 || text[end - 1] == 9 { end -= 1 }
    guard index < end else { throw .empty }
    var isNegative = false
    if text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    }
    // Collected below zero, where there is one value more.
    var value: Int64 = 0
    var digits = 0
    var group: Int? = nil
    while index < end, text[index] != point {
      let byte = text[index]
      if let thousands, byte == thousands {
        guard digits > 0, group == nil ? digits <= 3 : group == 3 else { throw .notANumber }
        group = 0
      } else {
        try Self.push(byte, &value)
        digits += 1
        if let counted = group { group = counted + 1 }
      }
      index += 1
    }
    guard group == nil || group == 3 else { throw .notANumber }
    var decimals = 0
    if index < end {
      index += 1
      while index < end {
        let byte = text[index]
        guard (48...57).contains(byte) else { throw .notANumber }
        if decimals < scale {
          try Self.push(byte, &value)
          decimals += 1
        } else if byte != 48 {
          throw .tooManyDigits(scale: scale)
        }
        digits += 1
        index += 1
      }
    }
    guard digits > 0 else { throw .notANumber }
    while decimals < scale {
      try Self.push(48, &value)
      decimals += 1
    }
    if isNegative { return value }
    guard value != .min else { throw .overflow }
    return -value
  }

  /// The amount that `text` writes, in minor units.
  package func minorUnits(_ text: String) throws(Problem) -> Int64 { try minorUnits(Array(text.utf8).span) }

  private static func push(_ byte: UInt8, _ value: inout Int64) throws(Problem) {
    guard (48...57).contains(byte) else { throw .notANumber }
    let (product, over) = value.multipliedReportingOverflow(by: 10)
    let (sum, under) = product.subtractingReportingOverflow(Int64(byte - 48))
    guard !over, !under else { throw .overflow }
    value = sum
  }
}
