internal import ArgumentParser
internal import OrderModel
internal import OrderStore

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record that an order passed a node, or a feed of commands.",
    discussion: """
      Nodes: \(Node.allCases.map(\.name).joined(separator: ", ")); of a parcel also \
      \(ParcelReport.Outcome.allCases.map(\.name).joined(separator: ", ")).

      With --from a file of JSON Lines is read (- is standard input), an object a line:
        {"event":"shipped","order":"SO-1","leg":1,"at":"2026-03-05T20:00:00+08:00","key":"scan-77"}
        {"command":"hold","order":"SO-1","kind":"fraud","at":"2026-03-05T20:01:00+08:00"}
      An answer a line comes back, in the order of the lines; a refused line does not stop the others.
      """)

  @OptionGroup var act: ActOptions
  @Argument(help: "The order's number.") var number: String?
  @Argument(help: "The node, such as shipped.") var node: String?
  @Option(name: .customLong("from"), help: "A file of JSON Lines; - is standard input.") var from: String?
  @Option(help: "The channel, when several have the number.") var channel: String?
  @Option(help: "The leg; the order as a whole by default.") var leg: UInt8 = 0
  @Option(help: "The location.") var location: String?
  @Option(help: "The carrier.") var carrier: String?
  @Option(help: "The carrier's number of the parcel, with labelled.") var waybill: String?
  @OptionGroup var units: QuantityOptions

  func validate() throws {
    if (from == nil) == (number == nil) { throw ValidationError("Name an order and a node, or a feed with --from.") }
    if from != nil, act.dryRun.isOn { throw ValidationError("--dry-run goes with a single event, not with a feed.") }
    if from == nil, node == nil { throw ValidationError("Name the node.") }
  }

  func run() throws {
    if let from { return try CommandFeed(store: act.store, time: act.time).run(from) }
    guard let number, let name = node else { return }
    let reference = OrderReference.number(number, channel: channel)
    if let outcome = ParcelReport.Outcome.allCases.first(where: { $0.name == name.lowercased() }) {
      return try act.submit(number, outcome.name) {
        .parcel(
          ParcelReport(
            order: reference, outcome: outcome, leg: leg, lines: try units.quantities(), reason: act.reason,
            actor: act.actor, occurredAt: $0.instant))
      }
    }
    guard let node = Node(name: name) else {
      throw CommandFailure("OB1206", "no node '\(name)'", hint: Node.allCases.map(\.name).joined(separator: ", "))
    }
    try act.submit(number, node.name) {
      .record(
        StatusEvent(
          order: reference, node: node, leg: leg, occurredAt: $0.instant, actor: act.actor, reason: act.reason,
          location: location, carrier: carrier, waybill: waybill))
    }
  }
}
