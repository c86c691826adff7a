internal import Calendars

/// Another period that figures are set against.
public enum ComparedPeriod: Sendable, Hashable {
  /// The one right before. Of whole local years, quarters, months, weeks or days it is as many before; of any other
  /// stretch, one of the same length.
  case previous
  /// A year earlier by the local calendar; 29 February becomes 28 February.
  case yearAgo
  /// As written, see ``PeriodText``.
  case text(String)

  /// `previous`, `year_ago`, or a period.
  public init(_ text: String) {
    self =
      switch text.lowercased() {
      case "previous": .previous
      case "year_ago", "year-ago": .yearAgo
      default: .text(text)
      }
  }

  /// The instants meant; nil where a period without both ends has no other beside it.
  ///
  /// - Throws: ``QueryError`` of a period as written.
  package func range(of period: Range<Int64>, in context: PeriodContext) throws(QueryError) -> Range<Int64>? {
    if case .text(let text) = self { return try PeriodText(text).resolve(in: context).range }
    guard period.lowerBound >= CalendarLimits.earliest, period.upperBound <= CalendarLimits.latest else { return nil }
    if case .yearAgo = self {
      let (lower, upper) = (
        Self.yearBefore(period.lowerBound, context.zone), Self.yearBefore(period.upperBound, context.zone)
      )
      return lower <= upper ? lower..<upper : nil
    }
    return Self.before(period, in: context)
  }

  private static func before(_ period: Range<Int64>, in context: PeriodContext) -> Range<Int64> {
    let zone = context.zone
    let (lower, upper) = (zone.furthestLocal(at: period.lowerBound), zone.furthestLocal(at: period.upperBound))
    func isStart(_ local: Int64, of unit: TimeBucket, _ instant: Int64) -> Bool {
      unit.start(ofLocal: local, weekStart: context.weekStart) == local && zone.instant(ofLocal: local) == instant
    }
    for unit in [TimeBucket.year, .quarter, .month, .week, .day]
    where isStart(lower, of: unit, period.lowerBound) && isStart(upper, of: unit, period.upperBound) {
      var (count, end) = (0, lower)
      while end < upper {
        count += 1
        end = unit.moved(fromStart: lower, by: count)
      }
      return zone.instant(ofLocal: unit.moved(fromStart: lower, by: -count))..<period.lowerBound
    }
    return period.lowerBound - (period.upperBound - period.lowerBound)..<period.lowerBound
  }

  private static func yearBefore(_ instant: Int64, _ zone: TimeZoneRules) -> Int64 {
    let local = zone.furthestLocal(at: instant)
    let midnight = TimeBucket.day.start(ofLocal: local, weekStart: 1)
    let date = CivilDate(dayNumber: Int(midnight / CalendarLimits.day)).adding(months: -12)
    return zone.instant(ofLocal: Int64(date.dayNumber) * CalendarLimits.day + local - midnight)
  }
}
