internal import LMDB

extension Folder {
  /// Changed folded rows of a row group by column, ascending, counted from the row group's first row.
  private typealias Changes = [[Int]]

  mutating func foldTable(_ table: Int, into transaction: inout WriteTransaction) throws(FileError) {
    let tableTail = tail.tables[table]
    let columns = tableTail.schema.columns
    let unchanged = Changes(repeating: [], count: columns.count)
    var groups: [Int: Changes] = [:]
    for (column, schema) in columns.enumerated() {
      var rows = tableTail.changedRows(of: column)
      // An instant is told against its base: where the base changes, the code must change for the value to stay.
      if case .relativeInstant(let base) = schema.encoding, tableTail.changesFoldedRows(of: base) {
        rows = Set(rows).union(tableTail.changedRows(of: base)).sorted()
      }
      for row in rows {
        let (group, offset) = Int(row).quotientAndRemainder(dividingBy: Geometry.rowsPerGroup)
        groups[group, default: unchanged][column].append(offset)
      }
    }
    if tableTail.rowCount > tableTail.baseRowCount {
      let first = tableTail.baseRowCount / Geometry.rowsPerGroup
      let last = (tableTail.rowCount - 1) / Geometry.rowsPerGroup
      for group in first...last where groups[group] == nil { groups[group] = unchanged }
    }
    for (group, changes) in groups.sorted(by: { $0.key < $1.key }) {
      resident.touch(columns.count)
      var fold = RowGroupFold(file: file, tail: tableTail, table: table, group: group)
      try fold.fold(changes, sequence: tail.sequence, through: &chunk, into: &transaction)
    }
  }
}
