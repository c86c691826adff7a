internal import ArgumentParser
internal import Columns
internal import OrderStore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Recompute everything derived from the log, and compare.",
    discussion: """
      Reads the store in a process of its own, so that a file damaged beyond the engine's own checks ends that process and
      is reported all the same. Needs about as much room for temporary files (TMPDIR) as the store has.
      Exit status 0 means sound, 6 damaged.
      """)
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @Flag(name: .customLong("in-process"), help: ArgumentHelp("Verify in this process.", visibility: .hidden))
  var inProcess = false

  func run() throws {
    let invocation = Invocation.current
    let path = try store.path()
    guard inProcess || invocation.collects else {
      let result: (status: Int32, signal: Int32)
      do throws(System.Failure) {
        result = try System.runAgain(Array(invocation.arguments.dropFirst()) + ["--in-process"])
      } catch { throw CommandFailure("OB4100", "the verifying process cannot be started: \(error.reason)") }
      if result.signal != 0 {
        throw CommandFailure(
          "OB4202", "the store is damaged: reading '\(path)' ended the process with signal \(result.signal)")
      }
      throw ExitCode(result.status)
    }
    let opened = try store.open(readOnly: true)
    let report: VerificationReport
    do throws(StoreError) {
      report = try opened.verify(temporaryDirectory: invocation.temporaryDirectory)
    } catch { throw CommandFailure(error) }
    var table = Table(
      title: report.findings.isEmpty ? "\(path): sound" : "\(path): DAMAGED",
      columns: [Column("what", type: .text, isKey: true), Column("value", type: .text)], rows: [], meta: Metadata(),
      notes: [])
    for (what, value) in [
      ("sequence", "\(report.sequence)"), ("orders", "\(report.orders)"), ("lines", "\(report.lines)"),
      ("events", "\(report.events)"), ("movements", "\(report.movements)"), ("fact_bytes", "\(report.factBytes)"),
      ("pages_used", "\(report.pagesUsed)"), ("pages_free", "\(report.pagesFree)"),
      ("facts", "\(report.facts)"), ("content_hash", report.contentHash), ("findings", "\(report.findings.count)"),
    ] { table.append([.text(what), .text(value)]) }
    for finding in report.findings { table.append([.text("finding"), .text(finding)]) }
    try output.write(table)
    if !report.findings.isEmpty {
      throw CommandFailure("OB4201", "\(report.findings.count) places in '\(path)' differ from what the log says")
    }
  }
}
