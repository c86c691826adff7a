/// `dividend / divisor` rounded to the nearest whole number, of two equally near to the even one.
///
/// - Precondition: The divisor is above zero and below 2^127.
package func halfEvenQuotient(_ dividend: UInt128, _ divisor: UInt128) -> UInt128 {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  let twice = remainder * 2
  return twice > divisor || (twice == divisor && quotient & 1 == 1) ? quotient + 1 : quotient
}
