/// The escape sequences around parts of a table; none of them carries meaning of its own.
package struct TerminalStyle: Sendable {
  package var title: String
  package var heading: String
  package var footer: String
  /// Ends any of the others.
  package var reset: String

  package init(title: String, heading: String, footer: String, reset: String) {
    self.title = title
    self.heading = heading
    self.footer = footer
    self.reset = reset
  }

  /// No escape sequences at all.
  package static let plain = TerminalStyle(title: "", heading: "", footer: "", reset: "")
  /// Bold title and heading, dim footer.
  package static let ansi = TerminalStyle(
    title: "\u{1B}[1m", heading: "\u{1B}[1m", footer: "\u{1B}[2m", reset: "\u{1B}[0m")
}
