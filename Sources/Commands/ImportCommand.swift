internal import ArgumentParser
internal import Intake
internal import OrderModel
internal import OrderStore
internal import Synchronization

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import orders from CSV or JSON Lines.",
    discussion: """
      The mapping says what the columns mean; Tools/mappings/generic.toml explains every key. Files may be plain, gzip or
      zstd; - is standard input. A mapping of several files finds them by name in the directory given.

      Importing is idempotent: known orders are counted as unchanged, new events of known orders as updated. After an
      interruption run the same command again: what is in stays in, the rest follows.
      Rejected rows go to NAME.rejects.csv with the reason; repair them there and import that file.
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: "Files or directories, or - for standard input.")
  var files: [String]

  @Option(help: "The mapping file.")
  var map: String

  @Flag(name: .customLong("dry-run"), help: "Do everything but write, and print the same summary.")
  var dryRun = false

  @Option(help: "Zone of times without an offset; the mapping's by default.")
  var tz: String?

  @Option(help: "Directory for rejects files; beside each file by default.")
  var rejects: String?

  @Option(
    name: .customLong("max-errors"),
    help: "Stop after this many rejected rows, as 100 or 1%; a percentage applies from 1,000 rows on.")
  var maxErrors = "1%"

  @Flag(help: "Stop at the first rejected row.")
  var strict = false

  @Flag(name: [.customShort("q"), .long], help: "No progress.")
  var quiet = false

  func run() throws {
    let invocation = Invocation.current
    var mapping: Mapping
    do throws(IntakeError) { mapping = try Mapping(contentsOf: map) } catch { throw CommandFailure(error) }
    if let tz {
      _ = try TimeOptions.rules(tz)
      mapping.zone = tz
    }
    var options = ImportOptions()
    options.rejectsDirectory = rejects
    options.writesRejects = !dryRun
    options.temporaryDirectory = invocation.temporaryDirectory
    guard let limit = ImportOptions.ErrorLimit(strict ? "0" : maxErrors) else {
      throw CommandFailure("OB1102", "--max-errors '\(maxErrors)' cannot be read", hint: "write it as 100 or 1%")
    }
    options.errorLimit = limit
    let target = try dryRun ? DryRun(of: store) : nil
    defer { target?.remove() }
    // Index pages are written half as often as with the 1 MiB of other commands; the price is 20 MB of memory.
    let opened = try target?.store ?? store.open(readOnly: false, foldedAfter: 2 << 20)

    Interruption.install()
    let progress = ImportProgressLine(isQuiet: quiet, name: files.first ?? "-")
    var failure: StoreError?
    let report: ImportReport
    do throws(IntakeError) {
      report = try Importer(mapping, options: options).run(
        files, onProgress: { progress.show($0) }, shouldStop: { Interruption.isAsked }
      ) { (submissions, _) throws(IntakeError) in
        do throws(StoreError) {
          return try opened.submit(submissions).map { result in
            switch result {
            case .success(let receipt): .accepted(receipt.outcome)
            case .failure(let refusal): .refused(refusal)
            }
          }
        } catch {
          failure = error
          throw .unwritable(path: opened.path, reason: error.description)
        }
      }
    } catch {
      progress.end()
      try? opened.close()
      if let failure { throw CommandFailure(failure) }
      throw CommandFailure(error)
    }
    progress.end()
    do throws(StoreError) { try opened.close() } catch { throw CommandFailure(error) }
    invocation.write(ImportSummary.text(of: report, isDryRun: dryRun, again: againCommand(report)))
    switch report.ending {
    case .tooManyRejects:
      throw CommandFailure(
        "OB2008", "stopped: \(report.rejectedRows) rows rejected, more than \(limit) allowed")
    case .cancelled: throw StatusOnly(status: Interruption.status)
    case .completed: if report.rejectedRows > 0 { throw StatusOnly(status: .rejectedRows) }
    }
  }

  private func againCommand(_ report: ImportReport) -> String? {
    let paths = report.files.compactMap(\.rejectsPath)
    guard !paths.isEmpty, report.files.count == 1 else { return nil }
    return "orderbase --store \(store.store ?? "STORE") import \(paths[0]) --map \(map)"
  }
}

/// A copy of the store that a dry run writes into and throws away: the same code, the same summary, nothing kept.
private struct DryRun {
  let store: OrderStore
  private let path: String

  init(of options: StoreOptions) throws {
    let original = try options.open(readOnly: false)
    path = Invocation.current.temporaryDirectory + "/orderbase-dry-run-\(System.processID).orders"
    System.remove(path)
    var copyOptions = OrderStore.Options()
    copyOptions.durability = .unsynced
    do throws(StoreError) {
      try original.backup(to: path)
      store = try OrderStore.open(path: path, options: copyOptions)
    } catch { throw CommandFailure(error) }
  }

  func remove() {
    System.remove(path)
    System.remove(path + "-lock")
  }
}

/// Ctrl-C or SIGTERM: once asks the work to stop at the next batch, twice stops at once.
enum Interruption {
  /// The signal that asked; 0 when none did.
  private static let signal = Atomic<Int32>(0)

  static var isAsked: Bool { signal.load(ordering: .relaxed) != 0 }

  /// How a run that was asked to stop ends: 130 for SIGINT, 143 for SIGTERM.
  static var status: ExitStatus { ExitStatus(rawValue: 128 + signal.load(ordering: .relaxed)) ?? .interrupted }

  static func install() {
    if Invocation.current.collects { return }
    System.onInterrupt { number in
      if Interruption.signal.exchange(number, ordering: .relaxed) != 0 { System.exitAtOnce(128 + number) }
    }
  }
}
