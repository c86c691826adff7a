import Testing

@testable import Calendars

/// Open hours against an obvious loop over minutes.
struct BusinessCalendarTests {
  private static let weekdays = Array(repeating: [540..<720, 780..<1_080], count: 5) + [[600..<840], []]

  private func calendar(
    _ zone: String, _ week: [[Range<Int>]] = weekdays, holidays: [CivilDate] = [], cutOff: Int? = nil
  ) throws -> BusinessCalendar {
    try #require(
      BusinessCalendar(zone: try SystemZone.rules(zone), week: week, holidays: holidays, cutOffMinute: cutOff))
  }

  /// Which minutes from `start` on are open: the latest local time that clocks have shown so far lies in an opening.
  private func openMinutes(_ calendar: BusinessCalendar, closed: Set<Int>, from start: Int64, count: Int) -> [Bool] {
    var shown = Int64.min
    // Two days before, so that a clock set back before the start is known.
    let before = 2 * 1_440
    var open: [Bool] = []
    for minute in -before..<count {
      shown = max(shown, calendar.zone.local(at: start + Int64(minute) * 60_000))
      guard minute >= 0 else { continue }
      let day = Int(shown.floorDivided(by: 86_400_000))
      let minuteOfDay = Int((shown - Int64(day) * 86_400_000) / 60_000)
      let weekday = ((day + 3) % 7 + 7) % 7
      open.append(!closed.contains(day) && calendar.week[weekday].contains { $0.contains(minuteOfDay) })
    }
    return open
  }

  @Test(
    arguments: [
      ("Europe/Berlin", "2026-03-27T00:00:00Z"), ("Europe/Berlin", "2026-10-23T00:00:00Z"),
      ("America/New_York", "2026-10-30T05:00:00Z"), ("Australia/Lord_Howe", "2026-04-03T00:00:00Z"),
      ("Asia/Shanghai", "2026-02-14T00:00:00Z"), ("Pacific/Apia", "2011-12-28T00:00:00Z"),
    ])
  func `open milliseconds and due instants are those of a loop over minutes`(zone: String, start: String) throws {
    let holiday = try #require(CivilDate(year: 2026, month: 2, day: 17))
    // Nights are open too, so that changes of the clock fall into openings, and into their ends.
    for week in [Self.weekdays, Array(repeating: [0..<100, 110..<150, 170..<1_440], count: 7)] {
      let calendar = try calendar(zone, week, holidays: [holiday])
      let start = try instant(start)
      let count = 6 * 1_440
      let open = openMinutes(calendar, closed: [holiday.dayNumber], from: start, count: count)
      var random = SeededGenerator(state: 11)
      for _ in 0..<200 {
        let from = Int.random(in: 0..<count, using: &random)
        let to = Int.random(in: from...count, using: &random)
        let expected = open[from..<to].filter { $0 }.count
        let (first, last) = (start + Int64(from) * 60_000, start + Int64(to) * 60_000)
        let found = calendar.openMilliseconds(from: first, to: last)
        #expect(found == Int64(expected) * 60_000, "\(zone) \(from) to \(to)")
        guard expected > 0 else { continue }
        let due = calendar.instant(after: first, openMilliseconds: found)
        #expect(due <= last)
        #expect(calendar.openMilliseconds(from: first, to: due) == found)
        #expect(calendar.openMilliseconds(from: first, to: due - 1) == found - 1, "it is the first such instant")
      }
    }
  }

  @Test func `a limit runs on after the night, the weekend and a holiday`() throws {
    let calendar = try calendar("Europe/Berlin", holidays: [try #require(CivilDate(year: 2026, month: 4, day: 6))])
    func due(_ text: String, _ hours: Int64) throws -> Int64 {
      calendar.instant(after: try instant(text), openMilliseconds: hours * 3_600_000)
    }
    // Friday 17:00 in Berlin: one hour before closing, then four on Saturday, then Easter Monday is closed.
    #expect(try due("2026-04-03T15:00:00Z", 1) == (try instant("2026-04-03T16:00:00Z")))
    #expect(try due("2026-04-03T15:00:00Z", 4) == (try instant("2026-04-04T11:00:00Z")))
    #expect(try due("2026-04-03T15:00:00Z", 6) == (try instant("2026-04-07T08:00:00Z")))
  }

  @Test func `what comes in at the cut-off or later counts from the next day`() throws {
    let calendar = try calendar("UTC", cutOff: 960)
    func due(_ text: String) throws -> Int64 {
      calendar.instant(after: try instant(text), openMilliseconds: 3_600_000)
    }
    #expect(try due("2026-03-03T15:59:59Z") == (try instant("2026-03-03T16:59:59Z")))
    #expect(try due("2026-03-03T16:00:00Z") == (try instant("2026-03-04T10:00:00Z")))
    let (from, to) = (try instant("2026-03-03T16:00:00Z"), try instant("2026-03-04T00:00:00Z"))
    #expect(calendar.openMilliseconds(from: from, to: to) == 7_200_000, "open is open all the same")
  }

  @Test func `what is no week of openings is none, and far limits end with the calendars`() throws {
    let zone = TimeZoneRules.utc
    let none = Array(repeating: [Range<Int>](), count: 6)
    for week in [none, none + [[]], none + [[0..<1_441]], none + [[60..<120, 100..<200]], none + [[60..<60]]] {
      #expect(BusinessCalendar(zone: zone, week: week) == nil)
    }
    #expect(BusinessCalendar(zone: zone, week: none + [[0..<60]], cutOffMinute: 1_440) == nil)
    let calendar = try #require(BusinessCalendar(zone: zone, week: none + [[0..<1]]))
    #expect(calendar.instant(after: 0, openMilliseconds: .max) == CalendarLimits.latest)
    #expect(calendar.openMilliseconds(from: 5, to: 5) == 0)
  }
}
