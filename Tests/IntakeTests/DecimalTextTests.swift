import Intake
import Testing

struct DecimalTextTests {
  @Test(
    arguments: [
      ("0", 0), ("1", 100), ("1.5", 150), ("1.05", 105), ("-1.05", -105), ("+2", 200), ("007.10", 710), (".5", 50),
      ("5.", 500),
      (" 3.00 ", 300), ("2.5000", 250), ("92233720368547758.07", .max), ("-92233720368547758.08", .min), ("-0", 0),
    ] as [(String, Int64)])
  func `decimal text is its exact number of minor units`(text: String, value: Int64) throws {
    #expect(try DecimalText(scale: 2).minorUnits(text) == value)
  }

  @Test(
    arguments: [
      ("", .empty), ("  ", .empty), ("-", .notANumber), (".", .notANumber), ("1e3", .notANumber),
      ("1,000", .notANumber), ("£1", .notANumber),
      ("1.2.3", .notANumber), ("--1", .notANumber), ("1 000", .notANumber), ("0.001", .tooManyDigits(scale: 2)),
      ("1.999", .tooManyDigits(scale: 2)),
      ("92233720368547758.08", .overflow), ("-92233720368547758.09", .overflow), ("99999999999999999999", .overflow),
      ("1.00a", .notANumber),
    ] as [(String, DecimalText.Problem)])
  func `what is no amount at the scale is refused, never rounded`(text: String, problem: DecimalText.Problem) {
    #expect(throws: problem) { try DecimalText(scale: 2).minorUnits(text) }
  }

  @Test func `the scale is how many digits count`() throws {
    #expect(try DecimalText(scale: 0).minorUnits("1299") == 1299)
    #expect(try DecimalText(scale: 3).minorUnits("0.001") == 1)
    #expect(throws: DecimalText.Problem.tooManyDigits(scale: 0)) { try DecimalText(scale: 0).minorUnits("1.5") }
  }

  @Test(
    arguments: [("1,299.00", 129_900), ("12,345,678", 1_234_567_800), ("999", 99_900), ("-1,000", -100_000)]
      as [(String, Int64)])
  func `declared separators stand between groups of three`(text: String, value: Int64) throws {
    #expect(try DecimalText(scale: 2, thousands: UInt8(ascii: ",")).minorUnits(text) == value)
  }

  @Test(arguments: ["1,29", "1,,000", ",100", "1234,567", "1,0000", "1,000,00.5"])
  func `separators anywhere else are refused`(text: String) {
    #expect(throws: DecimalText.Problem.notANumber) {
      try DecimalText(scale: 2, thousands: UInt8(ascii: ",")).minorUnits(text)
    }
  }

  @Test func `the decimal point may be a comma`() throws {
    let german = DecimalText(scale: 2, point: UInt8(ascii: ","), thousands: UInt8(ascii: "."))
    #expect(try german.minorUnits("1.234,5") == 123_450)
  }
}
