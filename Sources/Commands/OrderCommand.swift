internal import ArgumentParser
internal import Calendars
internal import Columns
internal import OrderModel
internal import OrderStore

struct OrderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "Orders: what there is, and what happens to them.",
    subcommands: [
      Get.self, List.self, Put.self, Pay.self, Terms.self, Validate.self, Approve.self, Allocate.self, Edit.self,
      Cancel.self, Expire.self, Hold.self, Unhold.self, Exception.self, Return.self, RefundMoney.self, Note.self,
      Merge.self, Void.self,
    ])

  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "An order with its lines and amounts.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @Argument(help: "Order numbers; - reads them from standard input.") var numbers: [String]
    @Option(help: "The channel, when several have the number.") var channel: String?

    func run() throws {
      let opened = try store.open(readOnly: true)
      let zone = try time.zone(for: opened.settings)
      let snapshot = try StoreAccess.snapshot(of: opened)
      var orders: [StoredOrder] = []
      for number in StoreAccess.expanded(numbers) {
        orders.append(try StoreAccess.order(number, channel: channel, in: snapshot))
      }
      try output.write(OrderTables.lines(of: orders, settings: opened.settings), zone: zone)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The newest orders.")
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @Option(help: "How many.") var limit = 20

    func run() throws {
      let opened = try store.open(readOnly: true)
      let zone = try time.zone(for: opened.settings)
      let snapshot = try StoreAccess.snapshot(of: opened)
      let first = max(0, snapshot.orderCount - max(0, limit))
      var orders: [StoredOrder] = []
      for row in (first..<snapshot.orderCount).reversed() {
        do throws(StoreError) {
          if let order = try snapshot.order(OrderID(rawValue: UInt32(row))) { orders.append(order) }
        } catch { throw CommandFailure(error) }
      }
      var table = OrderTables.heads(of: orders, settings: opened.settings)
      if first > 0 { table.notes.append("\(first) older orders not shown; --limit N shows more") }
      try output.write(table, zone: zone)
    }
  }

  struct Put: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Place an order.",
      discussion: "The same channel and number with the same content again changes nothing.")
    @OptionGroup var store: StoreOptions
    @Argument(help: "The order's number in its channel.") var number: String
    @Option(help: "The channel.") var channel = "shop"
    @Option(
      name: .customLong("line"), help: "SKU:QUANTITY:PRICE, repeatable; the price as 12.50; @LOCATION may follow.")
    var lines: [String]
    @Option(help: "Which nodes it has to pass: orderbase flow profiles lists the kinds.") var profile = "standard"
    @Option(help: "as-available, complete, or the most legs there may be.") var split = "as-available"
    @Option(help: "Its type, as the shop calls it.") var type: String?
    @Option(help: "Its priority: a number, or urgent, high, normal, low.") var priority: String?
    @Option(help: "Who entered it.") var creator: String?
    @Option(name: .customLong("exchange-for"), help: "The order whose returned goods it replaces.")
    var exchangeFor: String?
    @Option(help: "Shown only.") var note: String?
    @Option(help: "The customer's key.") var customer: String?
    @Option(help: "The customer's e-mail.") var email: String?
    @Option(help: "The customer's phone.") var phone: String?
    @Option(help: "Currency; the store's by default.") var currency: String?
    @Option(help: "Ship-to region.") var region: String?
    @Option(name: .customLong("ship-by"), help: "Promise to ship, an instant or a date.") var shipBy: String?
    @Option(name: .customLong("deliver-by"), help: "Promise to deliver.") var deliverBy: String?
    @Option(help: "When it was placed; now by default.") var at: String?
    @OptionGroup var time: TimeOptions
    @OptionGroup var dryRun: DryRunOption

    func run() throws {
      let opened = try store.open(readOnly: false)
      let zone = try time.zone(for: opened.settings)
      let currency = currency ?? opened.settings.currency
      var order = NewOrder(
        channel: channel, number: number, placedAt: try StoreAccess.instant(at, zone: zone), currency: currency)
      guard let profile = Profile.ID(name: profile) else {
        throw CommandFailure(
          "OB1102", "no profile '\(profile)'", hint: Profile.ID.allCases.map(\.name).joined(separator: ", "))
      }
      guard let split = SplitPolicy(name: split) else {
        throw CommandFailure("OB1102", "no split policy '\(split)'", hint: "as-available, complete, or a number from 2")
      }
      (order.profile, order.split, order.type, order.priority) = (profile, split, type, priority)
      (order.creator, order.note) = (creator, note)
      order.exchangeFor = exchangeFor.map { .number($0, channel: nil) }
      order.region = region
      order.shipBy = try shipBy.map { try StoreAccess.instant($0, zone: zone) }
      order.deliverBy = try deliverBy.map { try StoreAccess.instant($0, zone: zone) }
      if let key = customer ?? email ?? phone {
        order.customer = CustomerIdentity(key: key, phone: phone, email: email)
      }
      let scale = opened.settings.scale(of: currency)
      order.lines = try lines.map { try StoreAccess.line($0, scale: scale) }
      guard let receipt = try StoreAccess.submit(.place(order), to: opened, dryRun: dryRun) else { return }
      Invocation.current.write(
        receipt.outcome == .unchanged
          ? "\(number) is stored already, at sequence \(receipt.sequence)\n"
          : "placed \(number) at sequence \(receipt.sequence)\n")
    }
  }

  struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Cancel an order, or some units of it, before it ships.")
    @OptionGroup var order: OrderArgument
    @Option(name: .customLong("line"), help: "SKU:QUANTITY, repeatable; everything open by default.") var lines:
      [String] = []
    @Option(help: "customer, seller, system or unknown.") var side = "unknown"
    @Flag(help: "The warehouse has said that nothing goes out any more.") var acknowledged = false
    @OptionGroup var act: ActOptions

    func run() throws {
      guard let side = Side(name: side) else {
        throw CommandFailure("OB1102", "no side '\(side)'", hint: "customer, seller, system or unknown")
      }
      try act.submit(order.number, "cancelled") {
        .cancel(
          Cancellation(
            order: order.reference, lines: try lines.map(StoreAccess.lineQuantity), side: side, reason: act.reason,
            occurredAt: $0.instant, actor: act.actor, isAcknowledged: acknowledged))
      }
    }
  }
}
