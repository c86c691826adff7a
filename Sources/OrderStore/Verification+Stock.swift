internal import ColumnStore
internal import OrderModel

/// Stock: counters are the sums of their movements, at every movement within their bounds, and of what allotments hold;
/// what became of the units of a line is the sum of its movements, and of its allotments.
extension OrderSnapshot {
  /// A stock cell, recomputed.
  private struct Recount {
    /// Without the units on hand that were counted before anything was known of them.
    var counters = InventoryCounters()
    var value: Int64 = 0
    /// Σ of what allotments hold, wait for and have sold in advance; Σ of what is expected.
    var held: Int64 = 0
    var waiting: Int64 = 0
    var presold: Int64 = 0
    var expected: Int64 = 0
  }

  /// What allotments say of one row of another table.
  struct Allotted: Equatable {
    var backordered: Int64 = 0
    var presold: Int64 = 0
    var reserved: Int64 = 0
    var shipped: Int64 = 0
    var settled: Int64 = 0

    mutating func add(_ columns: [[Int64]], _ row: Int, from first: Int) {
      backordered &+= columns[first][row]
      presold &+= columns[first + 1][row]
      reserved &+= columns[first + 2][row]
      shipped &+= columns[first + 3][row]
      settled &+= columns[first + 4][row]
    }
  }

  func checkStock(_ findings: inout Findings) throws(StoreError) {
    let cells = try checkCells(&findings)
    let kits = try checkKits(&findings)
    var recounts = [Recount](repeating: Recount(), count: stockCellCount)
    try checkMovements(cells, kits, &recounts, &findings)
    try checkAllotments(cells, kits, &recounts, &findings)
    try checkInbound(&recounts, &findings)
    try checkCaps(kits, &findings)
    try checkCounters(recounts, &findings)
  }

  /// The row of each SKU and location.
  private func checkCells(_ findings: inout Findings) throws(StoreError) -> [Int64: Int] {
    var found = findings
    defer { findings = found }
    var cells: [Int64: Int] = [:]
    var last = [Int64](repeating: 0, count: skuCount)
    try forEachRowGroup([StockColumn.sku, .location, .previousCell]) { first, columns in
      for row in columns[0].indices {
        let sku = Int(columns[0][row]) - 1
        if cells.updateValue(first + row, forKey: columns[0][row] << 32 | columns[1][row]) != nil {
          found.note("stock cell \(first + row): its SKU and location have a cell already")
        }
        guard last.indices.contains(sku) else {
          found.note("stock cell \(first + row): there is no SKU \(sku)")
          continue
        }
        if columns[2][row] != last[sku] { found.note("stock cell \(first + row): does not lead to the one before it") }
        last[sku] = Int64(first + row + 1)
      }
    }
    try forEachRowGroup([SKUColumn.lastCell]) { first, columns in
      for row in columns[0].indices where columns[0][row] != last[first + row] {
        found.note("SKU \(first + row): its last cell is not \(columns[0][row] - 1)")
      }
    }
    return cells
  }

  /// Every movement in turn: counters stay within their bounds at each, and lines are what their movements come to.
  private func checkMovements(
    _ cells: [Int64: Int], _ kits: Kits, _ recounts: inout [Recount], _ findings: inout Findings
  ) throws(StoreError) {
    var (found, counted) = (findings, recounts)
    defer { (findings, recounts) = (found, counted) }
    var lines: [Int: [Int64]] = [:]
    var owed = KitMovements(kits: kits)
    try forEachRowGroup(
      [
        MovementColumn.sku, .location, .kind, .quantity, .onHandChange, .reservedChange, .valueChange, .applied, .line,
        .order,
      ]
    ) { first, columns in
      for row in columns[0].indices {
        guard let kind = MovementKind(rawValue: UInt8(truncatingIfNeeded: columns[2][row])) else {
          found.note("movement \(first + row): there is no kind \(columns[2][row])")
          continue
        }
        let quantity = columns[3][row]
        let line = Int(columns[8][row]) - 1
        if line >= 0 {
          for change in kind.effects.line {
            lines[line, default: Array(repeating: 0, count: LineCounter.allCases.count)][
              Int(change.counter.rawValue)] &+= change.sign &* quantity
          }
        }
        let (sku, location) = (columns[0][row], columns[1][row])
        owed.take(
          kind, quantity, sku: sku, location: location, order: columns[9][row], isOfLine: line >= 0,
          application: columns[7][row])
        if columns[7][row] == 2 {
          if kits[sku] == nil { found.note("movement \(first + row): its SKU is no kit") }
          if columns[4][row] != 0 || columns[5][row] != 0 || columns[6][row] != 0 {
            found.note("movement \(first + row): a kit's moves no stock itself")
          }
          continue
        }
        guard columns[7][row] == 1 else {
          if kind.needsCell, kind != .adjust { found.note("movement \(first + row): moved no counter") }
          continue
        }
        guard let cell = cells[sku << 32 | location] else {
          found.note("movement \(first + row): there is no such stock cell")
          continue
        }
        do throws(InventoryError) { try counted[cell].counters.apply(kind, quantity) } catch {
          found.note("movement \(first + row): \(kind.name) of \(quantity) breaks the counters: \(error)")
        }
        counted[cell].value &+= columns[6][row]
        if counted[cell].value < 0 { found.note("movement \(first + row): the stock is worth less than nothing") }
        for (counter, column) in [(StockCounter.onHand, 4), (.reserved, 5)] {
          let change = kind.effects.stock.first { $0.counter == counter }.map { $0.sign &* quantity } ?? 0
          if columns[column][row] != change {
            found.note("movement \(first + row): \(counter.name) changed by \(columns[column][row]), not \(change)")
          }
        }
      }
    }
    owed.note(in: &found)
    if let line = lines.keys.max(), line >= lineCount { found.note("movements of line \(line), which is not there") }
    let none = Array(repeating: Int64(0), count: LineCounter.allCases.count)
    // What is cancelled is told by a fact of its own.
    let counters = LineCounter.allCases.filter { $0 != .cancelled }
    try forEachRowGroup(counters.map { LineColumn.of($0) }) { first, columns in
      for row in columns[0].indices {
        let sums = lines[first + row] ?? none
        for (index, counter) in counters.enumerated()
        where columns[index][row] != sums[Int(counter.rawValue)] {
          found.note(
            "line \(first + row): \(counter.name) \(columns[index][row]), its movements come to "
              + "\(sums[Int(counter.rawValue)])")
        }
      }
    }
  }

  /// Allotments: those of a line come to what became of its units, those of a cell to what it owes and holds.
  private func checkAllotments(
    _ cells: [Int64: Int], _ kits: Kits, _ recounts: inout [Recount], _ findings: inout Findings
  ) throws(StoreError) {
    var (found, counted) = (findings, recounts)
    defer { (findings, recounts) = (found, counted) }
    // What a unit of an allotment at a kit's cell is at which cells.
    var parts: [Int: [(cell: Int, units: Int64)]] = [:]
    for (place, cell) in cells {
      guard let components = kits[place >> 32] else { continue }
      parts[cell] = components.compactMap { component in
        cells[component.sku << 32 | place & 0xFFFF_FFFF].map { ($0, component.quantity) }
      }
    }
    var lines: [Int: Allotted] = [:]
    try forEachRowGroup(
      [AllotmentColumn.line, .cell, .backordered, .presold, .reserved, .shipped, .settled, .order]
    ) { first, columns in
      for row in columns[0].indices {
        let (line, cell) = (Int(columns[0][row]) - 1, Int(columns[1][row]) - 1)
        if (line < 0) != (columns[7][row] == 0) {
          found.note("allotment \(first + row): an order and no line, or a line and no order")
        }
        if line >= 0 { lines[line, default: Allotted()].add(columns, row, from: 2) }
        if columns[6][row] > columns[5][row] { found.note("allotment \(first + row): more settled than shipped") }
        guard cell >= 0 else { continue }
        guard cell < counted.count else {
          found.note("allotment \(first + row): there is no stock cell \(cell)")
          continue
        }
        for (cell, units) in parts[cell] ?? [(cell, 1)] {
          counted[cell].waiting &+= columns[2][row] &* units
          counted[cell].presold &+= columns[3][row] &* units
          counted[cell].held &+= columns[4][row] &* units
        }
      }
    }
    try forEachRowGroup(
      [
        LineColumn.backordered, .presold, .reserved, .shipped, .delivered, .lost, .returnedToOrigin,
      ]
    ) { first, columns in
      for row in columns[0].indices {
        let allotted = lines[first + row] ?? Allotted()
        let stored = Allotted(
          backordered: columns[0][row], presold: columns[1][row], reserved: columns[2][row],
          shipped: columns[3][row], settled: columns[4][row] &+ columns[5][row] &+ columns[6][row])
        if stored != allotted { found.note("line \(first + row): \(stored) differs from its allotments' \(allotted)") }
      }
    }
  }

  private func checkInbound(_ recounts: inout [Recount], _ findings: inout Findings) throws(StoreError) {
    var (found, counted) = (findings, recounts)
    defer { (findings, recounts) = (found, counted) }
    try forEachRowGroup([InboundColumn.cell, .open, .value]) { first, columns in
      for row in columns[0].indices {
        guard columns[0][row] < Int64(counted.count) else {
          found.note("inbound \(first + row): there is no stock cell \(columns[0][row])")
          continue
        }
        counted[Int(columns[0][row])].expected &+= columns[1][row]
      }
    }
  }

  /// The stored counters against everything they are the sum of.
  private func checkCounters(_ recounts: [Recount], _ findings: inout Findings) throws(StoreError) {
    var found = findings
    defer { findings = found }
    try forEachRowGroup(StockCounter.allCases.map { StockColumn.of($0) } + [.value]) { first, columns in
      for row in columns[0].indices {
        let recount = recounts[first + row]
        func stored(_ counter: StockCounter) -> Int64 { columns[Int(counter.rawValue)][row] }
        for counter in StockCounter.allCases where stored(counter) != recount.counters[counter] {
          found.note(
            "stock cell \(first + row): \(counter.name) \(stored(counter)), its movements come to "
              + "\(recount.counters[counter])")
        }
        if columns[StockCounter.allCases.count][row] != recount.value {
          found.note("stock cell \(first + row): its value differs from the sum of movements")
        }
        for (counter, sum, name) in [
          (StockCounter.reserved, recount.held, "allotments hold"),
          (.backordered, recount.waiting, "allotments wait for"),
          (.presaleSold, recount.presold, "allotments have"), (.incoming, recount.expected, "inbound rows say"),
        ] where stored(counter) != sum {
          found.note("stock cell \(first + row): \(stored(counter)) \(counter.name), \(name) \(sum)")
        }
      }
    }
  }
}
