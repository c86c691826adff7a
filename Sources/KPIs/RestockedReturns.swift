package import OrderModel

/// What returned goods that were put back for sale had cost, by cell.
///
/// Goods restocked at once are worth what the ledger booked. Goods that went through quarantine were booked when they came;
/// finding them fit for sale moves no value. So of each order and SKU the units found fit take their share of what the
/// units in quarantine were booked at, rounded toward zero.
package struct RestockedReturns: Sendable {
  private struct Key: Hashable {
    var cell: Int
    var order, sku: Int64
  }

  /// Units and value that came, units found fit before the period, and before its end.
  private struct Quarantine {
    var units: Int128 = 0
    var value: Int128 = 0
    var fitBefore: Int128 = 0
    var fit: Int128 = 0

    /// Units found fit whose coming is not yet known, as of an instant between the two, cost nothing.
    var cost: Int128 {
      units > 0 ? value * min(fit, units) / units - value * min(fitBefore, units) / units : 0
    }

    mutating func add(_ other: Quarantine) {
      units += other.units
      value += other.value
      fitBefore += other.fitBefore
      fit += other.fit
    }
  }

  private var quarantines: [Key: Quarantine] = [:]
  private var restocked: [Int: Int128] = [:]

  package init() {}

  /// The kind of a movement of returned goods that is to be added; nil for any other.
  @inline(__always)
  package static func kind(_ rawValue: Int64) -> MovementKind? {
    switch rawValue {
    case Int64(MovementKind.restock.rawValue): .restock
    case Int64(MovementKind.quarantine.rawValue): .quarantine
    case Int64(MovementKind.inspectRestock.rawValue): .inspectRestock
    default: nil
    }
  }

  /// Adds a movement that moved counters.
  ///
  /// - Parameters:
  ///   - value: What it changed the value on hand by, minor units.
  ///   - order: Order row + 1, as movements name it.
  ///   - isBefore: Whether it happened before the period asked about.
  package mutating func add(
    _ kind: MovementKind, units: Int64, value: Int64, order: Int64, sku: Int64, cell: Int, isBefore: Bool = false
  ) {
    switch kind {
    case .restock:
      if !isBefore { restocked[cell, default: 0] += Int128(value) }
    case .quarantine, .inspectRestock:
      var part = Quarantine()
      if kind == .quarantine {
        (part.units, part.value) = (Int128(units), Int128(value))
      } else {
        (part.fitBefore, part.fit) = (isBefore ? Int128(units) : 0, Int128(units))
      }
      quarantines[Key(cell: cell, order: order, sku: sku), default: Quarantine()].add(part)
    default: break
    }
  }

  /// Adds all of `other`.
  package mutating func merge(_ other: RestockedReturns) {
    quarantines.merge(other.quarantines) { own, others in
      var sum = own
      sum.add(others)
      return sum
    }
    restocked.merge(other.restocked, uniquingKeysWith: +)
  }

  /// What the goods restocked in the period had cost, for each cell with any.
  package var costs: [Int: Int128] {
    var costs = restocked
    for (key, quarantine) in quarantines { costs[key.cell, default: 0] += quarantine.cost }
    return costs
  }
}
