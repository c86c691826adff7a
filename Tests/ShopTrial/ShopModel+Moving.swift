import OrderModel

/// The movements, one by one: what each does to a line, to the line's share of a place, and to the place.
extension ShopModel {
  /// A place's counters, made empty if the place is new.
  mutating func know(_ place: Place) {
    // A kit has none.
    if isKit(place.sku) { return }
    if cells[place] == nil {
      cells[place] = ModelCell()
      places.append(place)
    }
  }

  func isKit(_ sku: String) -> Bool { !(articles[sku]?.components.isEmpty ?? true) }

  /// Units of a place that can be promised; whole kits of which everything is there.
  func available(_ place: Place) -> Int64 {
    let components = articles[place.sku]?.components ?? []
    if components.isEmpty { return cells[place]?.available ?? 0 }
    return components.map { (cells[Place(sku: $0.sku, location: place.location)]?.available ?? 0) / $0.quantity }.min()!
  }

  /// Units of a place that can be sold in advance.
  func presaleLeft(_ place: Place) -> Int64 {
    let components = articles[place.sku]?.components ?? []
    if components.isEmpty { return cells[place].map { $0.presaleQuota - $0.presaleSold } ?? 0 }
    return components.map { presaleLeft(Place(sku: $0.sku, location: place.location)) / $0.quantity }.min()!
  }

  /// Moves units of a line; the next entry tells of it.
  mutating func move(
    _ kind: MovementKind, _ quantity: Int64, _ row: Int, line: Int, share: Int?, place: Place? = nil,
    value given: Int64? = nil, isLineOnly: Bool = false
  ) throws(Refused) {
    if quantity == 0 { return }
    let place = isLineOnly ? nil : place ?? share.flatMap { orders[row]!.shares[$0].place }
    try moveLine(kind, quantity, &orders[row]!.lines[line])
    if let share { try moveShare(kind, quantity, &orders[row]!.shares[share]) }
    if let place, let kit = articles[place.sku], isKit(place.sku) {
      // Taking back goes by the parts as they were told.
      orders[row]!.untold.append(ModelOrder.Move(kind: kind, quantity: quantity, line: line, share: share, value: 0))
      for part in kit.components {
        try movePart(kind, quantity * part.quantity, row, Place(sku: part.sku, location: place.location))
      }
      return
    }
    var value: Int64 = 0
    if let place { value = try moveCell(kind, quantity, place, value: given) }
    orders[row]!.untold.append(
      ModelOrder.Move(kind: kind, quantity: quantity, line: line, share: share, place: place, value: value))
  }

  /// Moves units of a component of a kit.
  mutating func movePart(
    _ kind: MovementKind, _ quantity: Int64, _ row: Int, _ place: Place, value: Int64? = nil
  ) throws(Refused) {
    let value = try moveCell(kind, quantity, place, value: value)
    orders[row]!.untold.append(ModelOrder.Move(kind: kind, quantity: quantity, place: place, value: value))
  }

  private func moveLine(_ kind: MovementKind, _ q: Int64, _ line: inout ModelOrder.Line) throws(Refused) {
    switch kind {
    case .reserve: line.reserved += q
    case .release: line.reserved -= q
    case .ship: (line.reserved, line.shipped) = (line.reserved - q, line.shipped + q)
    case .backorder: line.backordered += q
    case .unbackorder: line.backordered -= q
    case .fill: (line.backordered, line.reserved) = (line.backordered - q, line.reserved + q)
    case .presell: line.presold += q
    case .unpresell: line.presold -= q
    case .fillPresale: (line.presold, line.reserved) = (line.presold - q, line.reserved + q)
    case .displace: (line.reserved, line.backordered) = (line.reserved - q, line.backordered + q)
    case .dispatch: line.shipped += q
    case .deliver: line.delivered += q
    case .lose: line.lost += q
    case .returnToOrigin: line.returnedToOrigin += q
    case .requestReturn: line.requested += q
    case .authoriseReturn: line.authorised += q
    case .restock, .takeBack: (line.returned, line.restocked) = (line.returned + q, line.restocked + q)
    case .quarantine: (line.returned, line.quarantined) = (line.returned + q, line.quarantined + q)
    case .scrap: (line.returned, line.scrapped) = (line.returned + q, line.scrapped + q)
    case .inspectRestock: (line.quarantined, line.restocked) = (line.quarantined - q, line.restocked + q)
    case .inspectScrap: (line.quarantined, line.scrapped) = (line.quarantined - q, line.scrapped + q)
    default: break
    }
    if !line.isSound { throw Refused("line: \(kind) \(q)") }
  }

  private func moveShare(_ kind: MovementKind, _ q: Int64, _ share: inout ModelOrder.Share) throws(Refused) {
    switch kind {
    case .reserve: share.reserved += q
    case .release: share.reserved -= q
    case .ship: (share.reserved, share.shipped) = (share.reserved - q, share.shipped + q)
    case .backorder: share.backordered += q
    case .unbackorder: share.backordered -= q
    case .fill: (share.backordered, share.reserved) = (share.backordered - q, share.reserved + q)
    case .presell: share.presold += q
    case .unpresell: share.presold -= q
    case .fillPresale: (share.presold, share.reserved) = (share.presold - q, share.reserved + q)
    case .displace: (share.reserved, share.backordered) = (share.reserved - q, share.backordered + q)
    case .dispatch: share.shipped += q
    case .deliver, .lose, .returnToOrigin: share.settled += q
    default: break
    }
    if !share.isSound { throw Refused("share: \(kind) \(q)") }
  }

  /// Moves the counters of a place.
  ///
  /// - Returns: How the value of its stock changed.
  @discardableResult
  mutating func moveCell(
    _ kind: MovementKind, _ q: Int64, _ place: Place, value given: Int64? = nil
  ) throws(Refused) -> Int64 {
    know(place)
    touched.insert(place)
    var cell = cells[place]!
    let before = cell
    switch kind {
    case .receive, .adjust, .count, .restock: cell.onHand += q
    case .reserve: cell.reserved += q
    case .release: cell.reserved -= q
    case .ship: (cell.onHand, cell.reserved) = (cell.onHand - q, cell.reserved - q)
    case .backorder: cell.backordered += q
    case .unbackorder: cell.backordered -= q
    case .fill: (cell.backordered, cell.reserved) = (cell.backordered - q, cell.reserved + q)
    case .presell: cell.presaleSold += q
    case .unpresell: cell.presaleSold -= q
    case .fillPresale: (cell.presaleSold, cell.reserved) = (cell.presaleSold - q, cell.reserved + q)
    case .displace: (cell.reserved, cell.backordered) = (cell.reserved - q, cell.backordered + q)
    case .quarantine: (cell.onHand, cell.held) = (cell.onHand + q, cell.held + q)
    case .inspectRestock: cell.held -= q
    case .inspectScrap: (cell.onHand, cell.held) = (cell.onHand - q, cell.held - q)
    case .blockDamaged: cell.damaged += q
    case .blockHeld: cell.held += q
    case .blockSafety: cell.safety += q
    case .expect: cell.incoming += q
    case .arrive, .transferIn: (cell.incoming, cell.onHand) = (cell.incoming - q, cell.onHand + q)
    case .transferOut: cell.onHand -= q
    case .presaleQuota: cell.presaleQuota += q
    default: break
    }
    if !cell.isSound { throw Refused("place: \(kind) \(q)") }
    let change = cell.onHand - before.onHand
    var value = given ?? 0
    if given == nil, change != 0 {
      if before.onHand > 0 {
        value = change > 0 ? before.worth(of: change) : -before.worth(of: -change)
      } else {
        value = change * (articles[place.sku]?.cost ?? 0)
      }
    }
    cell.value += value
    cells[place] = cell
    return value
  }

  /// The share of a line at a place for a leg, made if there is none.
  mutating func share(
    ofLine line: Int, _ row: Int, at place: Place?, leg: UInt8? = nil, at instant: Instant, approvedAt: Instant? = nil
  ) -> Int {
    let order = orders[row]!
    if let known = order.shares.firstIndex(where: { $0.line == line && $0.place == place && $0.leg == leg }) {
      return known
    }
    let approved = approvedAt?.milliseconds ?? (order.milestones[.approved]?.all ?? nil ?? nil) ?? instant.milliseconds
    if let place { know(place) }
    orders[row]!.shares.append(
      ModelOrder.Share(line: line, place: place, leg: leg, age: ages, approvedAt: approved))
    ages += 1
    return order.shares.count
  }

  // MARK: Those who wait

  /// T33, T34: what is available goes to those who wait for it, by priority, approval, order and line.
  mutating func handOn(at instant: Instant) throws(Refused) {
    let touched = touched
    for place in places where touched.contains(place) {
      while cells[place]!.canHandOn, var first = firstWaiting(for: place) {
        // A kit waits in the queues of all its components.
        var isFirst = false
        while !isFirst {
          isFirst = true
          let kit = orders[first.row]!.shares[first.share].place!
          for part in articles[kit.sku]!.components {
            guard let other = firstWaiting(for: Place(sku: part.sku, location: kit.location)),
              other.key.lexicographicallyPrecedes(first.key)
            else { continue }
            (first, isFirst) = (other, false)
          }
        }
        try fill(first.row, first.share, at: instant)
      }
    }
  }

  /// Who is first among those who can be served with units of a place.
  private func firstWaiting(for place: Place) -> (key: [Int64], row: Int, share: Int)? {
    var first: (key: [Int64], row: Int, share: Int)?
    for order in orders.values {
      for (index, share) in order.shares.enumerated() where share.waiting > 0 {
        guard let from = share.place, from.location == place.location, available(from) > 0,
          share.presold > 0 || capLeft(from, order.row) > 0
        else { continue }
        guard from == place || articles[from.sku]!.components.contains(where: { $0.sku == place.sku }) else { continue }
        let rank = OrderPriority.rank(of: order.priority)
        // Several shares of one line: the older one first.
        let key = [rank, share.approvedAt, Int64(order.row), Int64(share.line), Int64(share.age)]
        if first == nil || key.lexicographicallyPrecedes(first!.key) { first = (key, order.row, index) }
      }
    }
    return first
  }

  private mutating func fill(_ row: Int, _ index: Int, at instant: Instant) throws(Refused) {
    let share = orders[row]!.shares[index]
    let presold = min(available(share.place!), share.presold)
    try move(.fillPresale, presold, row, line: share.line, share: index)
    let waited = min(available(share.place!), capLeft(share.place!, row), share.backordered)
    try move(.fill, waited, row, line: share.line, share: index)
    if isSpokenFor(row), !orders[row]!.hasPassed(.reserved), orders[row]!.node.isKeyNode {
      pass(.reserved, row, at: instant)
    } else {
      tell(.reserved, row, at: instant)
    }
  }
}
