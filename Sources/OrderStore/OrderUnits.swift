internal import OrderModel

/// The units of one order while a command is judged: what became of those of each line, and which stock cell owes,
/// holds or has sent them. The facts of the command so far are included.
struct OrderUnits {
  /// A line.
  struct Line {
    var row: Int
    var sku: UInt32
    var name: String
    /// Where its units are to come from, when that was said.
    var location: UInt32
    var unitPrice, listPrice: Int64
    /// Whether the store counts the SKU. What is not counted is never reserved, and not waited for.
    var isTracked: Bool
    var partition: LinePartition

    var quantity: Int64 { partition.ordered }
    var cancelled: Int64 { partition[.cancelled] }
    var reserved: Int64 { partition[.reserved] }
    var shipped: Int64 { partition[.shipped] }
    var unreserved: Int64 { partition.unreserved }
    var open: Int64 { partition.open }
  }

  /// What one stock cell owes, holds or has sent of one line, for one leg.
  struct Allotment {
    var row: Int
    /// Its line, as an index.
    var line: Int
    /// Row of the stock cell; nil for what is not counted.
    var cell: Int?
    var location: UInt32
    /// Row of the leg; nil before it is allocated.
    var leg: Int?
    var backordered, presold, reserved, shipped, settled: Int64
    /// Units reserved, presold, or waited for.
    var promised: Int64 { backordered + presold + reserved }
    /// Units with a carrier.
    var underway: Int64 { shipped - settled }

    /// Moves units the way of `kind`; the way back when negative.
    mutating func apply(_ kind: MovementKind, _ quantity: Int64) {
      for effect in kind.effects.line {
        let change = effect.sign * quantity
        switch effect.counter {
        case .backordered: backordered += change
        case .presold: presold += change
        case .reserved: reserved += change
        case .shipped: shipped += change
        case .delivered, .lost, .returnedToOrigin: settled += change
        default: break
        }
      }
    }

    /// The part that is short, as a negative number; 0 when none is.
    var shortage: Int64 { min(0, backordered, presold, reserved, shipped, settled, underway) }
  }

  var order: Int
  var lines: [Line] = []
  /// The oldest first.
  var allotments: [Allotment] = []
  var lastAddedLine: Int?

  /// Whether every open unit that is counted is reserved, presold, or waits for stock.
  var isEverythingSpokenFor: Bool { lines.allSatisfy { !$0.isTracked || $0.unreserved == 0 } }
  /// Whether an open unit does not merely wait, or nobody counts it.
  var isAnyPromised: Bool { lines.contains { !$0.isTracked || $0.open > $0.partition[.backordered] } }
  /// Whether every open unit that is counted is reserved.
  var isEverythingReserved: Bool { lines.allSatisfy { !$0.isTracked || $0.open == $0.reserved } }
  var hasOpenUnits: Bool { lines.contains { $0.open > 0 } }
}
