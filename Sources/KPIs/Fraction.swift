/// A quotient of two integers, exact.
public struct Fraction: Sendable, Hashable {
  public var numerator: Int64
  /// Not 0.
  public var denominator: Int64

  public init(numerator: Int64, denominator: Int64) {
    precondition(denominator != 0, "a fraction needs a denominator")
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// The same value in lowest terms with a denominator above 0; nil when that does not fit 64 bits.
  ///
  /// - Parameter denominator: Not 0.
  public init?(reducing numerator: Int128, _ denominator: Int128) {
    precondition(denominator != 0, "a fraction needs a denominator")
    let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let isNegative = (numerator < 0) != (denominator < 0) && numerator != 0
    guard let above = Int64(exactly: numerator.magnitude / divisor),
      let below = Int64(exactly: denominator.magnitude / divisor)
    else { return nil }
    self.init(numerator: isNegative ? -above : above, denominator: below)
  }

  /// How much more it is than `other`: exact in lowest terms where that fits, else to as many decimals as fit, at most
  /// fifteen, rounded once and half to even; nil when not even the whole part fits.
  public func minus(_ other: Fraction) -> Fraction? {
    let above =
      BigInteger(numerator) * other.denominator - BigInteger(other.numerator) * denominator
    let below = BigInteger(denominator) * other.denominator
    return (below.isNegative ? -above : above).fraction(over: below.magnitude)
  }

  private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
