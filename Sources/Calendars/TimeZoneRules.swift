/// The offsets of one time zone at every instant.
///
/// Made from the bytes of a zone file, or for a fixed offset from nothing. After the last transition of the file its
/// footer rule holds; it is laid out for one cycle of 400 years, to which later instants are folded back, so that one
/// binary search answers for every instant.
///
/// Where clocks are set back, local times come twice: the first counts. Where they are set forward, local times are
/// missing: the instant of the change stands for all of them. Both follow from one sentence: a local time is reached
/// at the first instant whose clock shows it or a later one.
package struct TimeZoneRules: Sendable, Hashable {
  /// The IANA name, or `UTC`, or an offset such as `+08:00`.
  package let name: String
  /// The release of the zone data, such as `2026a`; empty for fixed offsets.
  package let rulesVersion: String

  /// Milliseconds UTC, strictly ascending; `offsets[i]` holds before `transitions[i]`, `offsets[i + 1]` from it on.
  private let transitions: [Int64]
  private let offsets: [Int64]
  /// The cycle that repeats for ever, or `.max` where nothing repeats.
  private let cycleStart: Int64
  /// The greatest of all offsets, in milliseconds.
  let greatestOffset: Int64

  /// 400 years: 146,097 days, a whole number of weeks.
  private static let cycleLength: Int64 = 146_097 * CalendarLimits.day
  /// Longer than any clock was ever set back or forward.
  private static let longestChange: Int64 = 52 * CalendarLimits.hour

  package static let utc = TimeZoneRules(fixedOffsetSeconds: 0)

  /// A zone `fixedOffsetSeconds` east of Greenwich, named `UTC` or `+08:00`.
  ///
  /// - Precondition: less than a day to either side.
  package init(fixedOffsetSeconds: Int) {
    precondition(abs(fixedOffsetSeconds) < 86_400, "a zone lies within a day of UTC")
    name = TimeZoneRules.fixedName(offsetSeconds: fixedOffsetSeconds)
    rulesVersion = ""
    transitions = []
    offsets = [Int64(fixedOffsetSeconds) * 1_000]
    cycleStart = .max
    greatestOffset = offsets[0]
  }

  /// The zone called `UTC`, `Z`, `+08:00`, `+0800` or `-03`; nil for any other name, which needs a zone file.
  package init?(fixedName text: String) {
    if text == "UTC" || text == "Z" {
      self = .utc
      return
    }
    let bytes = Array(text.utf8)
    var position = 0
    guard let sign = bytes.span.sign(&position), let hours = bytes.span.digits(&position, count: 2), hours <= 23 else {
      return nil
    }
    var minutes = 0
    if position < bytes.count {
      _ = bytes.span.take(UInt8(ascii: ":"), &position)
      guard let value = bytes.span.digits(&position, count: 2), value <= 59 else { return nil }
      minutes = value
    }
    guard position == bytes.count else { return nil }
    self.init(fixedOffsetSeconds: sign * (hours * 3_600 + minutes * 60))
  }

  /// The zone described by the bytes of a TZif file.
  ///
  /// - Parameters:
  ///   - name: The IANA name, kept and shown.
  ///   - zoneFile: The whole file.
  ///   - rulesVersion: The release of the zone data the file belongs to.
  package init(name: String, zoneFile: [UInt8], rulesVersion: String) throws(CalendarError) {
    let file = try ZoneFile(name: name, bytes: zoneFile)
    self.name = name
    self.rulesVersion = rulesVersion
    var table = OffsetTable(first: Int64(file.firstOffset) * 1_000)
    for (second, offset) in zip(file.transitions, file.offsetsAfter) {
      table.append(second: second, offsetSeconds: offset)
    }
    cycleStart = table.append(footer: file.footer, after: file.transitions.last)
    transitions = table.transitions
    offsets = table.offsets
    greatestOffset = table.offsets.max() ?? 0
  }

  /// A stretch of time with one offset, all in milliseconds.
  struct Interval {
    var lower: Int64
    var upper: Int64
    var offset: Int64
  }

  /// The stretch around an instant, in which the offset does not change. Logarithmic in the number of transitions.
  func interval(at milliseconds: Int64) -> Interval {
    let shift = cycleShift(of: milliseconds)
    let index = intervalIndex(at: milliseconds - shift)
    return interval(index, shift: shift)
  }

  /// Local time minus UTC.
  package func offsetSeconds(at milliseconds: Int64) -> Int {
    Int(interval(at: milliseconds).offset / 1_000)
  }

  /// The local reading of the clock, as milliseconds since local 1970-01-01T00:00.
  package func local(at milliseconds: Int64) -> Int64 {
    milliseconds.saturatingAdd(interval(at: milliseconds).offset)
  }

  /// The first instant whose clock shows `local` or later; `local` counts milliseconds since local 1970-01-01T00:00.
  package func instant(ofLocal local: Int64) -> Int64 {
    let start = local.saturatingAdd(-greatestOffset)
    let shift = cycleShift(of: start)
    var index = intervalIndex(at: start - shift)
    while true {
      let candidate = interval(index, shift: shift)
      let instant = max(candidate.lower, local.saturatingAdd(-candidate.offset))
      if instant < candidate.upper || index == transitions.count { return instant }
      index += 1
    }
  }

  /// The latest reading the local clock has shown up to an instant: the clock, but standing still while it is behind.
  ///
  /// Buckets are cut by this reading, so that each is one stretch of time though a clock was set back in it.
  package func furthestLocal(at milliseconds: Int64) -> Int64 {
    let shift = cycleShift(of: milliseconds)
    let folded = milliseconds - shift
    var index = intervalIndex(at: folded)
    var furthest = folded.saturatingAdd(offsets[index])
    while index > 0, folded.saturatingAdd(-TimeZoneRules.longestChange) < transitions[index - 1] {
      index -= 1
      furthest = max(furthest, transitions[index].saturatingAdd(offsets[index] - 1))
    }
    return furthest.saturatingAdd(shift)
  }

  /// The first instant of a local day.
  package func startOfDay(_ date: CivilDate) -> Int64 {
    instant(ofLocal: Int64(date.dayNumber) * CalendarLimits.day)
  }

  /// How long a local day lasts: 24 hours, or 23, 25, 23½ … where clocks change, 0 where the day was left out.
  package func dayLengthMilliseconds(_ date: CivilDate) -> Int64 {
    startOfDay(date.adding(days: 1)) - startOfDay(date)
  }

  /// The local day an instant lies in. Where a clock is set back over midnight, the day already begun goes on.
  package func date(at milliseconds: Int64) -> CivilDate {
    CivilDate(dayNumber: Int(furthestLocal(at: milliseconds).floorDivided(by: CalendarLimits.day)))
  }

  private func cycleShift(of milliseconds: Int64) -> Int64 {
    guard cycleStart != .max, milliseconds >= cycleStart + TimeZoneRules.cycleLength else { return 0 }
    return (milliseconds - cycleStart) / TimeZoneRules.cycleLength * TimeZoneRules.cycleLength
  }

  /// The number of transitions at or before an instant.
  private func intervalIndex(at milliseconds: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= milliseconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func interval(_ index: Int, shift: Int64) -> Interval {
    Interval(
      lower: index == 0 ? .min : transitions[index - 1].saturatingAdd(shift),
      upper: index == transitions.count ? .max : transitions[index].saturatingAdd(shift),
      offset: offsets[index])
  }

  private static func fixedName(offsetSeconds: Int) -> String {
    guard offsetSeconds != 0 else { return "UTC" }
    var text = Digits()
    text.append(UInt8(ascii: offsetSeconds < 0 ? "-" : "+"))
    text.append(abs(offsetSeconds) / 3_600, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(abs(offsetSeconds) / 60 % 60, width: 2)
    if offsetSeconds % 60 != 0 {
      text.append(UInt8(ascii: ":"))
      text.append(abs(offsetSeconds) % 60, width: 2)
    }
    return text.string
  }
}
