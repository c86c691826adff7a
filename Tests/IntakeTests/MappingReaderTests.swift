import Foundation
import Intake
import Testing

struct MappingReaderTests {
  private static let base = """
    format = "csv"
    tz = "UTC"
    channel = "shop"
    currency = "EUR"

    [order]
    number = "no"
    placed_at = "at"

    """

  private func problem(_ text: String) -> MappingProblem? {
    do {
      _ = try Mapping(text, path: "m.toml")
      return nil
    } catch {
      guard case .mapping(let problem) = error else { return nil }
      return problem
    }
  }

  @Test func `a mapping of order number and instant is enough`() throws {
    let mapping = try Mapping(Self.base, path: "m.toml")
    #expect(mapping.mode == .observe)
    #expect(mapping.grouping == .none)
  }

  @Test func `lines in the main file are grouped over the whole file unless said otherwise`() throws {
    let lines = "[lines]\nsku = \"s\"\nqty = \"q\"\nprice = \"p\"\n"
    #expect(try Mapping(Self.base + lines, path: "m.toml").grouping == .file)
    #expect(try Mapping("grouping = \"contiguous\"\n" + Self.base + lines, path: "m.toml").grouping == .contiguous)
  }

  @Test(arguments: ["olist.toml", "online-retail.toml", "generic.toml", "generic-jsonl.toml"])
  func `the shipped mappings are read`(name: String) throws {
    #expect(throws: Never.self) { try ReferenceData.mapping(name) }
  }

  /// What is wrong, then the table, key and line that the message names.
  @Test(
    arguments: [
      ("tz = \"UTC\"\nchannel = 5\n", "", "channel", 2), ("colour = 1\n" + base, "", "colour", 1),
      (base + "colour = \"x\"\n", "order", "colour", 9),
      (base + "type = { column = \"x\", colour = 1 }\n", "order.type", "colour", 9),
      (base + "[lines]\nsku = \"s\"\nqty = \"q\"\n", "lines", "price", 9),
      (base + "[lines]\nsku = \"s\"\nprice = \"p\"\n", "lines", "qty", 9),
      (base + "[lines]\nrows = \"unit\"\nqty = \"q\"\nsku = \"s\"\nprice = \"p\"\n", "lines", "qty", 11),
      (base + "[lines]\nfrom = \"items\"\nqty = \"q\"\nsku = \"s\"\nprice = \"p\"\n", "lines", "from", 10),
      (base + "[events]\nwrapped = \"w\"\n", "events", "wrapped", 10),
      (base + "[events]\nplaced = \"w\"\n", "events", "placed", 10),
      (base + "[status]\nfrom = \"s\"\nunknown = \"maybe\"\n", "status", "unknown", 11),
      (base + "[status]\nfrom = \"s\"\n[status.map]\n\"fin ished\" = \"finished\"\n", "status.map", "fin ished", 12),
      (
        base + "[status]\nfrom = \"s\"\n[status.map]\nx = { node = \"cancelled\", side = \"dog\" }\n", "status.map.x",
        "side", 12
      ),
      (base + "[credits]\nprefix = \"C\"\nempty = true\n", "credits", "", 9),
      (base + "[movements]\nlocation = { constant = \"m\" }\n", "movements", "", 9),
      (base + "[[skip]]\nequals = [1]\n", "skip", "equals", 10),
      (base + "ship_by = { from = \"x\", format = \"yy\" }\n", "order.ship_by", "format", 9),
      (base + "ship_by = { from = \"x\", take = \"middle\" }\n", "order.ship_by", "take", 9),
      ("scale = 9\n" + base, "", "scale", 1), ("scale = \"2\"\n" + base, "", "scale", 1),
      ("delimiter = \"ab\"\n" + base, "", "delimiter", 1),
      ("encoding = \"latin-9\"\n" + base, "", "encoding", 1),
      ("decimal = \",\"\nthousands = \",\"\n" + base, "", "thousands", 2),
      ("format = \"xml\"\ntz = \"UTC\"\n", "", "format", 1), ("mode = \"guess\"\n" + base, "", "mode", 1),
      (base + "[customer]\nname = \"n\"\n", "customer", "key", 9),
      (base + "[customer]\nkey = { constant = \"n\", column = \"x\" }\n", "customer.key", "constant", 10),
      (base + "[files.a]\nname = \"a.csv\"\n[files.b]\nname = \"b.csv\"\n", "files", "", 9),
      (base + "[files.a]\nname = \"a.csv\"\n[files.b]\nkey = \"k\"\nof = \"a.k\"\n", "files.b", "name", 11),
      (
        base + "[files.a]\nname = \"a.csv\"\n[files.b]\nname = \"b.csv\"\nkey = \"k\"\nof = \"b.k\"\n", "files.b", "of",
        14
      ),
    ] as [(String, String, String, Int)])
  func `a fault names table, key and line`(text: String, table: String, key: String, line: Int) throws {
    let found = try #require(problem(text))
    #expect(found.table == table)
    #expect(found.key == key)
    #expect(found.line == line, "\(found)")
  }

  @Test func `the message shows file, line, table, key and reason`() throws {
    let found = try #require(problem(Self.base + "colour = \"x\"\n"))
    #expect(found.description.hasPrefix("m.toml:9: [order] colour: unknown key; here are known: carrier, city"))
  }

  @Test func `missing tables and text that is no TOML are told`() throws {
    #expect(try #require(problem("tz = \"UTC\"\nchannel = \"c\"\ncurrency = \"EUR\"\n")).key == "order")
    #expect(try #require(problem("channel = \"c\"\n")).key == "tz")
    let found = try #require(problem("tz = \"UTC\"\nchannel = [1,\n"))
    #expect(found.line != nil)
    #expect(found.reason.hasPrefix("not TOML"))
  }

  @Test func `files that hang on one another in a ring are refused`() throws {
    let ring = """
      [files.a]
      name = "a.csv"
      [files.b]
      name = "b.csv"
      key = "k"
      of = "c.k"
      [files.c]
      name = "c.csv"
      key = "k"
      of = "b.k"
      """
    #expect(try #require(problem(Self.base + ring)).reason.contains("hangs on itself"))
  }

  @Test func `a mapping file that is not there is told`() {
    #expect(throws: IntakeError.missing(path: "/none/m.toml")) { try Mapping(contentsOf: "/none/m.toml") }
  }
}
