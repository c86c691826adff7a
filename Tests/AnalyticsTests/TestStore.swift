import Calendars
import Foundation
import OrderModel
import OrderStore

@testable import Analytics

/// A store in a file of its own, removed with the value.
final class TestStore {
  let store: OrderStore
  private let directory: String

  init(_ settings: StoreSettings = StoreSettings(timeZone: "Asia/Shanghai", currency: "CNY")) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("analytics-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var options = OrderStore.Options()
    options.durability = .unsynced
    options.mapSizeBytes = 1 << 30
    store = try OrderStore.create(path: directory + "/test.orders", settings: settings, options: options)
  }

  deinit {
    try? store.close()
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Submits commands, each of which must be accepted.
  func submit(_ commands: [Command]) throws { try submit(commands.map { Submission($0) }) }

  func submit(_ submissions: [Submission]) throws {
    for result in try store.submit(submissions) { _ = try result.get() }
  }

  func verified() throws -> VerificationReport { try store.verify(temporaryDirectory: directory) }

  func snapshot() throws -> OrderSnapshot { try store.snapshot() }
}

/// The zone data of the machine the tests run on.
enum SystemZone {
  static func rules(_ name: String) throws -> TimeZoneRules {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try TimeZoneRules(name: name, zoneFile: Array(data), rulesVersion: "system")
  }
}

let minute: Int64 = 60_000
let hour: Int64 = 3_600_000
let day: Int64 = 86_400_000
