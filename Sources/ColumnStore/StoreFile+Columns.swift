internal import LMDB

/// Reading of columns, folded rows plus tail, for read and write transactions alike.
extension StoreFile {
  /// The summary of a row group; nil when the group has none yet.
  func summary(
    table: Int, group: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> RowGroupSummary? {
    let record: [UInt8]
    do throws(LMDBError) {
      guard let bytes = try transaction.value(for: Keys.summary(table: table, group: group).span, in: chunks) else {
        return nil
      }
      record = bytes.copied
    } catch { throw .engine(error) }
    do throws(Damage) {
      return try RowGroupSummary(
        record: record, table: table, group: group, place: place(table: table, group: group))
    } catch { throw .damaged(error) }
  }

  /// The summary of a row group that has `rowCount` folded rows or more.
  func requiredSummary(
    table: Int, group: Int, rowCount: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> RowGroupSummary {
    guard let summary = try summary(table: table, group: group, in: transaction), summary.rowCount >= rowCount else {
      throw .damaged(
        .inconsistent(place: place(table: table, group: group), "the summary is missing or counts too few rows"))
    }
    return summary
  }

  func place(table: Int, group: Int, column: Int? = nil) -> String {
    let name = schema.tables[table].name
    return column.map { "\(name) row group \(group), column \(schema.tables[table].columns[$0].name)" }
      ?? "\(name) row group \(group)"
  }

  /// Reads one column alone, as ``gatherFolded(table:column:group:rows:summary:bases:in:into:)`` does.
  func gatherFolded(
    table: Int, column: Int, group: Int, rows: Range<Int>, summary: RowGroupSummary,
    in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64]
  ) throws(FileError) {
    var bases = StoredBases()
    try gatherFolded(
      table: table, column: column, group: group, rows: rows, summary: summary, bases: &bases, in: transaction,
      into: &values)
  }

  /// Reads `rows` of a row group's folded column to the beginning of `values`, checking the CRC of every chunk it meets.
  ///
  /// - Parameter bases: Base columns of the same rows, kept from column to column.
  func gatherFolded(
    table: Int, column: Int, group: Int, rows: Range<Int>, summary: RowGroupSummary, bases: inout StoredBases,
    in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64]
  ) throws(FileError) {
    let columnSchema = schema.tables[table].columns[column]
    guard case .relativeInstant(let base) = columnSchema.encoding else {
      if let known = bases[column] {
        if values.count == known.count {
          values = known
          return
        }
        for index in known.indices { values[index] = known[index] }
        return
      }
      try gatherStored(
        table: table, column: column, group: group, rows: rows, summary: summary, in: transaction, into: &values)
      if schema.tables[table].isBase(column) { bases[column] = Array(values[0..<rows.count]) }
      return
    }
    guard summary.hasChunks(column: column) else {
      for index in 0..<rows.count { values[index] = columnSchema.defaultValue }
      return
    }
    if bases[base] == nil {
      var stored = [Int64](repeating: 0, count: rows.count)
      try gatherStored(
        table: table, column: base, group: group, rows: rows, summary: summary, in: transaction, into: &stored)
      bases[base] = stored
    }
    var escapedRows: [Int] = []
    try gatherStored(
      table: table, column: column, group: group, rows: rows, summary: summary, bases: bases[base],
      escapedRows: &escapedRows, in: transaction, into: &values)
    let firstRow = group * Geometry.rowsPerGroup + rows.lowerBound
    for row in escapedRows {
      values[row] = try wideValue(table: table, column: column, row: firstRow + row, in: transaction)
    }
  }

  /// As ``gatherFolded(table:column:group:rows:summary:bases:in:into:)``, with instants left as their codes.
  func gatherStored(
    table: Int, column: Int, group: Int, rows: Range<Int>, summary: RowGroupSummary,
    in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64]
  ) throws(FileError) {
    var escapedRows: [Int] = []
    try gatherStored(
      table: table, column: column, group: group, rows: rows, summary: summary, bases: nil, escapedRows: &escapedRows,
      in: transaction, into: &values)
  }

  /// With `bases`, the codes become instants on the way; `escapedRows` gets the places of those that stand elsewhere.
  private func gatherStored(
    table: Int, column: Int, group: Int, rows: Range<Int>, summary: RowGroupSummary, bases: [Int64]?,
    escapedRows: inout [Int], in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64]
  ) throws(FileError) {
    let columnSchema = schema.tables[table].columns[column]
    let rowsPerChunk = columnSchema.rowsPerChunk
    var row = rows.lowerBound
    while row < rows.upperBound {
      let (piece, first) = row.quotientAndRemainder(dividingBy: rowsPerChunk)
      let count = min(rowsPerChunk - first, rows.upperBound - row)
      try readChunk(
        table: table, column: column, group: group, piece: piece, first: first, count: count,
        checksum: summary.checksum(column: column, piece: piece), bases: bases, escapedRows: &escapedRows,
        in: transaction, into: &values, at: row - rows.lowerBound)
      row += count
    }
  }

  /// Makes instants of the `count` codes at the beginning of `values`, whose first is that of row `firstRow`.
  func decodeInstants(
    _ values: inout [Int64], bases: [Int64], count: Int, table: Int, column: Int, firstRow: Int,
    in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) {
    precondition(count <= values.count && count <= bases.count, "a base for every code")
    var escapedRows: [Int] = []
    for row in 0..<count where values[row] == Int64(RelativeInstant.escaped) { escapedRows.append(row) }
    RelativeInstant.decode(&values, bases: bases, count: count)
    for row in escapedRows {
      values[row] = try wideValue(table: table, column: column, row: firstRow + row, in: transaction)
    }
  }

  /// The instant of a code that is a word.
  private func instant(
    ofWord code: Int32, table: Int, column: Int, row: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    switch code {
    case RelativeInstant.none: RelativeInstant.noneValue
    case RelativeInstant.unknown: RelativeInstant.unknownValue
    default: try wideValue(table: table, column: column, row: row, in: transaction)
    }
  }

  /// What an absent chunk holds, as stored.
  func storedDefault(_ column: ColumnSchema) -> Int64 {
    switch column.encoding {
    case .plain: column.defaultValue
    case .relativeInstant: Int64(RelativeInstant.code(of: column.defaultValue, base: 0))
    }
  }

  private func readChunk(
    table: Int, column: Int, group: Int, piece: Int, first: Int, count: Int, checksum: UInt32?, bases: [Int64]?,
    escapedRows: inout [Int], in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64],
    at position: Int
  ) throws(FileError) {
    let columnSchema = schema.tables[table].columns[column]
    let key = Keys.chunk(table: table, group: group, column: column, piece: piece)
    var damage: String?
    do throws(LMDBError) {
      if let chunk = try transaction.value(for: key.span, in: chunks) {
        if chunk.byteCount != Geometry.chunkByteCount {
          damage = "a chunk of \(chunk.byteCount) bytes"
        } else if checksum != CRC32C.of(chunk) {
          damage = "chunk \(piece)'s checksum differs"
        } else if let bases {
          let found = ChunkCodec.decodeInstants(
            chunk, bases: bases, first: first, count: count, into: &values, at: position)
          if found { noteEscapes(in: chunk, first: first, count: count, at: position, into: &escapedRows) }
        } else {
          ChunkCodec.widen(chunk, column: columnSchema, first: first, count: count, into: &values, at: position)
        }
      } else if checksum != nil {
        damage = "chunk \(piece) is missing"
      } else {
        let filler = bases == nil ? storedDefault(columnSchema) : columnSchema.defaultValue
        for index in position..<(position + count) { values[index] = filler }
      }
    } catch { throw .engine(error) }
    if let damage {
      throw .damaged(.inconsistent(place: place(table: table, group: group, column: column), damage))
    }
  }

  /// The places, from `position` on, of the codes in a chunk of instants that are told elsewhere.
  private func noteEscapes(in chunk: RawSpan, first: Int, count: Int, at position: Int, into rows: inout [Int]) {
    let escaped = UInt32(bitPattern: RelativeInstant.escaped)
    for index in 0..<count where chunk.littleEndian32(at: 4 * (first + index)) == escaped {
      rows.append(position + index)
    }
  }

  private func wideValue(
    table: Int, column: Int, row: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    let key = Keys.wide(table: table, column: column, row: row)
    let record: [UInt8]
    do throws(LMDBError) {
      record = try transaction.value(for: key.span, in: wide)?.copied ?? []
    } catch { throw .engine(error) }
    let place = "wide value of row \(row) of \(schema.tables[table].name)"
    do throws(Damage) {
      guard record.count == 12 else { throw .inconsistent(place: place, "is missing or cut") }
      var reader = ByteReader(record)
      let value = try reader.littleEndian(Int64.self)
      guard record == StoreFile.wideRecord(value, for: key) else {
        throw .inconsistent(place: place, "checksum differs")
      }
      return value
    } catch { throw .damaged(error) }
  }

  /// A wide value's bytes: 8 the value, little-endian, 4 CRC32C of the key and the value.
  static func wideRecord(_ value: Int64, for key: InlineArray<6, UInt8>) -> [UInt8] {
    var record = ByteWriter(capacity: 12)
    record.append(littleEndian: value)
    record.append(littleEndian: CRC32C.of(record.bytes, in: 0..<8, from: CRC32C.of(key.span)))
    return record.bytes
  }

  /// One value as of `tail`.
  func value(
    table: Int, row: Int, column: Int, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    // The table's tail is used in place: a copy retains all its lists.
    guard row >= 0, row < tail.tables[table].rowCount else {
      throw .damaged(.inconsistent(place: schema.tables[table].name, "no row \(row)"))
    }
    if let value = tail.tables[table].value(row, column) { return value }
    let folded = try foldedValue(table: table, row: row, column: column, in: transaction)
    return folded &+ tail.tables[table].addition(row, column)
  }

  private func foldedValue(
    table: Int, row: Int, column: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    let columnSchema = schema.tables[table].columns[column]
    let stored = try storedValue(table: table, row: row, column: column, in: transaction)
    guard case .relativeInstant(let base) = columnSchema.encoding else { return stored }
    let code = Int32(truncatingIfNeeded: stored)
    guard code > RelativeInstant.escaped else {
      return try instant(ofWord: code, table: table, column: column, row: row, in: transaction)
    }
    let baseValue = try storedValue(table: table, row: row, column: base, in: transaction)
    return RelativeInstant.value(of: code, base: baseValue)
  }

  private func storedValue(
    table: Int, row: Int, column: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    let (group, offset) = row.quotientAndRemainder(dividingBy: Geometry.rowsPerGroup)
    let (piece, index) = offset.quotientAndRemainder(dividingBy: schema.tables[table].columns[column].rowsPerChunk)
    let checksum = try checksum(
      table: table, column: column, group: group, piece: piece, rowCount: offset + 1, in: transaction)
    var value: [Int64] = [0]
    var escapedRows: [Int] = []
    try readChunk(
      table: table, column: column, group: group, piece: piece, first: index, count: 1, checksum: checksum, bases: nil,
      escapedRows: &escapedRows, in: transaction, into: &value, at: 0)
    return value[0]
  }

  /// The checksum of one chunk; nil when there is no such chunk.
  private func checksum(
    table: Int, column: Int, group: Int, piece: Int, rowCount: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> UInt32? {
    var damage: Damage?
    do throws(LMDBError) {
      if let record = try transaction.value(for: Keys.summary(table: table, group: group).span, in: chunks) {
        do throws(Damage) {
          return try RowGroupSummary.checksum(
            column: column, piece: piece, in: record, table: table, group: group, rowCount: rowCount,
            place: place(table: table, group: group))
        } catch { damage = error }
      }
    } catch { throw .engine(error) }
    throw .damaged(damage ?? .inconsistent(place: place(table: table, group: group), "the summary is missing"))
  }
}
