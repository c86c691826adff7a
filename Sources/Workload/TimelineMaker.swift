import OrderModel

/// Draws when an order passes its nodes, whether it ends early, and what was promised. Works in whole seconds.
struct TimelineMaker: Sendable {
  private let profile: ShopProfile

  private static let customerReasons = ["改变主意", "拍错", "地址填错", "找到更便宜的"]
  private static let sellerReasons = ["缺货", "价格错误", "地址无法送达"]

  init(profile: ShopProfile) { self.profile = profile }

  struct Timeline {
    var times = NodeTimes()
    var end: ShopOrder.End?
    var shipBy, deliverBy: Instant?
  }

  func timeline(
    of kind: OrderKind, placedAt: Int, roadHours: Int, dayPercent: Int, with generator: inout SplitMix64
  ) -> Timeline {
    var timeline = Timeline()
    promise(kind, placedAt: placedAt, roadHours: roadHours, dayPercent: dayPercent, into: &timeline)
    let fate = fate(of: kind, with: &generator)
    let nodes = kind.nodes
    // A day with three times the usual orders takes one and a half times as long for each step in the house.
    let load = min(400, 100 + max(0, dayPercent - 100) / 4)
    var now = placedAt
    for (position, node) in nodes.enumerated() {
      if node != .placed {
        let after = nodes[position - 1]
        let next = now + seconds(to: node, kind: kind, roadHours: roadHours, load: load, at: now, with: &generator)
        if fate.node == after {
          timeline.end = end(fate, between: now, and: next, with: &generator)
          return timeline
        }
        now = next
      }
      guard now < profile.horizonSecond else { return timeline }
      timeline.times[node] = Instant(second: now)
    }
    return timeline
  }

  /// The last node that the order passes, and who ends it there; `side` is nil for one that is merely stuck.
  private struct Fate {
    var node: Node?
    var side: Side?
  }

  private func fate(of kind: OrderKind, with generator: inout SplitMix64) -> Fate {
    guard kind != .counter else { return Fate() }
    let draw = generator.below(10_000)
    var bound = profile.unpaid
    if draw < bound { return Fate(node: .placed, side: .system) }
    bound += profile.customerCancels
    if draw < bound { return Fate(node: node(in: Node.placed...Node.picked, with: &generator), side: .customer) }
    bound += profile.sellerCancels
    if draw < bound { return Fate(node: node(in: Node.validated...Node.picking, with: &generator), side: .seller) }
    bound += profile.stuck
    if draw < bound { return Fate(node: node(in: Node.paid...Node.packed, with: &generator)) }
    return Fate()
  }

  private func node(in range: ClosedRange<Node>, with generator: inout SplitMix64) -> Node {
    let raw = generator.within(Int(range.lowerBound.rawValue)...Int(range.upperBound.rawValue))
    return Node.keyNodes[raw - 1]
  }

  private func end(
    _ fate: Fate, between now: Int, and next: Int, with generator: inout SplitMix64
  ) -> ShopOrder.End? {
    guard let side = fate.side else { return nil }
    let at: Int
    let reason: String
    switch side {
    case .system: (at, reason) = (now + LocalClock.secondsPerDay, "超时未付款")
    case .seller: (at, reason) = (now + generator.below(max(1, next - now)), generator.pick(of: Self.sellerReasons))
    case .customer, .unknown:
      (at, reason) = (now + generator.below(max(1, next - now)), generator.pick(of: Self.customerReasons))
    }
    return at < profile.horizonSecond ? ShopOrder.End(side: side, reason: reason, at: Instant(second: at)) : nil
  }

  /// How long the step to `node` takes, in seconds; the warehouse and the couriers sleep from 22:00 to 07:00.
  private func seconds(
    to node: Node, kind: OrderKind, roadHours: Int, load: Int, at now: Int, with generator: inout SplitMix64
  ) -> Int {
    let work = DurationCurve.work
    func house(_ median: Int) -> Int { work.draw(median: median * load / 100, with: &generator) }
    switch node {
    case .paid: return kind == .counter ? 0 : work.draw(median: 70, with: &generator)
    case .validated: return generator.happens(7_000) ? generator.within(1...9) : house(720)
    case .approved: return kind == .business ? house(2_400) : generator.happens(8_500) ? 2 : house(1_200)
    case .reserved: return 0
    case .allocated: return house(60)
    case .released: return house(900)
    case .picking: return untilMorning(now + house(2_700), with: &generator) - now
    case .picked: return house(800)
    case .packed: return house(480)
    case .labelled: return house(120)
    case .shipped: return house(9_000)
    case .inTransit: return work.draw(median: 4 * 3_600, with: &generator)
    case .outForDelivery:
      let road =
        kind == .pickup
        ? work.draw(median: 600, with: &generator)
        : DurationCurve.travel.draw(median: roadHours * 3_600, with: &generator)
      return untilMorning(now + road, with: &generator) - now
    case .delivered:
      if kind == .counter { return 0 }
      return work.draw(median: kind == .pickup ? 18 * 3_600 : 4 * 3_600, with: &generator)
    default: return 0
    }
  }

  private func untilMorning(_ second: Int, with generator: inout SplitMix64) -> Int {
    let local = profile.clock.dayAndSecond(atUTCSecond: second)
    let (opens, closes) = (7 * 3_600, 22 * 3_600)
    if local.second >= opens && local.second < closes { return second }
    let day = local.second >= closes ? local.day + 1 : local.day
    return profile.clock.start(ofDay: day) + opens + generator.below(3_600)
  }

  private func promise(
    _ kind: OrderKind, placedAt: Int, roadHours: Int, dayPercent: Int, into timeline: inout Timeline
  ) {
    let day = profile.clock.dayAndSecond(atUTCSecond: placedAt).day
    let busyDays = dayPercent >= 300 ? 1 : 0
    switch kind {
    case .counter: return
    case .pickup: timeline.deliverBy = evening(ofDay: day + 3)
    case .retail, .business:
      let hours = kind == .business ? 48 : 24
      timeline.shipBy = Instant(second: placedAt + (hours + busyDays * 24) * 3_600)
      timeline.deliverBy = evening(ofDay: day + 2 + (roadHours + 11) / 24 + busyDays + (kind == .business ? 1 : 0))
    }
  }

  /// 20:00 of a local day.
  private func evening(ofDay day: Int) -> Instant { Instant(second: profile.clock.start(ofDay: day) + 20 * 3_600) }
}

extension Instant {
  /// The moment `second` seconds after 1970-01-01T00:00Z.
  init(second: Int) { self.init(milliseconds: Int64(second) * 1_000) }
}
