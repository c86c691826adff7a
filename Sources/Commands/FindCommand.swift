internal import ArgumentParser
internal import OrderModel
internal import OrderStore

struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find orders by number, customer, phone or e-mail, or by what happened when.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var time: TimeOptions
  @Argument(help: "An order number.") var number: String?
  @Option(help: "Only in this channel.") var channel: String?
  @Option(help: "Orders of this customer.") var customer: String?
  @Option(help: "Orders of customers with this phone; only digits matter.") var phone: String?
  @Option(help: "Orders of customers with this e-mail; letter case does not matter.") var email: String?

  @Option(help: "Orders that passed this node, from --since on and before --until.") var node: String?
  @Option(help: "Orders that this person did something for in that time.") var actor: String?
  @Option(help: "From this instant on; from the first by default.") var since: String?
  @Option(help: "Before this instant; now by default.") var until: String?

  func validate() throws {
    let hasEvents = node != nil || actor != nil
    guard [number, customer, phone, email].compactMap({ $0 }).count + (hasEvents ? 1 : 0) == 1 else {
      throw ValidationError("Give one of: an order number, --customer, --phone, --email, --node and --actor.")
    }
    if since != nil || until != nil, !hasEvents {
      throw ValidationError("--since and --until go with --node or --actor.")
    }
  }

  private func wantedNode() throws -> Node? {
    guard let node else { return nil }
    if let found = Node(name: node) { return found }
    throw CommandFailure("OB1206", "no node '\(node)'", hint: Node.allCases.map(\.name).joined(separator: ", "))
  }

  func run() throws {
    let opened = try store.open(readOnly: true)
    let zone = try time.zone(for: opened.settings)
    let snapshot = try StoreAccess.snapshot(of: opened)
    var orders: [StoredOrder] = []
    let wanted = try wantedNode()
    let from = try since.map { try StoreAccess.instant($0, zone: zone) } ?? Instant.earliest
    let before = try StoreAccess.instant(until, zone: zone)
    do throws(StoreError) {
      var found: [OrderID] = []
      if let number { found = try snapshot.orders(number: number, channel: channel) }
      if let customer { found = try snapshot.orders(customer: customer) }
      if let phone { found = try snapshot.orders(phone: phone) }
      if let email { found = try snapshot.orders(email: email) }
      if wanted != nil || actor != nil {
        found = try snapshot.orders(passing: wanted, by: actor, from: from, before: before)
      }
      for id in found { if let order = try snapshot.order(id) { orders.append(order) } }
    } catch { throw CommandFailure(error) }
    if let channel, number == nil { orders.removeAll { $0.channel != channel } }
    try output.write(OrderTables.heads(of: orders, settings: opened.settings), zone: zone)
    if orders.isEmpty, let number { throw CommandFailure(.refused(.unknownOrder(number))) }
  }
}
