internal import ColumnStore
internal import OrderModel

/// Orders and their lines: each line stands with its order, its units are nowhere twice, sums are those of the lines.
extension OrderSnapshot {
  /// What an order's lines come to.
  private struct Sums: Equatable {
    var units: Int64 = 0
    var cancelledUnits: Int64 = 0
    var listValue: Int64 = 0
    var lineDiscount: Int64 = 0
    var cancelledValue: Int64 = 0
  }

  func checkOrders(_ findings: inout Findings) throws(StoreError) {
    var found = findings
    defer { findings = found }
    // Lines lie in the order of their orders, so both are walked once, side by side.
    let lineColumns = [LineColumn.order, .quantity, .cancelled, .reserved, .shipped, .unitPrice, .listExtra]
    var lines: [[Int64]] = lineColumns.map { _ in [] }
    var lineGroup = -1
    var next = 0
    try forEachRowGroup(
      [
        OrderColumn.firstLine, .lineCount, .units, .cancelledUnits, .listValue, .lineDiscount, .cancelledValue,
        .sequence,
      ]
    ) { (first, columns) throws(StoreError) in
      for row in columns[0].indices {
        let order = first + row
        guard columns[0][row] == Int64(next), next + Int(columns[1][row]) <= lineCount else {
          return found.note("order \(order): its lines begin at \(columns[0][row]) instead of \(next)")
        }
        var sums = Sums()
        for _ in 0..<columns[1][row] {
          let (group, line) = next.quotientAndRemainder(dividingBy: Geometry.rowsPerGroup)
          if group != lineGroup {
            for (index, column) in lineColumns.enumerated() {
              lines[index] = try self.column(.lines, column.rawValue, group)
            }
            lineGroup = group
          }
          if lines[0][line] != Int64(order) {
            found.note("line \(next): is told of order \(lines[0][line]), stands with order \(order)")
          }
          let (quantity, cancelled) = (lines[1][line], lines[2][line])
          if cancelled &+ lines[3][line] &+ lines[4][line] > quantity {
            found.note("line \(next): more units cancelled, reserved and shipped than ordered")
          }
          let listPrice = lines[5][line] &+ lines[6][line]
          sums.units &+= quantity
          sums.cancelledUnits &+= cancelled
          sums.listValue &+= quantity &* listPrice
          sums.lineDiscount &+= quantity &* lines[6][line]
          sums.cancelledValue &+= cancelled &* listPrice
          next += 1
        }
        let stored = Sums(
          units: columns[2][row], cancelledUnits: columns[3][row], listValue: columns[4][row],
          lineDiscount: columns[5][row], cancelledValue: columns[6][row])
        if stored != sums { found.note("order \(order): sums \(stored) differ from its lines' \(sums)") }
        if columns[7][row] < 1 || columns[7][row] > Int64(clamping: sequence) {
          found.note("order \(order): is told by group \(columns[7][row]), which is not there")
        }
      }
    }
    if found.list.isEmpty, next != lineCount { found.note("\(lineCount - next) lines stand with no order") }
  }
}
