import Columns
import Reports
import Testing

struct CSVRendererTests {
  @Test func `every type has its plain form, null is empty`() {
    #expect(
      CSVRenderer().text(of: sample) == """
        channel,month,n,on_time,p95,total,last,open,excluded
        天猫旗舰店,2025-03,1234567,0.918918918919,187200000,1234.50,2025-03-02T10:14:07.000Z,true,\
        "{""cancelled"":3,""time-missing"":1200}"
        \(family) cafe\u{301},2025-03,-5,,12400,-0.05,1969-12-31T23:59:59.999Z,false,{}
        ,,,,,,,,

        """)
  }

  @Test func `fields with commas, quotes and line ends are quoted, formulas left alone`() {
    #expect(
      CSVRenderer().text(of: awkward) == "text,n\n\"a,b\",1\n\"say \"\"hi\"\"\",2\n\"two\nlines\r\nand\ttab\",3\n"
        + "=1+1,-4\n-x,5\n@a,6\n+a,7\n\"\",8\na|b\\c <b>*x* & [y](z),9\n\u{1B}[31mred\u{7F}\u{9B}\u{202E},10\n"
        + "\u{0}\u{1F}\u{2028},11\n\tt,12\n\"\rr\",13\n")
  }

  @Test func `for Excel there is a mark, CRLF, and no text that starts a formula`() {
    #expect(
      CSVRenderer(excel: true).text(of: awkward) == "\u{FEFF}text,n\r\n\"a,b\",1\r\n\"say \"\"hi\"\"\",2\r\n"
        + "\"two\nlines\r\nand\ttab\",3\r\n'=1+1,-4\r\n'-x,5\r\n'@a,6\r\n'+a,7\r\n\"\",8\r\n"
        + "a|b\\c <b>*x* & [y](z),9\r\n\u{1B}[31mred\u{7F}\u{9B}\u{202E},10\r\n\u{0}\u{1F}\u{2028},11\r\n"
        + "'\tt,12\r\n\"'\rr\",13\r\n")
    let heading = Table(columns: [Column("=x", type: .integer)], rows: [[-1]])
    #expect(CSVRenderer(excel: true).text(of: heading) == "\u{FEFF}'=x\r\n-1\r\n")
  }

  @Test func `negative amounts keep the decimals of their scale, raw ones are minor units`() {
    #expect(
      CSVRenderer().text(of: amounts) == """
        kpi,value
        scale 0,-1234567
        scale 2,-12345.67
        scale 3,-1234.567
        small,-0.007
        mean,-12.34
        count,12345
        turns,3333.33333333
        mean time,45000.5
        rate,0.333333333333
        time,-610

        """)
    let raw = CSVRenderer(raw: true).text(of: amounts)
    #expect(raw.contains("scale 2,-1234567\n") && raw.contains("mean,-1234.5\n"))
  }

  @Test func `the heading is names, labels or nothing, also without rows`() {
    #expect(CSVRenderer().text(of: emptyTable) == "channel,n\n")
    #expect(CSVRenderer(heading: .none).text(of: emptyTable) == "")
    let table = Table(columns: [Column("n", label: "订单, 件", type: .integer)], rows: [[1], [nil]])
    #expect(CSVRenderer(heading: .labels).text(of: table) == "\"订单, 件\"\n1\n\"\"\n")
  }

  @Test func `the caller's instants are quoted where they need it`() {
    let table = Table(columns: [Column("at", type: .instant)], rows: [[.instant(milliseconds: 5)]])
    #expect(CSVRenderer(instants: InstantFormat { "\($0), local" }).text(of: table) == "at\n\"5, local\"\n")
  }
}
