import Commands
import Foundation
import Testing

struct ErrorCatalogueTests {
  @Test func `explain lists every code once, with title, exit status and hint`() throws {
    let outcome = Tool.outcome(of: ["explain", "--format", "jsonl"])
    #expect(outcome.status == 0)
    let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
    var codes: Set<String> = []
    for line in lines {
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let code = try #require(row["code"] as? String)
      #expect(codes.insert(code).inserted, "\(code) stands twice")
      #expect((row["hint"] as? String)?.isEmpty == false)
      #expect((row["title"] as? String)?.isEmpty == false)
      #expect(row["exit"] is Int)
    }
    #expect(codes.count > 50)
  }

  @Test func `explain tells cause, hint, example and exit of one code`() {
    let outcome = Tool.outcome(of: ["explain", "ob2103"])
    let text = String(decoding: outcome.output, as: UTF8.self)
    #expect(text.hasPrefix("OB2103  row: bad amount\n"))
    for word in ["cause", "hint", "example", "exit     2"] { #expect(text.contains(word)) }
  }

  @Test func `an unknown code is refused with the way to the list`() {
    let outcome = Tool.outcome(of: ["explain", "OB9999"])
    #expect(outcome.status == 64)
    #expect(String(decoding: outcome.errors, as: UTF8.self).contains("orderbase explain lists them"))
  }
}
