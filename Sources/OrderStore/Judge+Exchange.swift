internal import ColumnStore
internal import OrderModel

/// T42: an order that replaces goods which another order is to return.
extension Judge {
  /// Links the two orders, each in the other's timeline. What the goods to be returned cost pays for as much.
  func exchange(
    _ order: NewOrder, _ placed: Standing, for reference: OrderReference, in session: borrowing Session
  ) throws(JudgeFailure) {
    let origin = try self.row(of: reference, in: session)
    var returned = try standing(of: origin, in: session)
    try require(.exchanged, of: returned)
    guard returned.node == .returnAuthorised else {
      throw .refused(.illegalStep(from: returned.node, to: .exchanged))
    }
    let customer = try value(origin, OrderColumn.customer, session)
    var key: String?
    if customer != 0 { key = try text(at: try value(Int(customer) - 1, CustomerColumn.key, session), session) }
    let number = try text(at: try value(origin, OrderColumn.number, session), session)
    guard order.customer?.key == key else { throw .refused(.otherCustomer(number)) }
    var standing = placed
    try tell(
      Story(kind: .replaces, before: Int64(origin) + 1, text: number, occurredAt: order.placedAt), standing: &standing,
      in: session)
    var worth: Int64 = 0
    for line in try units(of: origin, in: session).lines {
      worth = try sum(worth, try product(line.partition[.authorised], line.unitPrice, "order value"), "order value")
    }
    if !standing.hasPassed(.paid), order.totalMinorUnits <= worth {
      try pass(
        .paid, leg: 0, at: order.placedAt, actor: nil, reason: "exchange", side: .unknown, location: nil, carrier: nil,
        standing: &standing, in: session)
    }
    try pass(
      .exchanged, leg: 0, at: order.placedAt, actor: order.creator, reason: nil, side: .unknown, location: nil,
      carrier: nil, text: order.number, standing: &returned, in: session)
  }
}
