import OrderModel

/// Units of a line that an order lost while it went on.
struct CancelledPart: Sendable, Hashable {
  /// Order row, line row.
  var order: Int
  var line: Int
  var units: Int64
  /// At list price, minor units.
  var value: Int64
  /// `InstantColumn.unknown` counts as before every other.
  var instant: Int64
  var side: Side

  init(order: Int, line: Int, units: Int64, value: Int64, instant: Int64, side: Side) {
    (self.order, self.line, self.units, self.value) = (order, line, units, value)
    (self.instant, self.side) = (instant, side)
  }
}

/// What was cancelled of orders in part, before as-of and later.
///
/// Columns know all that was ever cancelled. Of an order that ended later, what was cancelled before as-of is what its
/// entries before as-of say; of any other, what the columns know less what entries from as-of on say.
struct StoryCancellations: Sendable {
  private struct Sums: Sendable {
    var early: Int64 = 0
    var late: Int64 = 0

    mutating func add(_ amount: Int64, isEarly: Bool) {
      if isEarly { early += amount } else { late += amount }
    }
  }

  private var units: [Int: Sums] = [:]
  private var values: [Int: Sums] = [:]
  private var lines: [Int: Sums] = [:]
  /// Before as-of, of the customer's side or of one that nobody named.
  private var customersOfLines: [Int: Int64] = [:]
  private var bySide: [Side: [Int: Int64]] = [:]

  init(_ parts: [CancelledPart] = [], asOf: Int64 = Int64.max) {
    for part in parts {
      let isEarly = part.instant < asOf
      units[part.order, default: Sums()].add(part.units, isEarly: isEarly)
      values[part.order, default: Sums()].add(part.value, isEarly: isEarly)
      lines[part.line, default: Sums()].add(part.units, isEarly: isEarly)
      if isEarly, part.side == .customer || part.side == .unknown {
        customersOfLines[part.line, default: 0] += part.units
      }
      if isEarly { bySide[part.side, default: [:]][part.order, default: 0] += part.units }
    }
  }

  func units(of order: Int, known: Int64, endsLater: Bool) -> Int64 { Self.before(units[order], known, endsLater) }
  func value(of order: Int, known: Int64, endsLater: Bool) -> Int64 { Self.before(values[order], known, endsLater) }
  func units(ofLine line: Int, known: Int64, endsLater: Bool) -> Int64 { Self.before(lines[line], known, endsLater) }
  func units(of order: Int, by side: Side) -> Int64 { bySide[side]?[order] ?? 0 }

  func customersUnits(ofLine line: Int) -> Int64 { customersOfLines[line] ?? 0 }

  private static func before(_ sums: Sums?, _ known: Int64, _ endsLater: Bool) -> Int64 {
    endsLater ? sums?.early ?? 0 : known - (sums?.late ?? 0)
  }
}
