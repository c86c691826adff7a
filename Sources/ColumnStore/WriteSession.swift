internal import LMDB

/// The inside of one commit: reads of the newest state, the session's own facts included, and facts to append.
package struct WriteSession<Folding: FactFolding>: ~Copyable {
  private let file: StoreFile
  private let folding: Folding
  package private(set) var tail: Tail
  /// Rows each table had before.
  package let firstRows: [Int]
  private let resident: ResidentPages
  private var facts = ByteWriter()
  /// Facts that could not be applied left the tail half changed: the session can only fail.
  private var flaw: FileError?
  var transaction: WriteTransaction

  init(file: StoreFile, folding: Folding, tail: consuming Tail, transaction: consuming WriteTransaction) {
    (self.file, self.folding, resident) = (file, folding, ResidentPages(of: file))
    firstRows = tail.tables.map(\.rowCount)
    self.tail = tail
    self.transaction = transaction
  }

  /// Gives the transaction back.
  consuming func end() -> WriteTransaction { transaction }

  /// Facts a group can still take; one command's facts must fit.
  package var room: Int { LogGroup.byteLimit - 4_096 - facts.count }

  /// Whether the group holds no facts yet.
  package var isEmpty: Bool { facts.count == 0 }

  /// The facts it holds.
  package var appendedFacts: [UInt8] { facts.bytes }

  /// The sequence the group will have.
  package var nextSequence: UInt64 { tail.sequence + 1 }

  package func rowCount(of table: Int) -> Int { tail.tables[table].rowCount }

  package func value(table: Int, row: Int, column: Int) throws(FileError) -> Int64 {
    if row < firstRows[table] { resident.touch() }
    return try file.value(table: table, row: row, column: column, tail: tail, in: transaction)
  }

  package func rows(index: Int, hash: UInt64) throws(FileError) -> [UInt32] {
    resident.touch()
    return try file.rows(index: index, hash: hash, tail: tail, in: transaction)
  }

  package func code(of text: String, list: Int) throws(FileError) -> UInt32? {
    resident.touch()
    return try file.code(of: text, list: list, tail: tail, in: transaction)
  }

  package func word(list: Int, code: UInt32) throws(FileError) -> String {
    resident.touch()
    return try file.word(list: list, code: code, tail: tail, in: transaction)
  }

  package func wordCount(list: Int) -> Int { tail.words[list - 1].count }

  package func text(at address: Int64) throws(FileError) -> String {
    resident.touch()
    return try file.text(at: address, tail: tail, in: transaction)
  }

  /// Appends the facts of one accepted command: they are decoded at once, so that the next command sees them.
  ///
  /// - Throws: ``FileError/damaged(_:)`` when they cannot be applied; the commit then fails whatever follows.
  package mutating func append(facts bytes: [UInt8]) throws(FileError) {
    precondition(bytes.count <= room, "a group of more than 1 MiB")
    let group = LogGroup(
      sequence: nextSequence, recordedAt: 0, previousChecksum: 0, firstRows: firstRows, facts: bytes)
    do throws(Damage) {
      try folding.apply(group, to: &tail)
      if let flaw = tail.flaw { throw flaw }
    } catch {
      flaw = .damaged(error)
      throw .damaged(error)
    }
    facts.append(raw: bytes)
  }

  /// A value that stands outside the log.
  package func aside(_ key: [UInt8]) throws(FileError) -> [UInt8]? {
    resident.touch()
    return try file.asideValue(key, in: transaction)
  }

  /// Changes what stands outside the log, in the same commit; nil removes.
  package mutating func setAside(_ value: [UInt8]?, for key: [UInt8]) throws(FileError) {
    resident.touch()
    do throws(LMDBError) {
      if let value {
        try transaction.put(value.span, for: key.span, in: file.aside)
      } else {
        try transaction.delete(key.span, in: file.aside)
      }
    } catch { throw .engine(error) }
  }

  /// Appends the group, if there are facts.
  mutating func finish(clock: Int64) throws(FileError) {
    if let flaw { throw flaw }
    guard facts.count > 0 else { return }
    var group = LogGroup(
      sequence: nextSequence, recordedAt: max(clock, tail.recordedAt), previousChecksum: tail.checksum,
      firstRows: firstRows, facts: facts.bytes)
    do throws(LMDBError) { try Log.append(&group, to: &transaction, in: file) } catch { throw .engine(error) }
    tail.advance(
      to: group.sequence, recordedAt: group.recordedAt, checksum: group.checksum, byteCount: group.facts.count)
  }

  /// Folds everything into the derived structures.
  mutating func fold() throws(FileError) {
    var folder = Folder(file: file, tail: tail, resident: resident)
    try folder.fold(into: &transaction)
  }
}
