import Testing

@testable import KPIs

struct BigIntegerTests {
  @Test(.tags(.differential), arguments: [1, 2, 3] as [UInt64])
  func `sums, differences and products equal those of 128 bits`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let shift = Int64.random(in: 0...62, using: &generator)
      let left = Int64.random(in: Int64.min...Int64.max, using: &generator) >> shift
      let right =
        Int64.random(in: Int64.min...Int64.max, using: &generator) >> Int64.random(in: 0...62, using: &generator)
      let (a, b) = (BigInteger(left), BigInteger(right))
      #expect((a + b) - b == a)
      #expect((a - b) + b == a)
      #expect(a - a == BigInteger(0) && !(a - a).isNegative)
      #expect(a * b == b * a)
      #expect((a + b) * (a - b) == a * a - b * b)
      let (sum, overflow) = left.addingReportingOverflow(right)
      if !overflow { #expect(a + b == BigInteger(sum)) }
      let (product, isTooMuch) = left.multipliedReportingOverflow(by: right)
      if !isTooMuch { #expect(a * b == BigInteger(product)) }
    }
  }

  @Test func `a fraction that fits is exact and in lowest terms`() {
    #expect(BigInteger(-6).fraction(over: BigInteger(4)) == Fraction(numerator: -3, denominator: 2))
    #expect(BigInteger(0).fraction(over: BigInteger(7)) == Fraction(numerator: 0, denominator: 1))
    let large = (0..<9).reduce(BigInteger(1)) { power, _ in power * 1_000_000_007 }
    #expect((large * 15).fraction(over: large * 6) == Fraction(numerator: 5, denominator: 2))
  }

  @Test func `one that does not is rounded to fifteen decimals, or to as many as fit`() {
    // (3^90 + 1) / 3^90 is 1 and a little.
    let power = (0..<90).reduce(BigInteger(1)) { power, _ in power * 3 }
    #expect((power + BigInteger(1)).fraction(over: power) == Fraction(numerator: 1, denominator: 1))
    // Two thirds of 10^15 and a little, away from zero on both sides.
    let rounded = Fraction(numerator: 666_666_666_666_667, denominator: 1_000_000_000_000_000)
    #expect((power * 2 + BigInteger(1)).fraction(over: power * 3) == rounded)
    #expect((-(power * 2 + BigInteger(1))).fraction(over: power * 3)?.numerator == -rounded.numerator)
    let millions = (power * 9_000_000 + BigInteger(1)).fraction(over: power)
    #expect(millions == Fraction(numerator: 9_000_000, denominator: 1))
    #expect((power * power).fraction(over: BigInteger(3)) == nil)
  }

  @Test func `of two neighbours equally near the even one is taken`() {
    // n + 1/2 at the last decimal: over 2 · 10^15 the numerator is odd. The factor keeps it from fitting.
    let power = (0..<60).reduce(BigInteger(1)) { power, _ in power * 7 }
    for (numerator, expected) in [(1, 0), (3, 2), (5, 2), (7, 4)] as [(Int64, Int64)] {
      let found = (power * numerator).fraction(over: power * 2 * 1_000_000_000_000_000)
      let exact = Fraction(reducing: Int128(numerator), 2_000_000_000_000_000)
      // What fits after all is not rounded.
      #expect(found == exact || found == Fraction(reducing: Int128(expected), 1_000_000_000_000_000))
    }
  }
}
