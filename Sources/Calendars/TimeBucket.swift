/// What instants are grouped by: a period of local time, or a place in a repeating cycle of it.
package enum TimeBucket: String, Sendable, Hashable, CaseIterable {
  case minute, hour, day, week, month, quarter, year
  /// 1 = Monday … 7 = Sunday.
  case weekday
  /// 0…23.
  case hourOfDay = "hour_of_day"

  /// Whether the bucket comes again and again (weekday, hour of day), and so is no period.
  package var isCyclic: Bool { self == .weekday || self == .hourOfDay }

  /// Whether every boundary of this bucket is a local midnight.
  var isWholeDays: Bool {
    switch self {
    case .minute, .hour, .hourOfDay: false
    case .day, .week, .month, .quarter, .year, .weekday: true
    }
  }

  /// The local reading at which the bucket around a local reading begins, both in milliseconds since local 1970.
  package func start(ofLocal local: Int64, weekStart: Int) -> Int64 {
    switch self {
    case .minute: local.floorDivided(by: CalendarLimits.minute) * CalendarLimits.minute
    case .hour, .hourOfDay: local.floorDivided(by: CalendarLimits.hour) * CalendarLimits.hour
    case .day, .week, .month, .quarter, .year, .weekday:
      Int64(startDay(of: Int(local.floorDivided(by: CalendarLimits.day)), weekStart: weekStart)) * CalendarLimits.day
    }
  }

  /// The local reading at which the bucket `count` buckets on begins, or back when negative; `start` must be the start
  /// of one.
  package func moved(fromStart start: Int64, by count: Int) -> Int64 {
    switch self {
    case .minute: start + Int64(count) * CalendarLimits.minute
    case .hour, .hourOfDay: start + Int64(count) * CalendarLimits.hour
    case .day, .weekday: start + Int64(count) * CalendarLimits.day
    case .week: start + Int64(count) * 7 * CalendarLimits.day
    case .month: TimeBucket.moved(start, byMonths: count)
    case .quarter: TimeBucket.moved(start, byMonths: count * 3)
    case .year: TimeBucket.moved(start, byMonths: count * 12)
    }
  }

  private static func moved(_ start: Int64, byMonths months: Int) -> Int64 {
    let date = CivilDate(dayNumber: Int(start / CalendarLimits.day))
    return Int64(date.adding(months: months).dayNumber) * CalendarLimits.day
  }

  private func startDay(of dayNumber: Int, weekStart: Int) -> Int {
    switch self {
    case .week:
      return dayNumber - (CivilDate.isoWeekday(ofDayNumber: dayNumber) - weekStart + 7) % 7
    case .month:
      return dayNumber - CivilDate(dayNumber: dayNumber).day + 1
    case .quarter:
      let date = CivilDate(dayNumber: dayNumber)
      return CivilDate.dayNumber(year: date.year, month: date.quarter * 3 - 2, day: 1)
    case .year:
      return CivilDate.dayNumber(year: CivilDate(dayNumber: dayNumber).year, month: 1, day: 1)
    case .minute, .hour, .day, .weekday, .hourOfDay:
      return dayNumber
    }
  }
}
