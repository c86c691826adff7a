/// Transitions and offsets of a zone as they are put together, in milliseconds.
struct OffsetTable {
  private(set) var transitions: [Int64] = []
  /// One more than transitions: the first holds before all of them.
  private(set) var offsets: [Int64]

  init(first: Int64) { offsets = [first] }

  /// Adds a transition, later than or at the same instant as the last; one that changes nothing is left out.
  mutating func append(second: Int64, offsetSeconds: Int) {
    // Some files begin with a transition "at the beginning of time", beyond what milliseconds can count.
    let (product, overflow) = second.multipliedReportingOverflow(by: 1_000)
    let milliseconds = overflow ? (second < 0 ? .min : .max) : product
    if transitions.last == milliseconds {
      transitions.removeLast()
      offsets.removeLast()
    }
    let offset = Int64(offsetSeconds) * 1_000
    guard offset != offsets.last else { return }
    transitions.append(milliseconds)
    offsets.append(offset)
  }

  /// Lays out the changes of a footer rule after the last listed transition, for the 400-year cycle and a year more.
  ///
  /// - Returns: The start of the cycle that repeats, or `.max` where the offset stays as it is.
  mutating func append(footer: PosixZone?, after last: Int64?) -> Int64 {
    guard let footer else { return .max }
    guard footer.summer != nil else {
      if last == nil { offsets[0] = Int64(footer.offsetSeconds) * 1_000 }
      return .max
    }
    let firstYear =
      last.map { CivilDate(dayNumber: Int($0.floorDivided(by: 86_400))).year } ?? CalendarLimits.years.lowerBound
    let changes = ((firstYear - 1)...(firstYear + 404)).flatMap { footer.changes(inYear: $0) }
    // Summer time all year round ends and starts at one instant: the start, which comes second, must stay second.
    let inOrder = changes.enumerated().sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }
    for (_, change) in inOrder where change.second > last ?? .min {
      append(second: change.second, offsetSeconds: change.offsetSeconds)
    }
    return Int64(CivilDate.dayNumber(year: firstYear + 2, month: 1, day: 1)) * CalendarLimits.day
  }
}
