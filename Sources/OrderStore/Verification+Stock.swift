internal import ColumnStore
internal import OrderModel

/// Stock: counters are the sums of their movements, at every movement within their bounds, and of what lines hold.
extension OrderSnapshot {
  /// A stock cell, recomputed from the movements.
  private struct Recount {
    var onHand: Int64 = 0
    var reserved: Int64 = 0
    var value: Int64 = 0
    /// Σ of what lines hold.
    var held: Int64 = 0
  }

  func checkStock(_ findings: inout Findings) throws(StoreError) {
    var found = findings
    defer { findings = found }
    var cells: [Int64: Int] = [:]
    try forEachRowGroup([StockColumn.sku, .location]) { first, columns in
      for row in columns[0].indices {
        if cells.updateValue(first + row, forKey: columns[0][row] << 32 | columns[1][row]) != nil {
          found.note("stock cell \(first + row): its SKU and location have a cell already")
        }
      }
    }
    var recounts = [Recount](repeating: Recount(), count: stockCellCount)
    var (lineReserved, lineShipped) = ([Int32](repeating: 0, count: lineCount), [Int32](repeating: 0, count: lineCount))
    try forEachRowGroup(
      [
        MovementColumn.sku, .location, .onHandChange, .reservedChange, .valueChange, .applied, .line, .kind,
      ]
    ) { first, columns in
      for row in columns[0].indices where columns[5][row] == 1 {
        guard let cell = cells[columns[0][row] << 32 | columns[1][row]] else {
          found.note("movement \(first + row): there is no such stock cell")
          continue
        }
        recounts[cell].onHand &+= columns[2][row]
        recounts[cell].reserved &+= columns[3][row]
        recounts[cell].value &+= columns[4][row]
        let recount = recounts[cell]
        if recount.reserved < 0 || recount.onHand < recount.reserved || recount.value < 0 {
          found.note(
            "movement \(first + row): \(recount.reserved) reserved of \(recount.onHand) on hand, worth \(recount.value)"
          )
        }
        let line = Int(columns[6][row]) - 1
        guard line >= 0 else { continue }
        guard line < lineReserved.count else {
          found.note("movement \(first + row): there is no line \(line)")
          continue
        }
        lineReserved[line] &+= Int32(truncatingIfNeeded: columns[3][row])
        if columns[7][row] == Int64(MovementKind.ship.rawValue) {
          lineShipped[line] &-= Int32(truncatingIfNeeded: columns[2][row])
        }
      }
    }
    try forEachRowGroup([LineColumn.sku, .location, .reserved, .shipped]) { first, columns in
      for row in columns[0].indices {
        let (reserved, shipped) = (columns[2][row], columns[3][row])
        if reserved != Int64(lineReserved[first + row]) || shipped != Int64(lineShipped[first + row]) {
          found.note("line \(first + row): reserved or shipped differ from its movements")
        }
        if reserved == 0 { continue }
        guard let cell = cells[columns[0][row] << 32 | columns[1][row]] else {
          found.note("line \(first + row): reserved where there is no stock cell")
          continue
        }
        recounts[cell].held &+= reserved
      }
    }
    try forEachRowGroup([StockColumn.onHand, .reserved, .unavailable, .value]) { first, columns in
      for row in columns[0].indices {
        let recount = recounts[first + row]
        let (onHand, reserved) = (columns[0][row], columns[1][row])
        if onHand != recount.onHand || reserved != recount.reserved || columns[3][row] != recount.value {
          found.note("stock cell \(first + row): counters differ from the sum of movements")
        }
        if recount.held != reserved {
          found.note("stock cell \(first + row): \(reserved) reserved, lines hold \(recount.held)")
        }
        if InventoryCounters(onHand: onHand, reserved: reserved, unavailable: columns[2][row]) == nil {
          found.note("stock cell \(first + row): counters break their invariant")
        }
      }
    }
  }
}
