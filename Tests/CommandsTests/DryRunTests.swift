import Foundation
import Testing

/// What leaves a store as it is.
struct DryRunTests {
  @Test func `a dry run says what the import then says, and leaves content, answers and folder alone`() throws {
    let folder = try TestFolder.filled()
    let text =
      TestFolder.csv.replacingOccurrences(of: "\n1,web", with: "\n8,web")
      + "9,web,c5,,,2026-03-40 10:00,,,placed,,EUR,TEA,1,1.00\n"
    _ = try folder.write(text, "more.csv")
    let attempt = folder.importing("more.csv", "--max-errors", "100%")
    let before = (folder.contentHash(), folder.run("changes").output, try folder.names)
    let dry = folder.run(attempt.arguments + ["--dry-run"])
    #expect(dry.status == 2)
    #expect(folder.contentHash() == before.0)
    #expect(folder.run("changes").output == before.1)
    #expect(try folder.names == before.2)
    let real = folder.run(attempt.arguments)
    #expect(real.status == 2)
    // The summaries differ in the verb and in where the rejects are.
    func facts(_ text: String) -> [String] {
      text.replacingOccurrences(of: "would import", with: "imported").components(separatedBy: "\n")
        .filter { !$0.hasPrefix("rejects are") && !$0.hasPrefix("repair") }
    }
    #expect(facts(dry.output) == facts(real.output))
    #expect(folder.run("track", "8").status == 0)
  }

  @Test func `reading changes no byte of the file`() throws {
    let folder = try TestFolder.filled()
    let before = try folder.bytes("s.orders")
    for arguments in [
      ["info"], ["kpi", "--all", "--period", "2026"], ["track", "1"], ["find", "1"], ["order", "get", "1"],
      ["order", "list"],
      ["inventory", "get"], ["changes"], ["verify"], ["kpi", "K25", "--at", "1"],
    ] { #expect(folder.run(arguments).status == 0, "\(arguments)") }
    #expect(try folder.bytes("s.orders") == before)
  }

  @Test(arguments: [("499", 8), ("500", 2), ("49%", 8), ("50%", 2), ("100%", 2)])
  func `the limit of rejects is a number, or a share from 1,000 rows on`(limit: String, status: Int32) throws {
    let folder = try TestFolder.filled()
    var text = "order_no,placed_at,sku,qty,price\n"
    for number in 0..<1_000 { text += "M\(number),2026-03-\(number % 2 == 0 ? "01" : "99"),S,1,1.00\n" }
    _ = try folder.write(text, "m.csv")
    let outcome = folder.run(folder.importing("m.csv", "--max-errors", limit).arguments)
    #expect(outcome.status == status, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.errors.contains("OB2008") == (status == 8))
    #expect(folder.run("verify").status == 0)
    #expect(folder.run(folder.importing("m.csv", "--max-errors", "many").arguments).status == 64)
  }

  @Test func `a column that the mapping names and the file lacks stops before anything is written`() throws {
    let folder = try TestFolder.filled()
    let before = folder.contentHash()
    _ = try folder.write("order_no,placed,sku,qty,price\n70,2026-03-01,S,1,1.00\n", "renamed.csv")
    let outcome = folder.run(folder.importing("renamed.csv").arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("placed_at"))
    #expect(folder.contentHash() == before)
  }
}
