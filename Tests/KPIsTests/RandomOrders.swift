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
    order[.tax] = Int64.random(in: 0...9, using: &generator)
    order[.shipping] = Int64.random(in: 0...9, using: &generator)
    return order
  }
}

/// Whether the tests were built with optimisation; without it the long loops are cut short.
#if DEBUG
let isOptimised = false
#else
let isOptimised = true
#endif
