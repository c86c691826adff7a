import Calendars
import Testing

struct ZoneFileTests {
  /// A version 2 file with no transitions and this footer.
  static func file(footer: String, leapCount: UInt8 = 0) -> [UInt8] {
    let header: [UInt8] =
      Array("TZif2".utf8) + Array(repeating: 0, count: 15) + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, leapCount]
      + [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    let block: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
    let leaps = { (bytes: Int) in [UInt8](repeating: 0, count: Int(leapCount) * bytes) }
    return header + block + leaps(8) + header + block + leaps(12) + Array("\n\(footer)\n".utf8)
  }

  static func rules(footer: String) throws -> TimeZoneRules {
    try TimeZoneRules(name: "Test", zoneFile: file(footer: footer), rulesVersion: "1")
  }

  @Test(arguments: [
    ("CST-8", 28_800, 28_800), ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 39_600, 37_800),
    ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400), ("EST5EDT,0/0,J365/25", -14_400, -14_400),
    ("AAA3BBB,J60,J300/-167", -10_800, -7_200), ("AAA3BBB,59/2:30:15,299", -10_800, -7_200),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3_600),
  ]) func `a footer rule gives the offsets of January and July`(footer: String, january: Int, july: Int) throws {
    let rules = try Self.rules(footer: footer)
    #expect(rules.offsetSeconds(at: try instant("2025-01-15T12:00:00Z")) == january)
    #expect(rules.offsetSeconds(at: try instant("2025-07-15T12:00:00Z")) == july)
    #expect(rules.offsetSeconds(at: try instant("9025-07-15T12:00:00Z")) == july)
  }

  @Test(arguments: [
    "C-8", "CST", "CST-8x", "CST-25", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
    "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1", "EST5EDT,366,1", "<ab5", "EST5EDT,M3.2.0/168,M11.1.0", "5",
    "EST99999999999999999999999",
  ]) func `a wrong footer rule is refused`(footer: String) {
    #expect(throws: CalendarError.zone(name: "Test", .malformed("rule \(footer)"))) {
      try Self.rules(footer: footer)
    }
  }

  @Test func `bytes that are no zone file are refused`() {
    for bytes in [[], Array("TZif".utf8), Array(repeating: 65, count: 100)] as [[UInt8]] {
      #expect(throws: CalendarError.zone(name: "X", .notZoneFile)) {
        try TimeZoneRules(name: "X", zoneFile: bytes, rulesVersion: "1")
      }
    }
  }

  @Test func `leap seconds are refused`() {
    #expect(throws: CalendarError.zone(name: "right/X", .leapSeconds)) {
      try TimeZoneRules(name: "right/X", zoneFile: Self.file(footer: "UTC0", leapCount: 1), rulesVersion: "1")
    }
  }

  @Test func `a file cut short anywhere is refused`() throws {
    let whole = try SystemZone.bytes("Europe/London")
    for count in 0..<whole.count {
      #expect(throws: CalendarError.self) {
        try TimeZoneRules(name: "X", zoneFile: Array(whole[..<count]), rulesVersion: "1")
      }
    }
  }

  @Test func `a damaged file is refused or read, never a crash`() throws {
    let whole = try SystemZone.bytes("Australia/Lord_Howe")
    var generator = SeededGenerator(state: 3)
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      do throws(CalendarError) {
        let rules = try TimeZoneRules(name: "X", zoneFile: bytes, rulesVersion: "1")
        for milliseconds in [.min, -1, 0, 1_760_000_000_000, 253_402_300_799_999, .max] as [Int64] {
          _ = rules.offsetSeconds(at: milliseconds)
          _ = rules.instant(ofLocal: milliseconds)
        }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  @Test func `the first version, with 4-byte times, is read too`() throws {
    var bytes = try SystemZone.bytes("America/St_Johns")
    bytes[4] = 0
    let old = try TimeZoneRules(name: "Old", zoneFile: bytes, rulesVersion: "1")
    let new = try SystemZone.rules("America/St_Johns")
    for year in 1_950...2_030 {
      let milliseconds = Int64(year - 1_970) * 31_556_952_000
      #expect(old.offsetSeconds(at: milliseconds) == new.offsetSeconds(at: milliseconds))
    }
  }
}
