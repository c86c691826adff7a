package import OrderModel

extension ShopOrder {
  /// The order as another system would tell it at the horizon: nodes, payment, cancellation.
  package var observed: ObservedOrder {
    var events: [ObservedEvent] = []
    for node in Node.keyNodes where node != .placed {
      guard let instant = times[node] else { continue }
      events.append(ObservedEvent(node: node, occurredAt: instant, actor: actor(at: node)))
    }
    if let end {
      events.append(ObservedEvent(node: .cancelled, occurredAt: end.at, side: end.side, reason: end.reason))
    }
    var payments: [ObservedPayment] = []
    if let paidAt = times[.paid] {
      payments.append(
        ObservedPayment(method: paymentMethod, amountMinorUnits: totalMinorUnits, occurredAt: paidAt))
    }
    return ObservedOrder(order: order, events: events, payments: payments)
  }

  /// The commands by which the shop itself runs the order, in time order: `place`, `pay`, then `record` for each node,
  /// with `reserve` and `ship` in the place of the nodes that move stock, and `cancel` at the end of one that ends.
  ///
  /// What is collected ships when it is ready for collection; what is sold over the counter is reserved and shipped as
  /// it is paid. Reservations succeed when the ``StockStory`` of the same stream was received first.
  package var commands: [Command] {
    let reference = OrderReference.number(order.number, channel: order.channel)
    let kind = order.type.flatMap(OrderKind.init(rawValue:)) ?? .retail
    var commands: [Command] = [.place(order)]
    func reserve(_ instant: Instant) {
      commands.append(.reserve(StockOperation(order: reference, location: location, occurredAt: instant)))
    }
    func ship(_ instant: Instant) {
      commands.append(.ship(StockOperation(order: reference, location: location, occurredAt: instant)))
    }
    func record(_ node: Node, _ instant: Instant) {
      commands.append(
        .record(StatusEvent(order: reference, node: node, occurredAt: instant, actor: actor(at: node))))
    }
    for node in kind.nodes {
      guard node != .placed, let instant = times[node] else { continue }
      switch node {
      case .paid:
        let payment = Payment(
          order: reference, method: paymentMethod, amountMinorUnits: totalMinorUnits, occurredAt: instant)
        commands.append(.pay(payment))
        if kind == .counter { reserve(instant) }
      case .reserved: reserve(instant)
      case .shipped: ship(instant)
      case .outForDelivery:
        if kind == .pickup { ship(instant) }
        record(node, instant)
      case .delivered:
        if kind == .counter { ship(instant) }
        record(node, instant)
      default: record(node, instant)
      }
    }
    if let end {
      commands.append(
        .cancel(Cancellation(order: reference, side: end.side, reason: end.reason, occurredAt: end.at)))
    }
    return commands
  }

  /// Who did it; nil where the shop does not know.
  private func actor(at node: Node) -> String? {
    switch node {
    case .validated: validator
    case .approved: approver
    case .picking, .picked: picker
    case .packed, .labelled: "system:line"
    default: nil
    }
  }
}
