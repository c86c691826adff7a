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
    return try updated(order: order, in: session)
  }

  /// What the customer owes: lines that are not cancelled, at the price paid, less discount, with shipping and tax.
  /// Placing the order made sure that no sum leaves 64 bits.
  private func total(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> Int64 {
    var lines =
      try value(order, OrderColumn.listValue, session) &- (try value(order, OrderColumn.lineDiscount, session))
    if try value(order, OrderColumn.cancelledUnits, session) > 0 {
      for line in try self.lines(of: order, in: session) { lines &-= line.cancelled &* line.unitPrice }
    }
    let extras = try value(order, OrderColumn.shipping, session) &+ (try value(order, OrderColumn.tax, session))
    return lines &+ extras &- (try value(order, OrderColumn.discount, session))
  }

  /// Adds the payments of an observed order that are not stored yet. Equal ones are told apart by how many there are.
  func addPayments(
    _ payments: [ObservedPayment], to order: Int, isNew: Bool, in session: borrowing Session
  ) throws(JudgeFailure) {
    if payments.isEmpty { return }
    var known: [PaymentFact] = []
    var last: Int?
    var paid: Int64 = 0
    if !isNew {
      paid = try value(order, OrderColumn.paid, session)
      var row = Int(try value(order, OrderColumn.lastPayment, session)) - 1
      last = row < 0 ? nil : row
      while row >= 0 {
        known.append(
          PaymentFact(
            order: order, previous: nil, method: UInt32(try value(row, PaymentColumn.method, session)),
            amount: try value(row, PaymentColumn.amount, session),
            occurredAt: try value(row, PaymentColumn.occurredAt, session)))
        row = try previous(row, PaymentColumn.previous, in: session)
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
      paid = try sum(paid, payment.amountMinorUnits, "paid")
      fact.previous = last
      last = heads.payments
      emit(.payment(fact))
    }
  }
}
