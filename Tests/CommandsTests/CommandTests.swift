import Foundation
import Testing

struct CommandTests {
  @Test func `an import again, and a dry run, change nothing`() throws {
    let folder = try TestFolder.filled()
    let before = folder.contentHash()
    let again = folder.run("import", folder.path("orders.csv"), "--map", TestFolder.mapping)
    #expect(again.output.hasPrefix("imported 3 orders (0 new, 0 updated, 3 unchanged)\n"))
    #expect(folder.contentHash() == before)
    let more = try folder.write(TestFolder.csv.replacingOccurrences(of: "\n3,web", with: "\n7,web"), "more.csv")
    let dry = folder.run("import", more, "--map", TestFolder.mapping, "--dry-run")
    #expect(dry.output.hasPrefix("would import 3 orders (1 new, 0 updated, 2 unchanged)\n"))
    #expect(folder.contentHash() == before)
  }

  @Test(arguments: 1...9)
  func `gzip cut anywhere is told with its place, and what went in before stands`(tenth: Int) throws {
    let folder = try TestFolder.filled()
    var text = String(TestFolder.csv.split(separator: "\n")[0]) + "\n"
    for number in 0..<1_200 {
      text += "G\(number),web,c\(number % 97),,,2026-03-01 10:00,,,placed,,EUR,SKU-\(number % 31),1,1.00\n"
    }
    let plain = try folder.write(text, "big.csv")
    let zip = Process()
    zip.executableURL = URL(filePath: "/bin/gzip")
    zip.arguments = ["-f", plain]
    try zip.run()
    zip.waitUntilExit()
    let bytes = try Data(contentsOf: URL(filePath: plain + ".gz"))
    try bytes.prefix(bytes.count * tenth / 10).write(to: URL(filePath: folder.path("cut.csv.gz")))
    let outcome = folder.run("import", folder.path("cut.csv.gz"), "--map", TestFolder.mapping)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("OB2004"))
    #expect(outcome.errors.contains("ends early at byte"))
    #expect(folder.run("verify").status == 0)
    #expect(folder.run("import", plain + ".gz", "--map", TestFolder.mapping).status == 0)
    #expect(folder.run("info").output.contains("orders          1203"))
  }

  @Test func `results are the same bytes in a file and in a pipe, and never coloured there`() throws {
    let folder = try TestFolder.filled()
    let pipe = folder.run("kpi", "K10:commit", "--by", "channel", "--as-of", "2026-04-01")
    #expect(
      folder.run("kpi", "K10:commit", "--by", "channel", "--as-of", "2026-04-01", "-o", folder.path("a.txt")).output
        == "")
    #expect(try String(contentsOfFile: folder.path("a.txt"), encoding: .utf8) == pipe.output)
    #expect(!pipe.output.contains("\u{1B}"))
    #expect(
      folder.run("kpi", "K10:commit", "--as-of", "2026-04-01", environment: ["CLICOLOR_FORCE": "1"]).output.contains(
        "\u{1B}"))
    #expect(
      !folder.run(
        "kpi", "K10:commit", "--as-of", "2026-04-01", "--color", "never", environment: ["CLICOLOR_FORCE": "1"]
      ).output
        .contains("\u{1B}"))
  }

  @Test func `Chinese names take two cells each`() throws {
    let folder = try TestFolder.filled()
    let lines = folder.run("kpi", "K10:commit", "--by", "channel", "--as-of", "2026-04-01").output.split(
      separator: "\n")
    let heading = try #require(lines.first { $0.hasPrefix("kpi ") })
    let chinese = try #require(lines.first { $0.contains("天猫旗舰店") })
    // Five characters of two cells: five characters fewer for the same width.
    let column = try #require(heading.range(of: "numerator")?.upperBound.utf16Offset(in: heading))
    let value = try #require(chinese.range(of: " 0 ")?.lowerBound.utf16Offset(in: chinese))
    #expect(value + 2 + 5 == column)
  }

  @Test func `the same as-of at the same sequence gives the same bytes after the store has grown`() throws {
    let folder = try TestFolder.filled()
    let before = folder.run("kpi", "K10:commit", "K42:gross", "--as-of", "2026-04-01", "--format", "json").output
    let sequence = try #require(before.firstMatch(of: /"sequence":([0-9]+)/)?.1)
    folder.run("order", "put", "50", "--line", "TEA:1:99.00", "--at", "2026-03-20")
    #expect(folder.run("kpi", "K10:commit", "K42:gross", "--as-of", "2026-04-01", "--format", "json").output != before)
    let at = folder.run(
      "kpi", "K10:commit", "K42:gross", "--as-of", "2026-04-01", "--at", String(sequence), "--format", "json")
    #expect(at.output == before)
    let empty = folder.run("kpi", "K10:commit", "--at", "2020-01-01", "--format", "json").output
    #expect(empty.contains("\"value\":null,\"numerator\":0,\"denominator\":0"))
  }

  @Test func `orders are found by phone and e-mail`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("find", "--phone", "49-30 123").output.contains("c1"))
    #expect(
      folder.run("find", "--email", "ANN@example.org", "--format", "jsonl").output.split(separator: "\n").count == 2)
  }

  @Test func `a backup restores to the same content`() throws {
    let folder = try TestFolder.filled()
    let before = folder.contentHash()
    #expect(folder.run("backup", folder.path("b.orders")).status == 0)
    #expect(folder.run("restore", folder.path("b.orders"), store: folder.path("r.orders")).status == 0)
    let restored = folder.run("verify", "--format", "tsv", store: folder.path("r.orders")).output
    #expect(restored.contains(before))
    #expect(folder.run("restore", folder.path("b.orders")).status == 1, "nothing is overwritten")
  }

  @Test func `the change feed is resumable JSON Lines`() throws {
    let folder = try TestFolder.filled()
    folder.run("order", "put", "60", "--line", "TEA:1:1.00")
    let all = folder.run("changes").output.split(separator: "\n")
    for line in all { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
    let rest = folder.run("changes", "--from", "2").output.split(separator: "\n")
    #expect(rest == all.filter { !$0.hasPrefix("{\"sequence\":1,") })
    #expect(!folder.run("changes").output.contains("ann@example.org"), "personal data stays outside")
  }

  @Test func `definitions, lists, completions and help are there`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("kpi", "define", "K10:commit").output.contains("denominator"))
    #expect(folder.run("kpi", "list", "--format", "jsonl").output.contains("\"K43:units\""))
    #expect(folder.run("kpi", "K10:commit", "--explain", "definition").status == 0)
    for shell in ["bash", "zsh", "fish"] { #expect(folder.run("completions", shell).output.count > 1_000) }
    for topic in ["exit-codes", "periods", "conditions", "import", "kpi"] {
      #expect(folder.run("help", topic).status == 0, "\(topic)")
    }
    for what in ["orders", "nodes", "kpis", "exit-codes"] { #expect(folder.run("describe", what).status == 0) }
  }
}
