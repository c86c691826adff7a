import ColumnStore
import Foundation
import Testing

/// A directory of a test's own, removed with its owner.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "columnstore-tests-\(UUID())").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` within.
  func file(_ name: String = "a.orders") -> String { path + "/" + name }
}

extension FileOptions {
  /// Options for tests: nothing is flushed.
  static let quick = FileOptions(durability: .unsynced)
}

extension Tag {
  /// Two ways to one answer.
  @Tag static var differential: Self
  /// The n-th storage call fails.
  @Tag static var fault: Self
  /// Random input from a printed seed.
  @Tag static var property: Self
}

/// A small generator whose numbers follow from its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
