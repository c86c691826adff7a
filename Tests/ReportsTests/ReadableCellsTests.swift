import Columns
import Reports
import Testing

struct ReadableCellsTests {
  func text(_ value: Value, _ cells: ReadableCells = ReadableCells()) -> String {
    var bytes: [UInt8] = []
    cells.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    arguments: [
      (0, "0 ms"), (1, "1 ms"), (999, "999 ms"), (1_000, "1 s"), (1_049, "1 s"), (1_050, "1 s"), (1_051, "1.1 s"),
      (12_400, "12.4 s"), (59_949, "59.9 s"), (59_950, "1 m"), (60_000, "1 m"), (151_000, "2 m 31 s"),
      (2_820_000, "47 m"), (3_599_499, "59 m 59 s"), (3_599_500, "1 h"), (13_920_000, "3 h 52 m"),
      (86_369_999, "23 h 59 m"), (86_370_000, "1 d"), (187_200_000, "2 d 4 h"), (-187_200_000, "-2 d 4 h"),
      (86_400_000 * 12_345, "12,345 d"), (.min, "-106,751,991,167 d 7 h"),
    ] as [(Int64, String)])
  func `a duration is put in its two largest units`(milliseconds: Int64, expected: String) {
    #expect(text(.duration(milliseconds: milliseconds)) == expected)
  }

  @Test func `a mean duration is rounded once`() {
    #expect(text(.ratio(numerator: 119_899, denominator: 2, as: .duration)) == "59.9 s")
    #expect(text(.ratio(numerator: 119_901, denominator: 2, as: .duration)) == "1 m")
    #expect(text(.ratio(numerator: 1, denominator: 3, as: .duration)) == "0 ms")
    #expect(text(.ratio(numerator: -1, denominator: 3, as: .duration)) == "0 ms")
  }

  @Test func `an undivided ratio without denominator is null, never zero`() {
    for measure in [Measure.number, .percent, .duration, .money(gbp)] {
      #expect(text(.ratio(numerator: 5, denominator: 0, as: measure)) == "–")
    }
    #expect(text(.ratio(numerator: 0, denominator: 5, as: .percent)) == "0.00 %")
  }

  @Test func `a mean amount is rounded half to even to its minor unit`() {
    #expect(text(.ratio(numerator: 5, denominator: 2, as: .money(jpy))) == "2 JPY")
    #expect(text(.ratio(numerator: 7, denominator: 2, as: .money(jpy))) == "4 JPY")
    #expect(text(.ratio(numerator: .min, denominator: -1, as: .money(jpy))) == "9,223,372,036,854,775,807 JPY")
  }

  @Test func `yes and no come in the caller's words`() {
    #expect(text(true) == "yes" && text(false) == "no")
    #expect(text(true, ReadableCells(wording: .chinese)) == "是")
  }
}
