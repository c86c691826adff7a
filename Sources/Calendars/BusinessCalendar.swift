/// When somebody is at work: opening hours of each weekday in one zone, days on which all is closed, and a time of day
/// after which what comes in counts from the next day.
///
/// An opening lasts from the first instant whose clock shows its beginning, or a later time, to the first that shows its
/// end: where clocks are set back an opening around the change is longer, where they are set forward shorter.
package struct BusinessCalendar: Sendable, Hashable {
  package let zone: TimeZoneRules
  /// Openings by weekday, Monday first: minutes of the local day, 1,440 is its end.
  package let week: [[Range<Int>]]
  /// Closed days, as days since 1970-01-01.
  private let holidays: Set<Int>
  /// Minute of the local day from which on what comes in counts from the next day; nil without one.
  package let cutOffMinute: Int?

  /// A calendar; nil unless there are seven weekdays, of which one is open at all, each with openings in ascending order
  /// that lie within the day and do not overlap, and a cut-off within the day.
  package init?(
    zone: TimeZoneRules, week: [[Range<Int>]], holidays: [CivilDate] = [], cutOffMinute: Int? = nil
  ) {
    guard week.count == 7, week.contains(where: { !$0.isEmpty }) else { return nil }
    for openings in week {
      var end = 0
      for opening in openings {
        guard opening.lowerBound >= end, !opening.isEmpty, opening.upperBound <= 1_440 else { return nil }
        end = opening.upperBound
      }
    }
    if let cutOffMinute, !(0..<1_440).contains(cutOffMinute) { return nil }
    (self.zone, self.week, self.cutOffMinute) = (zone, week, cutOffMinute)
    self.holidays = Set(holidays.map(\.dayNumber))
  }

  /// Milliseconds that are open between two instants; 0 when the second is not later. Costs a few lookups a day.
  package func openMilliseconds(from: Int64, to: Int64) -> Int64 {
    guard from < to else { return 0 }
    var sum: Int64 = 0
    // An opening belongs to the day whose clock shows its beginning; a clock set back may show a day again.
    for day in (day(of: from) - 1)...(day(of: to) + 1) {
      for opening in openings(on: day) {
        sum += max(0, min(opening.upperBound, to) - max(opening.lowerBound, from))
      }
    }
    return sum
  }

  /// The instant at which something that came in at `instant` has been worked on for `milliseconds`: as many open ones
  /// lie between, counted from the next day for what came in at the cut-off or after it.
  ///
  /// The end of an opening counts to it: what is due in an hour, one hour before closing, is due at closing. Never later
  /// than the calendars' last instant.
  package func instant(after instant: Int64, openMilliseconds milliseconds: Int64) -> Int64 {
    var start = instant
    if let cutOffMinute {
      let local = zone.local(at: instant)
      let day = local.floorDivided(by: CalendarLimits.day)
      if local - day * CalendarLimits.day >= Int64(cutOffMinute) * CalendarLimits.minute {
        start = max(start, zone.instant(ofLocal: (day + 1) * CalendarLimits.day))
      }
    }
    guard milliseconds > 0 else { return start }
    var left = milliseconds
    var day = day(of: start) - 1
    while true {
      for opening in openings(on: day) {
        let begin = max(opening.lowerBound, start)
        let open = opening.upperBound - begin
        if open >= left { return begin + left }
        left -= max(0, open)
      }
      day += 1
      if Int64(day) * CalendarLimits.day > CalendarLimits.latest { return CalendarLimits.latest }
    }
  }

  private func day(of instant: Int64) -> Int {
    let bounded = min(max(instant, CalendarLimits.earliest), CalendarLimits.latest)
    return Int(zone.local(at: bounded).floorDivided(by: CalendarLimits.day))
  }

  /// The openings of a local day as instants, in ascending order.
  private func openings(on day: Int) -> [Range<Int64>] {
    if holidays.contains(day) { return [] }
    let midnight = Int64(day) * CalendarLimits.day
    return week[CivilDate.isoWeekday(ofDayNumber: day) - 1].map { opening in
      let begin = zone.instant(ofLocal: midnight + Int64(opening.lowerBound) * CalendarLimits.minute)
      let end = zone.instant(ofLocal: midnight + Int64(opening.upperBound) * CalendarLimits.minute)
      return begin..<max(begin, end)
    }
  }
}
