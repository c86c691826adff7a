import Calendars
import Foundation

/// The zone data of the machine the tests run on.
enum SystemZone {
  static func rules(_ name: String) throws -> TimeZoneRules {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try TimeZoneRules(name: name, zoneFile: Array(data), rulesVersion: "system")
  }
}
