/// Why zone bytes, a date pattern or a written instant were refused.
package enum CalendarError: Error, Sendable, Hashable {
  /// The bytes of zone `name` are not zone rules we can use.
  case zone(name: String, ZoneProblem)
  /// A date pattern is wrong at `position` (bytes from 0); `problem` says how.
  case pattern(position: Int, problem: String)
  /// A written instant has something else than `expected` at `position` (bytes from 0).
  case unexpected(position: Int, expected: String)
  /// The parts are in range, but the calendar has no such day.
  case noSuchDate(year: Int, month: Int, day: Int)

  package enum ZoneProblem: Sendable, Hashable {
    /// The bytes do not begin as a TZif file does.
    case notZoneFile
    /// The file ends before the tables its header announces.
    case truncated
    /// A table holds what it may not; the text says which.
    case malformed(String)
    /// The file counts leap seconds ("right" zones); our instants do not.
    case leapSeconds
  }
}

extension CalendarError {
  /// How far a text could be read before this: to a position, or to its end for a date that does not exist.
  package var progress: Int {
    switch self {
    case .unexpected(let position, _): position
    case .noSuchDate: .max
    case .zone, .pattern: -1
    }
  }
}

extension CalendarError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .zone(let name, .notZoneFile): "zone \(name) is not a time zone file; give a zone such as Asia/Shanghai"
    case .zone(let name, .truncated): "the file of zone \(name) is cut short; install the zone data again"
    case .zone(let name, .malformed(let what)):
      "the file of zone \(name) is damaged (\(what)); install the zone data again"
    case .zone(let name, .leapSeconds):
      "zone \(name) counts leap seconds; take the zone of the same name without right/"
    case .pattern(let position, let problem): "date pattern, position \(position + 1): \(problem)"
    case .unexpected(let position, let expected): "position \(position + 1): expected \(expected)"
    case .noSuchDate(let year, let month, let day): "\(year)-\(month)-\(day) is not a day of the calendar"
    }
  }
}
