import OrderModel

/// Reserving, allocating, shipping, and what goes wrong on the way.
extension ShopModel {
  mutating func reserve(_ operation: StockOperation, _ row: Int) throws(Refused) -> Bool {
    if operation.location.isEmpty { throw Refused("no location") }
    if !orders[row]!.node.isKeyNode { throw Refused("over") }
    try require(.reserved, row)
    let lines = orders[row]!.lines
    let portions = try portions(operation.lines, row) {
      isTracked(lines[$0].sku) || !operation.lines.isEmpty ? lines[$0].unreserved : 0
    }
    if portions.allSatisfy({ $0 == 0 }) {
      if lines.contains(where: { $0.unreserved > 0 }) { throw Refused("not counted") }
      return false
    }
    for (index, quantity) in portions.enumerated() where quantity > 0 {
      if !isTracked(lines[index].sku) { throw Refused("not counted") }
      orders[row]!.lines[index].location = operation.location
      let place = Place(sku: lines[index].sku, location: operation.location)
      let share = share(ofLine: index, row, at: place, at: operation.occurredAt)
      try move(.reserve, quantity, row, line: index, share: share)
    }
    if isSpokenFor(row), !orders[row]!.hasPassed(.reserved) {
      pass(.reserved, row, at: operation.occurredAt)
    } else {
      tell(.reserved, row, at: operation.occurredAt)
    }
    return true
  }

  mutating func release(_ operation: StockOperation, _ row: Int) throws(Refused) -> Bool {
    func reserved(_ share: ModelOrder.Share) -> Int64 { share.isAt(operation.location) ? share.reserved : 0 }
    let portions = try portions(operation.lines, row) { sum(ofLine: $0, row, reserved) }
    if portions.allSatisfy({ $0 == 0 }) { return false }
    for (line, quantity) in portions.enumerated() {
      for part in take(quantity, ofLine: line, row, newestFirst: true, reserved) {
        try move(.release, part.quantity, row, line: line, share: part.share)
      }
    }
    tell(.unreserved, row, at: operation.occurredAt)
    return true
  }

  private func sum(ofLine line: Int, _ row: Int, _ amount: (ModelOrder.Share) -> Int64) -> Int64 {
    orders[row]!.shares.reduce(0) { $0 + ($1.line == line ? amount($1) : 0) }
  }

  mutating func allocate(_ allocation: Allocation, _ row: Int) throws(Refused) {
    let (order, leg) = (orders[row]!, allocation.leg)
    if allocation.location.isEmpty || leg == 0 || !order.node.isKeyNode { throw Refused("no leg or place, or over") }
    try require(.allocated, row, leg: leg)
    if order.hasPassed(.released, leg: leg) { throw Refused("released") }
    let isKnown = order.legs.contains { $0.number == leg }
    if case .maxLegs(let most) = order.asked.split, !isKnown, order.legs.count >= Int(most) { throw Refused("legs") }
    ensureLeg(leg, of: row)
    let index = orders[row]!.legs.firstIndex { $0.number == leg }!
    orders[row]!.legs[index].location = allocation.location
    // A waybill is its carrier's.
    if orders[row]!.legs[index].waybill.isEmpty { orders[row]!.legs[index].carrier = allocation.carrier ?? "" }
    func reserved(_ share: ModelOrder.Share) -> Int64 { share.leg == nil || share.leg == leg ? share.reserved : 0 }
    let portions = try portions(allocation.lines, row) { sum(ofLine: $0, row, reserved) }
    let hasUncounted = order.lines.contains { !isTracked($0.sku) && $0.open > 0 }
    if portions.allSatisfy({ $0 == 0 }), !hasUncounted { throw Refused("nothing to take") }
    if order.asked.split == .complete, zip(order.lines, portions).contains(where: { isTracked($0.sku) && $0.open > $1 })
    {
      throw Refused("not complete")
    }
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      let place = Place(sku: order.lines[line].sku, location: allocation.location)
      know(place)
      for part in take(quantity, ofLine: line, row, reserved) {
        let from = orders[row]!.shares[part.share]
        if from.place == place, from.leg == leg { continue }
        let to = share(ofLine: line, row, at: place, leg: leg, at: allocation.occurredAt)
        try move(.release, part.quantity, row, line: line, share: part.share)
        try move(.reserve, part.quantity, row, line: line, share: to)
      }
    }
    if isKnown, order.hasPassed(.allocated, leg: leg) {
      tell(.reallocated, row, leg: leg, at: allocation.occurredAt)
    } else {
      if let carrier = allocation.carrier { orders[row]!.carrier = carrier }
      pass(.allocated, row, leg: leg, at: allocation.occurredAt)
    }
  }

  // MARK: Shipping

  mutating func ship(_ operation: StockOperation, _ row: Int) throws(Refused) {
    let (order, leg) = (orders[row]!, operation.leg)
    if !order.node.isKeyNode { throw Refused("over") }
    try require(.shipped, row, leg: leg)
    let hasOwn = leg != 0 && order.shares.contains { $0.leg == leg && $0.reserved > 0 }
    func reserved(_ share: ModelOrder.Share) -> Int64 {
      let isMeant = leg == 0 || share.leg == (hasOwn ? leg : nil)
      return isMeant && share.isAt(operation.location) ? share.reserved : 0
    }
    let portions = try portions(operation.lines, row) {
      sum(ofLine: $0, row, reserved)
        + (!isTracked(order.lines[$0].sku) && !operation.lines.isEmpty ? order.lines[$0].unreserved : 0)
    }
    if portions.allSatisfy({ $0 == 0 }) { throw Refused("nothing to ship") }
    if leg != 0 { ensureLeg(leg, of: row, location: operation.location) }
    for (line, quantity) in portions.enumerated() where quantity > 0 {
      if isTracked(order.lines[line].sku) {
        for part in take(quantity, ofLine: line, row, reserved) {
          try ship(part.quantity, ofShare: part.share, by: leg, row, at: operation.occurredAt)
        }
      } else {
        try dispatch(quantity, ofLine: line, by: leg, row, at: operation.occurredAt)
      }
    }
    try dispatchRest(by: leg, row, at: operation.occurredAt)
    if leg != 0 || orders[row]!.lines.allSatisfy({ $0.open == 0 }) {
      pass(.shipped, row, leg: leg, at: operation.occurredAt)
    } else {
      tell(.shipped, row, at: operation.occurredAt)
    }
  }

  /// Reserved units leave. A leg that they were not allocated to takes them over first.
  private mutating func ship(_ quantity: Int64, ofShare index: Int, by leg: UInt8, _ row: Int, at: Instant)
    throws(Refused)
  {
    if quantity == 0 { return }
    let share = orders[row]!.shares[index]
    var from = index
    if leg != 0, share.leg == nil {
      from = self.share(ofLine: share.line, row, at: share.place, leg: leg, at: at)
      try move(.release, quantity, row, line: share.line, share: index)
      try move(.reserve, quantity, row, line: share.line, share: from)
    }
    try move(.ship, quantity, row, line: share.line, share: from)
  }

  private mutating func dispatch(_ quantity: Int64, ofLine line: Int, by leg: UInt8, _ row: Int, at: Instant)
    throws(Refused)
  {
    if quantity == 0 { return }
    let share = share(ofLine: line, row, at: nil, leg: leg == 0 ? nil : leg, at: at)
    try move(.dispatch, quantity, row, line: line, share: share)
  }

  /// What nobody counts goes along with the last that is counted, or with the order as a whole.
  private mutating func dispatchRest(by leg: UInt8, _ row: Int, isWhole: Bool = false, at: Instant) throws(Refused) {
    let lines = orders[row]!.lines
    guard isWhole || lines.allSatisfy({ !isTracked($0.sku) || $0.open == 0 }) else { return }
    for line in lines.indices where !isTracked(lines[line].sku) {
      try dispatch(lines[line].unreserved, ofLine: line, by: leg, row, at: at)
    }
  }

  /// What the passing of a node from SHIPPED on says of the units.
  private mutating func moveParcel(to node: Node, leg: UInt8, _ row: Int, at: Instant) throws(Refused) {
    let order = orders[row]!
    let isLeg = order.legs.contains { $0.number == leg }
    let meant = order.shares.indices.filter { leg == 0 || order.shares[$0].leg == leg }
    if node == .shipped || node == .delivered || order.profile.requires(.shipped) {
      for index in meant {
        try ship(order.shares[index].reserved, ofShare: index, by: order.shares[index].leg ?? 0, row, at: at)
      }
      try dispatchRest(by: isLeg ? leg : 0, row, isWhole: leg == 0, at: at)
    }
    guard node == .delivered else { return }
    for index in orders[row]!.shares.indices where leg == 0 || orders[row]!.shares[index].leg == leg {
      let share = orders[row]!.shares[index]
      try move(.deliver, share.underway, row, line: share.line, share: index)
    }
  }

  // MARK: Reports

  mutating func record(_ event: StatusEvent, _ row: Int) throws(Refused) -> Bool {
    if event.node == .cancelled {
      if event.leg != 0 { throw Refused("a leg") }
      return try cancel(
        Cancellation(order: event.order, side: .unknown, occurredAt: event.occurredAt, actor: event.actor), row)
    }
    if event.node == .approved, event.leg == 0 {
      return try approve(
        Approval(order: event.order, location: event.location, actor: event.actor, occurredAt: event.occurredAt), row)
    }
    let order = orders[row]!
    if order.isKnown(event.node, leg: event.leg, at: event.occurredAt) { return false }
    try require(event.node, row, leg: event.leg)
    let isReserving = order.profile.requires(.reserved)
    if event.node == .reserved || event.node == .allocated, isReserving, !isSpokenFor(row) {
      throw Refused("unreserved")
    }
    if event.node == .released, isReserving, order.asked.split == .complete,
      order.lines.contains(where: { isTracked($0.sku) && $0.open != $0.reserved })
    {
      throw Refused("not complete")
    }
    if event.node >= .shipped, event.node.isKeyNode {
      try moveParcel(to: event.node, leg: event.leg, row, at: event.occurredAt)
    }
    if event.node == .expired {
      for (index, share) in order.shares.enumerated() { try letGo(share.waiting + share.reserved, ofShare: index, row) }
    }
    if let waybill = event.waybill { try bind(waybill, event, row) }
    if event.leg != 0 {
      ensureLeg(event.leg, of: row, location: event.location ?? "", carrier: event.carrier ?? "")
    }
    pass(event.node, row, leg: event.leg, at: event.occurredAt)
    orders[row]!.entries[orders[row]!.entries.count - 1].waybill = event.waybill ?? ""
    if let carrier = event.carrier { orders[row]!.carrier = carrier }
    return true
  }

  private mutating func bind(_ waybill: String, _ event: StatusEvent, _ row: Int) throws(Refused) {
    let carrier = event.carrier ?? orders[row]!.carrier
    let number = max(1, event.leg)
    ensureLeg(number, of: row, carrier: carrier)
    let parcel = "\(carrier) \(waybill)"
    let own = [row, Int(number)]
    for other in parcels[parcel] ?? [] where other != own && (joined[other] ?? other) != (joined[own] ?? own) {
      throw Refused("waybill")
    }
    let leg = orders[row]!.legs.firstIndex { $0.number == number }!
    // A parcel that gets another number frees its first one.
    freeWaybill(of: own)
    parcels[parcel, default: []].insert(own)
    orders[row]!.legs[leg].carrier = carrier
    orders[row]!.legs[leg].waybill = waybill
  }

  mutating func freeWaybill(of leg: [Int]) {
    for (parcel, legs) in parcels where legs.contains(leg) { parcels[parcel] = legs.subtracting([leg]) }
  }

  /// A leg travels in the parcel of another order's: both allocated, of one customer, from one place to one place.
  mutating func merge(_ merge: ShipmentMerge, _ row: Int) throws(Refused) {
    let hostRow = try self.row(of: merge.into)
    let (order, host) = (orders[row]!, orders[hostRow]!)
    func leg(_ number: UInt8, _ order: ModelOrder) throws(Refused) -> ModelOrder.Leg {
      let later = Node.keyNodes.filter { $0 >= .released }
      let hasLeft = order.passages.contains { later.contains($0.node) && [0, number].contains($0.leg) }
      guard order.node.isKeyNode, order.hasPassed(.allocated, leg: number), !hasLeft,
        let leg = order.legs.first(where: { $0.number == number })
      else { throw Refused("not allocated") }
      return leg
    }
    let (own, other) = (try leg(merge.leg, order), try leg(merge.intoLeg, host))
    let isPossible =
      row != hostRow && order.holds.isEmpty && host.holds.isEmpty && order.asked.customer != nil
      && order.asked.customer?.key == host.asked.customer?.key && order.region == host.region
      && order.city == host.city && own.location == other.location && own.waybill.isEmpty
      && (own.carrier == other.carrier || own.carrier.isEmpty || other.carrier.isEmpty)
    let parcel = joined[[hostRow, Int(other.number)]] ?? [hostRow, Int(other.number)]
    if !isPossible || parcel == [row, Int(own.number)] { throw Refused("no parcel to share") }
    tell(.merged, row, leg: merge.leg, at: merge.occurredAt)
    orders[row]!.entries[orders[row]!.entries.count - 1].parcel = parcel
    joined[[row, Int(own.number)]] = parcel
  }

  mutating func shortPick(_ operation: StockOperation, _ row: Int) throws(Refused) {
    let order = orders[row]!
    if !order.node.isKeyNode || order.node >= .shipped || order.hasPassed(.picked, leg: operation.leg) {
      throw Refused("too late")
    }
    try require(.picking, row, leg: operation.leg)
    if operation.lines.isEmpty { throw Refused("nothing") }
    let leg = order.legs.contains { $0.number == operation.leg } ? operation.leg : nil
    func reserved(_ share: ModelOrder.Share) -> Int64 {
      (operation.leg == 0 || share.leg == leg) && share.isAt(operation.location) ? share.reserved : 0
    }
    let portions = try portions(operation.lines, row) { sum(ofLine: $0, row, reserved) }
    for (line, quantity) in portions.enumerated() {
      for part in take(quantity, ofLine: line, row, newestFirst: true, reserved) {
        try move(.displace, part.quantity, row, line: line, share: part.share)
        try move(.adjust, -part.quantity, row, line: line, share: nil, place: orders[row]!.shares[part.share].place)
      }
    }
    raise(.shortPick, row, leg: operation.leg, at: operation.occurredAt)
  }

  mutating func raise(_ kind: ExceptionKind, _ row: Int, leg: UInt8, at: Instant) {
    tell(.raised, row, leg: leg, subject: kind.rawValue, at: at)
  }

  mutating func report(_ report: ParcelReport, _ row: Int) throws(Refused) {
    let order = orders[row]!
    if !order.hasPassed(.shipped, leg: report.leg) || order.node.endsUnfulfilled { throw Refused("not shipped") }
    if report.outcome == .attemptFailed {
      let told = order.deliveries(ofLeg: report.leg)
      if !order.node.isKeyNode || told.last?.kind != .passed || told.last?.node != .outForDelivery {
        throw Refused("not out for delivery")
      }
      if told.count(where: { $0.kind == .attemptFailed }) >= 3 { throw Refused("tried often enough") }
      tell(.attemptFailed, row, leg: report.leg, at: report.occurredAt)
      raise(.attemptFailed, row, leg: report.leg, at: report.occurredAt)
      return
    }
    let leg = order.legs.contains { $0.number == report.leg } ? report.leg : nil
    func underway(_ share: ModelOrder.Share) -> Int64 { report.leg == 0 || share.leg == leg ? share.underway : 0 }
    let portions = try portions(report.lines, row) { sum(ofLine: $0, row, underway) }
    if portions.allSatisfy({ $0 == 0 }) { throw Refused("nothing under way") }
    for (line, quantity) in portions.enumerated() {
      for part in take(quantity, ofLine: line, row, underway) {
        try move(report.outcome == .lost ? .lose : .returnToOrigin, part.quantity, row, line: line, share: part.share)
      }
    }
    if report.outcome == .lost {
      tell(.lost, row, leg: report.leg, at: report.occurredAt)
      raise(.lost, row, leg: report.leg, at: report.occurredAt)
    } else {
      pass(.returnInTransit, row, leg: report.leg, at: report.occurredAt)
    }
  }
}

extension ModelOrder.Share {
  /// Whether it is at a location; any will do when none is named.
  func isAt(_ location: String) -> Bool { location.isEmpty || location == place?.location }
}
