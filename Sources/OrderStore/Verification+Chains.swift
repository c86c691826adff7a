internal import ColumnStore
internal import OrderModel

/// The chains from orders to events, payments and legs, and from customers to orders: walking forward, every row must
/// name the one before it of the same owner, and the owner the last.
extension OrderSnapshot {
  func checkChains(_ findings: inout Findings) throws(StoreError) {
    try checkChain("event", EventColumn.order, EventColumn.previous, heads: OrderColumn.lastEvent, &findings)
    try checkChain("payment", PaymentColumn.order, PaymentColumn.previous, heads: OrderColumn.lastPayment, &findings)
    try checkChain("leg", LegColumn.order, LegColumn.previous, heads: OrderColumn.lastLeg, &findings)
    // An order names its customer by the row + 1; guests have no chain.
    try checkChain(
      "order", OrderColumn.customer, OrderColumn.previousOrder, heads: CustomerColumn.lastOrder, base: 1, &findings)
    try checkChain(
      "allotment", AllotmentColumn.order, AllotmentColumn.previous, heads: OrderColumn.lastAllotment, base: 1,
      &findings)
    try checkChain(
      "allotment of a cell", AllotmentColumn.cell, AllotmentColumn.previousOfCell, heads: StockColumn.lastAllotment,
      base: 1, &findings)
    try checkChain(
      "inbound", InboundColumn.cell, InboundColumn.previous, heads: StockColumn.lastInbound, &findings)
    try checkPaid(&findings)
    try checkSequences(EventColumn.sequence, &findings)
    try checkSequences(MovementColumn.sequence, &findings)
    try checkSequences(PaymentColumn.sequence, &findings)
    try checkSequences(OrderColumn.sequence, &findings)
  }

  private func checkChain<Row: StoreColumn, Head: StoreColumn>(
    _ name: String, _ owner: Row, _ back: Row, heads: Head, base: Int64 = 0, _ findings: inout Findings
  ) throws(StoreError) {
    var found = findings
    defer { findings = found }
    /// Row + 1 of each owner's last.
    var last = [UInt32](repeating: 0, count: count(Head.table))
    try forEachRowGroup([owner, back]) { first, columns in
      for index in columns[0].indices {
        let (row, owner) = (first + index, columns[0][index] - base)
        if owner == -1, base == 1 { continue }
        guard owner >= 0, owner < Int64(last.count) else {
          found.note("\(name) \(row): there is no row \(owner) of \(Head.table)")
          continue
        }
        let before = last[Int(owner)]
        if columns[1][index] != (before == 0 ? 0 : Int64(row + 1) - Int64(before)) {
          found.note("\(name) \(row): does not lead to the one before it, \(Int(before) - 1)")
        }
        last[Int(owner)] = UInt32(row + 1)
      }
    }
    try forEachRowGroup([heads]) { first, columns in
      for row in columns[0].indices where columns[0][row] != Int64(last[first + row]) {
        found.note(
          "\(Head.table) \(first + row): its last \(name) is \(Int(last[first + row]) - 1), not \(columns[0][row] - 1)")
      }
    }
  }

  /// What an order was paid and refunded are the sums of its payments, and no more was refunded than paid.
  private func checkPaid(_ findings: inout Findings) throws(StoreError) {
    var found = findings
    defer { findings = found }
    var paid = [Int64](repeating: 0, count: orderCount)
    var refunded = paid
    try forEachRowGroup([PaymentColumn.order, .amount, .isRefund]) { _, columns in
      for row in columns[0].indices where columns[0][row] < Int64(paid.count) {
        let order = Int(columns[0][row])
        if columns[2][row] == 1 { refunded[order] &+= columns[1][row] } else { paid[order] &+= columns[1][row] }
      }
    }
    try forEachRowGroup([OrderColumn.paid, .refunded]) { first, columns in
      for row in columns[0].indices {
        let order = first + row
        if columns[0][row] != paid[order] || columns[1][row] != refunded[order] {
          found.note(
            "order \(order): paid \(columns[0][row]) and refunded \(columns[1][row]), its payments come to "
              + "\(paid[order]) and \(refunded[order])")
        }
        // Another system may have told negative payments, which no rule bounds.
        if refunded[order] > 0, refunded[order] > paid[order] {
          found.note("order \(order): more was refunded than paid")
        }
      }
    }
  }

  /// Rows are told by groups in their order.
  private func checkSequences<Column: StoreColumn>(
    _ column: Column, _ findings: inout Findings
  ) throws(StoreError) {
    var found = findings
    defer { findings = found }
    var previous: Int64 = 1
    try forEachRowGroup([column]) { first, columns in
      for row in columns[0].indices {
        if columns[0][row] < previous { found.note("\(Column.table) \(first + row): is told before the row before it") }
        previous = columns[0][row]
      }
    }
    if previous > Int64(clamping: max(1, sequence)) { found.note("\(Column.table): told by a group that is not there") }
  }
}
