import OrderModel
import Testing
import Workload

/// What holds of every order's story.
struct ShopOrderTests {
  let shop = Shop(profile: .year, seed: Seed(7))

  @Test func `nodes follow each other, end before the horizon, and stop at a cancellation`() {
    for order in shop.orders(10_000) {
      var last = order.order.placedAt
      #expect(order.times[.placed] == last)
      for node in Node.keyNodes {
        guard let instant = order.times[node] else { continue }
        #expect(instant >= last && instant < shop.horizon)
        last = instant
      }
      if let end = order.end {
        #expect(end.at >= last && end.at < shop.horizon)
        #expect(order.times[.shipped] == nil && order.times[.delivered] == nil)
        #expect(order.status == .cancelled)
      } else {
        #expect(order.status == order.times.last)
      }
    }
  }

  @Test func `most orders arrive in time, some late, some are cancelled, some stay open`() {
    var (onTime, late, shippedLate, shipped, open) = (0, 0, 0, 0, 0)
    var sides: [Side: Int] = [:]
    for order in shop.orders(20_000) {
      if let end = order.end { sides[end.side, default: 0] += 1 }
      if order.end == nil && order.times[.delivered] == nil { open += 1 }
      if let delivered = order.times[.delivered], let deliverBy = order.order.deliverBy {
        if delivered <= deliverBy { onTime += 1 } else { late += 1 }
      }
      if let instant = order.times[.shipped], let shipBy = order.order.shipBy {
        shipped += 1
        if instant > shipBy { shippedLate += 1 }
      }
    }
    #expect((85...98).contains(onTime * 100 / (onTime + late)), "on time \(onTime), late \(late)")
    #expect((2...20).contains(shippedLate * 100 / shipped), "shipped late \(shippedLate) of \(shipped)")
    #expect((300...600).contains(sides[.customer, default: 0]), "\(sides)")
    #expect((80...300).contains(sides[.seller, default: 0]), "\(sides)")
    #expect((150...400).contains(sides[.system, default: 0]), "\(sides)")
    #expect((50...600).contains(open), "open \(open)")
  }

  @Test func `a sale over the counter is placed, paid and delivered at once, with no promise`() {
    let sales = shop.orders(5_000).filter { $0.order.type == "pos" }
    #expect(sales.count > 400)
    for sale in sales {
      #expect(sale.times[.paid] == sale.order.placedAt && sale.times[.delivered] == sale.order.placedAt)
      #expect(sale.times[.shipped] == nil && sale.order.carrier == nil && sale.order.deliverBy == nil)
    }
  }

  @Test func `what is collected never ships`() {
    let pickups = shop.orders(20_000).filter { $0.order.type == "pickup" }
    #expect(pickups.count > 200)
    #expect(pickups.allSatisfy { $0.times[.shipped] == nil && $0.times[.labelled] == nil && $0.order.shipBy == nil })
    #expect(pickups.contains { $0.times[.delivered] != nil })
  }
}
