import OrderModel
import Testing
import Workload

struct OrderStreamTests {
  let shop = Shop(profile: .year, seed: Seed(42))

  @Test func `walking twice gives the same orders, another seed others`() {
    #expect(Array(shop.orders(500)) == Array(Shop(profile: .year, seed: Seed(42)).orders(500)))
    #expect(Array(shop.orders(500)) != Array(Shop(profile: .year, seed: Seed(43)).orders(500)))
  }

  @Test(arguments: [0, 1, 2, 499])
  func `the stream has as many orders as asked for and then stays empty`(count: Int) {
    var iterator = shop.orders(count).makeIterator()
    var seen = 0
    while iterator.next() != nil { seen += 1 }
    #expect(seen == count)
    #expect(iterator.next() == nil && iterator.next() == nil)
  }

  @Test func `placing never goes back in time and stays within the profile's days`() {
    var last = shop.opening
    for order in shop.orders(20_000) {
      #expect(order.order.placedAt >= last)
      #expect(order.order.placedAt < shop.horizon)
      #expect(order.order.placedAt.milliseconds % 1_000 == 0)
      last = order.order.placedAt
    }
  }

  @Test func `numbers are unique and every order states what a store needs`() {
    var numbers: Set<String> = []
    for order in shop.orders(5_000) {
      #expect(numbers.insert(order.order.number).inserted)
      #expect(!order.order.lines.isEmpty)
      #expect(order.order.lines.allSatisfy { $0.quantity > 0 && $0.unitPriceMinorUnits > 0 })
      #expect(order.order.lines.allSatisfy { $0.unitPriceMinorUnits <= $0.listPriceMinorUnits! })
      #expect(Set(order.order.lines.map(\.sku)).count == order.order.lines.count)
      #expect(order.totalMinorUnits >= 0)
      #expect((order.order.customer == nil) == (order.customerNumber == nil))
    }
  }

  @Test func `channels have their shares and the hottest article leads by far`() {
    var channels: [String: Int] = [:]
    var articles: [String: Int] = [:]
    for order in shop.orders(20_000) {
      channels[order.order.channel, default: 0] += 1
      for line in order.order.lines { articles[line.sku, default: 0] += 1 }
    }
    for channel in shop.channels {
      #expect(abs(channels[channel.name, default: 0] - channel.weight * 200) < 400, "\(channel.name)")
    }
    #expect(articles[shop.articles[0].sku]! > 1_000)
    #expect(articles.count > 1_500)
  }

  @Test func `bad rows come only when asked for, on orders of one line`() {
    #expect(!shop.orders(5_000).contains { $0.defect != nil })
    var profile = ShopProfile.year
    profile.defects = 200
    let orders = Array(Shop(profile: profile, seed: Seed(42)).orders(5_000))
    let defective = orders.filter { $0.defect != nil }
    #expect((20...120).contains(defective.count))
    #expect(defective.allSatisfy { $0.order.lines.count == 1 })
    // Sound orders are not moved by the bad ones.
    let sound = zip(orders, shop.orders(5_000)).filter { $0.0.defect == nil }
    #expect(sound.allSatisfy { $0.0 == $0.1 })
  }
}
