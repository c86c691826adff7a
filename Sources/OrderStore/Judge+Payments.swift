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
    let before = try value(order, OrderColumn.paid, session)
    let paid = try sum(before, payment.amountMinorUnits, "paid")
    try emitPayment(
      of: order, payment.method, payment.amountMinorUnits, at: payment.occurredAt, isRefund: false, in: session)
    if paid >= (try total(of: order, in: session)), !standing.hasPassed(.paid) {
      try pass(
        .paid, leg: 0, at: payment.occurredAt, actor: nil, reason: nil, side: .unknown, location: nil, carrier: nil,
        before: before, after: paid, standing: &standing, in: session)
    } else {
      try tell(
        Story(kind: .paid, before: before, after: paid, occurredAt: payment.occurredAt), standing: &standing,
        in: session)
    }
    let exposure = try value(order, OrderColumn.exposure, session)
    try changeExposure(of: order, by: -min(exposure, payment.amountMinorUnits), in: session)
    return try updated(order: order, in: session)
  }

  private func emitPayment(
    of order: Int, _ method: String, _ amount: Int64, at instant: Instant, isRefund: Bool,
    in session: borrowing Session
  ) throws(JudgeFailure) {
    let last = try value(order, OrderColumn.lastPayment, session)
    emit(
      .payment(
        PaymentFact(
          order: order, previous: last == 0 ? nil : Int(last - 1),
          method: try code(method, in: .paymentMethod, session),
          amount: amount, occurredAt: instant.milliseconds, isRefund: isRefund)))
  }

  /// T41: money given back, never more than was captured.
  func refund(_ refund: Refund, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(refund.occurredAt, "occurred at")
    try require(refund.method, "payment method")
    guard refund.amountMinorUnits > 0 else {
      throw .refused(.invalidAmount(field: "refund", value: refund.amountMinorUnits))
    }
    let order = try row(of: refund.order, in: session)
    var standing = try standing(of: order, in: session)
    let before = try value(order, OrderColumn.refunded, session)
    let left = try value(order, OrderColumn.paid, session) - before
    guard refund.amountMinorUnits <= left else {
      throw .refused(.overRefunded(requested: refund.amountMinorUnits, left: left))
    }
    try emitPayment(
      of: order, refund.method, refund.amountMinorUnits, at: refund.occurredAt, isRefund: true, in: session)
    if refund.amountMinorUnits == left, standing.hasPassed(.paid), !standing.hasPassed(.refunded) {
      try pass(
        .refunded, leg: 0, at: refund.occurredAt, actor: refund.actor, reason: refund.reason, side: .unknown,
        location: nil, carrier: nil, before: before, after: before + refund.amountMinorUnits, standing: &standing,
        in: session)
    } else {
      try tell(
        Story(
          kind: .refunded, before: before, after: before + refund.amountMinorUnits, reason: refund.reason,
          actor: refund.actor, occurredAt: refund.occurredAt), standing: &standing, in: session)
    }
    return try updated(order: order, in: session)
  }

  // MARK: Terms

  /// T03: credit terms or cash on delivery in place of a payment.
  func grantCredit(_ grant: CreditGrant, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try check(grant.occurredAt, "occurred at")
    let order = try row(of: grant.order, in: session)
    var standing = try standing(of: order, in: session)
    guard standing.node.isKeyNode, !standing.hasPassed(.paid) else {
      throw .refused(.illegalStep(from: standing.node, to: .paid))
    }
    if !grant.isCashOnDelivery {
      let customer = Int(try value(order, OrderColumn.customer, session)) - 1
      guard customer >= 0 else { throw .refused(.noCustomer) }
      let owed = max(0, try total(of: order, in: session) - (try value(order, OrderColumn.paid, session)))
      let exposure = try value(customer, CustomerColumn.exposure, session)
      let limit = try value(customer, CustomerColumn.creditLimit, session)
      guard try sum(exposure, owed, "exposure") <= limit else {
        throw .refused(.creditExceeded(limit: limit, exposure: exposure, total: owed))
      }
      try changeExposure(of: order, by: owed, in: session)
    }
    try pass(
      .paid, leg: 0, at: grant.occurredAt, actor: grant.actor,
      reason: grant.isCashOnDelivery ? "cash-on-delivery" : "terms", side: .unknown, location: nil, carrier: nil,
      standing: &standing, in: session)
    return try updated(order: order, in: session)
  }

  private func changeExposure(of order: Int, by amount: Int64, in session: borrowing Session) throws(JudgeFailure) {
    if amount == 0 { return }
    let customer = Int(try value(order, OrderColumn.customer, session)) - 1
    if customer >= 0 { emit(.exposure(customer: customer, order: order, amount: amount)) }
  }

  /// What is cancelled is not owed.
  func lowerExposure(of order: Int, units: OrderUnits, in session: borrowing Session) throws(JudgeFailure) {
    let exposure = try value(order, OrderColumn.exposure, session)
    if exposure == 0 { return }
    let lines = units.lines.reduce(0) { $0 &+ ($1.quantity &- $1.cancelled) &* $1.unitPrice }
    let owed = lines == 0 ? 0 : try extras(of: order, in: session) &+ lines
    let paid = try value(order, OrderColumn.paid, session)
    try changeExposure(of: order, by: min(0, max(0, owed - paid) - exposure), in: session)
  }

  /// What the customer owes: lines that are not cancelled, at the price paid, less discount, with shipping and tax.
  /// Placing the order made sure that no sum leaves 64 bits.
  func total(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> Int64 {
    var lines =
      try value(order, OrderColumn.listValue, session) &- (try value(order, OrderColumn.lineDiscount, session))
    if try value(order, OrderColumn.cancelledUnits, session) > 0 {
      for line in try units(of: order, in: session).lines { lines &-= line.cancelled &* line.unitPrice }
    }
    return try extras(of: order, in: session) &+ lines
  }

  private func extras(of order: Int, in session: borrowing Session) throws(JudgeFailure) -> Int64 {
    try value(order, OrderColumn.shipping, session) &+ (try value(order, OrderColumn.tax, session))
      &- (try value(order, OrderColumn.discount, session))
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
