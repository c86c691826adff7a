import Columns
import Reports
import Testing

struct MarkdownRendererTests {
  @Test func `a table has its title, alignment and notes`() {
    let table = sample.selecting(["channel", "n", "on_time", "p95", "total"])!
    #expect(
      MarkdownRenderer().text(of: table) == """
        ## Orders by channel

        | channel | orders | on time | p95 | total |
        | --- | ---: | ---: | ---: | ---: |
        | 天猫旗舰店 | 1,234,567 | 91.89 % | 2 d 4 h | 1,234.50 GBP |
        | \(family) cafe\u{301} | -5 | – | 12.4 s | -0.05 GBP |
        | – | – | – | – | – |

        \\* period not finished

        """)
  }

  @Test func `text cannot leave its cell or become markup`() {
    let text = MarkdownRenderer().text(of: awkward)
    #expect(text.split(separator: "\n").count == awkward.rowCount + 2)
    #expect(text.contains("| two<br>lines<br>and\ttab | 3 |\n"))
    #expect(text.contains(#"| a\|b\\c &lt;b&gt;\*x\* &amp; \[y\](z) | 9 |"#))
  }

  @Test func `an empty table is its heading, the level of the title the caller's`() {
    #expect(MarkdownRenderer().text(of: emptyTable) == "| channel | n |\n| --- | ---: |\n")
    let titled = Table(title: "T", columns: [])
    #expect(MarkdownRenderer(headingLevel: 4).text(of: titled) == "#### T\n\n")
  }

  @Test func `raw numbers are shown where asked for`() {
    let table = sample.selecting(["p95"])!
    #expect(
      MarkdownRenderer(cells: ReadableCells(raw: true)).text(of: table).contains("| 187200000 |\n| 12400 |\n"))
  }
}
