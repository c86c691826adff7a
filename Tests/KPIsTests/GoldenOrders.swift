import Columns
import KPIs
import OrderModel

/// The golden mini-set G1 of the KPI dictionary: ten orders of March 2026 in +08:00, every figure computed independently.
enum GoldenOrders {
  /// `03-02 09:00` in +08:00 of 2026, as milliseconds.
  static func at(_ text: String) -> Int64 {
    let parts = text.split { "- :".contains($0) }.map { Int64($0)! }
    let monthStarts: [Int64] = [0, 31, 59, 90, 120]
    let days = monthStarts[Int(parts[0]) - 1] + parts[1] - 1
    return 1_767_225_600_000 + days * day + (parts[2] - 8) * hour + parts[3] * minute
  }

  static let asOf = at("04-15 00:00")
  static let march = at("03-01 00:00")..<at("04-01 00:00")

  /// O1 … O8, O10, O15.
  static let orders: [TestOrder] = [
    order(
      1, placed: "03-02 09:00", paid: "03-02 09:01", act: "03-02 09:05", released: "03-02 09:40",
      shipped: "03-02 18:00", delivered: "03-04 10:00", by: "03-05 18:00", units: 2, value: 200),
    order(
      2, placed: "03-02 23:30", paid: "03-02 23:31", act: "03-03 00:10", released: "03-03 00:30",
      shipped: "03-03 23:00", delivered: "03-06 12:00", by: "03-05 18:00", units: 1, value: 50),
    splitOrder,
    cancelledOrder,
    heldOrder,
    order(
      2, placed: "03-15 14:00", paid: "03-15 14:00", act: "03-15 14:03", released: "03-15 14:20",
      shipped: "03-16 10:00", delivered: "03-17 15:00", by: "03-18 18:00", units: 2, value: 200, errors: 1),
    order(
      5, placed: "03-20 20:00", paid: "03-20 20:05", act: "03-20 20:10", by: "03-24 18:00", units: 1, value: 100),
    order(
      0, placed: "03-25 08:00", paid: "03-25 08:00", act: "03-25 08:45", released: "03-25 09:00",
      shipped: "03-25 13:00", delivered: "03-27 09:00", by: "03-28 18:00", units: 1, value: 100),
    order(
      6, placed: "03-31 20:00", paid: "03-31 20:01", act: "03-31 20:10", released: "03-31 20:30",
      shipped: "04-01 10:00", delivered: "04-03 10:00", by: "04-04 18:00", units: 1, value: 50),
    order(
      7, placed: "03-18 09:00", paid: "03-18 09:00", act: "03-18 09:02", released: "03-18 09:10",
      shipped: "03-18 16:00", delivered: "03-20 11:00", by: "03-21 18:00", units: 1, value: 100),
  ]

  /// The qualifying orders outside March that the customer figures need.
  static let others: [TestOrder] = [
    (1, "02-10 12:00"), (4, "02-20 12:00"), (7, "02-15 12:00"), (8, "02-05 12:00"), (6, "04-01 02:00"),
  ].map { customer, placed in order(customer, placed: placed) }

  /// O3: two legs, one of its three B cancelled by the seller.
  private static var splitOrder: TestOrder {
    var order = order(
      1, placed: "03-05 10:00", paid: "03-05 10:02", act: "03-05 10:10", released: "03-06 16:00",
      shipped: "03-07 09:00", delivered: "03-09 12:00", by: "03-10 18:00", units: 4, value: 250)
    order[.firstReached(.released)] = at("03-05 10:45")
    order[.firstReached(.shipped)] = at("03-05 20:00")
    order[.firstReached(.delivered)] = at("03-07 12:00")
    order[.legCount] = 2
    order[.told(.cancelledUnits)] = 1
    order[.told(.cancelledValue)] = 50
    order[.told(.cancelledUnitsBy(.seller))] = 1
    order[.told(.shippedUnits)] = 3
    order[.told(.firstShippedUnits)] = 1
    order[.told(.reservedAtApproval)] = 1
    order[.told(.backorderedAtApproval)] = 3
    (order[.lineCount], order[.told(.requiredLines)], order[.told(.filledLines)]) = (2, 2, 1)
    return order
  }

  /// O5: a credit exception, on hold for seven hours.
  private static var heldOrder: TestOrder {
    var order = order(
      4, placed: "03-10 08:50", paid: "03-10 08:51", act: "03-10 08:55", released: "03-10 16:30",
      shipped: "03-11 15:00", delivered: "03-12 17:00", by: "03-13 18:00", units: 10, value: 25_000)
    order[.told(.exceptions)] = ExceptionKind.credit.bit
    return order
  }

  /// O4: cancelled by the customer an hour after it was placed.
  private static var cancelledOrder: TestOrder {
    var order = order(
      3, placed: "03-08 12:00", paid: "03-08 12:01", act: "03-08 12:20", by: "03-11 18:00", units: 1, value: 50)
    order[.reached(.cancelled)] = at("03-08 13:00")
    order[.cancelSide] = Int64(Side.customer.rawValue)
    order[.told(.cancelledUnits)] = 1
    order[.told(.cancelledValue)] = 50
    return order
  }

  private static func order(
    _ customer: Int64, placed: String, paid: String? = nil, act: String? = nil, released: String? = nil,
    shipped: String? = nil, delivered: String? = nil, by promise: String? = nil, units: Int64 = 1, value: Int64 = 100,
    errors: Int64 = 0
  ) -> TestOrder {
    var order = TestOrder(
      placedAt: at(placed),
      [.customer: customer, .units: units, .listValue: value, .lineValue: value, .errorCount: errors])
    if let paid { order[.reached(.paid)] = at(paid) }
    if let act {
      order[.firstActAt] = at(act)
      order[.firstHumanActAt] = at(act)
    }
    for (node, instant) in [(Node.released, released), (.shipped, shipped), (.delivered, delivered)] {
      guard let instant else { continue }
      order[.reached(node)] = at(instant)
      order[.firstReached(node)] = at(instant)
    }
    if let promise { order[.deliverBy] = at(promise) }
    (order[.lineCount], order[.told(.requiredLines)]) = (1, 1)
    if released != nil {
      order[.reached(.approved)] = order[.reached(.released)]
      order[.told(.reservedAtApproval)] = units
    }
    if shipped != nil {
      for field in [StoryField.shippedUnits, .firstShippedUnits] { order[.told(field)] = units }
      order[.told(.filledLines)] = 1
    }
    if errors > 0 {
      order[.told(.exceptions)] = ExceptionKind.misShip.bit
      order[.told(.raised(.misShip))] = 1
      order[.told(.raisedUnits(.misShip))] = 1
    }
    return order
  }
}
