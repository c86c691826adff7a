internal import ArgumentParser
internal import Calendars
internal import Columns
internal import Intake
internal import OrderModel
internal import OrderStore
internal import Reports

/// Options of every command that uses a store.
struct StoreOptions: ParsableArguments {
  @Option(name: .customLong("store"), help: "The store file; ORDERBASE_STORE by default.")
  var store: String?

  @Option(
    name: .customLong("map-size"), help: ArgumentHelp("Largest size of the file, such as 64M.", visibility: .hidden))
  var mapSize: String?

  /// The store's path.
  func path() throws -> String {
    if let path = store ?? Invocation.current.environment["ORDERBASE_STORE"], !path.isEmpty { return path }
    throw CommandFailure("OB1101", "no store named")
  }

  /// - Parameter foldedAfter: How many bytes of facts wait before they are folded; the store's own choice by default.
  func open(readOnly: Bool, foldedAfter: Int? = nil) throws -> OrderStore {
    let path = try path()
    var options = OrderStore.Options()
    options.readOnly = readOnly
    if let foldedAfter { options.lag = .bytes(foldedAfter) }
    options.mapSizeBytes = try mapSizeBytes()
    let now = Invocation.current.now
    let fixedClock: @Sendable () -> Int64 = { now }
    let clock = Invocation.current.collects ? fixedClock : nil
    if !Invocation.current.collects {
      // In-process runs share their process with others, who may have handlers of their own.
      let failure = CommandFailure(
        "OB4202", "the file '\(path)' is damaged, or was cut while it was read: the engine fell over it",
        hint: "orderbase --store \(path) verify names the damage; restore the latest backup")
      System.onMemoryFault(say: Tool.text(of: failure), status: failure.status.rawValue)
    }
    do throws(StoreError) {
      return try OrderStore.open(path: path, options: options, clock: clock)
    } catch {
      // A store on a medium that cannot be written has no lock file to write either.
      throw CommandFailure(error)
    }
  }

  func mapSizeBytes() throws -> Int? {
    guard let text = mapSize else { return nil }
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    let factor = text.last.flatMap { units[Character($0.uppercased())] }
    guard let value = Int(factor == nil ? text[...] : text.dropLast()), value > 0,
      case let (bytes, overflow) = value.multipliedReportingOverflow(by: factor ?? 1), !overflow
    else { throw CommandFailure("OB1102", "map size '\(text)' cannot be read", hint: "write it as 64M or 2G") }
    return bytes
  }
}

/// How results are written.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, csv, tsv, json, jsonl, md
  }

  @Option(help: "table, csv, tsv, json, jsonl or md.")
  var format: Format?

  @Option(name: [.customShort("o"), .long], help: "Write to this file; its suffix picks the format.")
  var output: String?

  @Option(help: "Only these columns, separated by commas.")
  var columns: String?

  @Flag(name: .customLong("no-header"), help: "Leave title and heading away.")
  var noHeader = false

  @Flag(help: "Never leave columns out to fit the terminal.")
  var wide = false

  @Flag(help: "Milliseconds and minor units instead of readable values.")
  var raw = false

  @Flag(help: "CSV for Excel: byte-order mark, CRLF, formula guard.")
  var excel = false

  @Option(help: "auto, always or never.")
  var color: Color = .auto

  @Option(name: .customLong("cjk-ambiguous"), help: "Cells of a character of ambiguous width: 1 or 2.")
  var ambiguous = 1

  enum Color: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  private func chosenFormat() throws -> Format {
    if let format { return format }
    guard let output else { return .table }
    let suffix = output.split(separator: ".").last.map { String($0).lowercased() } ?? ""
    switch suffix {
    case "csv": return .csv
    case "tsv": return .tsv
    case "json": return .json
    case "jsonl", "ndjson": return .jsonl
    case "md": return .md
    case "txt": return .table
    default:
      throw CommandFailure(
        "OB1102", "no format for '\(output)'", hint: "name one: --format csv, or a suffix .csv .json .jsonl .md")
    }
  }

  /// Whether people read the result as it stands.
  var isForPeople: Bool {
    get throws {
      let format = try chosenFormat()
      return format == .table || format == .md
    }
  }

  /// Writes a table where it was asked for.
  func write(_ table: Table, zone: TimeZoneRules? = nil) throws {
    var table = table
    if let columns {
      let names = columns.split(separator: ",").map { String($0.filter { $0 != " " }) }
      guard let selected = table.selecting(names) else {
        let unknown = names.first { name in !table.columns.contains { $0.name == name } } ?? columns
        throw CommandFailure(
          "OB1102", "no column '\(unknown)' in this answer",
          hint: "columns: \(table.columns.map(\.name).joined(separator: ", "))")
      }
      table = selected
    }
    let invocation = Invocation.current
    let toTerminal = invocation.isTerminal && output == nil
    let instants = zone.map { zone in InstantFormat { RFC3339.string($0, in: zone) } } ?? .utc
    let cells = ReadableCells(raw: raw, instants: instants)
    let renderer: any TableRenderer
    switch try chosenFormat() {
    case .table:
      renderer = TerminalRenderer(
        width: toTerminal && !wide ? invocation.terminalWidth : nil, cells: cells,
        textWidth: TerminalWidth(ambiguous: ambiguous == 2 ? 2 : 1), style: usesColor(toTerminal) ? .ansi : .plain,
        showsHeading: !noHeader, showsFooter: !noHeader)
    case .csv: renderer = CSVRenderer(heading: noHeader ? .none : .names, excel: excel, raw: raw)
    case .tsv: renderer = TSVRenderer(heading: noHeader ? .none : .names, raw: raw)
    case .json: renderer = JSONRenderer()
    case .jsonl: renderer = JSONLinesRenderer()
    case .md: renderer = MarkdownRenderer(cells: cells, showsTitle: !noHeader)
    }
    let bytes = renderer.bytes(of: table)
    guard let output else { return invocation.write(bytes) }
    try OutputFile.write(bytes, to: output)
  }

  private func usesColor(_ toTerminal: Bool) -> Bool {
    let environment = Invocation.current.environment
    switch color {
    case .always: return true
    case .never: return false
    case .auto:
      if let force = environment["CLICOLOR_FORCE"], force != "0" { return true }
      return toTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
  }
}

/// The time base of an answer.
struct TimeOptions: ParsableArguments {
  @Option(help: "IANA zone or offset in which days, weeks and months are cut; the store's by default.")
  var tz: String?

  func zone(for settings: StoreSettings) throws -> TimeZoneRules {
    try TimeOptions.rules(tz ?? Invocation.current.environment["ORDERBASE_TZ"] ?? settings.timeZone)
  }

  static func rules(_ name: String) throws -> TimeZoneRules {
    do throws(IntakeError) { return try ZoneDirectory.rules(named: name) } catch {
      throw CommandFailure("OB1103", "no time zone '\(name)'")
    }
  }
}
