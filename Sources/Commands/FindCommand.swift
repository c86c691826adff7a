internal import ArgumentParser
internal import OrderModel
internal import OrderStore

struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find orders by number, customer, phone or e-mail.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var time: TimeOptions
  @Argument(help: "An order number.") var number: String?
  @Option(help: "Only in this channel.") var channel: String?
  @Option(help: "Orders of this customer.") var customer: String?
  @Option(help: "Orders of customers with this phone; only digits matter.") var phone: String?
  @Option(help: "Orders of customers with this e-mail; letter case does not matter.") var email: String?

  func validate() throws {
    guard [number, customer, phone, email].compactMap({ $0 }).count == 1 else {
      throw ValidationError("Give one of: an order number, --customer, --phone, --email.")
    }
  }

  func run() throws {
    let opened = try store.open(readOnly: true)
    let zone = try time.zone(for: opened.settings)
    let snapshot = try StoreAccess.snapshot(of: opened)
    var orders: [StoredOrder] = []
    do throws(StoreError) {
      var found: [OrderID] = []
      if let number { found = try snapshot.orders(number: number, channel: channel) }
      if let customer { found = try snapshot.orders(customer: customer) }
      if let phone { found = try snapshot.orders(phone: phone) }
      if let email { found = try snapshot.orders(email: email) }
      for id in found { if let order = try snapshot.order(id) { orders.append(order) } }
    } catch { throw CommandFailure(error) }
    if let channel, number == nil { orders.removeAll { $0.channel != channel } }
    try output.write(OrderTables.heads(of: orders, settings: opened.settings), zone: zone)
    if orders.isEmpty, let number { throw CommandFailure(.refused(.unknownOrder(number))) }
  }
}
