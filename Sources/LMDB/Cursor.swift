internal import CLMDB

/// A place in one database that moves from entry to entry. Lives no longer than the borrow of its transaction.
///
/// What it lends stays valid when it moves on.
@safe
public struct Cursor: ~Copyable, ~Escapable {
  private let core: CursorCore

  @_lifetime(borrow transaction)
  init<Transaction: Reading & ~Copyable>(_ core: CursorCore, in transaction: borrowing Transaction) {
    self.core = core
  }

  deinit {
    if core.environment.isOwnedByThisProcess { core.close() }
  }

  /// Moves to the lowest key.
  @_lifetime(copy self)
  public mutating func first() throws(LMDBError) -> Entry? { try unsafe lend(core.move(MDB_FIRST)) }

  /// Moves to the highest key.
  @_lifetime(copy self)
  public mutating func last() throws(LMDBError) -> Entry? { try unsafe lend(core.move(MDB_LAST)) }

  /// Moves up by one, from nowhere to the lowest key; nil, without moving, at the end.
  @_lifetime(copy self)
  public mutating func next() throws(LMDBError) -> Entry? { try unsafe lend(core.move(MDB_NEXT)) }

  /// Moves down by one, from nowhere to the highest key; nil, without moving, at the beginning.
  @_lifetime(copy self)
  public mutating func previous() throws(LMDBError) -> Entry? { try unsafe lend(core.move(MDB_PREV)) }

  /// Moves to `key`, or to the next key above it.
  @_lifetime(copy self)
  public mutating func seek(atLeast key: Span<UInt8>) throws(LMDBError) -> Entry? {
    try unsafe lend(core.seek(atLeast: key))
  }

  /// Moves to `key`, or to the next key below it.
  @_lifetime(copy self)
  public mutating func seek(atMost key: Span<UInt8>) throws(LMDBError) -> Entry? {
    try unsafe lend(core.seek(atMost: key))
  }

  @_lifetime(copy self)
  private func lend(_ place: CursorCore.Place?) -> Entry? {
    guard let place = unsafe place else { return nil }
    return unsafe _overrideLifetime(Entry(key: place.key.bytes, value: place.value.bytes), copying: self)
  }
}

/// A key and its value, lent.
public struct Entry: ~Escapable {
  public let key: RawSpan
  public let value: RawSpan

  @_lifetime(copy key, copy value)
  init(key: RawSpan, value: RawSpan) {
    self.key = key
    self.value = value
  }
}
