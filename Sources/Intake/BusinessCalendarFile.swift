package import Calendars

/// A business calendar as a TOML file: `zone`, opening hours by weekday under `[hours]`, `holidays` and `cut_off`.
///
///     zone = "Europe/Berlin"
///     holidays = ["2026-12-25", "2026-12-26"]
///     cut_off = "16:00"
///     [hours]
///     monday = ["09:00-12:00", "13:00-18:00"]
package enum BusinessCalendarFile {
  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  /// Reads the file at `path`, of at most 1 MiB.
  ///
  /// - Throws: ``IntakeError/mapping(_:)`` when the file does not say a calendar, with the line.
  package static func calendar(contentsOf path: String) throws(IntakeError) -> BusinessCalendar {
    let bytes = try Transcoder(ByteSource(path: path), encoding: .utf8).readHead(byteLimit: 1 << 20)
    do throws(MappingProblem) {
      return try calendar(String(decoding: bytes, as: UTF8.self), path: path)
    } catch { throw .mapping(error) }
  }

  /// Reads TOML text; `path` is what messages call it.
  package static func calendar(_ text: String, path: String) throws(MappingProblem) -> BusinessCalendar {
    let (tree, lines) = (try TOMLTree.table(of: text, path: path), TOMLLines(text))
    func problem(_ key: String, _ reason: String, in table: String = "") -> MappingProblem {
      MappingProblem(path: path, line: lines.line(table: table, key: key), table: table, key: key, reason: reason)
    }
    func texts(_ value: TOMLTree?, _ key: String, in table: String = "") throws(MappingProblem) -> [String] {
      guard let value else { return [] }
      guard case .array(let members) = value else { throw problem(key, "is \(value.kind), not a list", in: table) }
      var texts: [String] = []
      for member in members {
        guard case .string(let text) = member else { throw problem(key, "holds \(member.kind)", in: table) }
        texts.append(text)
      }
      return texts
    }
    for key in tree.keys.sorted() where !["zone", "hours", "holidays", "cut_off"].contains(key) {
      throw problem(key, "is unknown; a calendar has zone, hours, holidays and cut_off")
    }
    guard case .string(let name)? = tree["zone"] else { throw problem("zone", "is missing, or no text") }
    let zone: TimeZoneRules
    do throws(IntakeError) { zone = try ZoneDirectory.rules(named: name) } catch {
      throw problem("zone", "no time zone '\(name)'")
    }
    guard case .table(let hours)? = tree["hours"] else { throw problem("hours", "is missing, or no table") }
    for key in hours.keys.sorted() where !weekdays.contains(key) { throw problem(key, "is no weekday", in: "hours") }
    var week: [[Range<Int>]] = []
    for weekday in weekdays {
      var openings: [Range<Int>] = []
      for text in try texts(hours[weekday], weekday, in: "hours") {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let begin = minute(parts[0]), let end = minute(parts[1]), begin < end else {
          throw problem(weekday, "'\(text)' is no opening; write it as 09:00-18:00", in: "hours")
        }
        if let last = openings.last, last.upperBound > begin {
          throw problem(weekday, "'\(text)' begins before the opening before it ends", in: "hours")
        }
        openings.append(begin..<end)
      }
      week.append(openings)
    }
    var holidays: [CivilDate] = []
    for text in try texts(tree["holidays"], "holidays") {
      guard let date = date(text) else { throw problem("holidays", "'\(text)' is no date; write it as 2026-12-25") }
      holidays.append(date)
    }
    var cutOff: Int?
    if let value = tree["cut_off"] {
      guard case .string(let text) = value, let minute = minute(text[...]), minute < 1_440 else {
        throw problem("cut_off", "is no time of day; write it as \"16:00\"")
      }
      cutOff = minute
    }
    guard
      let calendar = BusinessCalendar(zone: zone, week: week, holidays: holidays, cutOffMinute: cutOff)
    else { throw problem("hours", "no weekday is open") }
    return calendar
  }

  /// The minute of the day of `HH:MM`; 24:00 is its end.
  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1_440
    else { return nil }
    return hour * 60 + minute
  }

  private static func date(_ text: String) -> CivilDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }
}
