internal import CLMDB

/// Changes that take effect together, or not at all. One at a time per file, over all processes.
///
/// Lent by ``Environment/write(onEngineError:_:)`` to the thread that asked for it.
@safe
public struct WriteTransaction: ~Copyable {
  let core: TransactionCore
  private var isFinished = false
  /// Why it must not be committed, though the engine would.
  private var flaw: LMDBError?
  private var isChanged = false

  init(_ core: TransactionCore) { self.core = core }

  deinit {
    if !isFinished, core.environment.isOwnedByThisProcess { core.abort() }
  }

  mutating func commit() throws(LMDBError) {
    try core.environment.requireOwnership("commit")
    if let flaw { throw flaw }
    isFinished = true
    if isChanged { try core.environment.commitChanges(core) } else { try core.commit() }
  }

  /// The commit that holds what this transaction sees: its own once it changed something, else the one before it.
  public var visibleTransactionID: Int { isChanged ? core.identifier : core.identifier - 1 }
}

extension WriteTransaction {
  /// Stores `value` under `key`.
  ///
  /// - Parameters:
  ///   - append: The caller knows that `key` sorts after all others; if it does not: ``ErrorCode/keyExists``.
  ///     Fills pages to the last byte.
  ///   - overwrite: Whether an older value is replaced; otherwise it is ``ErrorCode/keyExists``, and stays.
  /// - Throws: ``ErrorCode/badValueSize``, ``ErrorCode/mapFull`` and others.
  public mutating func put(
    _ value: Span<UInt8>, for key: Span<UInt8>, in database: Database, append: Bool = false, overwrite: Bool = true
  ) throws(LMDBError) {
    try unsafe value.withUnsafeBufferPointer { (bytes) throws(LMDBError) in
      var value = unsafe MDB_val(bytes)
      try unsafe put(&value, for: key, in: database, flags: Self.flags(append: append, overwrite: overwrite))
    }
  }

  /// Stores `value`, for example one lent by another transaction, under `key`.
  public mutating func put(
    _ value: RawSpan, for key: Span<UInt8>, in database: Database, append: Bool = false, overwrite: Bool = true
  ) throws(LMDBError) {
    try unsafe value.withUnsafeBytes { (bytes) throws(LMDBError) in
      var value = unsafe MDB_val(bytes.assumingMemoryBound(to: UInt8.self))
      try unsafe put(&value, for: key, in: database, flags: Self.flags(append: append, overwrite: overwrite))
    }
  }

  /// Stores a value of `byteCount` bytes that `fill` writes in its place, to the last byte.
  ///
  /// - Throws: ``ErrorCode/reservedNotFilled`` when `fill` appended less; the transaction can then only be aborted.
  public mutating func put(
    byteCount: Int, for key: Span<UInt8>, in database: Database, append: Bool = false,
    filling fill: (inout OutputRawSpan) -> Void
  ) throws(LMDBError) {
    let place = try unsafe reserve(byteCount, for: key, in: database, append: append)
    var output = unsafe OutputRawSpan(buffer: place, initializedCount: 0)
    fill(&output)
    let filled = unsafe output.finalize(for: place)
    if filled != byteCount {
      unsafe UnsafeMutableRawBufferPointer(rebasing: place[filled...]).initializeMemory(as: UInt8.self, repeating: 0)
      let error = LMDBError(.reservedNotFilled, during: "put \(byteCount) bytes, got \(filled)")
      flaw = error
      throw error
    }
  }

  /// Changes a value in its place: `change` finds the old value's bytes, cut or filled up with zeros to `byteCount`.
  ///
  /// Costs one copy of the value the first time in a transaction, and a spare one of less than a microsecond for
  /// 4 KiB after that.
  public mutating func update(
    byteCount: Int, for key: Span<UInt8>, in database: Database, _ change: (inout MutableRawSpan) -> Void
  ) throws(LMDBError) {
    let old = try unsafe core.get(key, database)
    let place: UnsafeMutableRawBufferPointer
    if let old = unsafe old {
      let kept = min(old.count, byteCount)
      // The old bytes may lie in a page of this transaction, which the reservation moves or frees.
      unsafe place = try unsafe withUnsafeTemporaryAllocation(byteCount: max(kept, 1), alignment: 16) {
        (copy) throws(LMDBError) in
        unsafe copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: old[..<kept]))
        let place = try unsafe reserve(byteCount, for: key, in: database, append: false)
        unsafe place.copyMemory(from: UnsafeRawBufferPointer(rebasing: copy[..<kept]))
        unsafe UnsafeMutableRawBufferPointer(rebasing: place[kept...]).initializeMemory(as: UInt8.self, repeating: 0)
        return unsafe place
      }
    } else {
      unsafe place = try unsafe reserve(byteCount, for: key, in: database, append: false)
      unsafe place.initializeMemory(as: UInt8.self, repeating: 0)
    }
    var span = unsafe MutableRawSpan(_unsafeBytes: place)
    change(&span)
  }

  /// Removes `key` and its value.
  ///
  /// - Returns: Whether it was there.
  @discardableResult
  public mutating func delete(_ key: Span<UInt8>, in database: Database) throws(LMDBError) -> Bool {
    try require(database, "delete")
    isChanged = true
    return try unsafe key.withUnsafeBufferPointer { (bytes) throws(LMDBError) in
      var key = unsafe MDB_val(bytes)
      return try Call.find("delete", on: core.environment.path) {
        unsafe mdb_del(core.pointer, database.index, &key, nil)
      }
    }
  }

  /// Empties `database`, which stays open.
  public mutating func dropAll(in database: Database) throws(LMDBError) {
    try require(database, "empty a database")
    isChanged = true
    try Call.run("empty a database", on: core.environment.path) {
      unsafe mdb_drop(core.pointer, database.index, 0)
    }
  }

  /// The engine ties a writer to its thread.
  @inline(__always)
  private func require(_ database: Database, _ operation: @autoclosure () -> String) throws(LMDBError) {
    try core.require(database, operation())
    assert(core.environment.isWriter, "a write transaction was carried to another thread")
  }

  private static func flags(append: Bool, overwrite: Bool) -> UInt32 {
    (append ? EngineFlags.append : 0) | (overwrite ? 0 : EngineFlags.noOverwrite)
  }

  /// The uninitialised place of a value of `byteCount` bytes, valid until the next change.
  private mutating func reserve(
    _ byteCount: Int, for key: Span<UInt8>, in database: Database, append: Bool
  ) throws(LMDBError) -> UnsafeMutableRawBufferPointer {
    var value = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
    let flags = EngineFlags.reserve | (append ? EngineFlags.append : 0)
    try unsafe put(&value, for: key, in: database, flags: flags)
    return unsafe UnsafeMutableRawBufferPointer(start: value.mv_data, count: byteCount)
  }

  private mutating func put(
    _ value: inout MDB_val, for key: Span<UInt8>, in database: Database, flags: UInt32
  ) throws(LMDBError) {
    try require(database, "put")
    isChanged = true
    guard unsafe value.mv_size <= Environment.largestValueByteCount else {
      throw LMDBError(.badValueSize, during: "put")
    }
    try unsafe key.withUnsafeBufferPointer { (bytes) throws(LMDBError) in
      var key = unsafe MDB_val(bytes)
      try Call.run("put", on: core.environment.path) {
        unsafe mdb_put(core.pointer, database.index, &key, &value, flags)
      }
    }
  }
}

extension WriteTransaction: Reading {
  public var transactionID: Int { core.identifier }

  @_lifetime(borrow self)
  public borrowing func value(for key: Span<UInt8>, in database: Database) throws(LMDBError) -> RawSpan? {
    guard let place = try unsafe core.get(key, database) else { return nil }
    return unsafe _overrideLifetime(place.bytes, borrowing: self)
  }

  @_lifetime(borrow self)
  public borrowing func firstKey(in database: Database) throws(LMDBError) -> RawSpan? {
    guard let place = try unsafe edge(of: database, MDB_FIRST) else { return nil }
    return unsafe _overrideLifetime(place.key.bytes, borrowing: self)
  }

  @_lifetime(borrow self)
  public borrowing func lastKey(in database: Database) throws(LMDBError) -> RawSpan? {
    guard let place = try unsafe edge(of: database, MDB_LAST) else { return nil }
    return unsafe _overrideLifetime(place.key.bytes, borrowing: self)
  }

  private borrowing func edge(of database: Database, _ step: MDB_cursor_op) throws(LMDBError) -> CursorCore.Place? {
    let cursor = try core.openCursor(database)
    defer { cursor.close() }
    return try unsafe cursor.move(step)
  }

  @_lifetime(borrow self)
  public borrowing func cursor(in database: Database) throws(LMDBError) -> Cursor {
    Cursor(try core.openCursor(database), in: self)
  }

  public borrowing func scan<Failure: Error>(
    in database: Database, from start: Span<UInt8>?, onEngineError convert: (LMDBError) -> Failure,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Bool
  ) throws(Failure) {
    let cursor: CursorCore
    do throws(LMDBError) { cursor = try core.openCursor(database) } catch { throw convert(error) }
    try cursor.scan(from: start, upward: true, onEngineError: convert, body)
  }

  public borrowing func scanBackward<Failure: Error>(
    in database: Database, from start: Span<UInt8>?, onEngineError convert: (LMDBError) -> Failure,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Bool
  ) throws(Failure) {
    let cursor: CursorCore
    do throws(LMDBError) { cursor = try core.openCursor(database) } catch { throw convert(error) }
    try cursor.scan(from: start, upward: false, onEngineError: convert, body)
  }

  public borrowing func statistics(of database: Database) throws(LMDBError) -> Statistics {
    try core.statistics(of: database)
  }
}
