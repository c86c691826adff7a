internal import ColumnStore
internal import OrderModel

/// Channel caps: how much of a SKU the orders of a channel may hold.
extension Judge {
  /// A cap as it stood before the present command.
  private struct Cap {
    var row: Int
    var sku, location, channel: UInt32
    /// Negative once it is lifted.
    var limit: Int64
    var taken: Int64
  }

  private func caps(of sku: UInt32, in session: borrowing Session) throws(JudgeFailure) -> [Cap] {
    // A word of the present command has none.
    guard Int(sku) <= session.wordCount(list: Int(Vocabulary.sku.rawValue)) else { return [] }
    var caps: [Cap] = []
    var row = Int(try value(Int(sku) - 1, SKUColumn.lastCap, session)) - 1
    while row >= 0 {
      caps.append(try cap(at: row, in: session))
      row = Int(try value(row, CapColumn.previous, session)) - 1
    }
    return caps
  }

  private func cap(at row: Int, in session: borrowing Session) throws(JudgeFailure) -> Cap {
    Cap(
      row: row, sku: UInt32(try value(row, CapColumn.sku, session)),
      location: UInt32(try value(row, CapColumn.location, session)),
      channel: UInt32(try value(row, CapColumn.channel, session)), limit: try value(row, CapColumn.limit, session),
      taken: try value(row, CapColumn.taken, session))
  }

  // MARK: What is taken

  /// Notes what a movement of a stock cell gives to an order's channel, or takes from it.
  func noteTaken(_ fact: MovementFact, in session: borrowing Session) throws(JudgeFailure) {
    let change = fact.change(of: .reserved) + fact.change(of: .presaleSold)
    // An order that is being placed is handed over at once and holds nothing.
    guard change != 0, let order = fact.order, order < session.rowCount(of: StoreTable.orders.rawValue) else { return }
    let caps = try caps(of: fact.sku, in: session)
    if caps.isEmpty { return }
    let channel = try value(order, OrderColumn.channel, session)
    for cap in caps where Int64(cap.channel) == channel && (cap.location == 0 || cap.location == fact.location) {
      capChanges[cap.row, default: 0] += change
    }
  }

  /// Units that the channel of an order may still get at a location.
  func capLeft(
    of sku: UInt32, at location: UInt32, for order: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> Int64 {
    var left = Int64.max
    let caps = try caps(of: sku, in: session)
    if caps.isEmpty { return left }
    let channel = try value(order, OrderColumn.channel, session)
    for cap in caps
    where cap.limit >= 0 && Int64(cap.channel) == channel && (cap.location == 0 || cap.location == location) {
      left = min(left, max(0, cap.limit - cap.taken - (capChanges[cap.row] ?? 0)))
    }
    return left
  }

  /// Tells what the command as a whole changed; refuses it when a channel would get more than it may hold. Units that only
  /// go from one location or leg to another are neither more nor less.
  func settleCaps(in session: borrowing Session) throws(JudgeFailure) {
    for (row, change) in capChanges.sorted(by: { $0.key < $1.key }) where change != 0 {
      let cap = try cap(at: row, in: session)
      if change > 0, cap.limit >= 0, cap.taken + change > cap.limit {
        throw .refused(
          .capExceeded(
            sku: try name(of: cap.sku, in: .sku, session), location: try name(of: cap.location, in: .location, session),
            channel: try name(of: cap.channel, in: .channel, session), cap: cap.limit, taken: cap.taken,
            requested: change))
      }
      emit(.capTaken(cap: row, change: change))
      // Elsewhere somebody may have waited for the cap alone.
      if change < 0, cap.location == 0 { freedByCaps.formUnion(try cellRows(of: cap.sku, in: session)) }
    }
  }

  private func cellRows(of sku: UInt32, in session: borrowing Session) throws(JudgeFailure) -> [Int] {
    var rows: [Int] = []
    var row = Int(try value(Int(sku) - 1, SKUColumn.lastCell, session)) - 1
    while row >= 0 {
      rows.append(row)
      row = Int(try value(row, StockColumn.previousCell, session)) - 1
    }
    return rows
  }

  // MARK: Setting one

  func cap(_ wanted: ChannelCap, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    try require(wanted.sku, "SKU")
    try require(wanted.channel, "channel")
    try check(wanted.occurredAt, "occurred at")
    if let units = wanted.units, units < 0 || units > Int64(Int32.max) {
      throw .refused(.invalidQuantity(sku: wanted.sku, quantity: units))
    }
    guard let sku = try existingCode(wanted.sku, in: .sku, session) else { throw .refused(.unknownSKU(wanted.sku)) }
    guard try storedSKU(sku, in: session)?.tracked == true else { throw .refused(.untrackedSKU(wanted.sku)) }
    try requireNoKit(sku, wanted.sku, in: session)
    let location = try code(wanted.location, in: .location, session)
    let channel = try code(wanted.channel, in: .channel, session)
    let known = try caps(of: sku, in: session)
    let limit = wanted.units ?? -1
    if let cap = known.first(where: { $0.location == location && $0.channel == channel }) {
      guard cap.limit != limit else {
        return Receipt(
          outcome: .unchanged, sequence: UInt64(try value(cap.row, CapColumn.sequence, session)), order: nil)
      }
      emit(.capLimit(cap: cap.row, limit: limit))
    } else {
      emit(
        .cap(
          sku: sku, location: location, channel: channel, limit: limit,
          taken: try taken(of: sku, at: location, by: channel, in: session), previous: known.first?.row))
    }
    freedByCaps.formUnion(try cellRows(of: sku, in: session))
    return stocked(in: session)
  }

  /// What the orders of a channel have of a SKU.
  private func taken(
    of sku: UInt32, at location: UInt32, by channel: UInt32, in session: borrowing Session
  ) throws(JudgeFailure) -> Int64 {
    var taken: Int64 = 0
    for row in try cellRows(of: sku, in: session) {
      let cell = try cell(at: row, in: session)
      guard location == 0 || cell.location == location else { continue }
      var rest = cell.counters.reserved + cell.counters.presaleSold
      var promises = try promises(onCell: row, in: session)
      while rest > 0, let end = try next(&promises, in: session) {
        let units =
          (try value(end.allotment, AllotmentColumn.reserved, session)
            + (try value(end.allotment, AllotmentColumn.presold, session))) * end.unitsEach
        rest -= units
        let order = Int(try value(end.allotment, AllotmentColumn.order, session)) - 1
        if units > 0, order >= 0, try value(order, OrderColumn.channel, session) == Int64(channel) { taken += units }
      }
    }
    return taken
  }
}

extension Command {
  /// When a cap was set, for those that it lets through: no movement tells.
  var capInstant: Instant? { if case .cap(let cap) = self { cap.occurredAt } else { nil } }
}
