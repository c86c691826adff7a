import Columns
import Reports
import Testing

struct TerminalRendererTests {
  @Test(arguments: [nil, 200])
  func `Chinese, joined emoji and combining marks stay in their columns`(width: Int?) {
    #expect(
      TerminalRenderer(width: width).text(of: sample) == """
        Orders by channel
        channel     month       orders  on time      p95         total  last                      open  excluded
        天猫旗舰店  2025-03  1,234,567  91.89 %  2 d 4 h  1,234.50 GBP  2025-03-02T10:14:07.000Z  yes   cancelled 3, \
        time-missing 1,200
        \(family) cafe\u{301}     2025-03         -5        –   12.4 s     -0.05 GBP  1969-12-31T23:59:59.999Z  no    –
        –           –                –        –        –             –  –                         –     –
        * period not finished
        period from 2025-03-01T00:00:00.000Z · period until 2025-04 · sequence 184,467 · kpis K10:scor, K09

        """)
  }

  @Test func `at 40 columns whole columns go, and that is said`() {
    #expect(
      TerminalRenderer(width: 40).text(of: sample) == """
        Orders by channel
        channel     month       orders  on time
        天猫旗舰店  2025-03  1,234,567  91.89 %
        \(family) cafe\u{301}     2025-03         -5        –
        –           –                –        –
        … 5 columns hidden, --wide shows all
        * period not finished
        period from 2025-03-01T00:00:00.000Z
        period until 2025-04 · sequence 184,467
        kpis K10:scor, K09

        """)
  }

  @Test func `a table that just fits loses nothing, one cell less costs a column`() {
    let table = Table(columns: [Column("ab", type: .text), Column("cd", type: .integer)], rows: [["店", 12]])
    #expect(TerminalRenderer(width: 6).text(of: table) == "ab  cd\n店  12\n")
    #expect(
      TerminalRenderer(width: 5).text(of: table) == "ab\n店\n… 1 column hidden, --wide shows all\n")
  }

  @Test func `text in the last column left is cut between graphemes, numbers never`() {
    let texts = Table(columns: [Column("note", type: .text)], rows: [[.text("a\(family)e\u{301}店铺")], ["short"]])
    #expect(TerminalRenderer(width: 5).text(of: texts) == "note\na\(family)e\u{301}…\nshort\n")
    #expect(TerminalRenderer(width: 4).text(of: texts) == "note\na\(family)…\nsho…\n")
    #expect(TerminalRenderer(width: 3).text(of: texts) == "no…\na…\nsh…\n")
    let numbers = Table(columns: [Column("n", type: .integer)], rows: [[1_234_567]])
    #expect(TerminalRenderer(width: 3).text(of: numbers) == "        n\n1,234,567\n")
  }

  @Test func `raw shows milliseconds, minor units and undressed numbers`() {
    var renderer = TerminalRenderer(cells: ReadableCells(raw: true), showsFooter: false)
    renderer.showsHeading = false
    let table = sample.selecting(["n", "on_time", "p95", "total"])!
    #expect(
      renderer.text(of: table) == """
        1234567  0.918918918919  187200000  123450
             -5               –      12400      -5
              –               –          –       –

        """)
  }

  @Test func `an empty table has its heading and says so`() {
    #expect(TerminalRenderer().text(of: emptyTable) == "channel  n\nno rows\n")
    #expect(TerminalRenderer(cells: ReadableCells(wording: .chinese)).text(of: emptyTable) == "channel  n\n无数据\n")
    #expect(TerminalRenderer().text(of: Table(columns: [])) == "no rows\n")
  }

  @Test func `control characters and turned writing directions never reach the terminal`() {
    #expect(
      TerminalRenderer().text(of: awkward) == """
        text                    n
        a,b                     1
        say "hi"                2
        two␊lines␍␊and␉tab      3
        =1+1                   -4
        -x                      5
        @a                      6
        +a                      7
                                8
        a|b\\c <b>*x* & [y](z)   9
        ␛[31mred␡\u{FFFD}\u{FFFD}            10
        ␀␟\u{FFFD}                    11
        ␉t                     12
        ␍r                     13

        """)
    let titled = Table(title: "a\u{1B}b", columns: [], meta: ["k": "\u{7}"], notes: ["\u{9B}n"])
    #expect(TerminalRenderer().text(of: titled) == "a␛b\nno rows\n\u{FFFD}n\nk ␇\n")
  }

  @Test func `negative amounts keep the decimals of their scale`() {
    #expect(
      TerminalRenderer().text(of: amounts) == """
        kpi                 value
        scale 0    -1,234,567 JPY
        scale 2    -12,345.67 GBP
        scale 3    -1,234.567 GBP
        small          -0.007 GBP
        mean           -12.34 GBP
        count              12,345
        turns            3,333.33
        mean time            45 s
        rate              33.33 %
        time              -610 ms

        """)
  }

  @Test func `colour only adds escape sequences`() {
    let plain = TerminalRenderer().text(of: sample)
    var styled = TerminalRenderer(style: .ansi).text(of: sample)
    #expect(styled.hasPrefix("\u{1B}[1mOrders by channel\u{1B}[0m\n\u{1B}[1mchannel  "))
    for sequence in ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m"] { styled.replace(sequence, with: "") }
    #expect(styled == plain)
  }

  @Test func `ambiguous signs take two cells where asked for`() {
    let table = Table(
      columns: [Column("a", type: .text), Column("b", type: .text)], rows: [["①", "x"], ["ab", "y"]])
    #expect(TerminalRenderer(showsHeading: false).text(of: table) == "①   x\nab  y\n")
    let wide = TerminalRenderer(textWidth: TerminalWidth(ambiguous: 2), showsHeading: false)
    #expect(wide.text(of: table) == "①  x\nab  y\n")
  }

  @Test func `the caller's zone and words are used`() {
    let cells = ReadableCells(
      percentDigits: 1, instants: InstantFormat { "T+\($0)" }, wording: .chinese)
    let table = sample.selecting(["on_time", "last", "open"])!
    let text = TerminalRenderer(width: 10, cells: cells, showsFooter: false).text(of: table)
    #expect(text == "Orders by channel\non time\n 91.9 %\n      –\n      –\n… 隐藏 2 列，--wide 显示全部\n")
    let all = TerminalRenderer(cells: cells, showsFooter: false).text(of: table)
    #expect(all.contains(" 91.9 %  T+1740910447000  是\n"))
  }
}
