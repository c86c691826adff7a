internal import ColumnStore
internal import OrderModel

extension Judge {
  /// Ends an order, or units of it, before they ship. What has shipped comes back by a return.
  func cancel(_ cancellation: Cancellation, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(cancellation.occurredAt, "occurred at")
    var standing = try standing(of: try row(of: cancellation.order, in: session), in: session)
    if let known = standing.passages.first(where: {
      $0.node == .cancelled && $0.occurredAt == cancellation.occurredAt.milliseconds
    }) {
      return try unchanged(known, order: standing.order, in: session)
    }
    guard standing.node.isKeyNode, standing.node < .shipped else {
      throw .refused(.illegalStep(from: standing.node, to: .cancelled))
    }
    let lines = try lines(of: standing.order, in: session)
    let portions = try portions(cancellation.lines, of: lines, in: session) { lines[$0].open }
    // Units nobody was promised go first.
    let promised = zip(lines, portions).map { max(0, $1 - $0.unreserved) }
    try giveBack(promised, of: lines, order: standing.order, at: cancellation.occurredAt, in: session)
    for (line, quantity) in zip(lines, portions) where quantity > 0 {
      emit(
        .lineCancelled(
          line: line.row, order: standing.order, quantity: quantity,
          value: try product(quantity, line.listPrice, "cancelled value")))
    }
    if zip(lines, portions).allSatisfy({ $0.open == $1 }) {
      if lines.allSatisfy({ $0.shipped == 0 }) {
        try pass(
          .cancelled, leg: 0, at: cancellation.occurredAt, actor: cancellation.actor, reason: cancellation.reason,
          side: cancellation.side, location: nil, carrier: nil, standing: &standing, in: session)
      } else if hasFacts, !standing.hasPassed(.shipped) {
        // Closed short: all that is still required has shipped, in parts whose instants no event holds.
        try pass(
          .shipped, leg: 0, at: nil, actor: cancellation.actor, reason: cancellation.reason, side: cancellation.side,
          location: nil, carrier: nil, standing: &standing, in: session)
      }
    }
    guard hasFacts else { throw .refused(.illegalStep(from: .shipped, to: .cancelled)) }
    return try updated(order: standing.order, in: session)
  }
}
