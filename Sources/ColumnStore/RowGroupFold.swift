internal import LMDB

/// The fold of one row group: each touched chunk read, changed and written once, then the summary.
struct RowGroupFold {
  private let file: StoreFile
  private let tail: TableTail
  private let table: Int
  private let group: Int
  /// Rows of the group that are folded, and rows in all, once this is done.
  private let foldedCount: Int
  private let rowCount: Int
  /// Where the group's first unfolded row stands among the appended ones.
  private let firstAppended: Int
  private var summary = RowGroupSummary()

  init(file: StoreFile, tail: TableTail, table: Int, group: Int) {
    (self.file, self.tail, self.table, self.group) = (file, tail, table, group)
    let start = group * Geometry.rowsPerGroup
    foldedCount = max(0, min(tail.baseRowCount - start, Geometry.rowsPerGroup))
    rowCount = min(tail.rowCount - start, Geometry.rowsPerGroup)
    firstAppended = start + foldedCount - tail.baseRowCount
  }

  /// Folds the appended rows and `changes`, the changed folded rows of each column in ascending order.
  ///
  /// - Parameter chunk: Room for one chunk.
  mutating func fold(
    _ changes: [[Int]], sequence: UInt64, through chunk: inout [UInt8], into transaction: inout WriteTransaction
  ) throws(FileError) {
    if let stored = try file.summary(table: table, group: group, in: transaction) { summary = stored }
    guard summary.rowCount == foldedCount else {
      throw .damaged(
        .inconsistent(
          place: file.place(table: table, group: group),
          "the summary is missing or counts \(summary.rowCount) rows, not \(foldedCount)"))
    }
    // Instants first: what is stored of them can be read only as long as their bases are the old ones.
    let columns = tail.schema.columns
    for column in columns.indices where columns[column].isRelative {
      try fold(column, changes, through: &chunk, into: &transaction)
    }
    for column in columns.indices where !columns[column].isRelative {
      try fold(column, changes, through: &chunk, into: &transaction)
    }
    summary.rowCount = rowCount
    summary.foldedThrough = sequence
    do throws(LMDBError) {
      try transaction.put(
        summary.record(table: table, group: group).span, for: Keys.summary(table: table, group: group).span,
        in: file.chunks)
    } catch { throw .engine(error) }
  }

  private mutating func fold(
    _ column: Int, _ changes: [[Int]], through chunk: inout [UInt8], into transaction: inout WriteTransaction
  ) throws(FileError) {
    let schema = tail.schema.columns[column]
    // Chunks behind the last appended value hold defaults only and need not exist.
    let told = foldedCount..<max(foldedCount, min(rowCount, foldedCount + tail.appended[column].count - firstAppended))
    let changed = changes[column]
    let isSummarised = schema.summary != .none && (foldedCount < rowCount || !changed.isEmpty)
    guard !told.isEmpty || !changed.isEmpty || isSummarised else { return }

    var extent = Extent()
    var firstChange = 0
    for start in stride(from: 0, to: rowCount, by: schema.rowsPerChunk) {
      let rows = start..<min(rowCount, start + schema.rowsPerChunk)
      var lastChange = firstChange
      while lastChange < changed.count, changed[lastChange] < rows.upperBound { lastChange += 1 }
      let changedHere = changed[firstChange..<lastChange]
      firstChange = lastChange
      let isTouched = !changedHere.isEmpty || told.overlaps(rows)
      guard isTouched || isSummarised else { continue }

      let values: [Int64]
      if case .relativeInstant(let base) = schema.encoding {
        let piece = try instants(column, base, rows, changedHere, changes[base], in: transaction)
        values = piece.values
        if isTouched {
          try writeWideValues(column, rows, changedHere, piece, into: &transaction)
          try write(piece.codes, column, start / schema.rowsPerChunk, through: &chunk, into: &transaction)
        }
      } else {
        values = try newValues(column, rows, changedHere, in: transaction)
        if isTouched { try write(values, column, start / schema.rowsPerChunk, through: &chunk, into: &transaction) }
      }
      extent.take(in: values, for: schema.summary)
    }
    guard isSummarised else { return }
    switch schema.summary {
    case .none: break
    case .range: summary.ranges[column] = extent.least <= extent.greatest ? extent.least...extent.greatest : nil
    case .bitSet: summary.bitSets[column] = extent.bits
    }
  }

  /// The column's values in `rows` with everything the tail says.
  private func newValues(
    _ column: Int, _ rows: Range<Int>, _ changed: ArraySlice<Int>, in transaction: borrowing WriteTransaction
  ) throws(FileError) -> [Int64] {
    var values = [Int64](repeating: tail.schema.columns[column].defaultValue, count: rows.count)
    if rows.lowerBound < foldedCount {
      try file.gatherFolded(
        table: table, column: column, group: group, rows: rows.clamped(to: 0..<foldedCount), summary: summary,
        in: transaction, into: &values)
    }
    overlay(column, rows, changed, on: &values)
    return values
  }

  private func overlay(_ column: Int, _ rows: Range<Int>, _ changed: ArraySlice<Int>, on values: inout [Int64]) {
    let start = group * Geometry.rowsPerGroup
    for row in changed {
      let index = row - rows.lowerBound
      values[index] = tail.value(start + row, column) ?? (values[index] &+ tail.addition(start + row, column))
    }
    tail.copyAppended(
      column, from: firstAppended + max(0, rows.lowerBound - foldedCount), into: &values,
      at: max(0, min(foldedCount - rows.lowerBound, values.count)))
  }

  /// A chunk's worth of instants: as stored before, as they are now, as to be stored.
  private struct Instants {
    var oldCodes: [Int64]
    var values: [Int64]
    var codes: [Int64]
  }

  private func instants(
    _ column: Int, _ base: Int, _ rows: Range<Int>, _ changed: ArraySlice<Int>, _ changedBases: [Int],
    in transaction: borrowing WriteTransaction
  ) throws(FileError) -> Instants {
    let schema = tail.schema.columns[column]
    var bases = [Int64](repeating: tail.schema.columns[base].defaultValue, count: rows.count)
    var oldCodes = [Int64](repeating: file.storedDefault(schema), count: rows.count)
    var values = [Int64](repeating: schema.defaultValue, count: rows.count)
    if rows.lowerBound < foldedCount {
      let folded = rows.clamped(to: 0..<foldedCount)
      try file.gatherFolded(
        table: table, column: base, group: group, rows: folded, summary: summary, in: transaction, into: &bases)
      try file.gatherStored(
        table: table, column: column, group: group, rows: folded, summary: summary, in: transaction, into: &oldCodes)
      for index in 0..<folded.count { values[index] = oldCodes[index] }
      try file.decodeInstants(
        &values, bases: bases, count: folded.count, table: table, column: column,
        firstRow: group * Geometry.rowsPerGroup + rows.lowerBound, in: transaction)
    }
    overlay(column, rows, changed, on: &values)
    overlay(base, rows, changedBases.drop { $0 < rows.lowerBound }.prefix { $0 < rows.upperBound }, on: &bases)
    let codes = values.indices.map { Int64(RelativeInstant.code(of: values[$0], base: bases[$0])) }
    return Instants(oldCodes: oldCodes, values: values, codes: codes)
  }

  /// What no code can say goes to the wide values; what no longer needs that leaves them.
  private func writeWideValues(
    _ column: Int, _ rows: Range<Int>, _ changed: ArraySlice<Int>, _ piece: Instants,
    into transaction: inout WriteTransaction
  ) throws(FileError) {
    let escaped = Int64(RelativeInstant.escaped)
    func write(_ row: Int) throws(LMDBError) {
      let index = row - rows.lowerBound
      let key = Keys.wide(table: table, column: column, row: group * Geometry.rowsPerGroup + row)
      if piece.codes[index] == escaped {
        try transaction.put(StoreFile.wideRecord(piece.values[index], for: key).span, for: key.span, in: file.wide)
      } else if piece.oldCodes[index] == escaped {
        try transaction.delete(key.span, in: file.wide)
      }
    }
    do throws(LMDBError) {
      for row in changed { try write(row) }
      for row in max(foldedCount, rows.lowerBound)..<max(foldedCount, rows.upperBound) { try write(row) }
    } catch { throw .engine(error) }
  }

  private mutating func write(
    _ stored: [Int64], _ column: Int, _ piece: Int, through chunk: inout [UInt8],
    into transaction: inout WriteTransaction
  ) throws(FileError) {
    let schema = tail.schema.columns[column]
    guard ChunkCodec.write(stored, column: schema, filler: file.storedDefault(schema), into: &chunk) else {
      throw .damaged(
        .inconsistent(
          place: file.place(table: table, group: group, column: column), "a value beyond \(schema.width) bytes"))
    }
    let key = Keys.chunk(table: table, group: group, column: column, piece: piece)
    do throws(LMDBError) {
      try transaction.put(chunk.span, for: key.span, in: file.chunks)
    } catch { throw .engine(error) }
    summary.setChecksum(column: column, piece: piece, to: CRC32C.of(chunk))
  }
}

/// The least and greatest value and the set of values below 64.
private struct Extent {
  var least = Int64.max
  var greatest = Int64.min
  var bits: UInt64 = 0

  mutating func take(in values: [Int64], for summary: ColumnSchema.Summary) {
    switch summary {
    case .none: break
    case .range:
      for value in values where value > RelativeInstant.unknownValue {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    case .bitSet:
      for value in values where value >= 0 && value < 64 { bits |= 1 &<< UInt64(value) }
    }
  }
}
