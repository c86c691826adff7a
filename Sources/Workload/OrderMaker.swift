import OrderModel

/// Draws one order: who, what, where, for how much; its timeline is drawn by ``TimelineMaker``.
struct OrderMaker: Sendable {
  let shop: Shop
  private let timelines: TimelineMaker

  init(shop: Shop) {
    self.shop = shop
    timelines = TimelineMaker(profile: shop.profile)
  }

  func order(
    _ index: Int, placedAt: Int, dayPercent: Int, customersSeen: inout Int, with generator: inout SplitMix64
  ) -> ShopOrder {
    let channelIndex = shop.channelTable.draw(with: &generator)
    let channel = shop.channels[channelIndex]
    let kind = kind(ofChannel: channelIndex, with: &generator)

    var customerNumber: Int?
    var identity: CustomerIdentity?
    var (region, city): (Int, Int)
    if generator.happens(channel.guests) {
      region = shop.regionTable.draw(with: &generator)
      city = generator.below(shop.regions[region].cities.count)
    } else {
      let number = drawCustomer(seen: &customersSeen, with: &generator)
      let customer = shop.customers.customer(number)
      (customerNumber, identity, region, city) = (number, customer.identity, customer.region, customer.city)
    }
    if generator.happens(400) {  // a present, sent elsewhere
      region = shop.regionTable.draw(with: &generator)
      city = generator.below(shop.regions[region].cities.count)
    }

    let location = location(for: kind, region: region, with: &generator)
    let lines = lines(for: kind, dayPercent: dayPercent, location: location, with: &generator)
    var order = NewOrder(
      channel: channel.name, number: String(prefix: channel.prefix, number: index + 1, width: 10),
      placedAt: Instant(milliseconds: Int64(placedAt) * 1_000), customer: identity, currency: "CNY", lines: lines,
      type: kind.rawValue, region: shop.regions[region].name, city: shop.regions[region].cities[city], profile: .simple)
    if kind.travels { order.carrier = carrier(ofChannel: channelIndex, with: &generator) }
    price(&order, kind: kind, with: &generator)

    let story = timelines.timeline(
      of: kind, placedAt: placedAt, roadHours: shop.regions[region].roadHours, dayPercent: dayPercent,
      with: &generator)
    order.shipBy = story.shipBy
    order.deliverBy = story.deliverBy

    let automatic = generator.below(100)
    return ShopOrder(
      index: index, order: order, customerNumber: customerNumber, times: story.times, end: story.end,
      location: location,
      paymentMethod: kind == .business
        ? "terms" : channel.methods[generator.below(3) == 0 ? channel.methods.count - 1 : 0],
      validator: "system:rules", approver: automatic < 85 ? "system:rules" : generator.pick(of: shop.reviewers),
      picker: generator.pick(of: shop.pickers), defect: defect(of: index, lineCount: lines.count))
  }

  private func kind(ofChannel channel: Int, with generator: inout SplitMix64) -> OrderKind {
    switch channel {
    case SalesChannel.pos: .counter
    case SalesChannel.web:
      switch generator.below(100) {
      case ..<12: .business
      case ..<22: .pickup
      default: .retail
      }
    default: .retail
    }
  }

  /// Someone new, one of all so far, or, as often, one of the loyal: the product of two draws prefers the early ones.
  private func drawCustomer(seen: inout Int, with generator: inout SplitMix64) -> Int {
    if seen == 0 || generator.happens(shop.profile.newCustomersInTenThousand) {
      seen += 1
      return seen - 1
    }
    let any = generator.below(seen)
    return generator.happens(5_000) ? any : generator.below(any + 1)
  }

  private func location(for kind: OrderKind, region: Int, with generator: inout SplitMix64) -> String {
    switch kind {
    case .counter, .pickup:
      return shop.locations[generator.within(shop.warehouseCount...(shop.locations.count - 1))]
    case .retail, .business:
      let nearest = shop.regions[region].warehouse
      return shop.locations[generator.happens(9_200) ? nearest : generator.below(shop.warehouseCount)]
    }
  }

  private func carrier(ofChannel channel: Int, with generator: inout SplitMix64) -> String {
    channel == SalesChannel.jd && generator.happens(7_000) ? "京东物流" : generator.pick(of: shop.carriers)
  }

  /// One to five articles, all different.
  private func lines(
    for kind: OrderKind, dayPercent: Int, location: String, with generator: inout SplitMix64
  ) -> [NewLine] {
    let draw = generator.below(100)
    let count = draw < 58 ? 1 : draw < 82 ? 2 : draw < 93 ? 3 : draw < 98 ? 4 : 5
    let onSale = dayPercent >= 200
    var lines: [NewLine] = []
    lines.reserveCapacity(count)
    for _ in 0..<count {
      var article = shop.articles[shop.articleTable.draw(with: &generator)]
      while lines.contains(where: { $0.sku == article.sku }) {
        article = shop.articles[generator.below(shop.articles.count)]
      }
      let quantity =
        kind == .business ? generator.within(5...60) : generator.happens(7_800) ? 1 : generator.within(2...4)
      // Whole percents of a list price in fen may leave a fraction of a fen: dropped.
      let percent = onSale ? generator.within(70...90) : generator.happens(2_500) ? 90 : 100
      lines.append(
        NewLine(
          sku: article.sku, quantity: Int64(quantity),
          unitPriceMinorUnits: article.listPriceMinorUnits * Int64(percent) / 100,
          listPriceMinorUnits: article.listPriceMinorUnits, location: location))
    }
    return lines
  }

  private func price(_ order: inout NewOrder, kind: OrderKind, with generator: inout SplitMix64) {
    var value: Int64 = 0
    for line in order.lines { value += line.quantity * line.unitPriceMinorUnits }
    if generator.happens(1_800) { order.discountMinorUnits = min(Int64(generator.within(1...6)) * 500, value / 2) }
    if kind.travels && value < 9_900 { order.shippingMinorUnits = Int64(generator.within(5...12)) * 100 }
    if kind == .business { order.taxMinorUnits = (value - order.discountMinorUnits) * 13 / 100 }
  }

  private func defect(of index: Int, lineCount: Int) -> Defect? {
    guard shop.profile.defects > 0, lineCount == 1 else { return nil }
    var generator = SplitMix64(shop.seed.derived(for: .defect, UInt64(index)))
    return generator.happens(shop.profile.defects) ? generator.pick(of: Defect.allCases) : nil
  }
}
