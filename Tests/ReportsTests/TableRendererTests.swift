import Columns
import Foundation
import Reports
import Testing

struct TableRendererTests {
  static let renderers: [any TableRenderer] = [
    TerminalRenderer(), TerminalRenderer(width: 40), TerminalRenderer(style: .ansi), CSVRenderer(),
    CSVRenderer(excel: true), TSVRenderer(), JSONRenderer(), JSONLinesRenderer(), MarkdownRenderer(),
  ]

  @Test(arguments: renderers.indices)
  func `the bytes do not depend on the terminal or the locale`(index: Int) {
    let renderer = Self.renderers[index]
    let before = renderer.bytes(of: sample)
    for (name, value) in [
      ("COLUMNS", "10"), ("TERM", "dumb"), ("NO_COLOR", "1"), ("LC_ALL", "zh_CN.UTF-8"), ("TZ", "Asia/Shanghai"),
    ] {
      let old = ProcessInfo.processInfo.environment[name]
      setenv(name, value, 1)
      #expect(renderer.bytes(of: sample) == before)
      if let old { setenv(name, old, 1) } else { unsetenv(name) }
    }
  }

  @Test(arguments: renderers.indices)
  func `a table is appended to what is there`(index: Int) {
    let renderer = Self.renderers[index]
    var bytes = Array("before".utf8)
    renderer.append(sample, to: &bytes)
    #expect(bytes == Array("before".utf8) + renderer.bytes(of: sample))
  }
}
