internal import CLMDB
internal import Synchronization

/// One unchanging state of the file, to be read. Ends with its value.
///
/// Any thread may read, several at once too. While it lives, pages freed by later commits are not reused and the file
/// grows by what is written, so keep it short.
@safe
public struct ReadTransaction: ~Copyable {
  let core: TransactionCore
  /// Bit n: database n was used before. The first use of a database changes the engine's transaction.
  private let touched = Atomic<UInt64>(0)

  init(_ core: TransactionCore) { self.core = core }

  deinit {
    if core.environment.isOwnedByThisProcess { core.abort() }
  }

  /// Runs `body`, alone if the database is met for the first time.
  @inline(__always)
  private borrowing func touching<Result>(
    _ database: Database, _ body: () throws(LMDBError) -> Result
  ) throws(LMDBError) -> Result {
    let bit: UInt64 = 1 << UInt64(database.index)  // 0 from index 64 on: those take the lock always
    if touched.load(ordering: .acquiring) & bit != 0 { return try body() }
    return try core.environment.firstTouch.withLock { (_) throws(LMDBError) -> Result in
      let result = try body()
      touched.bitwiseOr(bit, ordering: .releasing)
      return result
    }
  }
}

// The engine's read transactions are not tied to threads (MDB_NOTLS), and `touching` serialises their only mutation.
extension ReadTransaction: @unchecked Sendable {}

extension ReadTransaction: Reading {
  public var transactionID: Int { core.identifier }

  @_lifetime(borrow self)
  public borrowing func value(for key: Span<UInt8>, in database: Database) throws(LMDBError) -> RawSpan? {
    let place = try unsafe touching(database) { () throws(LMDBError) in try unsafe core.get(key, database) }
    guard let place = unsafe place else { return nil }
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
    let cursor = try openCursor(in: database)
    defer { cursor.close() }
    return try unsafe cursor.move(step)
  }

  borrowing func openCursor(in database: Database) throws(LMDBError) -> CursorCore {
    try touching(database) { () throws(LMDBError) in try core.openCursor(database) }
  }

  @_lifetime(borrow self)
  public borrowing func cursor(in database: Database) throws(LMDBError) -> Cursor {
    Cursor(try openCursor(in: database), in: self)
  }

  public borrowing func scan<Failure: Error>(
    in database: Database, from start: Span<UInt8>?, onEngineError convert: (LMDBError) -> Failure,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Bool
  ) throws(Failure) {
    let cursor: CursorCore
    do throws(LMDBError) { cursor = try openCursor(in: database) } catch { throw convert(error) }
    try cursor.scan(from: start, upward: true, onEngineError: convert, body)
  }

  public borrowing func scanBackward<Failure: Error>(
    in database: Database, from start: Span<UInt8>?, onEngineError convert: (LMDBError) -> Failure,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Bool
  ) throws(Failure) {
    let cursor: CursorCore
    do throws(LMDBError) { cursor = try openCursor(in: database) } catch { throw convert(error) }
    try cursor.scan(from: start, upward: false, onEngineError: convert, body)
  }

  public borrowing func statistics(of database: Database) throws(LMDBError) -> Statistics {
    try touching(database) { () throws(LMDBError) in try core.statistics(of: database) }
  }
}
