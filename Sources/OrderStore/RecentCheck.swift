internal import ColumnStore
internal import OrderModel

/// Compares a store with what its newest groups say, as far as these reach.
final class RecentCheck {
  let snapshot: OrderSnapshot
  let tail: Tail
  var rowsRead = 0
  var orderCount = 0
  var lineCount = 0
  var cellCount = 0

  /// From so many rows of a row group on, the group is read as a whole, which costs as much as some dozen single values.
  private static let rowsWorthAGroup = 32

  init(_ snapshot: OrderSnapshot, _ recent: RecentFacts) { (self.snapshot, tail) = (snapshot, recent.tail) }

  /// Rows of a table that the groups added.
  func added(_ table: StoreTable) -> Range<Int> {
    let rows = tail.tables[table.rawValue]
    return rows.baseRowCount..<max(rows.baseRowCount, rows.rowCount)
  }

  /// Rows that were there before and of which the groups say something, ascending.
  func changed(_ table: StoreTable) -> [Int] { tail.tables[table.rawValue].changedRows }

  /// A value that the groups say alone.
  func told<Column: StoreColumn>(_ row: Int, _ column: Column) -> Int64? {
    tail.tables[Column.table.rawValue].value(row, column.rawValue)
  }

  /// Every row that the groups added, and every value they set of another row, is what they say.
  func checkRows(_ findings: inout Findings) throws(StoreError) {
    for table in StoreTable.allCases {
      let rows = tail.tables[table.rawValue]
      let count = snapshot.count(table)
      if count != rows.rowCount { findings.note("\(table): \(count) rows, the log says \(rows.rowCount)") }
      try checkAdded(table, added(table).clamped(to: 0..<count), &findings)
      let changed = changed(table)
      rowsRead += changed.count
      for row in changed where row < count {
        for (column, schema) in rows.schema.columns.enumerated() {
          guard let expected = rows.value(row, column) else { continue }
          let stored = try value(table, row, column)
          if stored != expected { findings.note("\(table) \(row): \(schema.name) \(stored), the log says \(expected)") }
        }
      }
    }
  }

  private func checkAdded(_ table: StoreTable, _ rows: Range<Int>, _ findings: inout Findings) throws(StoreError) {
    let expected = tail.tables[table.rawValue]
    var next = rows.lowerBound
    rowsRead += rows.count
    while next < rows.upperBound {
      let group = next / Geometry.rowsPerGroup
      let first = group * Geometry.rowsPerGroup
      let part = next..<min(rows.upperBound, first + Geometry.rowsPerGroup)
      for (column, schema) in expected.schema.columns.enumerated() {
        let isWhole = part.count >= RecentCheck.rowsWorthAGroup
        let values = isWhole ? try snapshot.column(table, column, group) : []
        for row in part {
          let stored = isWhole ? values[row - first] : try value(table, row, column)
          guard let told = expected.value(row, column), told != stored else { continue }
          findings.note("\(table) \(row): \(schema.name) \(stored), the log says \(told)")
        }
      }
      next = part.upperBound
    }
  }

  private func value(_ table: StoreTable, _ row: Int, _ column: Int) throws(StoreError) -> Int64 {
    try snapshot.reading { () throws(FileError) in
      try snapshot.snapshot.value(table: table.rawValue, row: row, column: column)
    }
  }

  /// New words, texts and index entries are found, and new names stand for one row.
  func checkNames(_ findings: inout Findings) throws(StoreError) {
    for list in Vocabulary.allCases {
      for (code, text) in tail.words[Int(list.rawValue) - 1].added {
        let stored = try snapshot.word(list, Int64(code))
        if stored != text { findings.note("\(list.name) \(code): '\(stored)', the log says '\(text)'") }
        if try snapshot.code(list, text) != Int64(code) {
          findings.note("\(list.name) \(code): not found by its word '\(text)'")
        }
      }
    }
    for (address, text) in tail.heap.texts {
      let stored = try snapshot.text(at: address)
      if stored != text { findings.note("text \(address): '\(stored)', the log says '\(text)'") }
    }
    for index in StoreIndex.allCases {
      for (hash, row) in tail.indexes[index.rawValue].added {
        if try !snapshot.rows(index, hash).contains(Int(row)) { findings.note("\(index): row \(row) is not found") }
      }
    }
    try checkTexts(OrderColumn.number, .orderNumber, scope: OrderColumn.channel, StoreHash.number, &findings)
    try checkTexts(CreditColumn.number, .creditNumber, scope: CreditColumn.channel, StoreHash.number, &findings)
    try checkTexts(CustomerColumn.key, .customerKey, scope: nil, StoreHash.customerKey, &findings)
    try checkTexts(KeyColumn.text, .idempotencyKey, scope: nil, StoreHash.idempotencyKey, &findings)
  }

  private func checkTexts<Column: StoreColumn>(
    _ text: Column, _ index: StoreIndex, scope: Column?, _ hash: (String) -> UInt64, _ findings: inout Findings
  ) throws(StoreError) {
    for row in added(Column.table).clamped(to: 0..<snapshot.count(Column.table)) {
      let name = try snapshot.text(at: try snapshot.value(row, text))
      try snapshot.checkRow(row, hash(name), text, index, scope: scope, &findings)
    }
  }
}
