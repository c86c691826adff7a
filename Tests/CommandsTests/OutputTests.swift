import Foundation
import Testing

/// Where results go and what they look like there.
struct OutputTests {
  static let formats = ["table", "csv", "tsv", "json", "jsonl", "md"]

  @Test(arguments: formats)
  func `a file holds the bytes that a pipe gets`(format: String) throws {
    let folder = try TestFolder.filled()
    let question = ["kpi", "K10:commit", "K42:gross", "--by", "channel", "--as-of", "2026-04-01", "--totals"]
    let pipe = folder.run(question + ["--format", format])
    #expect(pipe.status == 0)
    #expect(pipe.output.hasSuffix("\n"))
    let file = folder.run(question + ["--format", format, "-o", folder.path("answer")])
    #expect(file.output.isEmpty)
    #expect(try folder.bytes("answer") == Data(pipe.output.utf8))
    #expect(try folder.names.contains { $0.contains(".part") } == false)
    #expect(folder.run(question + ["--format", format]).output == pipe.output, "asked twice, the same bytes")
  }

  @Test(arguments: [("a.csv", "csv"), ("a.tsv", "tsv"), ("a.json", "json"), ("a.jsonl", "jsonl"), ("a.md", "md")])
  func `the suffix picks the format`(name: String, format: String) throws {
    let folder = try TestFolder.filled()
    folder.run("order", "list", "-o", folder.path(name))
    #expect(try folder.bytes(name) == Data(folder.run("order", "list", "--format", format).output.utf8))
  }

  @Test func `a file that cannot be written leaves what was there`() throws {
    let folder = try TestFolder.filled()
    _ = try folder.write("kept", "kept.csv")
    #expect(folder.run("kpi", "K99", "-o", folder.path("kept.csv")).status == 3)
    #expect(folder.run("kpi", "K07", "--columns", "nope", "-o", folder.path("kept.csv")).status == 64)
    #expect(folder.run("kpi", "K07", "-o", folder.path("kept.pdf")).status == 64)
    #expect(try folder.bytes("kept.csv") == Data("kept".utf8))
    #expect(try folder.names.contains("kept.pdf") == false)
  }

  @Test(arguments: ["table", "csv", "tsv", "md"])
  func `--no-header leaves the title away too`(format: String) throws {
    let folder = try TestFolder.filled()
    let question = ["kpi", "K10:commit", "--as-of", "2026-04-01", "--format", format]
    let bare = folder.run(question + ["--no-header"]).output
    #expect(!bare.contains("On-time delivery"), "\(bare)")
    #expect(bare.contains("K10:commit"), "the row stays")
  }

  @Test func `NO_COLOR, TERM and --color keep escapes out, forcing brings them in`() throws {
    let folder = try TestFolder.filled()
    let question = ["kpi", "K10:commit", "--as-of", "2026-04-01"]
    let plain = folder.run(question).output
    for environment in [["NO_COLOR": "1"], ["TERM": "dumb"], ["CLICOLOR_FORCE": "0"]] {
      #expect(folder.run(question, environment: environment).output == plain)
    }
    #expect(folder.run(question + ["--color", "always"]).output.contains("\u{1B}["))
    #expect(folder.run(question, environment: ["CLICOLOR_FORCE": "1"]).output.contains("\u{1B}["))
    for format in ["csv", "json", "jsonl", "tsv", "md"] {
      let forced = folder.run(question + ["--format", format], environment: ["CLICOLOR_FORCE": "1"]).output
      #expect(!forced.contains("\u{1B}"), "\(format) is for programs")
    }
    #expect(folder.run(question + ["--color", "never"], environment: ["CLICOLOR_FORCE": "1"]).output == plain)
  }

  @Test func `messages go to standard error, results to standard output`() throws {
    let folder = try TestFolder.filled()
    let made = folder.run("init", store: folder.path("new.orders"))
    #expect(made.output.isEmpty)
    #expect(made.errors.contains("made "))
    let refused = folder.run("kpi", "K99", "--format", "json")
    #expect(refused.output.isEmpty)
    #expect(folder.run("kpi", "K07").errors.isEmpty)
  }

  @Test func `a question with several names is one table, in the order asked`() throws {
    let folder = try TestFolder.filled()
    let rows = folder.run("kpi", "K42:gross", "K25", "K07", "--as-of", "2026-04-01", "--format", "jsonl").output
      .split(separator: "\n")
    #expect(rows.map { $0.firstMatch(of: /"kpi":"([^"]+)"/)?.1 ?? "" } == ["K42:gross", "K25:orders", "K07:gross"])
  }

  @Test(arguments: [("K10:commit", "on_time_delivery.commit"), ("K37:order-share", "repeat_rate.order_share")])
  func `an id and a slug are the same question`(id: String, slug: String) throws {
    let folder = try TestFolder.filled()
    let answer = folder.run("kpi", id, "--as-of", "2026-04-01", "--format", "json").output
    #expect(folder.run("kpi", slug, "--as-of", "2026-04-01", "--format", "json").output == answer)
    #expect(folder.run("kpi", id.lowercased(), "--as-of", "2026-04-01", "--format", "json").output == answer)
  }

  @Test(arguments: ["K08", "K10", "K31", "K37", "K42"])
  func `a bare name with several meanings is refused with all of them`(id: String) throws {
    let folder = try TestFolder.filled()
    let outcome = folder.run("kpi", id)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error OB1302: "))
    let variants = folder.run("kpi", "list", "--format", "tsv").output.split(separator: "\n")
      .compactMap { $0.split(separator: "\t").first }.filter { $0.hasPrefix("\(id):") && !$0.contains("window-") }
    #expect(variants.count > 1)
    for variant in variants { #expect(outcome.errors.contains(variant), "\(variant)") }
  }
}
