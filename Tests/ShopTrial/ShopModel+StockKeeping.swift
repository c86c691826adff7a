import OrderModel

/// What happens to stock outside of orders.
extension ShopModel {
  mutating func register(_ sku: NewSKU) throws(Refused) -> Answer {
    let known = articles[sku.sku]
    let components = try components(of: sku)
    var article = ModelArticle(cost: sku.unitCostMinorUnits, isTracked: sku.tracked)
    if let known, known.isTracked, !sku.tracked {
      // What is counted stays counted.
      article = ModelArticle(cost: sku.unitCostMinorUnits == 0 ? known.cost : sku.unitCostMinorUnits, isTracked: true)
    }
    if !components.isEmpty { (article.components, article.isTracked) = (components, true) }
    articles[sku.sku] = article
    return (
      known?.cost != article.cost || known?.isTracked != article.isTracked || known?.components != article.components,
      nil
    )
  }

  /// What a kit consists of: told once, of counted articles that are no kits, for a SKU that is not counted itself.
  private func components(of sku: NewSKU) throws(Refused) -> [KitComponent] {
    let known = articles[sku.sku]
    if sku.components.isEmpty { return known?.components ?? [] }
    for part in sku.components {
      try checkQuantity(part.quantity)
      if part.sku == sku.sku || isKit(part.sku) || !isTracked(part.sku) { throw Refused("component \(part.sku)") }
    }
    if Set(sku.components.map(\.sku)).count < sku.components.count { throw Refused("twice") }
    guard let known else { return sku.components }
    if isKit(sku.sku) {
      if known.components != sku.components { throw Refused("another kit") }
    } else if known.isTracked {
      throw Refused("counted")
    }
    return sku.components
  }

  /// A place of a counted SKU.
  private mutating func countedPlace(_ sku: String, _ location: String) throws(Refused) -> Place {
    if location.isEmpty || !isTracked(sku) || isKit(sku) { throw Refused("not counted") }
    know(Place(sku: sku, location: location))
    return Place(sku: sku, location: location)
  }

  mutating func receive(_ receipt: StockReceipt) throws(Refused) {
    try checkQuantity(receipt.quantity)
    var article = articles[receipt.sku] ?? ModelArticle(cost: receipt.unitCostMinorUnits ?? 0, isTracked: true)
    let standard = article.cost
    if !article.isTracked {
      // What arrives is counted from now on.
      article.isTracked = true
      if article.cost == 0 { article.cost = receipt.unitCostMinorUnits ?? 0 }
    }
    if isKit(receipt.sku) { throw Refused("a kit") }
    articles[receipt.sku] = article
    let place = try countedPlace(receipt.sku, receipt.location)
    if receipt.wasExpected { return try arrive(receipt, place) }
    try moveCell(.receive, receipt.quantity, place, value: receipt.quantity * (receipt.unitCostMinorUnits ?? standard))
  }

  /// Expected goods: those due first, first.
  private mutating func arrive(_ receipt: StockReceipt, _ place: Place) throws(Refused) {
    var rest = receipt.quantity
    let due = inbound.indices.filter { inbound[$0].place == place && inbound[$0].open > 0 }
      .sorted { (inbound[$0].due, $0) < (inbound[$1].due, $1) }
    for index in due where rest > 0 {
      let goods = inbound[index]
      let part = min(rest, goods.open)
      rest -= part
      var value = part * (receipt.unitCostMinorUnits ?? articles[place.sku]!.cost)
      // What another location sent is worth what it was there, all of it with the last unit.
      if !goods.from.isEmpty { value = part == goods.open ? goods.value : goods.value / goods.open * part }
      try moveCell(goods.from.isEmpty ? .arrive : .transferIn, part, place, value: value)
      inbound[index].open -= part
      inbound[index].value -= value
    }
    if rest > 0 { throw Refused("not expected") }
    inbound.removeAll { $0.open == 0 }
  }

  mutating func adjust(_ adjustment: StockAdjustment) throws(Refused) {
    if adjustment.quantity == 0 { throw Refused("nothing") }
    if !isTracked(adjustment.sku), adjustment.observed { return }
    try moveCell(.adjust, adjustment.quantity, try countedPlace(adjustment.sku, adjustment.location))
  }

  mutating func expect(_ expected: ExpectedStock) throws(Refused) {
    try checkQuantity(expected.quantity)
    let place = try countedPlace(expected.sku, expected.location)
    try moveCell(.expect, expected.quantity, place)
    inbound.append(ModelInbound(place: place, from: "", open: expected.quantity, value: 0, due: expected.due))
  }

  mutating func transfer(_ transfer: StockTransfer) throws(Refused) {
    try checkQuantity(transfer.quantity)
    if transfer.from == transfer.to { throw Refused("nowhere else") }
    let value = -(try moveCell(.transferOut, transfer.quantity, try countedPlace(transfer.sku, transfer.from)))
    let place = try countedPlace(transfer.sku, transfer.to)
    try moveCell(.expect, transfer.quantity, place)
    inbound.append(
      ModelInbound(place: place, from: transfer.from, open: transfer.quantity, value: value, due: transfer.due))
  }

  mutating func block(_ block: StockBlock) throws(Refused) {
    if block.quantity == 0 { throw Refused("nothing") }
    let kind: MovementKind =
      switch block.kind {
      case .damaged: .blockDamaged
      case .held: .blockHeld
      case .safety: .blockSafety
      }
    try moveCell(kind, block.quantity, try countedPlace(block.sku, block.location))
  }

  mutating func presale(_ quota: PresaleQuota) throws(Refused) {
    if quota.quantity == 0 { throw Refused("nothing") }
    try moveCell(.presaleQuota, quota.quantity, try countedPlace(quota.sku, quota.location))
  }

  /// Where fewer units are there than promised, the newest promises wait again; claims end. Then units kept back are
  /// free: safety stock, held, damaged.
  mutating func count(_ count: StockCount) throws(Refused) {
    if count.counted < 0 || count.counted > Int64(Int32.max) { throw Refused("counted") }
    let place = try countedPlace(count.sku, count.location)
    let cell = cells[place]!
    var missing = max(0, cell.reserved + cell.unavailable - count.counted)
    missing = try displace(missing, at: place, count.occurredAt)
    for (kind, amount) in [
      (MovementKind.blockSafety, cell.safety), (.blockHeld, cell.held), (.blockDamaged, cell.damaged),
    ] {
      let part = min(missing, amount)
      missing -= part
      try moveCell(kind, -part, place)
    }
    try moveCell(.count, count.counted - cell.onHand, place)
  }

  /// - Returns: How many are still missing.
  private mutating func displace(_ quantity: Int64, at place: Place, _ instant: Instant) throws(Refused) -> Int64 {
    /// A promise: a claim by its index, or an order's row and the share's index.
    struct Promise {
      var age: Int
      var claim: Int?
      var row = 0
      var share = 0
      /// Units of the place that one of the share's is.
      var unitsEach: Int64 = 1
    }
    var promises = claims.indices.filter { claims[$0].place == place }.map { Promise(age: claims[$0].age, claim: $0) }
    for order in orders.values {
      for (index, share) in order.shares.enumerated() where share.reserved > 0 {
        guard let from = share.place, from.location == place.location else { continue }
        let part = articles[from.sku]!.components.first { $0.sku == place.sku }
        if from == place || part != nil {
          promises.append(Promise(age: share.age, row: order.row, share: index, unitsEach: part?.quantity ?? 1))
        }
      }
    }
    var rest = quantity
    for promise in promises.sorted(by: { $0.age > $1.age }) where rest > 0 {
      if let claim = promise.claim {
        let part = min(rest, claims[claim].quantity)
        rest -= part
        try moveCell(.release, part, place)
        claims[claim].quantity -= part
      } else {
        let share = orders[promise.row]!.shares[promise.share]
        // Where one unit is missing a whole kit waits.
        let part = min((rest + promise.unitsEach - 1) / promise.unitsEach, share.reserved)
        rest -= part * promise.unitsEach
        try move(.displace, part, promise.row, line: share.line, share: promise.share)
        tell(.backordered, promise.row, at: instant)
      }
    }
    claims.removeAll { $0.quantity == 0 }
    return max(0, rest)
  }

  // MARK: Claims

  mutating func claim(_ claim: StockClaim) throws(Refused) {
    try checkQuantity(claim.quantity)
    if claim.owner.isEmpty { throw Refused("no owner") }
    let place = try countedPlace(claim.sku, claim.location)
    try moveCell(.reserve, claim.quantity, place)
    if let index = claims.firstIndex(where: { $0.owner == claim.owner && $0.place == place }) {
      claims[index].quantity += claim.quantity
      claims[index].expiresAt = claim.expiresAt
    } else {
      claims.append(
        ModelClaim(
          owner: claim.owner, place: place, quantity: claim.quantity, expiresAt: claim.expiresAt, age: ages))
      ages += 1
    }
  }

  mutating func endClaim(_ release: ClaimRelease) throws(Refused) {
    let place = try countedPlace(release.sku, release.location)
    guard let index = claims.firstIndex(where: { $0.owner == release.owner && $0.place == place }) else {
      throw Refused("no claim")
    }
    try moveCell(.release, claims.remove(at: index).quantity, place)
  }

  /// - Returns: Whether any claim has run out.
  mutating func expire(_ expiry: Expiry) -> Bool {
    let over = claims.filter { $0.expiresAt <= expiry.asOf }
    claims.removeAll { $0.expiresAt <= expiry.asOf }
    for claim in over {
      cells[claim.place]!.reserved -= claim.quantity
      touched.insert(claim.place)
    }
    return !over.isEmpty
  }
}
