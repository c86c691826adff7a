/// A decimal number as it will be printed, made by integer arithmetic alone and rounded once, half to even.
public struct ExactDecimal: Sendable, Hashable, CustomStringConvertible {
  /// Whether a minus sign stands in front; never for zero.
  public let isNegative: Bool
  /// The digits before the point.
  let whole: UInt128
  /// The digits after the point as one number, to be filled with zeros on the left up to `scale` digits.
  let fraction: UInt64
  /// How many digits stand after the point.
  public let scale: Int

  private init(isNegative: Bool, whole: UInt128, fraction: UInt64, scale: Int) {
    self.isNegative = isNegative && (whole > 0 || fraction > 0)
    self.whole = whole
    self.fraction = fraction
    self.scale = scale
  }

  /// An amount in minor units, as it is: 123450 at scale 2 is 1234.50.
  ///
  /// - Parameter scale: 0 to 18.
  public init(minorUnits: Int64, scale: Int) {
    precondition((0...18).contains(scale), "a scale is 0 to 18")
    let (whole, fraction) = minorUnits.magnitude.quotientAndRemainder(dividingBy: powersOfTen[scale])
    self.init(isNegative: minorUnits < 0, whole: UInt128(whole), fraction: fraction, scale: scale)
  }

  /// `numerator / denominator · 10^powerOfTen` with a fixed number of digits after the point.
  ///
  /// - Parameters:
  ///   - denominator: Not zero.
  ///   - digits: 0 to 18.
  ///   - powerOfTen: 0 to 6; 2 makes a share a percentage.
  public init(numerator: Int64, denominator: Int64, digits: Int, powerOfTen: Int = 0) {
    precondition(denominator != 0, "division by zero")
    precondition((0...18).contains(digits) && (0...6).contains(powerOfTen), "digits or power out of range")
    let isNegative = (numerator < 0) != (denominator < 0)
    let divisor = UInt128(denominator.magnitude)
    let dividend = UInt128(numerator.magnitude) * UInt128(powersOfTen[powerOfTen])
    var (whole, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    // The remainder is below 2^63, 10^18 below 2^60.
    let scaled = (remainder * UInt128(powersOfTen[digits])).quotientAndRemainder(dividingBy: divisor)
    var fraction = UInt64(scaled.quotient)
    remainder = scaled.remainder
    let isOdd = (digits == 0 ? UInt64(truncatingIfNeeded: whole) : fraction) & 1 == 1
    if remainder * 2 > divisor || (remainder * 2 == divisor && isOdd) {
      fraction += 1
      if fraction == powersOfTen[digits] {
        fraction = 0
        whole += 1
      }
    }
    self.init(isNegative: isNegative, whole: whole, fraction: fraction, scale: digits)
  }

  /// `numerator / denominator` with up to `significantDigits` digits, zeros at the end left out.
  ///
  /// The digits before the point are all kept, also when they are more.
  /// - Parameters:
  ///   - denominator: Not zero.
  ///   - significantDigits: 1 to 18.
  public init(numerator: Int64, denominator: Int64, significantDigits: Int) {
    precondition(denominator != 0, "division by zero")
    precondition((1...18).contains(significantDigits), "significant digits are 1 to 18")
    let whole = numerator.magnitude / denominator.magnitude
    var exact: ExactDecimal
    if whole > 0 || numerator == 0 {
      var wholeDigits = 1
      while wholeDigits < 19 && whole >= powersOfTen[wholeDigits] { wholeDigits += 1 }
      exact = ExactDecimal(
        numerator: numerator, denominator: denominator, digits: max(0, significantDigits - wholeDigits))
    } else {
      let divisor = UInt128(denominator.magnitude)
      var remainder = UInt128(numerator.magnitude)
      var leadingZeros = 0
      while remainder * 10 < divisor {
        remainder *= 10
        leadingZeros += 1
      }
      let scaled = (remainder * UInt128(powersOfTen[significantDigits])).quotientAndRemainder(dividingBy: divisor)
      var fraction = UInt64(scaled.quotient)
      if scaled.remainder * 2 > divisor || (scaled.remainder * 2 == divisor && fraction & 1 == 1) { fraction += 1 }
      let isOne = leadingZeros == 0 && fraction == powersOfTen[significantDigits]
      exact = ExactDecimal(
        isNegative: (numerator < 0) != (denominator < 0), whole: isOne ? 1 : 0, fraction: isOne ? 0 : fraction,
        scale: significantDigits + leadingZeros)
    }
    self = exact.withoutTrailingZeros
  }

  private var withoutTrailingZeros: ExactDecimal {
    var fraction = fraction
    var scale = scale
    while scale > 0 && fraction % 10 == 0 {
      fraction /= 10
      scale -= 1
    }
    return ExactDecimal(isNegative: isNegative, whole: whole, fraction: fraction, scale: scale)
  }

  /// Appends the number in ASCII, the point a full stop.
  package func append(to bytes: inout [UInt8], grouped: Bool = false) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    if let whole = UInt64(exactly: whole) {
      bytes.appendDigits(whole, grouped: grouped)
    } else {
      // 10^18 has a multiple of three zeros, so that the groups go on across the cut.
      let (high, low) = whole.quotientAndRemainder(dividingBy: UInt128(powersOfTen[18]))
      bytes.appendDigits(UInt64(high), grouped: grouped)
      if grouped { bytes.append(UInt8(ascii: ",")) }
      bytes.appendDigits(UInt64(low), minimumDigits: 18, grouped: grouped)
    }
    if scale > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.appendDigits(fraction, minimumDigits: scale)
    }
  }

  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// `numerator / denominator` in decimal with `digits` digits after the point, rounded half to even.
///
/// - Parameters:
///   - denominator: Not zero.
///   - digits: 0 to 18.
public func roundedHalfEven(numerator: Int64, denominator: Int64, digits: Int) -> String {
  ExactDecimal(numerator: numerator, denominator: denominator, digits: digits).description
}

/// 10^0 to 10^19.
private let powersOfTen: [20 of UInt64] = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
  100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
  10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
