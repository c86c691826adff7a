package import Calendars

/// What relative and local period texts are resolved against.
package struct PeriodContext: Sendable {
  package let zone: TimeZoneRules
  /// The instant `now`, `today` and `last 30 days` count from.
  package let asOf: Int64
  /// The weekday weeks begin with in `this_week`, 1 = Monday … 7 = Sunday. `2025-W07` is always the ISO week.
  package let weekStart: Int

  package init(zone: TimeZoneRules, asOf: Int64, weekStart: Int = 1) {
    self.zone = zone
    self.asOf = asOf
    self.weekStart = weekStart
  }
}
