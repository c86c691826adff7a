import OrderModel

/// What the orders of a channel may hold.
extension ShopModel {
  /// - Returns: Whether something was new.
  mutating func cap(_ cap: ChannelCap) throws(Refused) -> Bool {
    if !isTracked(cap.sku) || isKit(cap.sku) { throw Refused("not counted") }
    if let units = cap.units, units < 0 { throw Refused("units") }
    let key = ModelCap(sku: cap.sku, location: cap.location, channel: cap.channel)
    // One that was lifted is known still.
    let limit = cap.units ?? .max
    let isNew = caps[key] != limit
    caps[key] = limit
    if isNew { touched.formUnion(places.filter { $0.sku == cap.sku }) }
    return isNew
  }

  /// Units that the orders of the channel hold, alone or in kits.
  func taken(_ cap: ModelCap) -> Int64 {
    var sum: Int64 = 0
    for order in orders.values where order.asked.channel == cap.channel {
      for share in order.shares where share.reserved + share.presold > 0 {
        guard let place = share.place, cap.location == nil || cap.location == place.location else { continue }
        let part = articles[place.sku]!.components.first { $0.sku == cap.sku }
        if place.sku == cap.sku || part != nil { sum += (share.reserved + share.presold) * (part?.quantity ?? 1) }
      }
    }
    return sum
  }

  /// Units that an order may still get at a place; whole kits.
  func capLeft(_ place: Place, _ row: Int) -> Int64 {
    let components = articles[place.sku]?.components ?? []
    if !components.isEmpty {
      return components.map { capLeft(Place(sku: $0.sku, location: place.location), row) / $0.quantity }.min()!
    }
    let own = caps.filter {
      $0.key.sku == place.sku && $0.key.channel == orders[row]!.asked.channel
        && [nil, place.location].contains($0.key.location)
    }
    return own.map { $0.value == .max ? .max : max(0, $0.value - taken($0.key)) }.min() ?? .max
  }

  /// No command gives a channel more than it may hold.
  mutating func keepCaps(since before: ShopModel) throws(Refused) {
    for (cap, limit) in caps {
      let (had, has) = (before.taken(cap), taken(cap))
      if has > had, has > limit { throw Refused("cap") }
      // Somebody may have waited for the cap alone.
      if has < had, cap.location == nil { touched.formUnion(places.filter { $0.sku == cap.sku }) }
    }
  }
}
