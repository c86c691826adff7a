import QueryLanguage
import Testing

struct DecimalNumberTests {
  @Test(arguments: [
    (12_345, 2, "123.45"), (5, 2, "0.05"), (0, 0, "0"), (100, 3, "0.100"), (Int64.max, 18, "9.223372036854775807"),
  ])
  func `numbers are written with their fraction digits`(digits: Int64, fractionDigits: Int, text: String) {
    #expect(DecimalNumber(digits: digits, fractionDigits: fractionDigits).description == text)
  }

  @Test func `scaling is exact or refused`() {
    #expect(DecimalNumber(digits: 5_000).scaled(toFractionDigits: 2) == 500_000)
    #expect(DecimalNumber(digits: 1_250, fractionDigits: 3).scaled(toFractionDigits: 2) == 125)
    #expect(DecimalNumber(digits: 1_255, fractionDigits: 3).scaled(toFractionDigits: 2) == nil)
    #expect(DecimalNumber(digits: .max).scaled(toFractionDigits: 1) == nil)
  }
}
