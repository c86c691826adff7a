import Columns
import Foundation
import Reports
import Testing

struct JSONLinesRendererTests {
  @Test func `each row is a line with its keys in column order`() {
    let table = sample.selecting(["n", "channel"])!
    #expect(
      JSONLinesRenderer().text(of: table) == """
        {"n":1234567,"channel":"天猫旗舰店"}
        {"n":-5,"channel":"\(family) cafe\u{301}"}
        {"n":null,"channel":null}

        """)
  }

  @Test func `line ends in text do not end a line`() throws {
    let lines = JSONLinesRenderer().bytes(of: awkward).split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == awkward.rowCount)
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line)) }
  }

  @Test func `a table without rows has no lines`() {
    #expect(JSONLinesRenderer().bytes(of: emptyTable).isEmpty)
  }
}
