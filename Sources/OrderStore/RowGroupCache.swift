internal import ColumnStore
internal import OrderModel

/// Some columns of a table by row group, for rows that lie near each other: a row group is read as a whole once, which
/// costs as much as some dozen single values, and a few are kept.
final class RowGroupCache<Column: StoreColumn & Hashable> {
  /// Row groups kept. The timelines of orders placed one after the other lie in a few.
  private static var limit: Int { 16 }

  private let snapshot: OrderSnapshot
  private let columns: [Column: Int]
  private let numbers: [Int]
  private var groups: [Int: [[Int64]]] = [:]
  private var order: [Int] = []
  private var newest = (group: -1, values: [[Int64]]())

  init(_ snapshot: OrderSnapshot, _ columns: [Column]) {
    self.snapshot = snapshot
    self.columns = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    numbers = columns.map(\.rawValue)
  }

  /// The value of a row in one of the columns.
  func value(_ row: Int, _ column: Column) throws(StoreError) -> Int64 {
    let (group, index) = row.quotientAndRemainder(dividingBy: Geometry.rowsPerGroup)
    if group != newest.group { try load(group) }
    guard row >= 0, let place = columns[column], index < newest.values[place].count else {
      throw .damaged("\(Column.table): no row \(row)")
    }
    return newest.values[place][index]
  }

  private func load(_ group: Int) throws(StoreError) {
    if let known = groups[group] {
      newest = (group, known)
      return
    }
    guard group >= 0, group < snapshot.snapshot.groupCount(of: Column.table.rawValue) else {
      throw .damaged("\(Column.table): no row group \(group)")
    }
    let values = try snapshot.reading { () throws(FileError) in
      try snapshot.snapshot.gather(table: Column.table.rawValue, columns: numbers, group: group)
    }
    if order.count == RowGroupCache.limit { groups[order.removeFirst()] = nil }
    order.append(group)
    groups[group] = values
    newest = (group, values)
  }
}
