import Foundation
import Testing

@testable import Commands

/// Where `--store` and `--map-size` may stand.
struct OptionPlacementTests {
  static let lines: [(given: [String], read: [String])] = [
    (["--store", "s", "info"], ["info", "--store", "s"]),
    (["--store=s", "--map-size", "8M", "info", "-o", "x"], ["info", "-o", "x", "--store=s", "--map-size", "8M"]),
    (
      ["--store", "s", "inventory", "adjust", "A", "--location", "L", "--", "-3"],
      ["inventory", "adjust", "A", "--location", "L", "--store", "s", "--", "-3"]
    ),
    (["info", "--store", "s"], ["info", "--store", "s"]),
    (["--version"], ["--version"]),
    (["--store"], ["--store"]),
    (["--store", "s"], ["--store", "s"]),
    (["--unknown", "--store", "s", "info"], ["--unknown", "--store", "s", "info"]),
    ([], []),
  ]

  @Test(arguments: lines)
  func `options before the command are read as if behind it`(given: [String], read: [String]) {
    #expect(Tool.hoisted(given) == read)
  }

  @Test func `both places give the same answer, and the environment stands in for neither`() throws {
    let folder = try TestFolder.filled()
    let store = folder.path("s.orders")
    let before = TestFolder.plain("--store", store, "kpi", "K25", "--as-of", "2026-04-01")
    #expect(before.status == 0)
    for arguments in [
      ["kpi", "K25", "--as-of", "2026-04-01", "--store", store],
      ["--store=\(store)", "kpi", "K25", "--as-of", "2026-04-01"],
    ] { #expect(Tool.outcome(of: arguments, now: TestFolder.now).output == Array(before.output.utf8)) }
    let named = Tool.outcome(
      of: ["kpi", "K25", "--as-of", "2026-04-01"], environment: ["ORDERBASE_STORE": store], now: TestFolder.now)
    #expect(named.output == Array(before.output.utf8))
    let over = Tool.outcome(
      of: ["--store", store, "kpi", "K25", "--as-of", "2026-04-01"], environment: ["ORDERBASE_STORE": "/nowhere"],
      now: TestFolder.now)
    #expect(over.output == Array(before.output.utf8))
  }

  @Test func `a negative quantity behind two dashes reaches the command with a store before it`() throws {
    let folder = try TestFolder.filled()
    folder.run("inventory", "receive", "TEA", "5", "--location", "north")
    #expect(folder.run("inventory", "adjust", "TEA", "--location", "north", "--", "-3").status == 0)
    #expect(folder.run("inventory", "get", "TEA", "--format", "csv").output.contains("TEA,north,2,0,0,2"))
  }
}
