import Testing

@testable import Columns

struct ExactDecimalTests {
  @Test(
    arguments: [
      (1, 8, 2, "0.12"), (3, 8, 2, "0.38"), (-1, 8, 2, "-0.12"), (1, 2, 0, "0"), (3, 2, 0, "2"), (5, 2, 0, "2"),
      (199, 100, 1, "2.0"), (1, 3, 4, "0.3333"), (2, 3, 4, "0.6667"), (0, 5, 3, "0.000"), (7, -2, 1, "-3.5"),
      (.max, 1, 0, "9223372036854775807"), (.min, 1, 2, "-9223372036854775808.00"),
      (.min, -1, 0, "9223372036854775808"),
      (.max, .max, 18, "1.000000000000000000"), (.max - 1, .max, 18, "1.000000000000000000"),
      (1, .max, 18, "0.000000000000000000"),
    ] as [(Int64, Int64, Int, String)])
  func `a division is rounded half to even`(numerator: Int64, denominator: Int64, digits: Int, text: String) {
    #expect(roundedHalfEven(numerator: numerator, denominator: denominator, digits: digits) == text)
  }

  @Test func `a value that rounds to zero has no minus sign`() {
    #expect(roundedHalfEven(numerator: -1, denominator: 1_000, digits: 2) == "0.00")
  }

  /// All small divisions against the definition: the nearest multiple, of two equally near the even one.
  @Test func `small divisions agree with the definition`() {
    for numerator in Int64(-400)...400 {
      for denominator in Int64(1)...40 {
        let scaled = numerator * 10
        var nearest = scaled / denominator - 2
        for candidate in nearest + 1...nearest + 4 {
          let distance = abs(scaled - candidate * denominator)
          let best = abs(scaled - nearest * denominator)
          if distance < best || (distance == best && candidate % 2 == 0) { nearest = candidate }
        }
        let decimal = ExactDecimal(numerator: numerator, denominator: denominator, digits: 1)
        let tenths = (Int64(decimal.whole) * 10 + Int64(decimal.fraction)) * (decimal.isNegative ? -1 : 1)
        #expect(tenths == nearest, "\(numerator)/\(denominator)")
      }
    }
  }

  @Test(
    arguments: [
      (1, 2, "0.5"), (1, 3, "0.333333333333"), (2, 3, "0.666666666667"), (10, 10, "1"), (0, 9, "0"),
      (-22, 7, "-3.14285714286"),
      (1, 3_000_000, "0.000000333333333333"), (123_456_789_012_345, 10, "12345678901234"),
      (1, .max, "0.000000000000000000108420217249"),
      (9_999_999_999_999, 10_000_000_000_000, "1"), (9_999_999_999_999, 100_000_000_000_000, "0.1"),
      (.min, .max, "-1"), (1, .min, "-0.000000000000000000108420217249"),
    ] as [(Int64, Int64, String)])
  func `a ratio keeps twelve significant digits`(numerator: Int64, denominator: Int64, text: String) {
    #expect(
      ExactDecimal(numerator: numerator, denominator: denominator, significantDigits: 12).description == text)
  }

  @Test(
    arguments: [
      (123_450, 0, "123450"), (123_450, 2, "1234.50"), (123_450, 3, "123.450"), (-5, 0, "-5"), (-5, 2, "-0.05"),
      (-5, 3, "-0.005"), (0, 2, "0.00"), (.min, 18, "-9.223372036854775808"),
    ] as [(Int64, Int, String)])
  func `minor units become an amount at their scale`(minorUnits: Int64, scale: Int, text: String) {
    #expect(ExactDecimal(minorUnits: minorUnits, scale: scale).description == text)
  }

  @Test func `a percentage is the share times a hundred, also where that passes 64 bits`() {
    #expect(ExactDecimal(numerator: 34, denominator: 37, digits: 2, powerOfTen: 2).description == "91.89")
    let large = ExactDecimal(numerator: .max, denominator: 1, digits: 0, powerOfTen: 2)
    #expect(large.description == "922337203685477580700")
    var grouped: [UInt8] = []
    large.append(to: &grouped, grouped: true)
    #expect(String(decoding: grouped, as: UTF8.self) == "922,337,203,685,477,580,700")
  }

  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"), (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int64, String)])
  func `thousands are set apart by commas`(value: Int64, text: String) {
    var bytes: [UInt8] = []
    bytes.appendInteger(value, grouped: true)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test func `division by zero is refused`() async {
    await #expect(processExitsWith: .failure) { _ = roundedHalfEven(numerator: 1, denominator: 0, digits: 2) }
  }
}
