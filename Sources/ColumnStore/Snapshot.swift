internal import LMDB
internal import Synchronization

/// One unchanging state of a store: folded row groups plus the decoded tail of the log.
///
/// Answers are exact at the newest group it saw. Opening costs about 8 ms per MB of tail. While it lives the file cannot
/// reuse pages, so keep it short. Several threads may read it.
package final class Snapshot: Sendable {
  package let file: StoreFile
  package let tail: Tail
  private let transaction: ReadTransaction
  private let state: FoldState
  /// Changed folded rows of a column in ascending order, made when first asked for.
  private let patches = Mutex<[Int: [UInt32]]>([:])
  /// Row groups of a table in which the tail changes or adds rows, made when first asked for.
  private let touchedGroups = Mutex<[Int: Set<Int>]>([:])

  /// The newest state of `file`.
  package init(of file: StoreFile, folding: some FactFolding) throws(FileError) {
    self.file = file
    do throws(LMDBError) { transaction = try file.environment.beginRead() } catch { throw .engine(error) }
    state = try file.state(in: transaction)
    tail = try file.tail(on: state, folding: folding, in: transaction)
  }

  /// The newest state of `file` with facts behind it that are not written: what a commit of them would lead to.
  package init(of file: StoreFile, folding: some FactFolding, before facts: [UInt8]) throws(FileError) {
    self.file = file
    do throws(LMDBError) { transaction = try file.environment.beginRead() } catch { throw .engine(error) }
    state = try file.state(in: transaction)
    var tail = try file.tail(on: state, folding: folding, in: transaction)
    let group = LogGroup(
      sequence: tail.sequence + 1, recordedAt: tail.recordedAt, previousChecksum: tail.checksum,
      firstRows: tail.tables.map(\.rowCount), facts: facts)
    do throws(Damage) { try folding.apply(group, to: &tail) } catch { throw .damaged(error) }
    tail.advance(
      to: group.sequence, recordedAt: group.recordedAt, checksum: group.checksum, byteCount: group.facts.count)
    self.tail = tail
  }

  /// The newest group it knows; 0 in an empty store.
  package var sequence: UInt64 { tail.sequence }
  /// That group's `recordedAt`, milliseconds; `Int64.min` in an empty store.
  package var recordedAt: Int64 { tail.recordedAt }
  /// The newest group that is folded.
  package var foldedThrough: UInt64 { state.foldedThrough }

  package func rowCount(of table: Int) -> Int { tail.tables[table].rowCount }

  package func groupCount(of table: Int) -> Int {
    (rowCount(of: table) + Geometry.rowsPerGroup - 1) / Geometry.rowsPerGroup
  }

  /// Rows in a row group.
  package func rowCount(of table: Int, group: Int) -> Int {
    min(Geometry.rowsPerGroup, rowCount(of: table) - group * Geometry.rowsPerGroup)
  }

  /// Reads one column of a row group, folded values and tail together. `values` is made to fit.
  ///
  /// - Throws: ``FileError/damaged(_:)`` when a chunk's checksum differs.
  package func gather(
    table: Int, column: Int, group: Int, into values: inout [Int64]
  ) throws(FileError) {
    var bases = StoredBases()
    let summary = try foldedSummary(table: table, group: group)
    try gather(table: table, column: column, group: group, summary: summary, bases: &bases, into: &values)
  }

  /// Reads columns of a row group, each as ``gather(table:column:group:into:)`` does. The summary is decoded once, and so
  /// are the instants that others are told against.
  package func gather(table: Int, columns: [Int], group: Int) throws(FileError) -> [[Int64]] {
    var bases = StoredBases()
    let summary = try foldedSummary(table: table, group: group)
    var found: [[Int64]] = []
    found.reserveCapacity(columns.count)
    for column in columns {
      var values: [Int64] = []
      try gather(table: table, column: column, group: group, summary: summary, bases: &bases, into: &values)
      found.append(values)
    }
    return found
  }

  /// The summary of a row group's folded rows; nil when none is folded.
  private func foldedSummary(table: Int, group: Int) throws(FileError) -> RowGroupSummary? {
    let folded = foldedRowCount(table: table, group: group)
    guard folded > 0 else { return nil }
    return try file.requiredSummary(table: table, group: group, rowCount: folded, in: transaction)
  }

  private func foldedRowCount(table: Int, group: Int) -> Int {
    let start = group * Geometry.rowsPerGroup
    return max(0, min(tail.tables[table].baseRowCount - start, rowCount(of: table, group: group)))
  }

  private func gather(
    table: Int, column: Int, group: Int, summary: RowGroupSummary?, bases: inout StoredBases,
    into values: inout [Int64]
  ) throws(FileError) {
    let count = rowCount(of: table, group: group)
    let start = group * Geometry.rowsPerGroup
    let tableTail = tail.tables[table]
    if values.count != count { values = [Int64](repeating: 0, count: count) }
    let folded = foldedRowCount(table: table, group: group)
    if let summary {
      try file.gatherFolded(
        table: table, column: column, group: group, rows: 0..<folded, summary: summary, bases: &bases, in: transaction,
        into: &values)
      if tableTail.changesFoldedRows(of: column) {
        let rows = patchedRows(table, column)
        var index = rows.partitioningIndex { $0 >= UInt32(start) }
        while index < rows.count, rows[index] < UInt32(start + folded) {
          let row = Int(rows[index])
          values[row - start] =
            tableTail.value(row, column) ?? (values[row - start] &+ tableTail.addition(row, column))
          index += 1
        }
      }
    }
    guard folded < count else { return }
    let filler = tableTail.schema.columns[column].defaultValue
    for row in folded..<count { values[row] = filler }
    tableTail.copyAppended(column, from: start + folded - tableTail.baseRowCount, into: &values, at: folded)
  }

  private func patchedRows(_ table: Int, _ column: Int) -> [UInt32] {
    patches.withLock { known in
      if let rows = known[table << 8 | column] { return rows }
      let rows = tail.tables[table].changedRows(of: column)
      known[table << 8 | column] = rows
      return rows
    }
  }

  /// What is known of a row group without reading it; nil when part of it is not folded or the tail may change it.
  package func summary(table: Int, group: Int) throws(FileError) -> RowGroupSummary? {
    if isTouched(table, group) { return nil }
    return try file.requiredSummary(
      table: table, group: group, rowCount: rowCount(of: table, group: group), in: transaction)
  }

  private func isTouched(_ table: Int, _ group: Int) -> Bool {
    let tableTail = tail.tables[table]
    if tableTail.isEmpty { return false }
    return touchedGroups.withLock { known in
      if let groups = known[table] { return groups.contains(group) }
      let groups = tableTail.touchedGroups
      known[table] = groups
      return groups.contains(group)
    }
  }

  package func value(table: Int, row: Int, column: Int) throws(FileError) -> Int64 {
    try file.value(table: table, row: row, column: column, tail: tail, in: transaction)
  }

  /// Rows under `hash`, newest first, each once. Hashes collide: compare what the rows hold.
  package func rows(index: Int, hash: UInt64) throws(FileError) -> [UInt32] {
    try file.rows(index: index, hash: hash, tail: tail, in: transaction)
  }

  package func code(of text: String, list: Int) throws(FileError) -> UInt32? {
    try file.code(of: text, list: list, tail: tail, in: transaction)
  }

  package func word(list: Int, code: UInt32) throws(FileError) -> String {
    try file.word(list: list, code: code, tail: tail, in: transaction)
  }

  /// Words in a list; codes run from 1 to this.
  package func wordCount(list: Int) -> Int { tail.words[list - 1].count }

  package func text(at address: Int64) throws(FileError) -> String {
    try file.text(at: address, tail: tail, in: transaction)
  }

  /// A value that stands outside the log.
  package func aside(_ key: [UInt8]) throws(FileError) -> [UInt8]? {
    try file.asideValue(key, in: transaction)
  }

  /// Calls `body` with keys and values outside the log from `start` on, until it returns false.
  package func scanAside(from start: [UInt8], _ body: ([UInt8], [UInt8]) -> Bool) throws(FileError) {
    do throws(LMDBError) {
      try transaction.scan(in: file.aside, from: start.span) { (key, value) throws(LMDBError) in
        body(key.copied, value.copied)
      }
    } catch { throw .engine(error) }
  }

  /// Calls `body` with each group of the log from `first` on.
  package func forEachGroup(
    from first: UInt64, through last: UInt64? = nil, _ body: (LogGroup) throws(FileError) -> Void
  ) throws(FileError) {
    let last = min(last ?? sequence, sequence)
    guard first >= 1, first <= last else { return }
    try Log.forEachGroup(
      in: first...last, previousChecksum: first == 1 ? 0 : nil, in: transaction, of: file, body)
  }

  /// Folds the log up to `sequence` from nothing into `target`, a new empty file of the same schema.
  package func refold(
    through sequence: UInt64, into target: StoreFile, folding: some FactFolding
  ) throws(FileError) {
    try Refold.run(file, in: transaction, through: sequence, into: target, folding: folding)
  }

  /// Everything in which the derived structures differ from `reference`, which was refolded to `foldedThrough`.
  package func differences(from reference: Snapshot, limit: Int) throws(FileError) -> [Damage] {
    var comparison = Comparison(file, reference.file, limit: limit)
    try comparison.compare(transaction, reference.transaction)
    return comparison.findings
  }
}

extension Array {
  /// The first index whose element satisfies `predicate`, which must hold for all elements behind it too.
  func partitioningIndex(_ predicate: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
