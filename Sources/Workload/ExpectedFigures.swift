package import OrderModel

/// What a store must say of a workload, counted beside its making by the plainest loops there are.
///
/// As-of is the horizon. Orders with a ``Defect`` are counted in `defects` and nowhere else. Money in minor units,
/// durations in milliseconds. The figures' ids are those of the key-figure reference.
package struct ExpectedFigures: Sendable, Hashable {
  /// Two counts, or a sum and how many it sums.
  package struct Ratio: Sendable, Hashable {
    package var numerator: Int64 = 0
    package var denominator: Int64 = 0

    package init(_ numerator: Int64 = 0, _ denominator: Int64 = 0) {
      (self.numerator, self.denominator) = (numerator, denominator)
    }
  }

  package var orders: Int64 = 0
  package var defects: Int64 = 0
  package var lines: Int64 = 0
  package var units: Int64 = 0
  package var guestOrders: Int64 = 0
  package var ordersByChannel: [String: Int64] = [:]
  package var ordersByStatus: [Node: Int64] = [:]
  package var cancelledBySide: [Side: Int64] = [:]
  /// Orders with that node's instant.
  package var reached: [Node: Int64] = [:]
  /// Neither delivered nor cancelled.
  package var open: Int64 = 0

  /// K42 `gmv`: Σ quantity × list price.
  package var gmv: Int64 = 0
  /// Σ quantity × list price of cancelled orders.
  package var cancelledValue: Int64 = 0
  /// K42 `gross`.
  package var gross: Int64 { gmv - cancelledValue }
  package var discount: Int64 = 0
  package var shipping: Int64 = 0
  package var tax: Int64 = 0
  /// What was captured.
  package var paid: Int64 = 0

  /// K01 `all`: Σ released − placed, orders released.
  package var processingTime = Ratio()
  /// K07 `gross`: Σ delivered − placed, orders delivered.
  package var fulfilmentTime = Ratio()
  /// K10 `scor`: delivered by the promise, delivered with a promise.
  package var onTimeDelivery = Ratio()
  /// K25 `orders`: cancelled, all.
  package var cancelRate: Ratio { Ratio(cancelledBySide.values.reduce(0, +), orders) }
  /// K37 `ever`: customers with two qualifying orders or more, with one or more. Cancelled orders do not qualify.
  package var repeatEver: Ratio {
    var ratio = Ratio()
    for count in qualifyingOrders where count >= 1 {
      ratio.denominator += 1
      if count >= 2 { ratio.numerator += 1 }
    }
    return ratio
  }

  /// Of the live commands: units ever reserved, shipped, and reserved at the horizon.
  package var unitsReserved: Int64 = 0
  package var unitsShipped: Int64 = 0
  package var unitsHeld: Int64 = 0

  /// By customer number.
  private var qualifyingOrders: [UInt32] = []

  package init() {}

  /// The figures of all orders of `stream`.
  package init(of stream: some Sequence<ShopOrder>) {
    for order in stream { count(order) }
  }

  /// Takes one more order into account.
  package mutating func count(_ shopOrder: ShopOrder) {
    if shopOrder.defect != nil {
      defects += 1
      return
    }
    let order = shopOrder.order
    var orderUnits: Int64 = 0
    var listValue: Int64 = 0
    for line in order.lines {
      orderUnits += line.quantity
      listValue += line.quantity * (line.listPriceMinorUnits ?? line.unitPriceMinorUnits)
    }
    orders += 1
    lines += Int64(order.lines.count)
    units += orderUnits
    gmv += listValue
    discount += order.discountMinorUnits
    shipping += order.shippingMinorUnits
    tax += order.taxMinorUnits
    ordersByChannel[order.channel, default: 0] += 1
    ordersByStatus[shopOrder.status, default: 0] += 1
    for node in Node.keyNodes where shopOrder.times[node] != nil { reached[node, default: 0] += 1 }
    if shopOrder.times[.paid] != nil { paid += shopOrder.totalMinorUnits }

    countDurations(shopOrder)
    countCustomer(shopOrder)
    if let end = shopOrder.end {
      cancelledBySide[end.side, default: 0] += 1
      cancelledValue += listValue
    } else if shopOrder.times[.delivered] == nil {
      open += 1
    }
    if shopOrder.reservedAt != nil {
      unitsReserved += orderUnits
      if shopOrder.leftAt != nil {
        unitsShipped += orderUnits
      } else if shopOrder.end == nil {
        unitsHeld += orderUnits
      }
    }
  }

  private mutating func countDurations(_ shopOrder: ShopOrder) {
    let placedAt = shopOrder.order.placedAt.milliseconds
    if let releasedAt = shopOrder.times[.released] {
      processingTime.numerator += releasedAt.milliseconds - placedAt
      processingTime.denominator += 1
    }
    guard let deliveredAt = shopOrder.times[.delivered] else { return }
    fulfilmentTime.numerator += deliveredAt.milliseconds - placedAt
    fulfilmentTime.denominator += 1
    guard let deliverBy = shopOrder.order.deliverBy else { return }
    if deliveredAt <= deliverBy { onTimeDelivery.numerator += 1 }
    onTimeDelivery.denominator += 1
  }

  private mutating func countCustomer(_ shopOrder: ShopOrder) {
    guard let number = shopOrder.customerNumber else {
      guestOrders += 1
      return
    }
    while qualifyingOrders.count <= number { qualifyingOrders.append(0) }
    if shopOrder.end == nil { qualifyingOrders[number] += 1 }
  }
}
