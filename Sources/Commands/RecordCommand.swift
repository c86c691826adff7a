internal import ArgumentParser
internal import OrderModel
internal import OrderStore

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record that an order passed a node.",
    discussion: "Nodes: \(Node.allCases.map(\.name).joined(separator: ", ")).")

  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions
  @Argument(help: "The order's number.") var number: String
  @Argument(help: "The node, such as shipped.") var node: String
  @Option(help: "The channel, when several have the number.") var channel: String?
  @Option(help: "The leg; the order as a whole by default.") var leg: UInt8 = 0
  @Option(help: "When; now by default.") var at: String?
  @Option(help: "Who did it.") var actor: String?
  @Option(help: "Why.") var reason: String?
  @Option(help: "The location.") var location: String?
  @Option(help: "The carrier.") var carrier: String?
  @Option(name: .customLong("key"), help: "Idempotency key.") var key: String?

  func run() throws {
    guard let node = Node(name: node) else {
      throw CommandFailure("OB1206", "no node '\(node)'", hint: Node.allCases.map(\.name).joined(separator: ", "))
    }
    let opened = try store.open(readOnly: false)
    let zone = try time.zone(for: opened.settings)
    let receipt = try StoreAccess.submit(
      .record(
        StatusEvent(
          order: .number(number, channel: channel), node: node, leg: leg,
          occurredAt: try StoreAccess.instant(at, zone: zone), actor: actor, reason: reason, location: location,
          carrier: carrier)), key: key, to: opened)
    Invocation.current.write(
      receipt.outcome == .unchanged
        ? "\(number) has this event already\n" : "recorded \(node.name) of \(number) at sequence \(receipt.sequence)\n")
  }
}
