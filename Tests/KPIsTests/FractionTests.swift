import KPIs
import Testing

struct FractionTests {
  @Test func `reducing gives lowest terms with a positive denominator`() {
    #expect(Fraction(reducing: 6, -9) == Fraction(numerator: -2, denominator: 3))
    #expect(Fraction(reducing: -6, -9) == Fraction(numerator: 2, denominator: 3))
    #expect(Fraction(reducing: 0, -9) == Fraction(numerator: 0, denominator: 1))
  }

  @Test func `what fits after reducing fits, what does not is nil`() {
    let big = Int128(Int64.max)
    #expect(Fraction(reducing: big * 1_000, big * 7) == Fraction(numerator: 1_000, denominator: 7))
    #expect(Fraction(reducing: big + 1, 1) == nil)
    #expect(Fraction(reducing: Int128.min, Int128.min) == Fraction(numerator: 1, denominator: 1))
  }
}
