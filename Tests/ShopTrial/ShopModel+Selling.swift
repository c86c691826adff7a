import OrderModel

/// Placing, paying, approving, changing, ending.
extension ShopModel {
  mutating func place(_ order: NewOrder) throws(Refused) -> Answer {
    if let row = rows[order.number] {
      guard let known = orders[row] else { throw Refused("archived") }
      guard known.asked.saysTheSame(as: order) else { throw Refused("another body") }
      return (false, row)
    }
    if order.lines.isEmpty { throw Refused("no lines") }
    for line in order.lines {
      try checkQuantity(line.quantity)
      if line.unitPriceMinorUnits < 0 { throw Refused("price") }
    }
    if let customer = order.customer { _ = register(customer) }
    let row = orderCount
    orderCount += 1
    rows[order.number] = row
    orders[row] = ModelOrder(row: row, order)
    if Profile.of(order.profile).isImmediate { try handOver(row) }
    if let origin = order.exchangeFor { try exchange(row, for: try self.row(of: origin)) }
    return (true, row)
  }

  /// An order for goods that are to come back. It is paid when they cost as much.
  private mutating func exchange(_ row: Int, for origin: Int) throws(Refused) {
    try require(.exchanged, origin)
    let (order, returned) = (orders[row]!, orders[origin]!)
    if returned.node != .returnAuthorised { throw Refused("not to be exchanged") }
    if order.asked.customer?.key != returned.asked.customer?.key { throw Refused("another customer") }
    tell(.replaces, row, at: order.asked.placedAt)
    let worth = returned.lines.reduce(0) { $0 + $1.authorised * $1.price }
    if !order.hasPassed(.paid), order.total <= worth { pass(.paid, row, at: order.asked.placedAt) }
    pass(.exchanged, origin, at: order.asked.placedAt)
  }

  /// A sale at the counter.
  private mutating func handOver(_ row: Int) throws(Refused) {
    let order = orders[row]!
    let at = order.asked.placedAt
    pass(.paid, row, at: at)
    for (index, line) in order.lines.enumerated() {
      if isTracked(line.sku) {
        if line.location.isEmpty { throw Refused("no location") }
        let share = share(ofLine: index, row, at: Place(sku: line.sku, location: line.location), at: at)
        for kind in [MovementKind.reserve, .ship, .deliver] {
          try move(kind, line.ordered, row, line: index, share: share)
        }
      } else {
        let share = share(ofLine: index, row, at: nil, at: at)
        for kind in [MovementKind.dispatch, .deliver] { try move(kind, line.ordered, row, line: index, share: share) }
      }
    }
    pass(.delivered, row, at: at)
  }

  mutating func register(_ customer: CustomerIdentity) -> Answer {
    var known = customers[customer.key] ?? ModelCustomer()
    let isNew = customers[customer.key] == nil || customer.creditLimitMinorUnits.map { $0 != known.limit } ?? false
    known.limit = customer.creditLimitMinorUnits ?? known.limit
    customers[customer.key] = known
    return (isNew, nil)
  }

  // MARK: Money

  mutating func pay(_ payment: Payment, _ row: Int) throws(Refused) {
    if orders[row]!.node.endsUnfulfilled { throw Refused("over") }
    if payment.amountMinorUnits < 0 { throw Refused("amount") }
    let before = orders[row]!.paid
    orders[row]!.paid += payment.amountMinorUnits
    orders[row]!.paymentCount += 1
    if orders[row]!.paid >= orders[row]!.total, !orders[row]!.hasPassed(.paid) {
      pass(.paid, row, at: payment.occurredAt)
    } else {
      tell(.paid, row, at: payment.occurredAt)
    }
    noteMoney(before, orders[row]!.paid, row)
    owe(-min(orders[row]!.exposure, payment.amountMinorUnits), row)
  }

  mutating func grantCredit(_ grant: CreditGrant, _ row: Int) throws(Refused) {
    let order = orders[row]!
    if !order.node.isKeyNode || order.hasPassed(.paid) { throw Refused("paid or over") }
    if !grant.isCashOnDelivery {
      guard let key = order.asked.customer?.key, let customer = customers[key] else { throw Refused("a guest") }
      let owed = max(0, order.total - order.paid)
      if customer.exposure + owed > customer.limit { throw Refused("limit") }
      owe(owed, row)
    }
    pass(.paid, row, at: grant.occurredAt)
  }

  private mutating func owe(_ amount: Int64, _ row: Int) {
    guard let key = orders[row]!.asked.customer?.key else { return }
    orders[row]!.exposure += amount
    customers[key]!.exposure += amount
  }

  /// What is cancelled is not owed.
  mutating func oweNoMore(_ row: Int) {
    let order = orders[row]!
    if order.exposure == 0 { return }
    let owed = order.hasLines ? max(0, order.total - order.paid) : 0
    owe(min(0, owed - order.exposure), row)
  }

  mutating func refund(_ refund: Refund, _ row: Int) throws(Refused) {
    let order = orders[row]!
    let left = order.paid - order.refunded
    if refund.amountMinorUnits < 1 || refund.amountMinorUnits > left { throw Refused("too much") }
    orders[row]!.refunded += refund.amountMinorUnits
    orders[row]!.paymentCount += 1
    if refund.amountMinorUnits == left, order.hasPassed(.paid), !order.hasPassed(.refunded) {
      pass(.refunded, row, at: refund.occurredAt)
    } else {
      tell(.refunded, row, at: refund.occurredAt)
    }
    noteMoney(order.refunded, orders[row]!.refunded, row)
  }

  /// The last entry tells what was paid or given back in all.
  private mutating func noteMoney(_ before: Int64, _ after: Int64, _ row: Int) {
    orders[row]!.entries[orders[row]!.entries.count - 1].money = (before, after)
  }

  // MARK: Approving

  /// What blocks is an exception, and the order stays where it is.
  mutating func validate(_ validation: Validation, _ row: Int) throws(Refused) -> Bool {
    if validation.failed.isEmpty {
      return try record(
        StatusEvent(order: validation.order, node: .validated, occurredAt: validation.occurredAt), row)
    }
    try require(.validated, row)
    if !orders[row]!.node.isKeyNode || orders[row]!.hasPassed(.validated) { throw Refused("validated, or over") }
    for kind in ExceptionKind.allCases where validation.failed.contains(kind) {
      raise(kind, row, leg: 0, at: validation.occurredAt)
    }
    return true
  }

  mutating func approve(_ approval: Approval, _ row: Int) throws(Refused) -> Bool {
    let order = orders[row]!
    if order.isKnown(.approved, leg: 0, at: approval.occurredAt) { return false }
    try require(.approved, row)
    if !order.node.isKeyNode { throw Refused("over") }
    if order.profile.requires(.approved), order.hasPassed(.approved) { throw Refused("approved already") }
    if let actor = approval.actor, actor == order.asked.creator { throw Refused("own order") }
    pass(.approved, row, at: approval.occurredAt)
    guard order.profile.requires(.reserved) else { return true }
    for (index, line) in order.lines.enumerated() where isTracked(line.sku) && line.unreserved > 0 {
      try promise(line.unreserved, ofLine: index, row, approval)
    }
    let lines = orders[row]!.lines
    if lines.contains(where: { $0.backordered > 0 }) { tell(.backordered, row, at: approval.occurredAt) }
    let isAnyPromised = lines.contains { !isTracked($0.sku) || $0.open > $0.backordered }
    if isSpokenFor(row), isAnyPromised, !orders[row]!.hasPassed(.reserved) {
      pass(.reserved, row, at: approval.occurredAt)
    } else if !orders[row]!.untold.isEmpty {
      tell(.reserved, row, at: approval.occurredAt)
    }
    return true
  }

  /// What is there is reserved, then presold within the quota, the rest waits.
  private mutating func promise(_ wanted: Int64, ofLine line: Int, _ row: Int, _ approval: Approval) throws(Refused) {
    let (sku, said) = (orders[row]!.lines[line].sku, orders[row]!.lines[line].location)
    let location = said.isEmpty ? approval.location ?? "" : said
    var place: Place? = location.isEmpty ? nil : Place(sku: sku, location: location)
    if location.isEmpty {
      // Where most are available, the place first heard of among equals.
      let first = articles[sku]!.components.first?.sku ?? sku
      for known in places where known.sku == first {
        let candidate = Place(sku: sku, location: known.location)
        if available(candidate) > (place.map { available($0) } ?? -1) { place = candidate }
      }
    }
    guard let place else { throw Refused("nowhere") }
    know(place)
    let most = approval.shortage == .refuse ? .max : capLeft(place, row)
    let reserved = min(wanted, available(place), most)
    if reserved < wanted, approval.shortage == .refuse { throw Refused("short") }
    let share = share(ofLine: line, row, at: place, at: approval.occurredAt, approvedAt: approval.occurredAt)
    let presold = min(wanted - reserved, presaleLeft(place), most - reserved)
    try move(.reserve, reserved, row, line: line, share: share)
    try move(.presell, presold, row, line: line, share: share)
    try move(.backorder, wanted - reserved - presold, row, line: line, share: share)
  }

  // MARK: Ending

  mutating func cancel(_ cancellation: Cancellation, _ row: Int) throws(Refused) -> Bool {
    let order = orders[row]!
    if order.passages.contains(where: { $0.node == .cancelled && $0.at == cancellation.occurredAt.milliseconds }) {
      return false
    }
    try require(.cancelled, row)
    if order.profile.requires(.released), order.hasPassed(.released), !cancellation.isAcknowledged {
      throw Refused("with the warehouse")
    }
    let portions = try portions(cancellation.lines, row) { order.lines[$0].open }
    for (line, quantity) in portions.enumerated() { try cancel(quantity, ofLine: line, row) }
    let isAll = zip(order.lines, portions).allSatisfy { $0.open == $1 }
    let hasShipped = order.lines.contains { $0.shipped > 0 }
    if isAll, !hasShipped {
      pass(.cancelled, row, at: cancellation.occurredAt)
    } else if portions.allSatisfy({ $0 == 0 }) {
      throw Refused("nothing left")
    } else if isAll, !order.hasPassed(.shipped) {
      // Closed short: when the rest shipped no entry tells.
      pass(.shipped, row, at: nil)
    } else {
      tell(.cancelled, row, at: cancellation.occurredAt)
    }
    oweNoMore(row)
    return true
  }

  /// First units that nobody was promised, then the newest that wait, then the newest promise.
  mutating func cancel(_ quantity: Int64, ofLine line: Int, _ row: Int) throws(Refused) {
    var rest = quantity - orders[row]!.lines[line].unreserved
    for part in take(max(0, rest), ofLine: line, row, newestFirst: true, \.waiting) {
      rest -= part.quantity
      try letGo(part.quantity, ofShare: part.share, row)
    }
    for part in take(max(0, rest), ofLine: line, row, newestFirst: true, \.reserved) {
      try move(.release, part.quantity, row, line: line, share: part.share)
    }
    orders[row]!.lines[line].cancelled += quantity
    if !orders[row]!.lines[line].isSound { throw Refused("more than there are") }
  }

  /// Units that wait, were presold or are reserved become nobody's, in this order.
  mutating func letGo(_ quantity: Int64, ofShare index: Int, _ row: Int) throws(Refused) {
    let share = orders[row]!.shares[index]
    var rest = quantity
    for (kind, amount) in [
      (MovementKind.unbackorder, share.backordered), (.unpresell, share.presold), (.release, share.reserved),
    ] {
      let part = min(rest, amount)
      rest -= part
      try move(kind, part, row, line: share.line, share: index)
    }
  }

  // MARK: Changing

  mutating func edit(_ edit: OrderEdit, _ row: Int) throws(Refused) {
    let node = orders[row]!.node
    if !node.isKeyNode || node >= .shipped { throw Refused("too late") }
    if edit.changes.isEmpty { throw Refused("nothing") }
    for change in edit.changes {
      switch change {
      case .quantity(let sku, let quantity): try resize(sku, to: quantity, row, at: edit.occurredAt)
      case .add(let line): try add(line, row, at: edit.occurredAt)
      case .substitute(let sku, let line):
        guard let old = orders[row]!.lines.firstIndex(where: { $0.sku == sku && $0.open > 0 }),
          line.quantity <= orders[row]!.lines[old].open
        else { throw Refused("no such units") }
        try checkQuantity(line.quantity)
        try cancel(line.quantity, ofLine: old, row)
        try add(line, row, at: edit.occurredAt)
      case .region(let region): orders[row]!.region = region
      case .city(let city): orders[row]!.city = city
      case .priority(let priority): orders[row]!.priority = priority
      case .shipBy(let instant): orders[row]!.shipBy = instant
      case .deliverBy(let instant): orders[row]!.deliverBy = instant
      }
      tell(.edited, row, at: edit.occurredAt)
    }
    let order = orders[row]!
    let isAnyPromised = order.lines.contains { !isTracked($0.sku) || $0.open > $0.backordered }
    if order.profile.requires(.reserved), order.hasPassed(.approved), !order.hasPassed(.reserved), isSpokenFor(row),
      isAnyPromised
    {
      pass(.reserved, row, at: edit.occurredAt)
    }
    oweNoMore(row)
  }

  /// What an edit asks for of an approved order, or more of a line that was promised units, is promised like at approval.
  private mutating func promiseMore(_ quantity: Int64, ofLine line: Int, _ row: Int, at: Instant) throws(Refused) {
    let order = orders[row]!
    let known = order.shares.first { $0.line == line && $0.place != nil && $0.leg == nil }
    let isReserving = order.profile.requires(.reserved) && order.hasPassed(.approved)
    if !isTracked(order.lines[line].sku) || known == nil && !isReserving { return }
    try promise(
      quantity, ofLine: line, row,
      Approval(order: .number(order.asked.number, channel: nil), location: known?.place?.location, occurredAt: at))
  }

  private mutating func add(_ line: NewLine, _ row: Int, at: Instant) throws(Refused) {
    try checkQuantity(line.quantity)
    orders[row]!.lines.append(
      ModelOrder.Line(
        sku: line.sku, ordered: line.quantity, price: line.unitPriceMinorUnits, location: line.location ?? ""))
    try promiseMore(line.quantity, ofLine: orders[row]!.lines.count - 1, row, at: at)
  }

  /// More units, on the first line of the SKU, promised where the line's units are; or fewer, from the last.
  private mutating func resize(_ sku: String, to quantity: Int64, _ row: Int, at: Instant) throws(Refused) {
    try checkQuantity(quantity)
    let lines = orders[row]!.lines.indices.filter { orders[row]!.lines[$0].sku == sku }
    guard let first = lines.first else { throw Refused("no such line") }
    let before = lines.reduce(0) { $0 + orders[row]!.lines[$1].ordered - orders[row]!.lines[$1].cancelled }
    if quantity > before {
      let more = quantity - before
      orders[row]!.lines[first].ordered += more
      try promiseMore(more, ofLine: first, row, at: at)
      return
    }
    var fewer = before - quantity
    for line in lines.reversed() {
      let part = min(fewer, orders[row]!.lines[line].open)
      fewer -= part
      if part > 0 { try cancel(part, ofLine: line, row) }
    }
    if fewer > 0 { throw Refused("shipped already") }
  }
}

extension NewOrder {
  /// Whether another order of the same number says the same: what a source may rightly change afterwards aside.
  func saysTheSame(as other: NewOrder) -> Bool {
    var (left, right) = (self, other)
    for path in [\NewOrder.carrier, \.sourceStatus, \.note, \.creator] {
      left[keyPath: path] = nil
      right[keyPath: path] = nil
    }
    (left.customer, right.customer) = (nil, nil)
    return left == right && customer?.key == other.customer?.key
  }
}
