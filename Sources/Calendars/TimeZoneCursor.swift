/// Offsets of one zone for a loop over many instants: remembers the stretch of time last used.
///
/// A value; each loop keeps its own. An instant in the same stretch as the one before costs two comparisons, another
/// a binary search.
package struct TimeZoneCursor: Sendable {
  package let rules: TimeZoneRules
  @usableFromInline var lower: Int64
  @usableFromInline var upper: Int64
  @usableFromInline var offset: Int64

  package init(_ rules: TimeZoneRules) {
    self.rules = rules
    let interval = rules.interval(at: 0)
    lower = interval.lower
    upper = interval.upper
    offset = interval.offset
  }

  /// Local time minus UTC, in milliseconds.
  @inlinable
  package mutating func offsetMilliseconds(at milliseconds: Int64) -> Int64 {
    if milliseconds < lower || milliseconds >= upper { move(to: milliseconds) }
    return offset
  }

  /// The first instant whose clock shows `local` or later, as ``TimeZoneRules/instant(ofLocal:)`` finds it.
  package mutating func instant(ofLocal local: Int64) -> Int64 {
    let guess = local.saturatingAdd(-offset)
    // Before `lower` no clock of this zone can have shown more than `lower` plus the greatest offset.
    if guess < upper, guess >= lower.saturatingAdd(rules.greatestOffset - offset) { return guess }
    let instant = rules.instant(ofLocal: local)
    move(to: instant)
    return instant
  }

  @usableFromInline
  mutating func move(to milliseconds: Int64) {
    let interval = rules.interval(at: milliseconds)
    lower = interval.lower
    upper = interval.upper
    offset = interval.offset
  }
}
