import OrderModel

/// A scripted day in a shop: what is asked of a store, one small command after the other, each harmless to repeat.
///
/// The same day every time, so that a day that was cut short and then told again from the start must end as a whole one.
struct Day {
  let commands: [Submission]
  /// Units of each SKU that must be on hand and reserved at the end, by plain bookkeeping.
  let expected: [String: (onHand: Int64, reserved: Int64)]

  static let location = "north"

  /// - Parameter count: Commands, at least; the last order is finished.
  init(count: Int) {
    var commands: [Submission] = []
    var stock: [String: (onHand: Int64, reserved: Int64)] = [:]
    func submit(_ command: Command) {
      commands.append(Submission(command, idempotencyKey: "day-\(commands.count)"))
    }
    for sku in 0..<3 {
      submit(.receive(Day.goods("SKU-\(sku)", 40)))
      stock["SKU-\(sku)"] = (40, 0)
    }
    var order = 0
    while commands.count < count {
      // Two orders in turn: neighbours do not depend on each other, so that one may fail and the other be taken.
      let ways = [order, order + 1].map { Day.way(of: $0, &stock) }
      for step in 0..<ways.map(\.count).max()! {
        for way in ways where step < way.count { submit(way[step]) }
      }
      if order % 4 == 2 {
        // A known number with another content: refused, now and ever after.
        commands.append(Submission(.place(Day.order("D-0", ["SKU-2": 5], customer: nil))))
      }
      order += 2
    }
    (self.commands, self.expected) = (commands, stock)
  }

  /// What becomes of order `index`: shipped, cancelled, or reserved until the day ends.
  private static func way(of index: Int, _ stock: inout [String: (onHand: Int64, reserved: Int64)]) -> [Command] {
    let number = "D-\(index)"
    let (first, second) = ("SKU-\(index % 3)", "SKU-\((index + 1) % 3)")
    var way: [Command] = [
      .place(order(number, [first: 1, second: 2], customer: "c\(index)")), .reserve(operation(number)),
    ]
    switch index % 4 {
    case 3: way.append(.cancel(Cancellation(order: .number(number, channel: nil), side: .customer, occurredAt: now)))
    case 2:
      stock[first]!.reserved += 1
      stock[second]!.reserved += 2
    default:
      way.append(
        .record(
          StatusEvent(
            order: .number(number, channel: nil), node: .packed, occurredAt: now, actor: "packer \(index % 2)")))
      way.append(.ship(operation(number)))
      stock[first]!.onHand -= 1
      stock[second]!.onHand -= 2
    }
    way.append(.receive(goods(first, 3)))
    stock[first]!.onHand += 3
    return way
  }

  static let now = Instant(milliseconds: 1_700_000_000_000)

  static func goods(_ sku: String, _ quantity: Int64) -> StockReceipt {
    StockReceipt(sku: sku, location: location, quantity: quantity, unitCostMinorUnits: 100, occurredAt: now)
  }

  static func order(_ number: String, _ units: [String: Int64], customer: String?) -> NewOrder {
    NewOrder(
      channel: "web", number: number, placedAt: now,
      customer: customer.map { CustomerIdentity(key: $0, name: "Name of \($0)", phone: "+49 30 \($0)") },
      currency: "EUR",
      lines: units.sorted { $0.key < $1.key }.map {
        NewLine(sku: $0.key, quantity: $0.value, unitPriceMinorUnits: 500)
      }, profile: .simple)
  }

  static func operation(_ number: String) -> StockOperation {
    StockOperation(order: .number(number, channel: nil), location: location, occurredAt: now)
  }
}
