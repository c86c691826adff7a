/// Sorts instants into buckets of local time.
///
/// The key of a bucket is the instant it starts at, or its number where it repeats (weekday 1…7, hour of day 0…23).
/// Every bucket is one half-open stretch of time. Where a clock is set back, the repeated time belongs to the bucket
/// already reached: that hour lasts two hours, that day 25. Where a clock is set forward over a whole bucket, the
/// bucket does not occur.
///
/// A value with a table inside that grows with use: each loop keeps its own. The table holds, for each day of UTC met,
/// what its instants map to, so that a key costs a division and a look-up, near or far from the one before.
package struct BucketCutter: Sendable {
  package let rules: TimeZoneRules
  package let bucket: TimeBucket
  /// The weekday weeks begin with, 1 = Monday … 7 = Sunday.
  package let weekStart: Int

  /// What the instants of one day of UTC map to.
  @usableFromInline
  struct Slot: Sendable {
    /// Instants before it map to `before`, others to `after`.
    @usableFromInline var boundary: Int64 = .max
    /// A key or, for buckets within the day, an offset; `.min` where the slow way must be taken.
    @usableFromInline var before: Int64 = .min
    @usableFromInline var after: Int64 = .min
  }

  /// How a value of a slot becomes a key.
  @usableFromInline
  enum Reading: Sendable { case key, offsetToMinute, offsetToHour, offsetToHourOfDay }

  @usableFromInline let reading: Reading
  @usableFromInline var slots: [Slot] = []
  /// The first instant the slots cover, a multiple of a day.
  @usableFromInline var base: Int64 = 0
  @usableFromInline var span: UInt64 = 0

  /// The bucket last found the slow way.
  private var last: (range: Range<Int64>, key: Int64) = (0..<0, 0)

  /// The days slots may cover: 1900-01-01 to 2200-01-01, 3 MB in the worst case. Others take the slow way.
  private static let tableDays: Range<Int64> = -25_567..<84_006

  /// - Precondition: `weekStart` is 1…7.
  package init(rules: TimeZoneRules, bucket: TimeBucket, weekStart: Int = 1) {
    precondition((1...7).contains(weekStart), "a week begins with weekday 1 to 7")
    self.rules = rules
    self.bucket = bucket
    self.weekStart = weekStart
    reading =
      switch bucket {
      case .minute: .offsetToMinute
      case .hour: .offsetToHour
      case .hourOfDay: .offsetToHourOfDay
      case .day, .week, .month, .quarter, .year, .weekday: .key
      }
  }

  /// The key of the bucket an instant lies in.
  @inlinable
  package mutating func key(at milliseconds: Int64) -> Int64 {
    let distance = UInt64(bitPattern: milliseconds &- base)
    guard distance < span else { return slowKey(at: milliseconds) }
    let day = distance / 86_400_000
    let slot = slots[Int(truncatingIfNeeded: day)]
    let value = milliseconds < slot.boundary ? slot.before : slot.after
    guard value != .min else { return slowKey(at: milliseconds) }
    if reading == .key { return value }
    // An offset lies within 26 hours; two days more keep the sum positive.
    let local = Int64(bitPattern: distance &- day &* 86_400_000) &+ value &+ 172_800_000
    switch reading {
    case .key: return value
    case .offsetToMinute: return milliseconds &- local % 60_000
    case .offsetToHour: return milliseconds &- local % 3_600_000
    case .offsetToHourOfDay: return local / 3_600_000 % 24
    }
  }

  /// The stretch of time of a bucket, half-open.
  ///
  /// - Precondition: `key` came from this cutter, and the bucket is a period, not cyclic.
  package func range(of key: Int64) -> Range<Int64> {
    precondition(!bucket.isCyclic, "a weekday or hour of the day is no period")
    return find(key).range
  }

  /// The range and key of the bucket around an instant, found from the rules alone.
  private func find(_ milliseconds: Int64) -> (range: Range<Int64>, key: Int64) {
    let instant = min(max(milliseconds, CalendarLimits.earliest), CalendarLimits.latest)
    let start = bucket.start(ofLocal: rules.furthestLocal(at: instant), weekStart: weekStart)
    let range = rules.instant(ofLocal: start)..<rules.instant(ofLocal: bucket.moved(fromStart: start, by: 1))
    switch bucket {
    case .weekday:
      return (range, Int64(CivilDate.isoWeekday(ofDayNumber: Int(start.floorDivided(by: CalendarLimits.day)))))
    case .hourOfDay:
      return (range, start.floorDivided(by: CalendarLimits.hour) - start.floorDivided(by: CalendarLimits.day) * 24)
    case .minute, .hour, .day, .week, .month, .quarter, .year:
      return (range, range.lowerBound)
    }
  }

  @usableFromInline
  mutating func slowKey(at milliseconds: Int64) -> Int64 {
    if last.range.contains(milliseconds), !isUnfilled(at: milliseconds) { return last.key }
    fillSlot(at: milliseconds)
    last = find(milliseconds)
    return last.key
  }

  private func isUnfilled(at milliseconds: Int64) -> Bool {
    let distance = UInt64(bitPattern: milliseconds &- base)
    guard distance < span else { return BucketCutter.tableDays.contains(milliseconds.floorDivided(by: 86_400_000)) }
    let slot = slots[Int(distance / 86_400_000)]
    return slot.boundary == .max && slot.before == .min
  }

  private mutating func fillSlot(at milliseconds: Int64) {
    let day = milliseconds.floorDivided(by: CalendarLimits.day)
    guard BucketCutter.tableDays.contains(day) else { return }
    cover(day)
    let start = day * CalendarLimits.day
    let index = Int((start - base) / CalendarLimits.day)
    slots[index] = bucket.isWholeDays ? keySlot(ofDay: start) : offsetSlot(ofDay: start)
  }

  /// Extends the slots to cover a day, with a year and more on the side that grew.
  private mutating func cover(_ day: Int64) {
    let margin: Int64 = 512
    let allowed = BucketCutter.tableDays
    let first = base / CalendarLimits.day
    if slots.isEmpty {
      let start = max(allowed.lowerBound, day - margin)
      base = start * CalendarLimits.day
      slots = Array(repeating: Slot(), count: Int(min(allowed.upperBound, day + margin) - start))
    } else if day < first {
      let start = max(allowed.lowerBound, day - margin)
      base = start * CalendarLimits.day
      slots = Array(repeating: Slot(), count: Int(first - start)) + slots
    } else if day >= first + Int64(slots.count) {
      let end = min(allowed.upperBound, day + margin)
      slots += Array(repeating: Slot(), count: Int(end - first) - slots.count)
    }
    span = UInt64(slots.count) * 86_400_000
  }

  /// At most one boundary in a day of UTC can be kept; with more, the day is marked for the slow way.
  private func keySlot(ofDay start: Int64) -> Slot {
    let end = start + CalendarLimits.day
    let first = find(start)
    if first.range.upperBound >= end { return Slot(boundary: .max, before: first.key, after: first.key) }
    let second = find(first.range.upperBound)
    guard second.range.upperBound >= end else { return Slot(boundary: .min) }
    return Slot(boundary: first.range.upperBound, before: first.key, after: second.key)
  }

  /// An offset can be kept for a day without a change of clocks in it or in the two days before.
  private func offsetSlot(ofDay start: Int64) -> Slot {
    let interval = rules.interval(at: start - 2 * CalendarLimits.day)
    guard interval.upper >= start + CalendarLimits.day else { return Slot(boundary: .min) }
    return Slot(boundary: .max, before: interval.offset, after: interval.offset)
  }
}
