internal import Intake

/// How far an import is: a line on the terminal device, redrawn at most ten times a second from half a second on; without
/// a terminal one plain line every five seconds.
final class ImportProgressLine {
  private let isQuiet: Bool
  private let name: String
  private let start: Int64
  private var lastShown: Int64 = 0
  private var terminal: Int32 = -1
  private var hasDrawn = false

  init(isQuiet: Bool, name: String) {
    self.isQuiet = isQuiet || Invocation.current.collects
    self.name = name.split(separator: "/").last.map(String.init) ?? name
    start = System.monotonicClock
    if !self.isQuiet, System.isTerminal(2) { terminal = System.openTerminal() }
  }

  func show(_ progress: ImportProgress) {
    if isQuiet { return }
    let now = System.monotonicClock
    let elapsed = now - start
    let interval: Int64 = terminal >= 0 ? 100 : 5_000
    guard elapsed >= (terminal >= 0 ? 500 : 5_000), now - lastShown >= interval else { return }
    lastShown = now
    let line = ImportProgressLine.text(name: name, progress, elapsedMilliseconds: elapsed)
    if terminal >= 0 {
      draw("\r\u{1B}[K" + line)
      hasDrawn = true
    } else {
      Invocation.current.report(line)
    }
  }

  /// `march.csv  62 %  1240000 rows  412000 rows/s  eta 2 s  3 rejected`
  static func text(name: String, _ progress: ImportProgress, elapsedMilliseconds elapsed: Int64) -> String {
    var parts = [name]
    let rate = elapsed > 0 ? Int64(progress.rows) * 1_000 / elapsed : 0
    if let total = progress.bytesTotal, total > 0 {
      parts.append("\(progress.bytesRead * 100 / total) %")
    }
    parts.append("\(progress.rows) rows")
    parts.append("\(rate) rows/s")
    if let total = progress.bytesTotal, progress.bytesRead > 0, total >= progress.bytesRead {
      parts.append("eta \(elapsed * Int64(total - progress.bytesRead) / Int64(progress.bytesRead) / 1_000) s")
    }
    if progress.rejectedRows > 0 { parts.append("\(progress.rejectedRows) rejected") }
    return parts.joined(separator: "  ")
  }

  private func draw(_ text: String) {
    // A terminal that went away is no reason to stop the work.
    try? System.write(Array(text.utf8), to: terminal)
  }

  func end() {
    if hasDrawn { draw("\r\u{1B}[K") }
    if terminal >= 0 { System.close(terminal) }
    terminal = -1
  }
}
