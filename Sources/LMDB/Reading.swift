/// What read and write transactions both can do: look at one consistent state of the file.
///
/// Bytes are lent: they lie in the file's map, or in a page the transaction changed, and cost no copy.
public protocol Reading: ~Copyable {
  /// Counts the commits of the file. In a write transaction, the number its commit will get.
  var transactionID: Int { get }

  /// The value stored under `key`, lent as long as the transaction is not written to.
  @_lifetime(borrow self)
  borrowing func value(for key: Span<UInt8>, in database: Database) throws(LMDBError) -> RawSpan?

  /// The lowest key; nil when the database is empty.
  @_lifetime(borrow self)
  borrowing func firstKey(in database: Database) throws(LMDBError) -> RawSpan?

  /// The highest key; nil when the database is empty.
  @_lifetime(borrow self)
  borrowing func lastKey(in database: Database) throws(LMDBError) -> RawSpan?

  /// A place in `database` that moves; for merging several databases or ranges, where a scan takes one.
  @_lifetime(borrow self)
  borrowing func cursor(in database: Database) throws(LMDBError) -> Cursor

  /// Calls `body` with every key from `start` (or the lowest) on, in ascending order, until it returns false.
  ///
  /// - Parameter convert: Makes an engine's error the caller's.
  borrowing func scan<Failure: Error>(
    in database: Database, from start: Span<UInt8>?, onEngineError convert: (LMDBError) -> Failure,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Bool
  ) throws(Failure)

  /// Calls `body` with every key from `start` (or the highest) on, in descending order, until it returns false.
  ///
  /// - Parameter convert: Makes an engine's error the caller's.
  borrowing func scanBackward<Failure: Error>(
    in database: Database, from start: Span<UInt8>?, onEngineError convert: (LMDBError) -> Failure,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Bool
  ) throws(Failure)

  /// How large the tree of `database` is. Cost: a few loads.
  borrowing func statistics(of database: Database) throws(LMDBError) -> Statistics
}

extension Reading where Self: ~Copyable {
  /// ``scan(in:from:onEngineError:_:)`` for a body that throws nothing but engine errors.
  public borrowing func scan(
    in database: Database, from start: Span<UInt8>? = nil,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(LMDBError) -> Bool
  ) throws(LMDBError) {
    try scan(in: database, from: start, onEngineError: { $0 }, body)
  }

  /// ``scanBackward(in:from:onEngineError:_:)`` for a body that throws nothing but engine errors.
  public borrowing func scanBackward(
    in database: Database, from start: Span<UInt8>? = nil,
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(LMDBError) -> Bool
  ) throws(LMDBError) {
    try scanBackward(in: database, from: start, onEngineError: { $0 }, body)
  }
}
