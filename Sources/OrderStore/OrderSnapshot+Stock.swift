internal import ColumnStore
public import OrderModel

/// What locations have, expect and owe.
extension OrderSnapshot {
  /// What a SKU has at each location; nil when the store never heard of it. Of a kit: how many each location can make.
  public func stock(sku: String) throws(StoreError) -> [StockLevel]? {
    guard let code = try code(.sku, sku) else { return nil }
    let components = try components(ofCode: code)
    if !components.isEmpty { return try kits(sku, components) }
    return try cells(of: sku).map { (row) throws(StoreError) in try level(ofCell: row) }
  }

  /// Every stock cell. Kits have no stock of their own and are left out.
  public func stock() throws(StoreError) -> [StockLevel] {
    var levels: [StockLevel] = []
    for row in 0..<stockCellCount where try !isKit(code: try value(row, StockColumn.sku)) {
      levels.append(try level(ofCell: row))
    }
    return levels
  }

  func level(ofCell row: Int) throws(StoreError) -> StockLevel {
    let counters = try InventoryCounters { (counter) throws(StoreError) in
      try value(row, StockColumn.of(counter))
    }
    guard let counters else { throw .damaged("stock cell \(row): counters break their invariant") }
    return StockLevel(
      sku: try word(.sku, try value(row, StockColumn.sku)),
      location: try word(.location, try value(row, StockColumn.location)), counters: counters,
      available: counters.available, valueMinorUnits: try value(row, StockColumn.value))
  }

  // MARK: What is expected and claimed

  /// Goods that are still expected, of one SKU or of all, those due first, first.
  public func expectedGoods(sku: String? = nil) throws(StoreError) -> [ExpectedGoods] {
    var goods: [ExpectedGoods] = []
    for cell in try cells(of: sku) where try value(cell, StockColumn.incoming) > 0 {
      var row = Int(try value(cell, StockColumn.lastInbound)) - 1
      while row >= 0 {
        let open = try value(row, InboundColumn.open)
        if open > 0 {
          goods.append(
            ExpectedGoods(
              sku: try word(.sku, try value(cell, StockColumn.sku)),
              location: try word(.location, try value(cell, StockColumn.location)),
              from: try word(.location, try value(row, InboundColumn.from)), quantity: open,
              due: Instant(milliseconds: try value(row, InboundColumn.due))))
        }
        row = try before(row, InboundColumn.previous)
      }
    }
    return goods.sorted { $0.due < $1.due }
  }

  /// Claims that still hold units, of one SKU or of all.
  public func claims(sku: String? = nil) throws(StoreError) -> [StoredClaim] {
    var claims: [StoredClaim] = []
    for cell in try cells(of: sku) {
      let reserved = try value(cell, StockColumn.reserved)
      var row = Int(try value(cell, StockColumn.lastAllotment)) - 1
      var found: Int64 = 0
      while row >= 0, found < reserved {
        let held = try value(row, AllotmentColumn.reserved)
        found += held
        if held > 0, try value(row, AllotmentColumn.order) == 0 {
          claims.append(
            StoredClaim(
              sku: try word(.sku, try value(cell, StockColumn.sku)),
              location: try word(.location, try value(cell, StockColumn.location)),
              owner: try word(.owner, try value(row, AllotmentColumn.owner)), quantity: held,
              since: Instant(milliseconds: try value(row, AllotmentColumn.since)),
              expiresAt: Instant(milliseconds: try value(row, AllotmentColumn.expiresAt))))
        }
        row = try before(row, AllotmentColumn.previousOfCell)
      }
    }
    return claims
  }

  /// Units that can be promised for delivery from a location, or from all of them, by an instant: those available and
  /// those expected by then, less those that others wait for; at least 0. Of a kit: those that one location after the
  /// other can make.
  public func availableToPromise(
    sku: String, location: String? = nil, by instant: Instant
  ) throws(StoreError) -> Int64 {
    let components = try components(ofKit: sku)
    if !components.isEmpty { return try kitsToPromise(components, location: location, by: instant) }
    var available: Int64 = 0
    for cell in try cells(of: sku) {
      if let location, try word(.location, try value(cell, StockColumn.location)) != location { continue }
      let counters = try level(ofCell: cell).counters
      available += counters.available - counters.backordered - counters.presaleSold
    }
    for goods in try expectedGoods(sku: sku) where goods.due <= instant {
      if let location, goods.location != location { continue }
      available += goods.quantity
    }
    return max(0, available)
  }

  /// Every movement of a SKU, of one location or of all, in the order of recording.
  public func movements(sku: String, location: String? = nil) throws(StoreError) -> [StoredMovement] {
    guard let code = try code(.sku, sku) else { return [] }
    var place: Int64?
    if let location {
      place = try self.code(.location, location)
      if place == nil { return [] }
    }
    var found: [StoredMovement] = []
    try forEachRowGroup([MovementColumn.sku, .location]) { (first, columns) throws(StoreError) in
      for row in columns[0].indices where columns[0][row] == code && place.map({ $0 == columns[1][row] }) ?? true {
        found.append(try movement(first + row))
      }
    }
    return found
  }

  private func movement(_ row: Int) throws(StoreError) -> StoredMovement {
    guard let kind = MovementKind(rawValue: UInt8(truncatingIfNeeded: try value(row, MovementColumn.kind))) else {
      throw .damaged("movement \(row): no such kind")
    }
    let order = Int(try value(row, MovementColumn.order)) - 1
    return StoredMovement(
      kind: kind, sku: try word(.sku, try value(row, MovementColumn.sku)),
      location: try word(.location, try value(row, MovementColumn.location)),
      quantity: try value(row, MovementColumn.quantity), onHandChange: try value(row, MovementColumn.onHandChange),
      reservedChange: try value(row, MovementColumn.reservedChange),
      valueChangeMinorUnits: try value(row, MovementColumn.valueChange),
      order: order < 0 ? nil : try number(order: order),
      reason: try word(.reason, try value(row, MovementColumn.reason)),
      occurredAt: Instant(milliseconds: try value(row, MovementColumn.occurredAt)),
      sequence: UInt64(try value(row, MovementColumn.sequence)),
      isApplied: try value(row, MovementColumn.applied) == 1)
  }

  /// The rows of the cells of a SKU, or of all SKUs.
  func cells(of sku: String?) throws(StoreError) -> [Int] {
    guard let sku else { return Array(0..<stockCellCount) }
    guard let code = try code(.sku, sku) else { return [] }
    var rows: [Int] = []
    var row = Int(try value(Int(code) - 1, SKUColumn.lastCell)) - 1
    while row >= 0 {
      rows.append(row)
      let before = Int(try value(row, StockColumn.previousCell)) - 1
      guard before < row else { throw .damaged("stock cell \(row): a chain that does not go back") }
      row = before
    }
    return rows.reversed()
  }
}
