import Testing

@testable import Reports

struct TerminalWidthTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("天猫", 4), ("ｶﾅ", 2), ("カナ", 4), ("한국어", 6), ("e\u{301}", 1),
      ("\u{1100}\u{1161}\u{11A8}", 2),
      ("👨\u{200D}👩\u{200D}👧", 2), ("👍🏽", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("🇨🇳🇬🇧", 4),
      ("a\u{200B}b", 2), ("\u{AD}", 1), ("①→", 2), ("\u{3000}", 2), ("𠀀", 2), ("\u{2FFFD}", 2), ("नमस्ते", 4), ("ไทย", 3),
      ("é", 1), ("–…", 2), ("か\u{3099}", 2), ("￥¥", 3),
    ])
  func `a text takes the cells of its graphemes`(text: String, cells: Int) {
    #expect(TerminalWidth().cells(of: text) == cells)
  }

  @Test(arguments: [("①→", 4), ("–…", 4), ("a①\u{301}", 3), ("e\u{301}", 1), ("天", 2), ("abc", 3)])
  func `ambiguous signs take two cells where the terminal says so`(text: String, cells: Int) {
    #expect(TerminalWidth(ambiguous: 2).cells(of: text) == cells)
  }

  @Test func `the short way agrees with grapheme breaking`() {
    let pieces = ["a", "店", "ア", "가", "\u{301}", "\u{3099}", "Ａ", "\u{11A8}", "👧", "\u{200D}", "\u{FE0F}", "–"]
    let width = TerminalWidth()
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let text = first + second + third
          #expect(width.cells(of: text) == width.cellsByGrapheme(of: text), "\(text.unicodeScalars.map(\.value))")
        }
      }
    }
  }

  @Test func `the table is ascending, without overlap, and of three classes`() {
    let ranges = TerminalWidth.ranges
    #expect(ranges.count % 2 == 0 && ranges.count > 1_000)
    var next: UInt32 = 0
    for index in stride(from: 0, to: ranges.count, by: 2) {
      let (first, last, kind) = (ranges[index], ranges[index + 1] >> 2, ranges[index + 1] & 3)
      #expect(first >= next && last >= first && last <= 0x10FFFF && [0, 2, 3].contains(kind))
      next = last + 1
    }
  }

  @Test func `the search finds what a walk over the table finds`() {
    var expected = [UInt8](repeating: 1, count: 0x20000)
    let ranges = TerminalWidth.ranges
    for index in stride(from: 0, to: ranges.count, by: 2) {
      for value in ranges[index]...(ranges[index + 1] >> 2) where value < 0x20000 {
        expected[Int(value)] = UInt8([0, 9, 2, 1][Int(ranges[index + 1] & 3)])
      }
    }
    let width = TerminalWidth()
    let differing = (0x20..<UInt32(0x20000)).compactMap(Unicode.Scalar.init).filter {
      width.cells(of: $0) != Int(expected[Int($0.value)])
    }
    #expect(differing.isEmpty)
  }
}
