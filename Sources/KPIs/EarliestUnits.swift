/// Units that moved at the first instant at which any did, row by row, kept apart by kind.
struct EarliestUnits: Sendable {
  /// Milliseconds; `Int64.max` where nothing moved.
  private(set) var instants = StoryColumn(empty: Int64.max)
  /// Of each kind.
  private var units: [StoryColumn]

  init(kindCount: Int) { units = Array(repeating: StoryColumn(), count: kindCount) }

  mutating func add(_ quantity: Int64, kind: Int, row: Int, at instant: Int64) {
    let first = instants[row]
    if instant > first { return }
    if instant < first {
      instants[row] = instant
      for index in units.indices where units[index][row] != 0 { units[index][row] = 0 }
    }
    units[kind][row] &+= quantity
  }

  /// Takes in what `other` saw of other movements.
  mutating func merge(_ other: EarliestUnits) {
    var merged = self
    other.instants.forEach { row, instant in
      for kind in other.units.indices { merged.add(other.units[kind][row], kind: kind, row: row, at: instant) }
    }
    self = merged
  }

  func count(_ kind: Int, row: Int) -> Int64 { units[kind][row] }
}
