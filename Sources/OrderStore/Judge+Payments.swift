internal import ColumnStore
internal import OrderModel

extension Judge {
  func pay(_ payment: Payment, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(payment.occurredAt, "occurred at")
    try checkAmount(payment.amountMinorUnits, "amount")
    try require(payment.method, "payment method")
    let order = try row(of: payment.order, in: session)
    var standing = try standing(of: order, in: session)
    guard !standing.node.endsUnfulfilled else { throw .refused(.illegalStep(from: standing.node, to: .paid)) }
    let last = try value(order, OrderColumn.lastPayment, session)
    let paid = try sum(try value(order, OrderColumn.paid, session), payment.amountMinorUnits, "paid")
    emit(
      .payment(
        PaymentFact(
          order: order, previous: last == 0 ? nil : Int(last - 1),
          method: try code(payment.method, in: .paymentMethod, session), amount: payment.amountMinorUnits,
          occurredAt: payment.occurredAt.milliseconds)))
    if paid >= (try total(of: order, in: session)), !standing.hasPassed(.paid) {
      try pass(
        .paid, leg: 0, at: payment.occurredAt, actor: nil, reason: nil, side: .unknown, location: nil, carrier: nil,
        standing: &standing, in: session)
    }
    return Receipt(outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(order)))
  }

  /// What the customer owes: lines less discount, with shipping and tax.
  private func total(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> Int64 {
    let lines =
      try value(order, OrderColumn.listValue, session) &- (try value(order, OrderColumn.lineDiscount, session))
    let extras = try value(order, OrderColumn.shipping, session) &+ (try value(order, OrderColumn.tax, session))
    return lines &+ extras &- (try value(order, OrderColumn.discount, session))
      &- (try value(order, OrderColumn.cancelledValue, session))
  }

  /// Adds the payments of an observed order that are not stored yet. Equal ones are told apart by how many there are.
  func addPayments(
    _ payments: [ObservedPayment], to order: Int, isNew: Bool, in session: borrowing Session
  ) throws(JudgeFailure) {
    if payments.isEmpty { return }
    var known: [PaymentFact] = []
    var previous: Int?
    if !isNew {
      var row = Int(try value(order, OrderColumn.lastPayment, session)) - 1
      previous = row < 0 ? nil : row
      while row >= 0 {
        known.append(
          PaymentFact(
            order: order, previous: nil, method: UInt32(try value(row, PaymentColumn.method, session)),
            amount: try value(row, PaymentColumn.amount, session),
            occurredAt: try value(row, PaymentColumn.occurredAt, session)))
        let back = Int(try value(row, PaymentColumn.previous, session))
        row = back == 0 ? -1 : row - back
      }
    }
    for payment in payments {
      try check(payment.occurredAt, "occurred at")
      try require(payment.method, "payment method")
      var fact = PaymentFact(
        order: order, previous: nil, method: try code(payment.method, in: .paymentMethod, session),
        amount: payment.amountMinorUnits, occurredAt: payment.occurredAt?.milliseconds ?? InstantColumn.unknown)
      if let index = known.firstIndex(of: fact) {
        known.remove(at: index)
        continue
      }
      fact.previous = previous
      previous = heads.payments
      emit(.payment(fact))
    }
  }
}
