import Foundation
import OrderModel
import OrderStore

/// Commands of every kind for tests that kill and damage; each may be submitted again without harm.
enum ShopCommands {
  static func instant(_ second: Int) -> Instant { Instant(milliseconds: 1_700_000_000_000 + Int64(second) * 1_000) }

  /// Submissions in groups of five commands.
  static func submissions(_ count: Int, seed: UInt64) -> [Submission] {
    var random = Seeded(seed)
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    let skus = ["TEA", "CUP", "茶壶"]
    var list = skus.map {
      Submission(
        .receive(
          StockReceipt(sku: $0, location: "north", quantity: 400, unitCostMinorUnits: 37, occurredAt: instant(0))),
        idempotencyKey: "opening \($0)")
    }
    for number in 0..<count {
      var order = NewOrder(
        channel: ["web", "pos"][below(2)], number: "N-\(number)", placedAt: instant(number * 60), currency: "EUR",
        lines: (0...below(3)).map { _ in
          NewLine(sku: skus[below(3)], quantity: Int64(1 + below(4)), unitPriceMinorUnits: 450)
        }, profile: .simple)
      if below(4) > 0 {
        let customer = below(40)
        order.customer = CustomerIdentity(
          key: "c-\(customer)", name: "客\(customer)", phone: "138-\(customer)", email: "c\(customer)@example.com")
      }
      if below(9) == 0 { order.note = String(repeating: "note ", count: 300) }
      let named = OrderReference.number(order.number, channel: nil)
      let stock = StockOperation(order: named, location: "north", occurredAt: instant(number * 60 + 5))
      list.append(Submission(.place(order)))
      list.append(Submission(.reserve(stock), idempotencyKey: "reserve \(number)"))
      let end: Command =
        switch below(5) {
        case 0: .cancel(Cancellation(order: named, side: .customer, occurredAt: instant(number * 60 + 9)))
        case 1: .release(stock)
        default: .ship(stock)
        }
      list.append(Submission(end, idempotencyKey: "end \(number)"))
      list.append(
        Submission(
          .record(
            StatusEvent(
              order: named, node: [.paid, .packed, .delivered][below(3)], leg: UInt8(below(2)),
              occurredAt: instant(number * 60 + below(600)), actor: "a\(below(6))"))))
      list.append(
        Submission(
          .pay(Payment(order: named, method: "card", amountMinorUnits: 450, occurredAt: instant(number * 60 + 7))),
          idempotencyKey: "pay \(number)"))
    }
    return list
  }

  static func options(_ lag: OrderStore.Options.Lag) -> OrderStore.Options {
    var options = OrderStore.Options()
    (options.lag, options.mapSizeBytes) = (lag, 256 << 20)
    return options
  }

  /// Everything that can be asked of the orders and the stock.
  static func content(_ snapshot: OrderSnapshot) throws -> [String] {
    var lines: [String] = []
    for row in 0..<snapshot.orderCount {
      guard let order = try snapshot.order(OrderID(rawValue: UInt32(row))) else { throw Missing() }
      lines.append("\(order)")
      lines.append("\(try snapshot.orders(number: order.number, channel: order.channel))")
      if let key = order.customer { lines.append("\(try snapshot.orders(customer: key))") }
    }
    for customer in 0..<40 {
      lines.append("\(try snapshot.orders(phone: "138\(customer)"))")
      lines.append("\(try snapshot.orders(email: "c\(customer)@example.com"))")
    }
    for level in try snapshot.stock() { lines.append("\(level)") }
    lines.append("\(try snapshot.changes(from: 1, limit: .max).records.count)")
    return lines
  }

  private struct Missing: Error {}
}
