import Calendars
import Foundation
import Testing

@Suite(.serialized)
struct TimeZoneRulesTests {
  static let zones = [
    "Asia/Shanghai", "America/Sao_Paulo", "Europe/London", "Europe/Dublin", "Australia/Lord_Howe", "Etc/GMT+3",
    "America/St_Johns", "America/Nuuk", "Asia/Gaza", "Pacific/Apia", "Africa/Casablanca", "America/New_York",
    "Asia/Kathmandu", "Antarctica/Troll", "Pacific/Kwajalein", "UTC",
  ]

  /// The C library reads the same files; its answer is the other way to the number.
  @Test(arguments: zones) func `offsets agree with the C library`(zone: String) throws {
    let rules = try SystemZone.rules(zone)
    var cursor = TimeZoneCursor(rules)
    setenv("TZ", ":\(zone)", 1)
    tzset()
    var generator = SeededGenerator(state: 7)
    for index in 0..<30_000 {
      let years = index % 3 == 0 ? 1_850...2_600 : 1_970...2_040
      let second = Int.random(
        in: (years.lowerBound - 1_970) * 31_556_952...(years.upperBound - 1_970) * 31_556_952, using: &generator)
      var time = time_t(second)
      var parts = tm()
      localtime_r(&time, &parts)
      let milliseconds = Int64(second) * 1_000
      guard rules.offsetSeconds(at: milliseconds) == parts.tm_gmtoff,
        cursor.offsetMilliseconds(at: milliseconds) == Int64(parts.tm_gmtoff) * 1_000
      else {
        Issue.record("\(zone) at \(second): \(rules.offsetSeconds(at: milliseconds)), C says \(parts.tm_gmtoff)")
        return
      }
    }
    setenv("TZ", "UTC", 1)
    tzset()
  }

  @Test(arguments: zones) func `a local time is reached at the first instant that shows it or later`(zone: String)
    throws
  {
    let rules = try SystemZone.rules(zone)
    var cursor = TimeZoneCursor(rules)
    var generator = SeededGenerator(state: 11)
    for _ in 0..<20_000 {
      let local = Int64.random(in: -3_000_000_000_000...20_000_000_000_000, using: &generator) / 900_000 * 900_000
      let instant = rules.instant(ofLocal: local)
      #expect(rules.local(at: instant) >= local)
      #expect(rules.furthestLocal(at: instant - 1) < local)
      #expect(cursor.instant(ofLocal: local) == instant)
    }
  }

  @Test func `a midnight left out begins the day at the change`() throws {
    let rules = try SystemZone.rules("America/Sao_Paulo")
    let day = try #require(CivilDate(year: 2017, month: 10, day: 15))
    #expect(rules.startOfDay(day) == (try instant("2017-10-15T03:00:00Z")))
    #expect(RFC3339.string(rules.startOfDay(day), in: rules) == "2017-10-15T01:00:00-02:00")
    #expect(rules.dayLengthMilliseconds(day) == 23 * 3_600_000)
    #expect(rules.dayLengthMilliseconds(day.adding(days: 1)) == 24 * 3_600_000)
  }

  @Test(arguments: [
    ("Europe/London", "2025-03-30", 23.0), ("Europe/London", "2025-10-26", 25.0), ("Europe/London", "2025-10-27", 24.0),
    ("Australia/Lord_Howe", "2025-04-06", 24.5), ("Australia/Lord_Howe", "2025-10-05", 23.5),
    ("Pacific/Apia", "2011-12-30", 0.0), ("Asia/Shanghai", "2025-03-30", 24.0),
    ("Europe/London", "2437-10-25", 25.0), ("America/New_York", "9999-11-07", 25.0),
  ]) func `days are as long as their clocks say`(zone: String, date: String, hours: Double) throws {
    let rules = try SystemZone.rules(zone)
    let midnight = try instant(date + "T00:00:00Z")
    let day = CivilDate(dayNumber: Int(midnight / 86_400_000))
    #expect(Double(rules.dayLengthMilliseconds(day)) / 3_600_000 == hours)
  }

  @Test func `a local time that comes twice means the first`() throws {
    let rules = try SystemZone.rules("Europe/London")
    let local = try instant("2025-10-26T01:30:00Z")
    #expect(rules.instant(ofLocal: local) == (try instant("2025-10-26T00:30:00Z")))
  }

  @Test func `the names of Etc count west of Greenwich as plus`() throws {
    let rules = try SystemZone.rules("Etc/GMT+3")
    #expect(rules.offsetSeconds(at: 0) == -3 * 3_600)
    #expect(rules.name == "Etc/GMT+3")
    #expect(rules.rulesVersion == "system")
  }

  @Test(arguments: [("UTC", 0), ("Z", 0), ("+08:00", 28_800), ("-0330", -12_600), ("+05", 18_000)])
  func `fixed offsets need no file`(name: String, seconds: Int) throws {
    let rules = try #require(TimeZoneRules(fixedName: name))
    #expect(rules.offsetSeconds(at: .max) == seconds)
    #expect(rules.offsetSeconds(at: .min) == seconds)
  }

  @Test(arguments: ["", "Asia/Shanghai", "+24:00", "+8", "+08:60", "+08:00x", "utc"])
  func `other names are no fixed offsets`(name: String) {
    #expect(TimeZoneRules(fixedName: name) == nil)
  }

  @Test func `fixed offsets are named by their offset`() {
    #expect(TimeZoneRules(fixedOffsetSeconds: 0).name == "UTC")
    #expect(TimeZoneRules(fixedOffsetSeconds: -12_600).name == "-03:30")
    #expect(TimeZoneRules(fixedOffsetSeconds: 29_143).name == "+08:05:43")
  }
}
