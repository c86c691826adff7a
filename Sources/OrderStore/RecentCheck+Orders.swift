internal import ColumnStore
internal import OrderModel

/// The orders that the newest groups touched: their chains, their sums, and what became of the units of their lines.
extension RecentCheck {
  func checkOrders(_ findings: inout Findings) throws(StoreError) {
    var orders = Set(changed(.orders)).union(added(.orders))
    try collect(LineColumn.order, of: .lines, into: &orders)
    try collect(LegColumn.order, of: .legs, into: &orders)
    // An allotment names its order by the row + 1; a claim has none.
    try collect(AllotmentColumn.order, of: .allotments, base: 1, into: &orders)
    let count = snapshot.orderCount
    var events: [Int: [Int]] = [:]
    for row in added(.events) {
      guard let order = told(row, EventColumn.order), order < Int64(count) else {
        findings.note("event \(row): its order is not there")
        continue
      }
      events[Int(order), default: []].append(row)
      orders.insert(Int(order))
    }
    for order in orders.sorted() where order < count {
      orderCount += 1
      try findings.checking { (findings) throws(StoreError) in
        try checkEvents(of: order, events[order] ?? [], &findings)
        try checkPayments(of: order, &findings)
        try checkLegs(of: order, &findings)
        try checkLines(of: order, &findings)
        try checkCustomer(of: order, &findings)
      }
    }
  }

  /// Adds the orders that rows of another table name.
  private func collect<Column: StoreColumn>(
    _ column: Column, of table: StoreTable, base: Int64 = 0, into orders: inout Set<Int>
  ) throws(StoreError) {
    for row in Array(added(table)) + changed(table) where row < snapshot.count(table) {
      let order = try snapshot.value(row, column) - base
      rowsRead += 1
      if order >= 0 { orders.insert(Int(order)) }
    }
  }

  /// Walks a chain back from its newest row; each row belongs to `owner`.
  ///
  /// - Returns: The rows, newest first.
  private func chain<Column: StoreColumn>(
    from head: Int64, _ owner: (column: Column, value: Int64), back: Column, _ findings: inout Findings
  ) throws(StoreError) -> [Int] {
    var rows: [Int] = []
    var row = Int(head) - 1
    while row >= 0 {
      rows.append(row)
      rowsRead += 1
      let found = try snapshot.value(row, owner.column)
      guard found == owner.value else {
        findings.note("\(Column.table) \(row): lies in the chain of \(owner.value), it belongs to \(found)")
        break
      }
      row = try snapshot.before(row, back)
    }
    return rows
  }

  private func checkEvents(of order: Int, _ new: [Int], _ findings: inout Findings) throws(StoreError) {
    let head = try snapshot.value(order, OrderColumn.lastEvent)
    let rows = try chain(from: head, (EventColumn.order, Int64(order)), back: .previous, &findings)
    var later = Int64(clamping: snapshot.sequence)
    for row in rows {
      let sequence = try snapshot.value(row, EventColumn.sequence)
      if sequence > later || sequence < 1 { findings.note("event \(row): is told after the event that follows it") }
      later = sequence
    }
    // Newest first, both.
    if !rows.starts(with: new.reversed()) {
      findings.note("order \(order): its newest events are \(rows.prefix(new.count).reversed()), not \(new)")
    }
  }

  private func checkPayments(of order: Int, _ findings: inout Findings) throws(StoreError) {
    let head = try snapshot.value(order, OrderColumn.lastPayment)
    var (paid, refunded): (Int64, Int64) = (0, 0)
    for row in try chain(from: head, (PaymentColumn.order, Int64(order)), back: .previous, &findings) {
      let amount = try snapshot.value(row, PaymentColumn.amount)
      if try snapshot.value(row, PaymentColumn.isRefund) == 1 { refunded &+= amount } else { paid &+= amount }
    }
    let stored = (try snapshot.value(order, OrderColumn.paid), try snapshot.value(order, OrderColumn.refunded))
    if stored != (paid, refunded) {
      findings.note(
        "order \(order): paid \(stored.0) and refunded \(stored.1), its payments come to \(paid) and \(refunded)")
    }
    if refunded > 0, refunded > paid { findings.note("order \(order): more was refunded than paid") }
  }

  private func checkLegs(of order: Int, _ findings: inout Findings) throws(StoreError) {
    let head = try snapshot.value(order, OrderColumn.lastLeg)
    let rows = try chain(from: head, (LegColumn.order, Int64(order)), back: .previous, &findings)
    let stored = try snapshot.value(order, OrderColumn.legCount)
    if stored != Int64(rows.count) { findings.note("order \(order): \(stored) legs, \(rows.count) are told of it") }
  }

  private func checkLines(of order: Int, _ findings: inout Findings) throws(StoreError) {
    let lines = try snapshot.lineRows(ofOrder: order)
    var sums = OrderSnapshot.Sums()
    var allotted: [Int: OrderSnapshot.Allotted] = [:]
    let head = try snapshot.value(order, OrderColumn.lastAllotment)
    for row in try chain(from: head, (AllotmentColumn.order, Int64(order) + 1), back: .previous, &findings) {
      let line = Int(try snapshot.value(row, AllotmentColumn.line)) - 1
      let values = try [AllotmentColumn.backordered, .presold, .reserved, .shipped, .settled].map {
        (column) throws(StoreError) in try snapshot.value(row, column)
      }
      if values[4] > values[3] { findings.note("allotment \(row): more settled than shipped") }
      allotted[line, default: OrderSnapshot.Allotted()].add(values.map { [$0] }, 0, from: 0)
    }
    for line in lines {
      lineCount += 1
      rowsRead += 1
      if try snapshot.value(line, LineColumn.order) != Int64(order) {
        findings.note("line \(line): stands with order \(order), it belongs to another")
      }
      let counters = try LineCounter.allCases.map { (counter) throws(StoreError) in
        try snapshot.value(line, LineColumn.of(counter))
      }
      func counted(_ counter: LineCounter) -> Int64 { counters[Int(counter.rawValue)] }
      let quantity = try snapshot.value(line, LineColumn.quantity)
      if LinePartition(ordered: quantity, counted) == nil {
        findings.note("line \(line): what became of its units breaks their invariant")
      }
      let extra = try snapshot.value(line, LineColumn.listExtra)
      let listPrice = try snapshot.value(line, LineColumn.unitPrice) &+ extra
      sums.units &+= quantity
      sums.cancelledUnits &+= counted(.cancelled)
      sums.listValue &+= quantity &* listPrice
      sums.lineDiscount &+= quantity &* extra
      sums.cancelledValue &+= counted(.cancelled) &* listPrice
      let stored = OrderSnapshot.Allotted(
        backordered: counted(.backordered), presold: counted(.presold), reserved: counted(.reserved),
        shipped: counted(.shipped),
        settled: counted(.delivered) &+ counted(.lost) &+ counted(.returnedToOrigin))
      let told = allotted.removeValue(forKey: line) ?? OrderSnapshot.Allotted()
      if stored != told { findings.note("line \(line): \(stored) differs from its allotments' \(told)") }
    }
    for line in allotted.keys.sorted() { findings.note("order \(order): an allotment is of line \(line), not its own") }
    let values = try [OrderColumn.units, .cancelledUnits, .listValue, .lineDiscount, .cancelledValue].map {
      (column) throws(StoreError) in try snapshot.value(order, column)
    }
    let stored = OrderSnapshot.Sums(
      units: values[0], cancelledUnits: values[1], listValue: values[2], lineDiscount: values[3],
      cancelledValue: values[4])
    if stored != sums { findings.note("order \(order): sums \(stored) differ from its lines' \(sums)") }
  }

  /// The customer's order before it is the same customer's.
  private func checkCustomer(of order: Int, _ findings: inout Findings) throws(StoreError) {
    let back = Int(try snapshot.value(order, OrderColumn.previousOrder))
    guard back > 0 else { return }
    let customer = try snapshot.value(order, OrderColumn.customer)
    guard back <= order, try snapshot.value(order - back, OrderColumn.customer) == customer else {
      return findings.note("order \(order): the order before it of its customer is another's")
    }
  }
}
