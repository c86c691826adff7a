internal import ArgumentParser

/// The tool: `orderbase [--store FILE] COMMAND …`.
struct Root: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "orderbase",
    abstract: "An order store in one file, and the key figures over it.",
    usage: "orderbase [--store FILE] COMMAND",
    discussion: """
      A first look:
        orderbase --store shop.orders init --tz Europe/Berlin --currency EUR
        orderbase --store shop.orders import orders.csv --map generic.toml
        orderbase --store shop.orders kpi K07 --by channel

      orderbase help exit-codes, help periods and help conditions explain those; orderbase explain CODE explains an error.
      """,
    version: version,
    subcommands: [
      InitCommand.self, ImportCommand.self, OrderCommand.self, RecordCommand.self, FindCommand.self, TrackCommand.self,
      InventoryCommand.self, AlertsCommand.self, FlowCommand.self, KPICommand.self, VerifyCommand.self,
      BackupCommand.self, RestoreCommand.self,
      ChangesCommand.self, LoadCommand.self, InfoCommand.self, DescribeCommand.self, ExplainCommand.self,
      CompletionsCommand.self, HelpCommand.self,
    ])
}

/// The entry of the tool, in a process of its own or inside a test.
public enum Tool {
  /// What a run left behind.
  public struct Outcome: Sendable {
    public var output: [UInt8]
    public var errors: [UInt8]
    public var status: Int32
  }

  /// Runs the process's own arguments and exits.
  public static func main() -> Never {
    System.ignoreClosedPipes()
    System.keepFreedMemory()
    System.exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs in process: a test reads what the tool would print.
  ///
  /// - Parameter now: What the clock says, milliseconds.
  public static func outcome(
    of arguments: [String], environment: [String: String] = [:], now: Int64 = 0
  ) -> Outcome {
    let invocation = Invocation(
      arguments: ["orderbase"] + arguments, environment: environment, clock: now, collects: true)
    let status = Invocation.$current.withValue(invocation) { run(arguments) }
    let (output, errors) = invocation.transcript
    return Outcome(output: output, errors: errors, status: status)
  }

  private static func run(_ arguments: [String]) -> Int32 {
    let invocation = Invocation.current
    do {
      var command = try Root.parseAsRoot(hoisted(arguments))
      try command.run()
      return 0
    } catch let failure as CommandFailure {
      invocation.report(text(of: failure))
      return failure.status.rawValue
    } catch let status as StatusOnly {
      return status.status.rawValue
    } catch {
      let code = Root.exitCode(for: error)
      let text = Root.fullMessage(for: error)
      if code.isSuccess {
        if !text.isEmpty { invocation.write(text + "\n") }
      } else if !text.isEmpty {
        invocation.report(isJSONWanted ? usageFailure(error).json : text)
      }
      return code.rawValue
    }
  }

  /// An error as it was asked for: for people, or one line of JSON.
  static func text(of failure: CommandFailure) -> String { isJSONWanted ? failure.json : failure.text }

  private static var isJSONWanted: Bool {
    let invocation = Invocation.current
    let asked = invocation.arguments.indices.contains { index in
      let argument = invocation.arguments[index]
      if argument.hasPrefix("--format=json") { return true }
      return argument == "--format" && index + 1 < invocation.arguments.count
        && invocation.arguments[index + 1].hasPrefix("json")
    }
    return asked || invocation.environment["ORDERBASE_ERRORS"] == "json"
  }

  /// What the argument parser says of arguments it does not understand.
  private static func usageFailure(_ error: any Error) -> CommandFailure {
    let words = Root.message(for: error).split(whereSeparator: \.isNewline).map { line in
      line.split(separator: " ").joined(separator: " ")
    }
    return CommandFailure("OB1104", words.joined(separator: " "))
  }

  /// Options that stand before the command go behind it, where the command that uses them reads them.
  static func hoisted(_ arguments: [String]) -> [String] {
    var front: [String] = []
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("--") {
      let argument = arguments[index]
      guard
        argument == "--store" || argument.hasPrefix("--store=") || argument == "--map-size"
          || argument.hasPrefix("--map-size=")
      else { return arguments }
      front.append(argument)
      index += 1
      if !argument.contains("="), index < arguments.count {
        front.append(arguments[index])
        index += 1
      }
    }
    if front.isEmpty || index >= arguments.count { return arguments }
    var rest = Array(arguments[index...])
    let end = rest.firstIndex(of: "--") ?? rest.count
    rest.insert(contentsOf: front, at: end)
    return rest
  }
}

/// Ends a command with a status when everything was said already.
struct StatusOnly: Error {
  var status: ExitStatus
}
