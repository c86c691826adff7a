import Columns
import Reports
import Testing

struct TSVRendererTests {
  @Test func `every type has its plain form, null is empty`() {
    #expect(
      TSVRenderer().text(of: sample) == "channel\tmonth\tn\ton_time\tp95\ttotal\tlast\topen\texcluded\n"
        + "天猫旗舰店\t2025-03\t1234567\t0.918918918919\t187200000\t1234.50\t2025-03-02T10:14:07.000Z\ttrue\t"
        + "{\"cancelled\":3,\"time-missing\":1200}\n"
        + "\(family) cafe\u{301}\t2025-03\t-5\t\t12400\t-0.05\t1969-12-31T23:59:59.999Z\tfalse\t{}\n"
        + "\t\t\t\t\t\t\t\t\n")
  }

  @Test func `no text can break a line or a field`() {
    let text = TSVRenderer(heading: .none).text(of: awkward)
    #expect(text.unicodeScalars.filter { $0 == "\n" }.count == awkward.rowCount)
    #expect(text.unicodeScalars.filter { $0 == "\t" }.count == awkward.rowCount)
    #expect(text.contains("two\\nlines\\r\\nand\\ttab\t3\n"))
    #expect(text.contains("a|b\\\\c <b>"))
  }

  @Test func `a table without rows is its heading`() {
    #expect(TSVRenderer().text(of: emptyTable) == "channel\tn\n")
  }
}
