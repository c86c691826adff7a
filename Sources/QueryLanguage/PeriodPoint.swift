import Calendars

/// A period given by one word or date, absolute or relative to the as-of instant.
enum PeriodPoint: Sendable, Hashable {
  case date(DateText)
  /// The unit of time `back` units before the one as-of lies in: `today`, `last_month`, `90 days ago`.
  case unit(TimeBucket, back: Int)
  /// The as-of instant.
  case now

  /// The period named, half-open; for an instant, an empty one at it.
  func range(in context: PeriodContext) -> Range<Int64> {
    switch self {
    case .date(let date): return date.range(in: context.zone)
    case .now: return context.asOf..<context.asOf
    case .unit(let unit, let back): return PeriodPoint.range(of: unit, back: back, count: 1, in: context)
    }
  }

  /// Where a span ends whose last member this is: with the period, or at the instant itself.
  func end(in context: PeriodContext) -> Int64 {
    let range = range(in: context)
    if case .date(let date) = self, date.isTimeOfDay { return range.lowerBound }
    return range.upperBound
  }

  /// `count` units, the first of them `back` units before the one as-of lies in.
  static func range(of unit: TimeBucket, back: Int, count: Int, in context: PeriodContext) -> Range<Int64> {
    let asOf = min(max(context.asOf, CalendarLimits.earliest), CalendarLimits.latest)
    let current = unit.start(ofLocal: context.zone.furthestLocal(at: asOf), weekStart: context.weekStart)
    let start = unit.moved(fromStart: current, by: -back)
    return context.zone.instant(ofLocal: start)..<context.zone.instant(ofLocal: unit.moved(fromStart: start, by: count))
  }
}
