import OrderModel
import Testing
import Workload

struct OrderStoryTests {
  let shop = Shop(profile: .corner, seed: Seed(11))

  @Test func `the observed order tells each node once and the payment of a paid order`() {
    for order in shop.orders(2_000) {
      let observed = order.observed
      #expect(observed.order == order.order)
      #expect(observed.events.count == Set(observed.events.map(\.node)).count)
      #expect(!observed.events.contains { $0.node == .placed })
      for event in observed.events where event.node.isKeyNode {
        #expect(event.occurredAt == order.times[event.node])
      }
      #expect(observed.payments.map(\.amountMinorUnits) == (order.times[.paid] == nil ? [] : [order.totalMinorUnits]))
      #expect(observed.events.contains { $0.node == .cancelled } == (order.end != nil))
    }
  }

  @Test func `commands begin with the placing and run forward in time`() {
    for order in shop.orders(2_000) {
      guard case .place(let placed) = order.commands[0] else {
        Issue.record("order \(order.index) begins with something else")
        return
      }
      var last = placed.placedAt
      for command in order.commands.dropFirst() {
        let instant = instant(of: command)
        #expect(instant >= last)
        last = instant
      }
    }
  }

  @Test func `stock moves once each way: what ships was reserved, what is cancelled never ships`() {
    for order in shop.orders(2_000) {
      var (reserved, shipped, cancelled) = (0, 0, 0)
      for command in order.commands {
        switch command {
        case .reserve(let operation):
          reserved += 1
          #expect(operation.occurredAt == order.reservedAt && operation.location == order.location)
        case .ship(let operation):
          #expect(reserved == 1)
          shipped += 1
          #expect(operation.occurredAt == order.leftAt)
        case .cancel: cancelled += 1
        default: break
        }
      }
      #expect(reserved == (order.reservedAt == nil ? 0 : 1))
      #expect(shipped == (order.leftAt == nil ? 0 : 1))
      #expect(cancelled + shipped <= 1)
    }
  }

  private func instant(of command: Command) -> Instant {
    switch command {
    case .pay(let payment): payment.occurredAt
    case .record(let event): event.occurredAt
    case .reserve(let operation), .ship(let operation): operation.occurredAt
    case .cancel(let cancellation): cancellation.occurredAt
    default: .latest
    }
  }
}
