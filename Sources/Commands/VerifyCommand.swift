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

      --since N checks only what the facts behind sequence N touched: their groups, the rows, words and index entries they \
      add, the orders, lines and stock cells they change. It costs as much as these facts and needs no temporary files; \
      what it did not look at may be damaged all the same.
      """)
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @Option(help: "Only what the facts behind this sequence touched.") var since: UInt64?
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
    var table = Table(
      title: "", columns: [Column("what", type: .text, isKey: true), Column("value", type: .text)], rows: [],
      meta: Metadata(), notes: [])
    let findings = try since.map { try check(opened, since: $0, &table) } ?? checkAll(opened, &table)
    table.title = findings.isEmpty ? "\(path): sound" : "\(path): DAMAGED"
    if let since, findings.isEmpty { table.title = "\(path): sound as far as looked at, behind sequence \(since)" }
    table.append([.text("findings"), .text("\(findings.count)")])
    for finding in findings { table.append([.text("finding"), .text(finding)]) }
    try output.write(table)
    if !findings.isEmpty {
      throw CommandFailure("OB4201", "\(findings.count) places in '\(path)' differ from what the log says")
    }
  }

  /// - Returns: What does not hold.
  private func checkAll(_ store: OrderStore, _ table: inout Table) throws -> [String] {
    let report: VerificationReport
    do throws(StoreError) {
      report = try store.verify(temporaryDirectory: Invocation.current.temporaryDirectory)
    } catch { throw CommandFailure(error) }
    for (what, value) in [
      ("sequence", "\(report.sequence)"), ("orders", "\(report.orders)"), ("lines", "\(report.lines)"),
      ("events", "\(report.events)"), ("movements", "\(report.movements)"), ("fact_bytes", "\(report.factBytes)"),
      ("pages_used", "\(report.pagesUsed)"), ("pages_free", "\(report.pagesFree)"),
      ("facts", "\(report.facts)"), ("content_hash", report.contentHash),
    ] { table.append([.text(what), .text(value)]) }
    return report.findings
  }

  /// - Returns: What does not hold.
  private func check(_ store: OrderStore, since: UInt64, _ table: inout Table) throws -> [String] {
    let report: IncrementalReport
    do throws(StoreError) { report = try store.verify(since: since) } catch { throw CommandFailure(error) }
    guard since <= report.sequence else {
      throw CommandFailure(
        "OB1102", "the store has no sequence \(since); its newest is \(report.sequence)",
        hint: "verify --since N checks what came behind N")
    }
    for (what, value) in [
      ("sequence", "\(report.sequence)"), ("since", "\(since)"), ("groups", "\(report.groups)"),
      ("facts", "\(report.facts)"), ("fact_bytes", "\(report.factBytes)"), ("orders_checked", "\(report.orders)"),
      ("lines_checked", "\(report.lines)"), ("cells_checked", "\(report.cells)"),
      ("rows_read", "\(report.rowsRead)"),
      ("not_checked", "groups 1 to \(since), rows that later ones do not touch, pages, personal data"),
    ] { table.append([.text(what), .text(value)]) }
    return report.findings
  }
}
