import KPIs
import Testing

struct KPIReferenceTests {
  @Test func `every figure has its table with both labels and its reasons`() {
    let text = KPIReference.markdown()
    for kpi in KPICatalogue.all {
      let definition = kpi.definition
      #expect(text.contains("| `\(definition.name)` | |"))
      #expect(text.contains("| label | \(definition.english) \(definition.chinese) |"))
      for reason in definition.exclusions { #expect(text.contains("`\(reason)`")) }
    }
  }

  @Test func `every line ends once and no table cell holds a bar`() {
    let text = KPIReference.markdown()
    #expect(text.hasSuffix("|\n"))
    #expect(!text.contains("\n\n\n"))
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      #expect(line.count { $0 == "|" } == 3 || line == "|---|---|")
    }
  }

  @Test func `a refused bare name and a free window are marked`() {
    let text = KPIReference.markdown()
    #expect(text.contains("## K37 * `repeat_rate` Repeat-purchase rate 復購率"))
    #expect(text.contains("`K37:window-W`"))
    #expect(text.contains("## K14 `open_backlog`"))
  }
}
