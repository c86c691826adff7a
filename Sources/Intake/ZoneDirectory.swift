package import Calendars

/// The time zones of this system, by IANA name.
package enum ZoneDirectory {
  /// The rules of `name`: a zone of the system such as `Asia/Shanghai`, or a fixed offset such as `-03:00`.
  ///
  /// - Throws: ``IntakeError/missing(path:)`` for a name without a file, ``IntakeError/unreadable(path:reason:)`` for a
  ///   file that is no zone.
  package static func rules(
    named name: String, in directory: String = "/usr/share/zoneinfo"
  ) throws(IntakeError) -> TimeZoneRules {
    if let fixed = TimeZoneRules(fixedName: name) { return fixed }
    let path = directory + "/" + name
    // A name may not climb out of the directory.
    guard !name.isEmpty,
      !name.split(separator: "/", omittingEmptySubsequences: false).contains(where: { $0.isEmpty || $0 == ".." })
    else { throw .missing(path: path) }
    let file = try FileDescriptor(reading: path)
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var count = 0
    while count < bytes.count {
      let read = try file.read(into: &bytes, from: count)
      if read == 0 { break }
      count += read
    }
    do throws(CalendarError) {
      return try TimeZoneRules(name: name, zoneFile: Array(bytes[..<count]), rulesVersion: version(in: directory))
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
  }

  /// The version of the zone rules, such as `2025b`: the first line of the compact source says it. Empty when the system
  /// does not tell.
  private static func version(in directory: String) -> String {
    var head = [UInt8](repeating: 0, count: 64)
    guard let file = try? FileDescriptor(reading: directory + "/tzdata.zi"),
      let count = try? file.read(into: &head, from: 0)
    else { return "" }
    let line = String(decoding: head[..<count].prefix { $0 != 10 }, as: UTF8.self)
    return line.hasPrefix("# version ") ? String(line.dropFirst(10)) : ""
  }
}
