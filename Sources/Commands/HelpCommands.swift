internal import ArgumentParser
internal import Columns
internal import KPIs
internal import OrderModel

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "What an error code means and what to do.")
  @OptionGroup(visibility: .hidden) var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @Argument(help: "A code such as OB2103; all codes without one.") var code: String?

  func run() throws {
    guard let code else {
      var table = Table(
        title: "",
        columns: [
          Column("code", type: .text, isKey: true), Column("title", type: .text),
          Column("exit", type: .integer), Column("hint", type: .text),
        ], rows: [], meta: Metadata(), notes: [])
      for entry in ErrorCatalogue.entries {
        table.append([
          .text(entry.code), .text(entry.title), .integer(Int64(entry.status.rawValue)), .text(entry.hint),
        ])
      }
      return try output.write(table)
    }
    guard let entry = ErrorCatalogue.entry(code) else {
      throw CommandFailure("OB1102", "no error code '\(code)'", hint: "orderbase explain lists them")
    }
    Invocation.current.write(
      """
      \(entry.code)  \(entry.title)
        cause    \(entry.cause)
        hint     \(entry.hint)
        example  \(entry.example)
        exit     \(entry.status.rawValue), \(entry.status.meaning)

      """)
  }
}

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Fields, nodes, key figures, and the JSON Schemas of what is written.",
    discussion: """
      orders, nodes, kpis and exit-codes are tables. The others are JSON Schemas: answer (--format json), row (a line of
      --format jsonl), error (on standard error), change (a line of changes), reject (a line of NAME.rejects.jsonl).
      """)
  @OptionGroup(visibility: .hidden) var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @Argument(help: "orders, nodes, kpis, exit-codes, answer, row, error, change or reject.") var what = "orders"

  func run() throws {
    switch what {
    case "orders": try output.write(KPICommand.fieldTable())
    case "nodes":
      var table = Table(
        title: "", columns: [Column("number", type: .integer, isKey: true), Column("node", type: .text)], rows: [],
        meta: Metadata(), notes: [])
      for node in Node.allCases { table.append([.integer(Int64(node.rawValue)), .text(node.name)]) }
      try output.write(table)
    case "kpis": try output.write(KPICommand.listTable())
    case "exit-codes": try output.write(HelpCommand.exitCodes())
    default:
      guard let schema = OutputSchemas.text(of: what) else {
        let names = ["orders", "nodes", "kpis", "exit-codes"] + OutputSchemas.names
        throw CommandFailure(
          "OB1102", "nothing called '\(what)' to describe", hint: names.joined(separator: ", "))
      }
      Invocation.current.write(schema)
    }
  }
}

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "A completion script for a shell.",
    discussion: "For bash: source <(orderbase completions bash)")
  @OptionGroup(visibility: .hidden) var store: StoreOptions
  @Argument(help: "bash, zsh or fish.") var shell: String

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw CommandFailure("OB1102", "no completions for '\(shell)'", hint: "bash, zsh or fish")
    }
    Invocation.current.write(Root.completionScript(for: shell) + "\n")
  }
}

struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Help on a command, or on exit-codes, periods, conditions.")
  @OptionGroup(visibility: .hidden) var store: StoreOptions
  @Argument(help: "A command or topic.") var topic: [String] = []

  func run() throws {
    let invocation = Invocation.current
    switch topic.first {
    case nil: invocation.write(Root.helpMessage() + "\n")
    case "exit-codes":
      for status in ExitStatus.allCases {
        let number = String(status.rawValue)
        invocation.write(String(repeating: " ", count: 4 - number.count) + number + "  " + status.meaning + "\n")
      }
    case "periods": invocation.write(HelpCommand.periods)
    case "conditions": invocation.write(HelpCommand.conditions)
    default:
      var command: any ParsableCommand.Type = Root.self
      for name in topic {
        guard
          let next = command.configuration.subcommands.first(where: {
            $0.configuration.commandName == name || $0._commandName == name
          })
        else {
          throw CommandFailure("OB1102", "no help on '\(topic.joined(separator: " "))'", hint: "orderbase help")
        }
        command = next
      }
      invocation.write(Root.helpMessage(for: command) + "\n")
    }
  }

  static func exitCodes() -> Table {
    var table = Table(
      title: "", columns: [Column("code", type: .integer, isKey: true), Column("meaning", type: .text)], rows: [],
      meta: Metadata(), notes: [])
    for status in ExitStatus.allCases { table.append([.integer(Int64(status.rawValue)), .text(status.meaning)]) }
    return table
  }

  static let periods = """
    2025   2025-Q1   2025-W07   2025-03   2025-03-15   2025-03-15T10:00
    A..B                     both named periods included: 2025-01..2025-03 is January to March
    last 30 days             the 30 whole days before the day of as-of
    last_month this_quarter  today yesterday mtd qtd ytd all
    since 2025-03            from its start; until 2025-03 to its end
    monthly in 2025          a period with a bucket; weekly since 2025-W10
    Days begin in --tz. Ends are shown as half-open instants.

    """

  static let conditions = """
    channel = 'pos'   channel != 'pos'   channel in ('pos', 'web')   region is missing
    total > 50 EUR    units between 2 and 5    placed_at >= 2025-03-01
    reached shipped   not reached shipped within 24h of placed   time(placed -> shipped) < 2d
    and, or, not, parentheses; --where may be repeated, all must hold
    orderbase describe orders lists the fields.

    """
}
