import Foundation
import ShopTrial
import Testing

/// Processes want the last units. `ORDERBASE_LONG` makes the races so many times longer; built for release, `shop-trial
/// race` runs them by the million.
@Suite(.serialized)
struct StockRaceTests {
  private static let factor = ProcessInfo.processInfo.environment["ORDERBASE_LONG"].flatMap { Int($0) } ?? 1

  private func race(_ kind: RaceKind, attempts: Int) -> StockRace {
    StockRace(
      tool: Self.tool, directory: FileManager.default.temporaryDirectory.path, kind: kind,
      attempts: attempts * Self.factor)
  }

  @Test(arguments: [true, false])
  func `as many units are won as there are, and every winner is told`(isSynced: Bool) throws {
    var race = race(.winners, attempts: 8_000)
    (race.isSynced, race.seed) = (isSynced, isSynced ? 11 : 12)
    let outcome = try race.run()
    #expect(outcome.findings == [])
    #expect(outcome.won == outcome.reserved && outcome.reserved == 300)
    #expect(outcome.attempts >= 8_000)
    #expect(outcome.snapshots > 0)
  }

  @Test func `nothing is promised twice while processes are killed in the middle of winning`() throws {
    var race = race(.winners, attempts: 8_000)
    (race.kills, race.seed) = (4, 13)
    let outcome = try race.run()
    #expect(outcome.findings == [])
    #expect(outcome.kills > 0)
    #expect(outcome.reserved == 300)
  }

  @Test func `every unit is accounted for through cancels, releases, claims, shipments and kills`() throws {
    var race = race(.churn, attempts: 10_000)
    (race.kills, race.seed, race.units) = (6, 14, 20)
    let outcome = try race.run()
    #expect(outcome.findings == [])
    #expect(outcome.kills > 0)
    #expect(outcome.received == outcome.onHand + outcome.shipped)
    #expect(outcome.shipped > 0 && outcome.reserved <= outcome.onHand)
  }

  /// The tool, built beside the tests.
  private static let tool: URL = {
    var folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
    while folder.path != "/" {
      let candidate = folder.appending(path: "shop-trial")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return URL(filePath: "/nonexistent/shop-trial")
  }()
}
