import OrderModel
import Workload

/// A small shop full of what figures trip over: ties, nodes without an instant or without those before, guests, orders
/// cancelled in part and later as a whole, credit notes without an order, discounts that do not divide.
struct OddShop {
  let seed: UInt64
  /// Everything happens on one of few instants, so that they meet.
  static let opening: Int64 = 1_740_787_200_000
  static let steps = 60
  static let step: Int64 = 6 * hour

  /// Commands in sequence; some are refused.
  func commands(observed: Int, live: Int) -> [Command] {
    var random = SplitMix64(Seed(seed))
    var commands: [Command] = ["TEA", "CUP", "POT"].map { sku in
      .receive(
        StockReceipt(
          sku: sku, location: "W1", quantity: 5_000, unitCostMinorUnits: 10,
          occurredAt: Instant(milliseconds: Self.opening - day)))
    }
    for index in 0..<observed { commands.append(.observe(self.observed("o\(index)", &random))) }
    for index in 0..<live { commands += lived("l\(index)", &random) }
    for index in 0..<(observed / 6) { commands.append(.credit(credit(index, observed: observed, &random))) }
    return commands
  }

  private func instant(_ random: inout SplitMix64, from first: Int = 0) -> Instant {
    Instant(milliseconds: Self.opening + Int64(random.within(first...max(first, Self.steps))) * Self.step)
  }

  private func order(_ number: String, at placedAt: Instant, _ random: inout SplitMix64) -> NewOrder {
    let skus = ["TEA", "CUP", "POT"].prefix(random.within(1...3))
    let lines = skus.map { sku in
      let price = Int64(random.pick(of: [0, 1, 99, 333, 1_000]))
      return NewLine(
        sku: sku, quantity: Int64(random.within(1...4)), unitPriceMinorUnits: price,
        listPriceMinorUnits: random.happens(5_000) ? price + Int64(random.below(100)) : nil, location: "W1")
    }
    var order = NewOrder(channel: random.pick(of: ["web", "pos"]), number: number, placedAt: placedAt, currency: "CNY")
    order.lines = Array(lines)
    if random.happens(7_500) { order.customer = CustomerIdentity(key: "c\(random.below(12))") }
    if random.happens(7_000) { order.deliverBy = instant(&random) }
    if random.happens(7_000) { order.shipBy = instant(&random) }
    order.discountMinorUnits = random.happens(3_000) ? Int64(random.below(50)) : 0
    order.taxMinorUnits = Int64(random.below(20))
    order.shippingMinorUnits = random.happens(5_000) ? 12 : 0
    return order
  }

  /// Told by another system, in any order and with holes.
  private func observed(_ number: String, _ random: inout SplitMix64) -> ObservedOrder {
    let first = random.below(Self.steps)
    let order = order(number, at: Instant(milliseconds: Self.opening + Int64(first) * Self.step), &random)
    var events: [ObservedEvent] = []
    let depth = random.below(17)
    for node in Node.allCases where node > .placed && node <= .completed && Int(node.rawValue) <= depth {
      guard random.happens(6_000) else { continue }
      let isTimed = random.happens(8_500)
      events.append(
        ObservedEvent(
          node: node, occurredAt: isTimed ? instant(&random, from: random.happens(9_000) ? first : 0) : nil,
          actor: random.pick(of: ["system", "li", nil])))
    }
    if random.happens(2_500) {
      events.append(
        ObservedEvent(
          node: random.happens(8_000) ? .cancelled : .expired,
          occurredAt: random.happens(8_000) ? instant(&random, from: first) : nil,
          side: random.pick(of: Side.allCases)))
    }
    return ObservedOrder(order: order, events: events)
  }

  /// Run by the store, with parts cancelled, edits, exceptions and parcels that stray or come back.
  private func lived(_ number: String, _ random: inout SplitMix64) -> [Command] {
    var at = random.below(Self.steps / 2)
    func next() -> Instant {
      at += random.below(6)
      return Instant(milliseconds: Self.opening + Int64(at) * Self.step)
    }
    var order = order(number, at: next(), &random)
    order.profile = .simple
    let reference = OrderReference.number(number, channel: order.channel)
    var commands: [Command] = [.place(order)]
    func cancelPart() {
      commands.append(
        .cancel(
          Cancellation(
            order: reference, lines: [LineQuantity(sku: "TEA", quantity: 1)], side: random.pick(of: Side.allCases),
            occurredAt: next())))
    }
    if random.happens(5_000) { cancelPart() }
    if random.happens(2_000) {
      let units = Int64(random.within(1...2))
      commands.append(
        .edit(OrderEdit(order: reference, changes: [.quantity(sku: "TEA", units)], occurredAt: next())))
    }
    if random.happens(2_000) {
      let kind = random.pick(of: [ExceptionKind.misShip, .damaged, .docError, .price])
      commands.append(.exception(ExceptionChange(order: reference, kind: kind, step: .raise, occurredAt: next())))
    }
    if random.happens(7_000) {
      commands.append(.reserve(StockOperation(order: reference, location: "W1", occurredAt: next())))
      if random.happens(3_000) { cancelPart() }
      commands.append(.ship(StockOperation(order: reference, location: "W1", occurredAt: next())))
      if random.happens(2_000) {
        let outcome = random.pick(of: [ParcelReport.Outcome.lost, .returnToOrigin])
        commands.append(
          .parcel(
            ParcelReport(
              order: reference, outcome: outcome, lines: [LineQuantity(sku: "TEA", quantity: 1)], occurredAt: next())))
      }
      if random.happens(7_000) {
        commands.append(.record(StatusEvent(order: reference, node: .delivered, occurredAt: next())))
        if random.happens(4_000) {
          let lines = random.happens(5_000) ? [] : [LineQuantity(sku: "TEA", quantity: 1)]
          for step in [ReturnStep.Step.request, .authorise, .receive] {
            commands.append(
              .giveBack(
                ReturnStep(
                  order: reference, step: step, lines: lines,
                  disposition: random.pick(of: ReturnStep.Disposition.allCases), location: "W1", occurredAt: next())))
          }
        }
      }
    } else if random.happens(4_000) {
      commands.append(.cancel(Cancellation(order: reference, side: random.pick(of: Side.allCases), occurredAt: next())))
    }
    return commands
  }

  private func credit(_ index: Int, observed: Int, _ random: inout SplitMix64) -> CreditNote {
    let named = OrderReference.number("o\(random.below(observed))", channel: nil)
    return CreditNote(
      channel: "web", number: "k\(index)", occurredAt: instant(&random),
      order: random.happens(6_000) ? named : nil, currency: "CNY",
      lines: [CreditLine(sku: "TEA", quantity: 1, unitPriceMinorUnits: Int64(random.below(500)))])
  }
}
