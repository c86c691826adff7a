package import Calendars

/// A date as written: a year, quarter, week, month, day, or a time of day.
///
/// It names a period. Where an instant is wanted, its first instant is meant; as the end of a span, `2025-03` means to
/// the end of March. In a condition `placed_at = 2025-03-15` therefore asks for that day, `<= 2025-03` for up to the
/// end of March, `> 2025-03` for later than March. A text with its own offset (`…T10:00:00+08:00`) is one instant.
public struct DateText: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    case year(Int)
    case quarter(year: Int, quarter: Int)
    case isoWeek(year: Int, week: Int)
    case month(year: Int, month: Int)
    case day(CivilDate)
    /// Milliseconds since local 1970, and how exactly the time was written.
    case time(local: Int64, precision: Precision)
    /// Milliseconds UTC.
    case instant(Int64)
  }

  package enum Precision: Int64, Sendable, Hashable {
    case minute = 60_000
    case second = 1_000
    case millisecond = 1
  }

  package let form: Form

  package init(_ form: Form) { self.form = form }

  /// Whether it names a time of day: then, as an end, it is an instant, and excluded.
  package var isTimeOfDay: Bool {
    switch form {
    case .time, .instant: true
    case .year, .quarter, .isoWeek, .month, .day: false
    }
  }

  /// The period named, half-open, in milliseconds UTC.
  package func range(in zone: TimeZoneRules) -> Range<Int64> {
    func days(_ start: CivilDate, _ end: CivilDate) -> Range<Int64> {
      zone.startOfDay(start)..<zone.startOfDay(end)
    }
    func months(_ year: Int, _ month: Int, count: Int) -> Range<Int64> {
      let start = CivilDate(dayNumber: CivilDate.dayNumber(year: year, month: month, day: 1))
      return days(start, start.adding(months: count))
    }
    switch form {
    case .year(let year): return months(year, 1, count: 12)
    case .quarter(let year, let quarter): return months(year, quarter * 3 - 2, count: 3)
    case .month(let year, let month): return months(year, month, count: 1)
    case .day(let date): return days(date, date.adding(days: 1))
    case .isoWeek(let year, let week):
      let first = CivilDate(isoYear: year, isoWeek: 1) ?? CivilDate(dayNumber: 0)
      return days(first.adding(days: 7 * (week - 1)), first.adding(days: 7 * week))
    case .time(let local, let precision):
      return zone.instant(ofLocal: local)..<zone.instant(ofLocal: local + precision.rawValue)
    case .instant(let milliseconds): return milliseconds..<(milliseconds + 1)
    }
  }
}

extension DateText: CustomStringConvertible {
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    switch form {
    case .year(let year): return padded(year, 4)
    case .quarter(let year, let quarter): return "\(padded(year, 4))-Q\(quarter)"
    case .isoWeek(let year, let week): return "\(padded(year, 4))-W\(padded(week, 2))"
    case .month(let year, let month): return "\(padded(year, 4))-\(padded(month, 2))"
    case .day(let date): return date.description
    case .instant(let milliseconds): return RFC3339.string(milliseconds)
    case .time(let local, let precision):
      // `2025-03-15T10:05:00.250Z`, cut to what was written.
      let text = RFC3339.string(local).dropLast()
      switch precision {
      case .minute: return String(text.prefix(16))
      case .second: return String(text.prefix(19))
      case .millisecond: return text.utf8.count > 19 ? String(text) : text + ".000"
      }
    }
  }
}
