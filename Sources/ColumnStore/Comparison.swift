internal import LMDB

/// Compares the derived structures of two files folded to the same group, value by value.
///
/// An absent chunk equals one of defaults, and `foldedThrough` may differ: both depend on when folds ran.
struct Comparison {
  private let file: StoreFile
  private let reference: StoreFile
  private let limit: Int
  private(set) var findings: [Damage] = []

  init(_ file: StoreFile, _ reference: StoreFile, limit: Int) {
    (self.file, self.reference, self.limit) = (file, reference, limit)
  }

  private mutating func note(_ place: String, _ what: String) {
    if findings.count < limit { findings.append(.inconsistent(place: place, what)) }
  }

  /// Keeps what was read from counting as memory of this process.
  private func letGo() {
    file.environment.releaseResidentPages()
    reference.environment.releaseResidentPages()
  }

  mutating func compare(
    _ transaction: borrowing ReadTransaction, _ other: borrowing ReadTransaction
  ) throws(FileError) {
    let state = try file.state(in: transaction)
    let expected = try reference.state(in: other)
    guard state == expected else {
      note("fold state", "differs from the refolded log: \(state) instead of \(expected)")
      return
    }
    for table in file.schema.tables.indices {
      let groups = (state.rowCounts[table] + Geometry.rowsPerGroup - 1) / Geometry.rowsPerGroup
      for group in 0..<groups {
        let count = min(Geometry.rowsPerGroup, state.rowCounts[table] - group * Geometry.rowsPerGroup)
        if group % 8 == 7 { letGo() }
        do throws(FileError) {
          try compareGroup(table, group, count, transaction, other)
        } catch {
          guard case .damaged(let damage) = error else { throw error }
          if findings.count < limit { findings.append(damage) }
        }
      }
    }
    try findStrayChunks(state, transaction)
    try findStrayRecords(transaction)
    for (database, mirror, name) in [
      (file.words, reference.words, "words"), (file.indexes, reference.indexes, "indexes"),
      (file.wide, reference.wide, "wide values"), (file.heap, reference.heap, "text heap"),
    ] { try compareEntries(database, mirror, name, transaction, other) }
    letGo()
  }

  private mutating func compareGroup(
    _ table: Int, _ group: Int, _ count: Int, _ transaction: borrowing ReadTransaction,
    _ other: borrowing ReadTransaction
  ) throws(FileError) {
    let place = file.place(table: table, group: group)
    let summary = try file.summary(table: table, group: group, in: transaction)
    let expected = try reference.summary(table: table, group: group, in: other)
    guard let summary, let expected else { return note(place, "the summary is missing") }
    guard summary.rowCount == expected.rowCount else { return note(place, "the summary counts other rows") }
    if summary.ranges != expected.ranges || summary.bitSets != expected.bitSets {
      note(place, "the summary differs from the refolded log")
    }
    var left = [Int64](repeating: 0, count: count)
    var right = left
    for column in file.schema.tables[table].columns.indices {
      try file.gatherFolded(
        table: table, column: column, group: group, rows: 0..<count, summary: summary, in: transaction, into: &left)
      try reference.gatherFolded(
        table: table, column: column, group: group, rows: 0..<count, summary: expected, in: other, into: &right)
      if left != right {
        let row = left.indices.first { left[$0] != right[$0] }!
        note(
          file.place(table: table, group: group, column: column),
          "row \(group * Geometry.rowsPerGroup + row) holds \(left[row]), the log says \(right[row])")
      }
    }
    // Chunks behind the last row hold nothing, but they and their checksums must be as folded.
    for (column, piece) in summary.chunks {
      guard column < file.schema.tables[table].columns.count else {
        note(place, "the summary names a chunk of column \(column)")
        continue
      }
      guard piece * file.schema.tables[table].columns[column].rowsPerChunk >= count else { continue }
      note(file.place(table: table, group: group, column: column), "chunk \(piece) lies behind the last row")
    }
  }

  /// Chunks that no summary names.
  private mutating func findStrayChunks(
    _ state: FoldState, _ transaction: borrowing ReadTransaction
  ) throws(FileError) {
    var strays: [String] = []
    var summary: (table: Int, group: Int, value: RowGroupSummary)?
    let file = file
    try transaction.scan(in: file.chunks, from: nil, onEngineError: { FileError.engine($0) }) {
      (key, value) throws(FileError) in
      guard key.byteCount == 7 else {
        strays.append("a key of \(key.byteCount) bytes")
        return true
      }
      let table = Int(key.byte(at: 0))
      let group = (1...4).reduce(0) { $0 << 8 | Int(key.byte(at: $1)) }
      let (column, piece) = (Int(key.byte(at: 5)) - 1, Int(key.byte(at: 6)))
      guard table < state.rowCounts.count, group * Geometry.rowsPerGroup < state.rowCounts[table] else {
        strays.append("table \(table), row group \(group) beyond the last row")
        return true
      }
      if column < 0 {
        if piece != 0 { strays.append("\(file.place(table: table, group: group)): a second summary") }
        return true
      }
      guard column < file.schema.tables[table].columns.count, piece < 8 else {
        strays.append("\(file.place(table: table, group: group)): chunk \(piece) of column \(column)")
        return true
      }
      if summary?.table != table || summary?.group != group {
        guard let record = try? file.summary(table: table, group: group, in: transaction) else {
          strays.append("chunks of row group \(group) without a summary")
          return true
        }
        summary = (table, group, record)
      }
      if summary!.value.checksum(column: column, piece: piece) == nil {
        strays.append("\(file.place(table: table, group: group)): a chunk its summary does not name")
      }
      return true
    }
    for stray in strays.prefix(limit) { note("chunks", stray) }
  }

  /// The format record and the fold state are checked where they are read; nothing else belongs beside them.
  private mutating func findStrayRecords(_ transaction: borrowing ReadTransaction) throws(FileError) {
    var strays: [[UInt8]] = []
    do throws(LMDBError) {
      try transaction.scan(in: file.meta, from: nil) { (key, _) throws(LMDBError) in
        let key = key.copied
        if key != [StoreFile.formatKey[0]], key != [StoreFile.stateKey[0]] { strays.append(key) }
        return strays.count < limit
      }
    } catch { throw .engine(error) }
    for stray in strays { note("meta", "an unknown record under key \(stray)") }
  }

  private mutating func compareEntries(
    _ database: Database, _ mirror: Database, _ name: String, _ transaction: borrowing ReadTransaction,
    _ other: borrowing ReadTransaction
  ) throws(FileError) {
    do throws(LMDBError) {
      var entries: [(key: [UInt8], value: [UInt8])] = []
      var position = 0
      var next: [UInt8]? = []
      var different: String?
      // The reference is read in portions, so that both can be held against each other without two cursors.
      func refill() throws(LMDBError) {
        letGo()
        entries.removeAll(keepingCapacity: true)
        position = 0
        guard let start = next else { return }
        next = nil
        try other.scan(in: mirror, from: start.isEmpty ? nil : start.span) { (key, value) throws(LMDBError) in
          if entries.count == 4_096 {
            next = key.copied
            return false
          }
          entries.append((key.copied, value.copied))
          return true
        }
      }
      try refill()
      try transaction.scan(in: database, from: nil) { (key, value) throws(LMDBError) in
        if position == entries.count { try refill() }
        guard position < entries.count else {
          different = "an entry the log does not explain: key \(key.copied)"
          return false
        }
        let found = key.copied
        if found != entries[position].key || value.copied != entries[position].value {
          different = "entry \(found) differs from the refolded log (key \(entries[position].key))"
          return false
        }
        // A tree whose branches are damaged may list a key and yet not find it.
        if try transaction.value(for: found.span, in: database) == nil {
          different = "key \(found) is listed but not found"
          return false
        }
        position += 1
        return true
      }
      if different == nil, position < entries.count || next != nil { different = "entries are missing" }
      if let different { note(name, different) }
    } catch { throw .engine(error) }
  }
}
