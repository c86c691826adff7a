import Calendars
import Testing

struct RFC3339Tests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2018-10-18T12:34:56.007Z", 1_539_866_096_007),
      ("1969-12-31T23:59:59.999Z", -1), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)]) func `UTC instants are written and read back`(text: String, milliseconds: Int64) throws
  {
    #expect(RFC3339.string(milliseconds) == text)
    #expect(try RFC3339.milliseconds(text) == milliseconds)
  }

  @Test func `instants of a zone carry its offset`() throws {
    let shanghai = try SystemZone.rules("Asia/Shanghai")
    #expect(RFC3339.string(0, in: shanghai) == "1970-01-01T08:00:00+08:00")
    let old = try instant("1890-01-01T00:00:00Z")
    #expect(RFC3339.string(old, in: shanghai) == "1890-01-01T08:05:00+08:05")
    #expect(RFC3339.string(5, in: .utc) == "1970-01-01T00:00:00.005Z")
  }

  @Test func `random instants come back the same in every zone`() throws {
    var generator = SeededGenerator(state: 23)
    for zone in ["Asia/Kathmandu", "America/St_Johns", "Europe/Dublin", "Pacific/Apia", "UTC"] {
      let rules = try SystemZone.rules(zone)
      for _ in 0..<2_000 {
        let milliseconds = Int64.random(in: -62_135_000_000_000...253_402_000_000_000, using: &generator)
        #expect(try RFC3339.milliseconds(RFC3339.string(milliseconds, in: rules)) == milliseconds)
      }
    }
  }

  @Test(
    arguments: [
      ("2025-03-15 10:00:00Z", 1_742_032_800_000), ("2025-03-15T10:00:00.1Z", 1_742_032_800_100),
      ("2025-03-15T10:00:00.123456789-00:30", 1_742_034_600_123),
    ] as [(String, Int64)]) func `other forms of the standard are read`(text: String, milliseconds: Int64) throws
  {
    #expect(try RFC3339.milliseconds(text) == milliseconds)
  }

  @Test(arguments: [
    ("", 0), ("2025-03-15", 10), ("2025-03-15T10:00:00", 19), ("2025-03-15T10:00:00Zx", 20),
    ("2025-03-15T24:00:00Z", 11),
    ("2025-03-15T10:00:60Z", 11), ("2025-03-15T10:00:00.Z", 20), ("2025-03-15T10:00:00+24:00", 19),
    ("2025-03-15T10:00:00+0800", 19), ("0000-01-01T00:00:00Z", 4), ("+2025-01-01T00:00:00Z", 0),
  ]) func `what is wrong is refused with its place`(text: String, position: Int) {
    do throws(CalendarError) {
      _ = try RFC3339.milliseconds(text)
      Issue.record("read \(text)")
    } catch {
      guard case .unexpected(position, _) = error else {
        Issue.record("\(text): \(error)")
        return
      }
    }
  }

  @Test func `a day the calendar lacks is refused by name`() {
    #expect(throws: CalendarError.noSuchDate(year: 2018, month: 2, day: 30)) {
      try RFC3339.milliseconds("2018-02-30T00:00:00Z")
    }
  }

  @Test func `instants beyond the years of dates are still written`() {
    #expect(RFC3339.string(253_402_300_800_000) == "+10000-01-01T00:00:00Z")
    #expect(!RFC3339.string(.min).isEmpty)
    #expect(!RFC3339.string(.max, in: TimeZoneRules(fixedOffsetSeconds: 3_600)).isEmpty)
  }
}
