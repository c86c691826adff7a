package import OrderModel

/// One order of a workload with all that happened to it before the horizon. Every instant is a whole second.
package struct ShopOrder: Sendable, Hashable {
  /// 0, 1, 2, … in the order of placing.
  package var index: Int
  /// As its channel states it. `sourceStatus` is not set.
  package var order: NewOrder
  /// The customer's number in ``CustomerBase``; nil for a guest.
  package var customerNumber: Int?
  /// When it passed the key nodes. Not decreasing along the nodes; orders of type `pos` and `pickup` skip some.
  package var times: NodeTimes
  /// The end of an order that went no further; always as a whole, always before it shipped.
  package var end: End?
  /// Where its units come from; the location of every line.
  package var location: String
  package var paymentMethod: String
  /// Who validated, approved and picked; a name that starts with `system` is not a person.
  package var validator, approver, picker: String
  /// What is wrong with its row in a file; nil is a sound order.
  package var defect: Defect?

  /// A cancellation.
  package struct End: Sendable, Hashable {
    package var side: Side
    package var reason: String
    package var at: Instant
  }

  /// Lines less discount, with shipping and tax: what the customer pays. Minor units.
  package var totalMinorUnits: Int64 {
    var total = order.shippingMinorUnits + order.taxMinorUnits - order.discountMinorUnits
    for line in order.lines { total += line.quantity * line.unitPriceMinorUnits }
    return total
  }

  /// When its units were promised; over the counter, when it was paid. Nil when that lies beyond the horizon.
  package var reservedAt: Instant? { order.type == OrderKind.counter.rawValue ? times[.paid] : times[.reserved] }
  /// When its units left the location: shipped, ready for collection, or taken over the counter.
  package var leftAt: Instant? {
    switch order.type {
    case OrderKind.counter.rawValue: times[.delivered]
    case OrderKind.pickup.rawValue: times[.outForDelivery]
    default: times[.shipped]
    }
  }

  /// The node at the horizon: cancelled, or the furthest one passed.
  package var status: Node { end == nil ? times.last ?? .placed : .cancelled }
}
