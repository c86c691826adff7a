package import OrderModel

/// The goods behind a stream of orders: every article is registered, and enough of it comes to every location in time
/// for every reservation of the stream to succeed.
///
/// An opening receipt lies a day before trading; then each 30 days bring what the next 30 will take. Making it walks
/// the stream once.
package struct StockStory: Sendable, Hashable {
  /// `registerSKU` for each article, then `receive` in time order.
  package let commands: [Command]
  /// Units received over the whole story.
  package let unitsReceived: Int64

  private static let daysPerReceipt = 30
  /// Everywhere at the opening, beyond what will be taken.
  private static let spareUnits: Int64 = 5

  package init(of stream: OrderStream) {
    let shop = stream.shop
    let firstSecond = shop.profile.clock.start(ofDay: shop.profile.firstDayNumber)
    let periodLength = Self.daysPerReceipt * LocalClock.secondsPerDay
    let periodCount = (shop.profile.dayCount + Self.daysPerReceipt - 1) / Self.daysPerReceipt
    let skuIndex = Dictionary(uniqueKeysWithValues: shop.articles.enumerated().map { ($1.sku, $0) })
    let locationIndex = Dictionary(uniqueKeysWithValues: shop.locations.enumerated().map { ($1, $0) })

    // Units taken, by period, article and location. What a cancellation gives back is not counted on.
    let stride = shop.articles.count * shop.locations.count
    var taken: [Int64] = Array(repeating: 0, count: periodCount * stride)
    for shopOrder in stream {
      guard let reservedAt = shopOrder.reservedAt, let location = locationIndex[shopOrder.location] else { continue }
      let period = (Int(reservedAt.milliseconds / 1_000) - firstSecond) / periodLength
      for line in shopOrder.order.lines {
        guard let sku = skuIndex[line.sku] else { continue }
        taken[period * stride + sku * shop.locations.count + location] += line.quantity
      }
    }

    var commands: [Command] = shop.articles.map {
      .registerSKU(
        NewSKU(sku: $0.sku, name: $0.name, category: $0.category, unitCostMinorUnits: $0.unitCostMinorUnits))
    }
    var unitsReceived: Int64 = 0
    for period in 0..<periodCount {
      let second = period == 0 ? firstSecond - LocalClock.secondsPerDay : firstSecond + period * periodLength
      for (sku, article) in shop.articles.enumerated() {
        for (place, location) in shop.locations.enumerated() {
          let wanted = taken[period * stride + sku * shop.locations.count + place]
          let quantity = period == 0 ? wanted + Self.spareUnits : wanted
          guard quantity > 0 else { continue }
          unitsReceived += quantity
          commands.append(
            .receive(
              StockReceipt(
                sku: article.sku, location: location, quantity: quantity,
                unitCostMinorUnits: article.unitCostMinorUnits, occurredAt: Instant(second: second))))
        }
      }
    }
    self.commands = commands
    self.unitsReceived = unitsReceived
  }
}
