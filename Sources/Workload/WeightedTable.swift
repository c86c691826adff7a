/// Draws an index in proportion to integer weights, by one table lookup.
///
/// The weights are apportioned to 65,536 slots, rounded down over their running sum; an index whose share is below one
/// slot may never come.
package struct WeightedTable: Sendable {
  private let slots: [UInt16]

  /// - Parameter weights: 1 to 65,536 weights, each at least 0, not all 0, their sum below 2⁴⁷.
  package init(weights: [Int]) {
    precondition(!weights.isEmpty && weights.count <= 1 << 16, "a table needs 1 to 65,536 weights")
    let total = weights.reduce(0, +)
    precondition(total > 0, "all weights are 0")
    var slots: [UInt16] = []
    slots.reserveCapacity(1 << 16)
    var sum = 0
    for (index, weight) in weights.enumerated() {
      precondition(weight >= 0, "a weight is negative")
      sum += weight
      let end = (sum << 16) / total
      while slots.count < end { slots.append(UInt16(index)) }
    }
    self.slots = slots
  }

  /// Few sell most: weight 1 ÷ (rank + 1).
  package static func zipf(count: Int) -> WeightedTable {
    WeightedTable(weights: (0..<count).map { 1_000_000_000 / ($0 + 1) })
  }

  /// An index of the weights.
  package func draw(with generator: inout SplitMix64) -> Int { Int(slots[Int(generator.next() >> 48)]) }
}
