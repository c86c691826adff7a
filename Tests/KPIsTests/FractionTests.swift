import KPIs
import Testing

struct FractionTests {
  @Test func `reducing gives lowest terms with a positive denominator`() {
    #expect(Fraction(reducing: 6, -9) == Fraction(numerator: -2, denominator: 3))
    #expect(Fraction(reducing: -6, -9) == Fraction(numerator: 2, denominator: 3))
    #expect(Fraction(reducing: 0, -9) == Fraction(numerator: 0, denominator: 1))
  }

  @Test func `a difference is exact where it fits, else it has as many decimals as fit`() {
    func difference(_ left: (Int64, Int64), _ right: (Int64, Int64)) -> Fraction? {
      Fraction(numerator: left.0, denominator: left.1).minus(Fraction(numerator: right.0, denominator: right.1))
    }
    #expect(difference((1, 2), (1, 3)) == Fraction(numerator: 1, denominator: 6))
    #expect(difference((2, 6), (1, 2)) == Fraction(numerator: -1, denominator: 6))
    #expect(difference((1, -2), (1, 2)) == Fraction(numerator: -1, denominator: 1))
    #expect(difference((3, 4), (6, 8)) == Fraction(numerator: 0, denominator: 1))
    #expect(difference((.max, 1), (.min + 1, 1)) == nil)
    // 1 ÷ (2^40 + 1) less 1 ÷ 2^40 has 80 bits below the line: −8.27 × 10^−25 rounds to zero.
    #expect(difference((1, 1 << 40 + 1), (1, 1 << 40)) == Fraction(numerator: 0, denominator: 1))
  }

  @Test func `what fits after reducing fits, what does not is nil`() {
    let big = Int128(Int64.max)
    #expect(Fraction(reducing: big * 1_000, big * 7) == Fraction(numerator: 1_000, denominator: 7))
    #expect(Fraction(reducing: big + 1, 1) == nil)
    #expect(Fraction(reducing: Int128.min, Int128.min) == Fraction(numerator: 1, denominator: 1))
  }
}
