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

  @Test func `a dry run of one command judges in full, tells the facts, and writes nothing`() throws {
    let folder = try TestFolder.filled()
    folder.released("A")
    folder.run("order", "hold", "A", "fraud", "--at", "2026-04-02")
    let before = try folder.bytes("s.orders")
    for (command, fact) in [
      (["order", "put", "N", "--line", "TEA:1:2.00"], "order channel=shop number=N"),
      (["order", "edit", "A", "--region", "North"], "kind=edited subject=region"),
      (["order", "cancel", "A", "--acknowledged"], "movement movement=release sku=TEA location=north quantity=4"),
      (["order", "hold", "A", "manual"], "kind=held subject=manual"),
      (["order", "unhold", "A", "fraud"], "kind=unheld subject=fraud"),
      (["order", "note", "A", "hello"], "kind=noted text=hello"),
      (["inventory", "receive", "TEA", "5", "--location", "north"], "movement movement=receive"),
      (["inventory", "adjust", "TEA", "--location", "north", "--", "-1"], "movement movement=adjust"),
      (["inventory", "count", "TEA", "9", "--location", "north"], "movement movement="),
      (["inventory", "claim", "TEA", "1", "--location", "north", "--owner", "b", "--expires", "2026-05-01"], "claim "),
      (["record", "1", "completed"], "event channel=web number=1 node=completed"),
    ] {
      // Options stand before what follows --.
      let end = command.firstIndex(of: "--") ?? command.endIndex
      let outcome = folder.run(Array(command[..<end]) + ["--dry-run"] + command[end...])
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      #expect(outcome.output.hasPrefix("dry run: "), "\(command)")
      #expect(outcome.output.contains(fact), "\(command): \(outcome.output)")
      #expect(try folder.bytes("s.orders") == before, "\(command)")
    }
    for command in [
      ["order", "hold", "A", "fraud"], ["record", "A", "shipped"], ["order", "note", "nobody", "x"],
      ["inventory", "reserve", "--order", "A", "--line", "TEA:99", "--location", "north"],
      ["order", "put", "1", "--channel", "web", "--line", "TEA:1:2.00"],
      ["order", "note", "A", "x", "--if-version", "1"], ["order", "hold", "A", "boredom"],
    ] {
      let dry = folder.run(command + ["--dry-run"])
      #expect(try folder.bytes("s.orders") == before, "\(command)")
      let real = folder.run(command)
      #expect(dry.status == real.status && dry.status != 0, "\(command): \(dry.status), \(real.status)")
      #expect(dry.errors == real.errors)
    }
    #expect(folder.run("order", "note", "A", "x", "--key", "k").status == 0)
    #expect(folder.run("order", "note", "A", "x", "--key", "k", "--dry-run").output == "dry run: nothing new\n")
    #expect(folder.run("record", "--from", "-", "--dry-run").status == 64)
  }
}
