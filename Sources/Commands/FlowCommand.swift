internal import ArgumentParser
internal import Columns
internal import OrderModel
internal import Reports

struct FlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow", abstract: "What may follow what: transitions and profiles as data.",
    subcommands: [Show.self, Profiles.self, Lint.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every transition, its guard and what it moves.")
    @OptionGroup var output: OutputOptions

    func run() throws {
      var table = Table(
        title: "",
        columns: [
          Column("id", type: .text, isKey: true), Column("event", type: .text), Column("from", type: .text),
          Column("to", type: .text), Column("guard", type: .text), Column("movements", type: .text),
          Column("blocked_by_holds", label: "held up", type: .boolean),
        ], rows: [], meta: Metadata(), notes: [])
      for transition in Transition.all {
        let from = transition.from.count == Node.allCases.count ? "any" : FlowCommand.names(transition.from)
        table.append([
          .text(transition.id), .text(transition.event), from.isEmpty ? .null : .text(from),
          transition.to.map { .text($0.name) } ?? .null,
          transition.guarding.isEmpty ? .null : .text(transition.guarding),
          transition.movements.isEmpty
            ? .null : .text(transition.movements.map(\.name).joined(separator: " ")),
          .boolean(transition.isBlockedByHolds),
        ])
      }
      try output.write(table)
    }
  }

  struct Profiles: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The kinds of order and the nodes each has to pass.")
    @OptionGroup var output: OutputOptions

    func run() throws {
      var table = Table(
        title: "",
        columns: [
          Column("profile", type: .text, isKey: true), Column("purpose", type: .text),
          Column("required", label: "required nodes", type: .text),
        ], rows: [], meta: Metadata(), notes: [])
      for profile in Profile.all {
        table.append([
          .text(profile.id.name), .text(profile.purpose),
          .text(FlowCommand.names(Node.allCases.filter(profile.requires))),
        ])
      }
      try output.write(table)
    }
  }

  struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the transitions: nodes nothing leads to, dead ends, names used twice.")

    func run() throws {
      let findings = Flow.lint()
      for finding in findings { Invocation.current.write("\(finding)\n") }
      guard findings.isEmpty else { throw StatusOnly(status: .checkFailed) }
      Invocation.current.write("\(Transition.all.count) transitions, \(Profile.all.count) profiles: nothing found\n")
    }
  }

  /// Nodes in a row; runs of the key nodes as `a … b`.
  private static func names(_ nodes: [Node]) -> String {
    var parts: [String] = []
    var index = 0
    while index < nodes.count {
      var end = index
      while end + 1 < nodes.count, nodes[end + 1].rawValue == nodes[end].rawValue + 1 { end += 1 }
      if end - index >= 2 {
        parts.append("\(nodes[index].name) … \(nodes[end].name)")
      } else {
        parts += nodes[index...end].map(\.name)
      }
      index = end + 1
    }
    return parts.joined(separator: ", ")
  }
}
