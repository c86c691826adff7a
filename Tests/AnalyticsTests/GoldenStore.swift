import Calendars
import KPIs
import OrderModel
import OrderStore

@testable import Analytics

/// The golden mini-set G1 of the KPI dictionary as commands: orders of March 2026 in +08:00, placed and run natively.
enum GoldenStore {
  /// `03-02 09:00` in +08:00 of 2026.
  static func at(_ text: String) -> Instant { Instant(milliseconds: milliseconds(text)) }

  static func milliseconds(_ text: String) -> Int64 {
    let parts = text.split { "- :".contains($0) }.map { Int64($0)! }
    let monthStarts: [Int64] = [0, 31, 59, 90, 120]
    let days = monthStarts[Int(parts[0]) - 1] + parts[1] - 1
    return 1_767_225_600_000 + days * day + (parts[2] - 8) * hour + parts[3] * minute
  }

  static func make() throws -> TestStore {
    let store = try TestStore()
    try store.submit(commands)
    return store
  }

  /// March, by the placed instant, at the as-of of the dictionary.
  static func request(_ names: String..., by keys: [String] = [], asOf: String = "04-15 00:00") throws -> KPIRequest {
    var request = KPIRequest(
      names: names, by: keys, zone: try SystemZone.rules("Asia/Shanghai"), now: milliseconds(asOf))
    request.period = "2026-03"
    request.attribution = .created
    return request
  }

  // MARK: - Orders

  private static let prices: [String: Int64] = ["A": 100, "B": 50, "C": 2_500]

  private static var commands: [Command] {
    var commands: [Command] = prices.keys.sorted().map {
      .registerSKU(NewSKU(sku: $0, category: $0 == "C" ? "bulk" : "small", unitCostMinorUnits: 10, tracked: false))
    }
    for (index, other) in [("c1", "02-10"), ("c4", "02-20"), ("c7", "02-15"), ("c8", "02-05")].enumerated() {
      commands += order("P\(index)", other.0, ["A": 1], placed: other.1 + " 12:00")
    }
    commands += order(
      "O1", "c1", ["A": 2], placed: "03-02 09:00", paid: "03-02 09:01", act: "03-02 09:05", released: "03-02 09:40",
      shipped: "03-02 18:00", delivered: "03-04 10:00", by: "03-05 18:00")
    commands += order(
      "O2", "c2", ["B": 1], placed: "03-02 23:30", paid: "03-02 23:31", act: "03-03 00:10", released: "03-03 00:30",
      shipped: "03-03 23:00", delivered: "03-06 12:00", by: "03-05 18:00")
    commands += splitOrder
    commands += order(
      "O4", "c3", ["B": 1], placed: "03-08 12:00", paid: "03-08 12:01", act: "03-08 12:20", by: "03-11 18:00")
    commands.append(
      .cancel(Cancellation(order: .number("O4"), side: .customer, reason: "mind", occurredAt: at("03-08 13:00"))))
    commands += order(
      "O5", "c4", ["C": 10], placed: "03-10 08:50", paid: "03-10 08:51", act: "03-10 08:55", released: "03-10 16:30",
      shipped: "03-11 15:00", delivered: "03-12 17:00", by: "03-13 18:00", channel: "b2b")
    commands += order(
      "O6", "c2", ["A": 2], placed: "03-15 14:00", paid: "03-15 14:00", act: "03-15 14:03", released: "03-15 14:20",
      shipped: "03-16 10:00", delivered: "03-17 15:00", by: "03-18 18:00")
    commands += order(
      "O15", "c7", ["A": 1], placed: "03-18 09:00", paid: "03-18 09:00", act: "03-18 09:02", released: "03-18 09:10",
      shipped: "03-18 16:00", delivered: "03-20 11:00", by: "03-21 18:00")
    commands.append(
      .credit(
        CreditNote(
          channel: "web", number: "R6", occurredAt: at("03-20 12:00"), order: .number("O6"), currency: "CNY",
          lines: [CreditLine(sku: "A", quantity: 1, unitPriceMinorUnits: 100)], reason: "wrong item")))
    commands += order(
      "O7", "c5", ["A": 1], placed: "03-20 20:00", paid: "03-20 20:05", act: "03-20 20:10", by: "03-24 18:00")
    commands += order(
      "O8", nil, ["A": 1], placed: "03-25 08:00", paid: "03-25 08:00", act: "03-25 08:45", released: "03-25 09:00",
      shipped: "03-25 13:00", delivered: "03-27 09:00", by: "03-28 18:00")
    commands += order(
      "O10", "c6", ["B": 1], placed: "03-31 20:00", paid: "03-31 20:01", act: "03-31 20:10", released: "03-31 20:30",
      shipped: "04-01 10:00", delivered: "04-03 10:00", by: "04-04 18:00")
    return commands + order("P4", "c6", ["A": 1], placed: "04-01 02:00")
  }

  /// O3: A and B leave apart, one of the three B is cancelled by the seller.
  private static var splitOrder: [Command] {
    let placing = order(
      "O3", "c1", ["A": 1, "B": 3], placed: "03-05 10:00", paid: "03-05 10:02", act: "03-05 10:10",
      by: "03-10 18:00")
    let cancelling = Command.cancel(
      Cancellation(
        order: .number("O3"), lines: [LineQuantity(sku: "B", quantity: 1)], side: .seller,
        occurredAt: at("03-06 12:00")))
    let legs: [(UInt8, Node, String)] = [
      (1, .released, "03-05 10:45"), (1, .shipped, "03-05 20:00"), (1, .delivered, "03-07 12:00"),
      (2, .released, "03-06 16:00"), (2, .shipped, "03-07 09:00"), (2, .delivered, "03-09 12:00"),
    ]
    return placing + [cancelling]
      + legs.map { leg, node, instant in
        .record(StatusEvent(order: .number("O3"), node: node, leg: leg, occurredAt: at(instant)))
      }
  }

  private static func order(
    _ number: String, _ customer: String?, _ lines: [String: Int64], placed: String, paid: String? = nil,
    act: String? = nil, released: String? = nil, shipped: String? = nil, delivered: String? = nil,
    by promise: String? = nil, channel: String = "web"
  ) -> [Command] {
    var order = NewOrder(
      channel: channel, number: number, placedAt: at(placed), currency: "CNY",
      lines: lines.sorted { $0.key < $1.key }.map {
        NewLine(sku: $0.key, quantity: $0.value, unitPriceMinorUnits: prices[$0.key]!)
      }, profile: .simple)
    order.customer = customer.map { CustomerIdentity(key: $0) }
    order.deliverBy = promise.map { at($0) }
    let events: [(Node, String?)] = [
      (.paid, paid), (.validated, act), (.released, released), (.shipped, shipped), (.delivered, delivered),
    ]
    return [.place(order)]
      + events.compactMap { node, instant in
        instant.map { .record(StatusEvent(order: .number(number), node: node, occurredAt: at($0))) }
      }
  }
}

extension OrderReference {
  static func number(_ number: String) -> OrderReference { .number(number, channel: nil) }
}
