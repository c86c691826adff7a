import Foundation
import Testing

/// `--at SEQ`: what the store knew then, for ever the same.
struct EarlierStateTests {
  private func sequence(_ folder: TestFolder) throws -> Int {
    let line = folder.run("info", "--format", "tsv").output.split(separator: "\n").first { $0.hasPrefix("sequence\t") }
    return try #require(line.flatMap { Int($0.dropFirst("sequence\t".count)) })
  }

  @Test(arguments: ["json", "csv", "table"])
  func `every figure at every sequence is printed again to the byte`(format: String) throws {
    let folder = try TestFolder.filled()
    folder.run("inventory", "receive", "TEA", "9", "--location", "north", "--cost", "4.00")
    let question = [
      "kpi", "--all", "--by", "month", "--period", "2026-01..2026-06", "--as-of", "2026-05-01", "--format", format,
    ]
    var printed: [(sequence: Int, answer: String)] = []
    func note() throws { printed.append((try sequence(folder), folder.run(question).output)) }
    try note()
    for step in [
      ["order", "put", "50", "--profile", "simple", "--line", "TEA:2:12.50", "--customer", "c2", "--at", "2026-03-20"],
      ["inventory", "reserve", "--order", "50", "--location", "north"],
      ["record", "50", "shipped", "--at", "2026-03-22"],
      ["order", "put", "51", "--profile", "simple", "--line", "TEA:1:12.50", "--customer", "c9", "--at", "2026-02-01"],
      ["order", "cancel", "51", "--side", "seller", "--at", "2026-02-02"],
      ["record", "3", "delivered", "--at", "2026-03-05"],
    ] {
      let outcome = folder.run(step)
      #expect(outcome.status == 0, "\(step): \(outcome.errors)")
      try note()
    }
    #expect(Set(printed.map(\.sequence)).count == printed.count)
    #expect(Set(printed.map(\.answer)).count == printed.count, "each step moves a figure")
    for (sequence, answer) in printed {
      let again = folder.run(question + ["--at", String(sequence)])
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output == answer, "at \(sequence)")
    }
  }

  @Test func `what happened later than as-of is not counted, what was learned later is`() throws {
    let folder = try TestFolder.filled()
    func denominator(_ arguments: String...) -> String {
      let line = folder.run(["kpi", "K25", "--format", "jsonl"] + arguments).output
      return line.firstMatch(of: /"denominator":([0-9]+)/).map { String($0.1) } ?? line
    }
    #expect(denominator("--as-of", "2026-03-02") == "1")
    folder.run("order", "put", "60", "--profile", "simple", "--line", "TEA:1:1.00", "--at", "2026-02-01")
    #expect(denominator("--as-of", "2026-03-02") == "2")
    #expect(denominator("--as-of", "2026-01-01") == "0")
  }

  @Test func `a sequence that is none is refused`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("kpi", "K25", "--at", "tomorrowish").status == 64)
    #expect(folder.run("kpi", "K25", "--as-of", "2026-02-30").status == 64)
  }
}
