/// The orders of a shop in the order of their placing; walking it twice gives the same orders.
///
/// Order `n` draws from a seed of its own. Costs about 2 µs an order in a release build.
package struct OrderStream: Sequence, Sendable {
  package let shop: Shop
  /// How many orders it gives.
  package let count: Int
  let curve: ArrivalCurve

  init(shop: Shop, count: Int) {
    self.shop = shop
    self.count = count
    curve = ArrivalCurve(profile: shop.profile, count: count)
  }

  package var underestimatedCount: Int { count }
  package func makeIterator() -> Iterator { Iterator(stream: self) }

  /// Walks days, hours, then the orders of the hour.
  package struct Iterator: IteratorProtocol {
    private let maker: OrderMaker
    private let curve: ArrivalCurve
    private let firstDay: Int
    private let clock: LocalClock
    private var index = 0
    private var dayIndex = -1
    private var hour = 23
    private var hourCounts: [Int] = Array(repeating: 0, count: 24)
    private var placedInHour = 0
    private var customersSeen = 0

    init(stream: OrderStream) {
      maker = OrderMaker(shop: stream.shop)
      curve = stream.curve
      firstDay = stream.shop.profile.firstDayNumber
      clock = stream.shop.profile.clock
    }

    package mutating func next() -> ShopOrder? {
      while placedInHour == hourCounts[hour] {
        placedInHour = 0
        hour += 1
        if hour < 24 { continue }
        (hour, dayIndex) = (0, dayIndex + 1)
        // Stays at the end: a further call finds no day either.
        guard dayIndex < curve.dayPercent.count else {
          (dayIndex, hour, hourCounts) = (dayIndex - 1, 23, Array(repeating: 0, count: 24))
          return nil
        }
        hourCounts = ArrivalCurve.hourCounts(of: curve.orderCount(onDay: dayIndex))
      }
      var generator = SplitMix64(maker.shop.seed.derived(for: .order, UInt64(index)))
      // Each order has its own slice of the hour, so placing never goes back in time.
      let slice = (placedInHour * 3_600 + generator.below(3_600)) / hourCounts[hour]
      let second = clock.start(ofDay: firstDay + dayIndex) + hour * 3_600 + slice
      let order = maker.order(
        index, placedAt: second, dayPercent: curve.dayPercent[dayIndex], customersSeen: &customersSeen,
        with: &generator)
      index += 1
      placedInHour += 1
      return order
    }
  }
}
