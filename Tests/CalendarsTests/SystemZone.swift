import Calendars
import Foundation

/// The zone data of the machine the tests run on.
enum SystemZone {
  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)")))
  }

  static func rules(_ name: String) throws -> TimeZoneRules {
    try TimeZoneRules(name: name, zoneFile: bytes(name), rulesVersion: "system")
  }
}

/// Splitmix64: the same numbers for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The instant of an RFC 3339 text, for readable tests.
func instant(_ text: String) throws -> Int64 { try RFC3339.milliseconds(text) }
