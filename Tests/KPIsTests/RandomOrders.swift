import OrderModel

/// A seeded sequence (SplitMix64), the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Orders with everything that goes wrong: nodes without an instant, in any order, before they were placed, at one instant.
func randomOrders(_ count: Int, seed: UInt64) -> [TestOrder] {
  var generator = SeededGenerator(seed: seed)
  // Few distinct instants, so that ties and equal deadlines occur.
  func instant() -> Int64 { Int64.random(in: -8...60, using: &generator) * (day / 4) }
  func moment(_ missing: Int, _ unknown: Int) -> Int64 {
    switch Int.random(in: 0..<100, using: &generator) {
    case ..<missing: InstantColumn.none
    case ..<(missing + unknown): InstantColumn.unknown
    default: instant()
    }
  }
  return (0..<count).map { _ in
    var order = TestOrder(placedAt: Int64.random(in: 0...40, using: &generator) * (day / 4))
    for node in Node.allCases where node != .placed {
      order[.reached(node)] = node == .cancelled || node == .expired ? moment(85, 7) : moment(45, 10)
      order[.firstReached(node)] = moment(45, 10)
    }
    order[.deliverBy] = moment(15, 0)
    order[.firstActAt] = moment(20, 10)
    order[.firstHumanActAt] = moment(40, 10)
    order[.cancelSide] = Int64.random(in: 0...3, using: &generator)
    order[.customer] = Int64.random(in: 0...5, using: &generator)
    order[.errorCount] = max(0, Int64.random(in: -5...2, using: &generator))
    order[.units] = Int64.random(in: 0...4, using: &generator)
    order[.told(.cancelledUnits)] = Int64.random(in: 0...order[.units], using: &generator)
    order[.listValue] = order[.units] * 100
    order[.lineValue] = order[.units] * Int64.random(in: 90...100, using: &generator)
    order[.told(.cancelledValue)] = order[.told(.cancelledUnits)] * 100
    order[.discount] = Int64.random(in: 0...2, using: &generator) * 10
    order[.shipBy] = moment(15, 0)
    order[.lineCount] = min(order[.units], Int64.random(in: 1...2, using: &generator))
    tellStories(of: &order, using: &generator)
    order[.tax] = Int64.random(in: 0...9, using: &generator)
    order[.shipping] = Int64.random(in: 0...9, using: &generator)
    return order
  }
}

/// What timelines tell, within what an order has.
private func tellStories(of order: inout TestOrder, using generator: inout SeededGenerator) {
  func part(of whole: Int64) -> Int64 { Int64.random(in: 0...max(0, whole), using: &generator) }
  let units = order[.units]
  var left = order[.told(.cancelledUnits)]
  for side in Side.allCases {
    order[.told(.cancelledUnitsBy(side))] = part(of: left)
    left -= order[.told(.cancelledUnitsBy(side))]
  }
  for (to, isCustomers) in [(Node.delivered, true), (.shipped, false)] {
    order[.told(.held(from: .placed, to: to, isFirst: false, isCustomers: isCustomers))] = part(of: 5) * hour
  }
  for kind in [ExceptionKind.misShip, .damaged, .docError, .duplicate] where part(of: 3) == 0 {
    order[.told(.exceptions)] |= kind.bit
    order[.told(.openExceptions)] |= part(of: 1) * kind.bit
    order[.told(.raised(kind))] = 1 + part(of: 2)
    order[.told(.raisedUnits(kind))] = order[.told(.raised(kind))] + part(of: 2)
  }
  order[.told(.strayedUnits)] = max(0, part(of: 6) - 5)
  order[.told(.decider)] = part(of: 2)
  order[.told(.entryErrors)] = max(0, part(of: 4) - 2)
  order[.told(.enteredByPerson)] = part(of: 1)
  order[.told(.lastEntryAt)] = part(of: 3) == 0 ? InstantColumn.none : part(of: 60) * (day / 4)
  order[.told(.openHolds)] = part(of: 3) == 0 ? HoldKind.credit.bit : 0
  order[.told(.shippedUnits)] = part(of: units)
  order[.told(.firstShippedUnits)] = part(of: order[.told(.shippedUnits)])
  order[.told(.reservedAtApproval)] = part(of: units)
  order[.told(.backorderedAtApproval)] = part(of: units - order[.told(.reservedAtApproval)])
  order[.told(.presoldAtApproval)] = max(0, part(of: 6) - 5)
  order[.told(.backorderedLinesAtApproval)] = part(of: order[.lineCount])
  order[.told(.backorderedValueAtApproval)] = order[.told(.backorderedAtApproval)] * 100
  order[.told(.requiredLines)] = part(of: order[.lineCount])
  order[.told(.filledLines)] = part(of: order[.told(.requiredLines)])
  order[.told(.returnedUnits)] = part(of: 4) == 0 ? part(of: units - order[.told(.cancelledUnits)]) : 0
}

/// Whether the tests were built with optimisation; without it the long loops are cut short.
#if DEBUG
let isOptimised = false
#else
let isOptimised = true
#endif
