internal import ColumnStore
internal import OrderModel

/// Orders and their lines: each line stands with its order, its units are nowhere twice, sums are those of the lines.
extension OrderSnapshot {
  /// What an order's lines come to.
  struct Sums: Equatable {
    var units: Int64 = 0
    var cancelledUnits: Int64 = 0
    var listValue: Int64 = 0
    var lineDiscount: Int64 = 0
    var cancelledValue: Int64 = 0
  }

  func checkOrders(_ findings: inout Findings) throws(StoreError) {
    var found = findings
    defer { findings = found }
    var sums = [Sums](repeating: Sums(), count: orderCount)
    var counts = [Int32](repeating: 0, count: orderCount)
    try forEachRowGroup(
      [LineColumn.order, .quantity, .unitPrice, .listExtra] + LineCounter.allCases.map { LineColumn.of($0) }
    ) { first, columns in
      for row in columns[0].indices {
        let order = Int(columns[0][row])
        guard order < sums.count else {
          found.note("line \(first + row): is told of order \(order), which is not there")
          continue
        }
        let (quantity, extra) = (columns[1][row], columns[3][row])
        let cancelled = columns[4][row]
        let listPrice = columns[2][row] &+ extra
        counts[order] &+= 1
        sums[order].units &+= quantity
        sums[order].cancelledUnits &+= cancelled
        sums[order].listValue &+= quantity &* listPrice
        sums[order].lineDiscount &+= quantity &* extra
        sums[order].cancelledValue &+= cancelled &* listPrice
        if LinePartition(ordered: quantity, { columns[4 + Int($0.rawValue)][row] }) == nil {
          found.note("line \(first + row): what became of its units breaks their invariant")
        }
      }
    }
    var next = 0
    try forEachRowGroup(
      [
        OrderColumn.firstLine, .lineCount, .units, .cancelledUnits, .listValue, .lineDiscount, .cancelledValue,
        .sequence, .addedLines,
      ]
    ) { first, columns in
      for row in columns[0].indices {
        let order = first + row
        // Lines an order was placed with lie one behind the other; those that edits added lie between orders.
        if columns[0][row] < Int64(next) || columns[0][row] + columns[1][row] - columns[8][row] > Int64(lineCount) {
          found.note("order \(order): its lines begin at \(columns[0][row]), those before it end at \(next)")
        }
        next = Int(columns[0][row] + columns[1][row] - columns[8][row])
        if columns[1][row] != Int64(counts[order]) {
          found.note("order \(order): \(columns[1][row]) lines, \(counts[order]) are told of it")
        }
        let stored = Sums(
          units: columns[2][row], cancelledUnits: columns[3][row], listValue: columns[4][row],
          lineDiscount: columns[5][row], cancelledValue: columns[6][row])
        if stored != sums[order] { found.note("order \(order): sums \(stored) differ from its lines' \(sums[order])") }
        if columns[7][row] < 1 || columns[7][row] > Int64(clamping: sequence) {
          found.note("order \(order): is told by group \(columns[7][row]), which is not there")
        }
      }
    }
  }
}
