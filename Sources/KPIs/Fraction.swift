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

  private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
