internal import LMDB

/// Reading of folded state plus tail, for read and write transactions alike.
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
      return try RowGroupSummary(record: record, place: place(table: table, group: group))
    } catch { throw .damaged(error) }
  }

  func place(table: Int, group: Int, column: Int? = nil) -> String {
    let name = schema.tables[table].name
    return column.map { "\(name) row group \(group), column \(schema.tables[table].columns[$0].name)" }
      ?? "\(name) row group \(group)"
  }

  /// Reads the first `count` folded values of a column in a row group into `values`, checking every chunk's CRC.
  func gatherFolded(
    table: Int, column: Int, group: Int, count: Int, summary: RowGroupSummary?,
    in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64]
  ) throws(FileError) {
    let columnSchema = schema.tables[table].columns[column]
    let rowsPerChunk = columnSchema.rowsPerChunk
    let filler = storedDefault(columnSchema)
    var first = 0
    var piece = 0
    while first < count {
      let rows = min(rowsPerChunk, count - first)
      try readChunk(
        table: table, column: column, group: group, piece: piece, rows: rows, at: first, filler: filler,
        checksum: summary?.checksums[column * 8 + piece], in: transaction, into: &values)
      first += rows
      piece += 1
    }
    guard case .relativeInstant(let base) = columnSchema.encoding else { return }
    var bases = [Int64](repeating: 0, count: count)
    try gatherFolded(
      table: table, column: base, group: group, count: count, summary: summary, in: transaction, into: &bases)
    for row in 0..<count {
      let code = Int32(truncatingIfNeeded: values[row])
      if code > RelativeInstant.escaped {
        values[row] = RelativeInstant.value(of: code, base: bases[row])
      } else if code == RelativeInstant.none {
        values[row] = RelativeInstant.noneValue
      } else if code == RelativeInstant.unknown {
        values[row] = RelativeInstant.unknownValue
      } else {
        values[row] = try wideValue(
          table: table, column: column, row: group * Geometry.rowsPerGroup + row, in: transaction)
      }
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
    table: Int, column: Int, group: Int, piece: Int, rows: Int, at first: Int, filler: Int64, checksum: UInt32?,
    in transaction: borrowing some Reading & ~Copyable, into values: inout [Int64]
  ) throws(FileError) {
    let key = Keys.chunk(table: table, group: group, column: column, piece: piece)
    var damage: String?
    do throws(LMDBError) {
      if let chunk = try transaction.value(for: key.span, in: chunks) {
        if chunk.byteCount != Geometry.chunkByteCount {
          damage = "a chunk of \(chunk.byteCount) bytes"
        } else if checksum != CRC32C.of(chunk) {
          damage = "chunk \(piece)'s checksum differs"
        } else {
          ChunkCodec.widen(
            chunk, column: schema.tables[table].columns[column], first: 0, count: rows, into: &values, at: first)
        }
      } else if checksum != nil {
        damage = "chunk \(piece) is missing"
      } else {
        for row in first..<(first + rows) { values[row] = filler }
      }
    } catch { throw .engine(error) }
    if let damage {
      throw .damaged(.inconsistent(place: place(table: table, group: group, column: column), damage))
    }
  }

  func wideValue(
    table: Int, column: Int, row: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    let key = Keys.wide(table: table, column: column, row: row)
    let record: [UInt8]
    do throws(LMDBError) {
      record = try transaction.value(for: key.span, in: wide)?.copied ?? []
    } catch { throw .engine(error) }
    do throws(Damage) {
      var reader = ByteReader(record)
      let value = try reader.littleEndian(Int64.self)
      var covered: [UInt8] = []
      for index in key.indices { covered.append(key[index]) }
      covered.append(contentsOf: record.prefix(8))
      guard try reader.littleEndian(UInt32.self) == CRC32C.of(covered), reader.isAtEnd else {
        throw .inconsistent(place: "wide value of row \(row)", "checksum differs")
      }
      return value
    } catch { throw .damaged(error) }
  }

  /// One value as of `tail`.
  ///
  /// A point read trusts the chunk's bytes: whole columns and `verify` check them.
  func value(
    table: Int, row: Int, column: Int, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    let tableTail = tail.tables[table]
    if let value = tableTail.value(row, column) { return value }
    let folded = try foldedValue(table: table, row: row, column: column, in: transaction)
    return folded &+ tableTail.addition(row, column)
  }

  func foldedValue(
    table: Int, row: Int, column: Int, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> Int64 {
    let columnSchema = schema.tables[table].columns[column]
    let (group, offset) = row.quotientAndRemainder(dividingBy: Geometry.rowsPerGroup)
    let (piece, index) = offset.quotientAndRemainder(dividingBy: columnSchema.rowsPerChunk)
    let key = Keys.chunk(table: table, group: group, column: column, piece: piece)
    var stored: Int64?
    do throws(LMDBError) {
      if let chunk = try transaction.value(for: key.span, in: chunks) {
        if chunk.byteCount == Geometry.chunkByteCount {
          stored = ChunkCodec.value(index, of: chunk, column: columnSchema)
        }
      } else {
        stored = storedDefault(columnSchema)
      }
    } catch { throw .engine(error) }
    guard let stored else {
      throw .damaged(
        .inconsistent(place: place(table: table, group: group, column: column), "a chunk of another size"))
    }
    guard case .relativeInstant(let base) = columnSchema.encoding else { return stored }
    let code = Int32(truncatingIfNeeded: stored)
    switch code {
    case RelativeInstant.none: return RelativeInstant.noneValue
    case RelativeInstant.unknown: return RelativeInstant.unknownValue
    case RelativeInstant.escaped: return try wideValue(table: table, column: column, row: row, in: transaction)
    default:
      let base = try foldedValue(table: table, row: row, column: base, in: transaction)
      return RelativeInstant.value(of: code, base: base)
    }
  }

  /// Rows under `hash` as of `tail`, newest first. Hashes collide: compare what the rows hold.
  func rows(
    index: Int, hash: UInt64, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> [UInt32] {
    let rows = tail.indexes[index].rows(hash)
    var folded: [UInt32] = []
    let start = Keys.hashed(number: index, hash: hash, row: 0)
    do throws(LMDBError) {
      try transaction.scan(in: indexes, from: start.span) { (key, _) throws(LMDBError) in
        guard key.byteCount == 13, (0..<9).allSatisfy({ key.byte(at: $0) == start[$0] }) else { return false }
        folded.append((9..<13).reduce(UInt32(0)) { $0 &<< 8 | UInt32(key.byte(at: $1)) })
        return true
      }
    } catch { throw .engine(error) }
    return rows + folded.reversed()
  }

  /// A value that stands outside the log.
  func asideValue(
    _ key: [UInt8], in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> [UInt8]? {
    do throws(LMDBError) {
      guard let value = try transaction.value(for: key.span, in: aside) else { return nil }
      return value.copied
    } catch { throw .engine(error) }
  }

  static let wordSeed: UInt64 = 0x776F_7264

  /// The code of a word; nil when the list lacks it.
  func code(
    of text: String, list: Int, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> UInt32? {
    if let code = tail.words[list - 1].code(of: text) { return code }
    let hash = Hash64.of(text, seed: StoreFile.wordSeed)
    var candidates: [UInt32] = []
    let start = Keys.hashed(number: list | 0x80, hash: hash, row: 0)
    do throws(LMDBError) {
      try transaction.scan(in: words, from: start.span) { (key, _) throws(LMDBError) in
        guard key.byteCount == 13, (0..<9).allSatisfy({ key.byte(at: $0) == start[$0] }) else { return false }
        candidates.append((9..<13).reduce(UInt32(0)) { $0 &<< 8 | UInt32(key.byte(at: $1)) })
        return true
      }
    } catch { throw .engine(error) }
    for code in candidates where try foldedWord(list: list, code: code, in: transaction) == text { return code }
    return nil
  }

  /// The word of a code; "" for code 0.
  func word(
    list: Int, code: UInt32, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> String {
    if code == 0 { return "" }
    if let text = tail.words[list - 1].text(of: code) { return text }
    return try foldedWord(list: list, code: code, in: transaction)
  }

  func foldedWord(
    list: Int, code: UInt32, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> String {
    let record: [UInt8]
    do throws(LMDBError) {
      record = try transaction.value(for: Keys.word(list: list, code: code).span, in: words)?.copied ?? []
    } catch { throw .engine(error) }
    do throws(Damage) {
      guard record.count >= 4 else { throw .inconsistent(place: "word \(code) of list \(list)", "is missing") }
      var reader = ByteReader(record)
      let checksum = try reader.littleEndian(UInt32.self)
      guard checksum == CRC32C.of(record, in: 4..<record.count, from: code &* 256 &+ UInt32(list)) else {
        throw .inconsistent(place: "word \(code) of list \(list)", "checksum differs")
      }
      guard let text = String(validating: record[4...], as: UTF8.self) else {
        throw .inconsistent(place: "word \(code) of list \(list)", "is not UTF-8")
      }
      return text
    } catch { throw .damaged(error) }
  }

  /// The text at an address of the heap; "" for address 0.
  func text(
    at address: Int64, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> String {
    if address == 0 { return "" }
    guard address > 0, address < Int64(tail.heap.byteCount) else {
      throw .damaged(.inconsistent(place: "text heap", "no address \(address)"))
    }
    // The length decides how much more is read: at most ten bytes tell it.
    var bytes = try heapBytes(from: Int(address), count: 10, tail: tail, in: transaction)
    var reader = ByteReader(bytes)
    do throws(Damage) {
      let length = try reader.count()
      let total = reader.position + length + 4
      guard length <= tail.heap.byteCount - Int(address) else { throw .truncated(offset: Int(address)) }
      if total > bytes.count { bytes = try heapBytesChecked(Int(address), total, tail, transaction).get() }
      guard bytes.count >= total else { throw .truncated(offset: Int(address)) }
      var text = ByteReader(bytes, in: 0..<total)
      let value = try text.text()
      let covered = text.position
      guard try text.littleEndian(UInt32.self) == CRC32C.of(bytes, in: 0..<covered) else {
        throw .inconsistent(place: "text heap at \(address)", "checksum differs")
      }
      return value
    } catch { throw .damaged(error) }
  }

  private func heapBytesChecked(
    _ start: Int, _ count: Int, _ tail: Tail, _ transaction: borrowing some Reading & ~Copyable
  ) -> Result<[UInt8], Damage> {
    do throws(FileError) {
      return .success(try heapBytes(from: start, count: count, tail: tail, in: transaction))
    } catch {
      return .failure(.inconsistent(place: "text heap at \(start)", error.description))
    }
  }

  private func heapBytes(
    from start: Int, count: Int, tail: Tail, in transaction: borrowing some Reading & ~Copyable
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var position = start
    let end = min(start + count, tail.heap.byteCount)
    while position < end {
      if position >= tail.heap.baseByteCount {
        let first = position - tail.heap.baseByteCount
        bytes.append(contentsOf: tail.heap.bytes[first..<(end - tail.heap.baseByteCount)])
        break
      }
      let (piece, offset) = position.quotientAndRemainder(dividingBy: Geometry.chunkByteCount)
      let wanted = min(Geometry.chunkByteCount - offset, min(end, tail.heap.baseByteCount) - position)
      var isThere = false
      do throws(LMDBError) {
        if let chunk = try transaction.value(for: Keys.heap(piece: piece).span, in: heap),
          chunk.byteCount >= offset + wanted
        {
          for index in offset..<(offset + wanted) { bytes.append(chunk.byte(at: index)) }
          isThere = true
        }
      } catch { throw .engine(error) }
      guard isThere else { throw .damaged(.inconsistent(place: "text heap", "piece \(piece) is missing")) }
      position += wanted
    }
    return bytes
  }
}
