internal import CLMDB
internal import Glibc
internal import Synchronization

extension Environment {
  /// Begins to read the newest commit. The transaction ends with its value.
  ///
  /// - Throws: ``ErrorCode/readersFull`` when all slots are taken by living processes.
  public func beginRead() throws(LMDBError) -> ReadTransaction {
    try retryingReaders { () throws(LMDBError) in ReadTransaction(try beginCore(flags: EngineFlags.readOnly)) }
  }

  /// Lends `body` the newest commit.
  ///
  /// - Parameter convert: Makes an engine's error the caller's.
  @available(*, noasync)
  public func read<Result: ~Copyable, Failure: Error>(
    onEngineError convert: (LMDBError) -> Failure,
    _ body: (borrowing ReadTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let transaction: ReadTransaction
    do throws(LMDBError) { transaction = try beginRead() } catch { throw convert(error) }
    return try body(transaction)
  }

  /// Lends `body` the newest commit.
  @available(*, noasync)
  public func read<Result: ~Copyable>(
    _ body: (borrowing ReadTransaction) throws(LMDBError) -> Result
  ) throws(LMDBError) -> Result {
    try read(onEngineError: { $0 }, body)
  }

  /// Lends `body` a write transaction: returning commits it, throwing aborts it.
  ///
  /// Waits for the write transactions of other threads and processes.
  ///
  /// - Parameter convert: Makes an engine's error the caller's, the commit's included.
  /// - Throws: ``ErrorCode/deadlock`` when the thread is in a write transaction of this environment already,
  ///   ``ErrorCode/lockFileReplaced``, ``ErrorCode/accessDenied`` when opened read-only, ``ErrorCode/flushFailed``
  ///   after a flush that failed. Nothing was changed then.
  @available(*, noasync)
  @discardableResult
  public func write<Result: ~Copyable, Failure: Error>(
    onEngineError convert: (LMDBError) -> Failure,
    _ body: (inout WriteTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var transaction: WriteTransaction
    do throws(LMDBError) { transaction = try beginWrite() } catch { throw convert(error) }
    // On failure the transaction's end aborts it. The next writer may have signed in by the time this one signs out.
    defer { _ = writerThread.compareExchange(expected: UInt(pthread_self()), desired: 0, ordering: .relaxed) }
    let result = try body(&transaction)
    do throws(LMDBError) { try transaction.commit() } catch { throw convert(error) }
    return result
  }

  /// Lends `body` a write transaction: returning commits it, throwing aborts it.
  @available(*, noasync)
  @discardableResult
  public func write<Result: ~Copyable>(
    _ body: (inout WriteTransaction) throws(LMDBError) -> Result
  ) throws(LMDBError) -> Result {
    try write(onEngineError: { $0 }, body)
  }

  /// Whether the calling thread has the write transaction.
  var isWriter: Bool { writerThread.load(ordering: .relaxed) == UInt(pthread_self()) }

  private func beginWrite() throws(LMDBError) -> WriteTransaction {
    try requireOwnership("begin a write transaction")
    guard !isWriter else {
      throw LMDBError(.deadlock, during: "begin a write transaction")
    }
    guard try FileIdentity(path: path + "-lock", during: "begin a write transaction") == lockIdentity else {
      throw LMDBError(.lockFileReplaced, during: "begin a write transaction")
    }
    try checkReadersAfterGrowth()
    try requireFlushed("begin a write transaction")
    let core = try beginCore(flags: 0)
    do throws(LMDBError) {
      // Another thread's commit may have failed while this one waited for its turn.
      try requireFlushed("begin a write transaction")
    } catch {
      core.abort()
      throw error
    }
    writerThread.store(UInt(pthread_self()), ordering: .relaxed)
    return WriteTransaction(core)
  }

  func beginCore(flags: UInt32) throws(LMDBError) -> TransactionCore {
    try requireOwnership("begin a transaction")
    var transaction: OpaquePointer?
    try Call.run("begin a transaction", on: path) { unsafe mdb_txn_begin(handle, nil, flags, &transaction) }
    guard let transaction = unsafe transaction else { throw LMDBError(.noMemory, during: "begin a transaction") }
    return unsafe TransactionCore(environment: self, pointer: transaction)
  }
}
