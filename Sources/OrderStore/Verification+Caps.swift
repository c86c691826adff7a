internal import ColumnStore
internal import OrderModel

/// Caps: each SKU, location and channel has one, and it has taken what the channel's allotments hold.
extension OrderSnapshot {
  private struct Place: Hashable {
    var sku, location, channel: Int64
  }

  func checkCaps(_ kits: Kits, _ findings: inout Findings) throws(StoreError) {
    var found = findings
    defer { findings = found }
    var taken: [Place: Int64] = [:]
    var last: [Int64: Int64] = [:]
    try forEachRowGroup([CapColumn.sku, .location, .channel, .previous]) { first, columns in
      for row in columns[0].indices {
        let place = Place(sku: columns[0][row], location: columns[1][row], channel: columns[2][row])
        if taken.updateValue(0, forKey: place) != nil { found.note("cap \(first + row): there is one already") }
        if columns[3][row] != last[place.sku] ?? 0 {
          found.note("cap \(first + row): does not lead to the one before it")
        }
        last[place.sku] = Int64(first + row + 1)
      }
    }
    try forEachRowGroup([SKUColumn.lastCap]) { first, columns in
      for row in columns[0].indices where columns[0][row] != last[Int64(first + row + 1)] ?? 0 {
        found.note("SKU \(first + row): its caps do not begin where they should")
      }
    }
    if taken.isEmpty { return }
    try forEachRowGroup([AllotmentColumn.order, .cell, .presold, .reserved]) { (first, columns) throws(StoreError) in
      for row in columns[0].indices where columns[0][row] > 0 && columns[1][row] > 0 {
        let (order, cell) = (Int(columns[0][row]) - 1, Int(columns[1][row]) - 1)
        let units = columns[2][row] + columns[3][row]
        guard units > 0, order < orderCount, cell < stockCellCount else { continue }
        let (sku, location) = (try value(cell, StockColumn.sku), try value(cell, StockColumn.location))
        let channel = try value(order, OrderColumn.channel)
        for part in kits[sku] ?? [(sku, 1)] {
          for location in [location, 0] {
            taken[Place(sku: part.sku, location: location, channel: channel)]? += units * part.quantity
          }
        }
      }
    }
    try forEachRowGroup([CapColumn.sku, .location, .channel, .taken]) { first, columns in
      for row in columns[0].indices {
        let place = Place(sku: columns[0][row], location: columns[1][row], channel: columns[2][row])
        if columns[3][row] != taken[place] {
          found.note("cap \(first + row): \(columns[3][row]) taken, allotments hold \(taken[place] ?? 0)")
        }
      }
    }
  }
}
