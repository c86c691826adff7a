internal import LMDB

/// Writes a tail into the derived structures: columns, summaries, words, indexes, texts. The tail is then empty.
///
/// Every touched chunk is built in memory and written once. The result depends on the facts alone, not on how many
/// folds they took.
struct Folder: ~Copyable {
  private let file: StoreFile
  private let tail: Tail
  private var chunk = [UInt8](repeating: 0, count: Geometry.chunkByteCount)

  init(file: StoreFile, tail: Tail) { (self.file, self.tail) = (file, tail) }

  /// Folds everything; the transaction also gets the new fold state.
  mutating func fold(into transaction: inout WriteTransaction) throws(FileError) {
    for table in tail.tables.indices where !tail.tables[table].isEmpty {
      try foldTable(table, into: &transaction)
    }
    do throws(LMDBError) {
      for (index, words) in tail.words.enumerated() { try foldWords(words, list: index + 1, into: &transaction) }
      for (number, index) in tail.indexes.enumerated() {
        for entry in index.entries.sorted(by: { ($0.hash, $0.row) < ($1.hash, $1.row) }) {
          try transaction.put(
            Span<UInt8>(), for: Keys.hashed(number: number, hash: entry.hash, row: entry.row).span, in: file.indexes)
        }
      }
      try foldHeap(into: &transaction)
      try transaction.put(tail.foldedState.record.span, for: StoreFile.stateKey.span, in: file.meta)
    } catch { throw .engine(error) }
  }

  private mutating func foldWords(
    _ words: WordTail, list: Int, into transaction: inout WriteTransaction
  ) throws(LMDBError) {
    for (index, text) in words.texts.enumerated() {
      let code = UInt32(words.baseCount + index + 1)
      var writer = ByteWriter()
      let bytes = Array(text.utf8)
      writer.append(littleEndian: CRC32C.of(bytes, in: 0..<bytes.count, from: code &* 256 &+ UInt32(list)))
      writer.append(raw: bytes)
      try transaction.put(writer.bytes.span, for: Keys.word(list: list, code: code).span, in: file.words)
      let hash = Hash64.of(text, seed: StoreFile.wordSeed)
      try transaction.put(
        Span<UInt8>(), for: Keys.hashed(number: list | 0x80, hash: hash, row: code).span, in: file.words)
    }
  }

  private mutating func foldHeap(into transaction: inout WriteTransaction) throws(LMDBError) {
    var position = tail.heap.baseByteCount
    var taken = 0
    while taken < tail.heap.bytes.count {
      let (piece, offset) = position.quotientAndRemainder(dividingBy: Geometry.chunkByteCount)
      let count = min(Geometry.chunkByteCount - offset, tail.heap.bytes.count - taken)
      var bytes: [UInt8] = offset > 0 ? try transaction.value(for: Keys.heap(piece: piece).span, in: file.heap)?.copied ?? [] : []
      bytes.removeSubrange(min(offset, bytes.count)...)
      while bytes.count < offset { bytes.append(0) }
      bytes.append(contentsOf: tail.heap.bytes[taken..<(taken + count)])
      while bytes.count < Geometry.chunkByteCount { bytes.append(0) }
      try transaction.put(bytes.span, for: Keys.heap(piece: piece).span, in: file.heap)
      position += count
      taken += count
    }
  }

  // MARK: Columns

  private mutating func foldTable(_ table: Int, into transaction: inout WriteTransaction) throws(FileError) {
    let tableTail = tail.tables[table]
    // Changed rows of each touched row group, by column.
    var changes: [Int: [Int: Set<Int>]] = [:]
    for column in tableTail.schema.columns.indices {
      for row in tableTail.replaced[column].keys {
        changes[Int(row) / Geometry.rowsPerGroup, default: [:]][column, default: []].insert(Int(row))
      }
      for row in tableTail.added[column].keys {
        changes[Int(row) / Geometry.rowsPerGroup, default: [:]][column, default: []].insert(Int(row))
      }
    }
    if tableTail.rowCount > tableTail.baseRowCount {
      let first = tableTail.baseRowCount / Geometry.rowsPerGroup
      let last = (tableTail.rowCount - 1) / Geometry.rowsPerGroup
      for group in first...last where changes[group] == nil { changes[group] = [:] }
    }
    for (group, columns) in changes.sorted(by: { $0.key < $1.key }) {
      try foldGroup(table, group, changed: columns, into: &transaction)
    }
  }

  private mutating func foldGroup(
    _ table: Int, _ group: Int, changed: [Int: Set<Int>], into transaction: inout WriteTransaction
  ) throws(FileError) {
    let tableTail = tail.tables[table]
    let start = group * Geometry.rowsPerGroup
    let foldedCount = max(0, min(tableTail.baseRowCount - start, Geometry.rowsPerGroup))
    let rowCount = min(tableTail.rowCount - start, Geometry.rowsPerGroup)
    var summary = try file.summary(table: table, group: group, in: transaction) ?? RowGroupSummary()
    var bases: [Int: [Int64]] = [:]

    for (column, schema) in tableTail.schema.columns.enumerated() {
      let appended = tableTail.appended[column]
      let firstAppended = start + foldedCount - tableTail.baseRowCount
      let hasAppended = foldedCount < rowCount && appended.count > firstAppended
      let rows = changed[column] ?? []
      let isSummarised = schema.summary != .none && foldedCount < rowCount
      guard hasAppended || !rows.isEmpty || isSummarised else { continue }

      let values = try newValues(table, column, group, foldedCount, rowCount, rows, summary, in: transaction)
      if hasAppended || !rows.isEmpty {
        var stored = values
        if case .relativeInstant(let base) = schema.encoding {
          if bases[base] == nil {
            bases[base] = try newValues(
              table, base, group, foldedCount, rowCount, changed[base] ?? [], summary, in: transaction)
          }
          let touched = hasAppended ? rows.union((start + foldedCount)..<(start + rowCount)) : rows
          stored = try encode(
            values, against: bases[base]!, table, column, start, foldedCount, touched: touched, into: &transaction)
        }
        // Chunks behind the last appended value hold defaults only and need not exist.
        let lastTold = hasAppended ? min(rowCount, foldedCount + appended.count - firstAppended) : foldedCount
        let pieces = Set(rows.map { ($0 - start) / schema.rowsPerChunk })
          .union(hasAppended ? Set((foldedCount / schema.rowsPerChunk)...((lastTold - 1) / schema.rowsPerChunk)) : [])
        for piece in pieces.sorted() {
          try write(stored, table, column, group, piece, summary: &summary, into: &transaction)
        }
      }
      summarise(values, column, schema, &summary)
    }
    summary.rowCount = rowCount
    summary.foldedThrough = tail.sequence
    do throws(LMDBError) {
      try transaction.put(
        summary.record.span, for: Keys.summary(table: table, group: group).span, in: file.chunks)
    } catch { throw .engine(error) }
  }

  /// A row group's column with everything the tail says.
  private func newValues(
    _ table: Int, _ column: Int, _ group: Int, _ foldedCount: Int, _ rowCount: Int, _ changed: Set<Int>,
    _ summary: RowGroupSummary, in transaction: borrowing WriteTransaction
  ) throws(FileError) -> [Int64] {
    let tableTail = tail.tables[table]
    let start = group * Geometry.rowsPerGroup
    var values = [Int64](repeating: tableTail.schema.columns[column].defaultValue, count: rowCount)
    if foldedCount > 0 {
      try file.gatherFolded(
        table: table, column: column, group: group, count: foldedCount, summary: summary, in: transaction,
        into: &values)
    }
    for row in changed {
      values[row - start] =
        tableTail.value(row, column) ?? (values[row - start] &+ tableTail.addition(row, column))
    }
    let appended = tableTail.appended[column]
    var index = start + foldedCount - tableTail.baseRowCount
    var position = foldedCount
    while position < rowCount, index < appended.count {
      values[position] = appended[index]
      position += 1
      index += 1
    }
    return values
  }

  /// Stored codes of instants; what no code can say goes to the wide values, what no longer needs that leaves them.
  private func encode(
    _ values: [Int64], against bases: [Int64], _ table: Int, _ column: Int, _ start: Int, _ foldedCount: Int,
    touched: Set<Int>, into transaction: inout WriteTransaction
  ) throws(FileError) -> [Int64] {
    var stored = values
    do throws(LMDBError) {
      for row in values.indices {
        let code = RelativeInstant.code(of: values[row], base: bases[row])
        stored[row] = Int64(code)
        guard touched.contains(start + row) else { continue }
        let key = Keys.wide(table: table, column: column, row: start + row)
        if code == RelativeInstant.escaped {
          var writer = ByteWriter()
          for index in key.indices { writer.append(byte: key[index]) }
          writer.append(littleEndian: values[row])
          var record = ByteWriter()
          record.append(littleEndian: values[row])
          record.append(littleEndian: CRC32C.of(writer.bytes))
          try transaction.put(record.bytes.span, for: key.span, in: file.wide)
        } else if row < foldedCount {
          try transaction.delete(key.span, in: file.wide)
        }
      }
    } catch { throw .engine(error) }
    return stored
  }

  private mutating func write(
    _ stored: [Int64], _ table: Int, _ column: Int, _ group: Int, _ piece: Int, summary: inout RowGroupSummary,
    into transaction: inout WriteTransaction
  ) throws(FileError) {
    let schema = file.schema.tables[table].columns[column]
    let first = piece * schema.rowsPerChunk
    let last = min(stored.count, first + schema.rowsPerChunk)
    ChunkCodec.chunk(
      of: stored, in: first..<last, column: schema, filler: file.storedDefault(schema), into: &chunk)
    let key = Keys.chunk(table: table, group: group, column: column, piece: piece)
    do throws(LMDBError) {
      try transaction.put(chunk.span, for: key.span, in: file.chunks)
    } catch { throw .engine(error) }
    summary.checksums[column * 8 + piece] = CRC32C.of(chunk)
  }

  private func summarise(_ values: [Int64], _ column: Int, _ schema: ColumnSchema, _ summary: inout RowGroupSummary) {
    switch schema.summary {
    case .none: break
    case .range:
      var least = Int64.max
      var greatest = Int64.min
      for value in values where value > RelativeInstant.unknownValue {
        least = min(least, value)
        greatest = max(greatest, value)
      }
      summary.ranges[column] = least <= greatest ? least...greatest : nil
    case .bitSet:
      var bits: UInt64 = 0
      for value in values where value >= 0 && value < 64 { bits |= 1 &<< UInt64(value) }
      summary.bitSets[column] = bits
    }
  }
}
