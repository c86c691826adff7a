internal import CLMDB
internal import Synchronization

/// What is known to be on the disk, and what a failed flush leaves behind.
///
/// After a flush that failed the system may forget what it could not write and report success the next time. Here every
/// commit writes its pages anew, so nothing below it is lost; but the environment takes no more changes until it is
/// closed and opened again.
extension Environment {
  /// The newest commit that is known to be on the disk; 0 when none is yet.
  public var syncedThrough: Int { syncedThroughCommit.load(ordering: .acquiring) }

  /// Whether the next commit must flush everything, since it is not known whether the newest one is on the disk: after
  /// opening, and after a commit that failed. ``sync()`` cannot tell either, a commit can.
  public var needsWholeCommit: Bool { mustCommitWhole.load(ordering: .acquiring) }

  /// Flushes every commit to the disk; needed where ``Durability`` leaves it open.
  ///
  /// - Throws: When it fails no more changes are taken until the environment is closed and opened again.
  public func sync() throws(LMDBError) {
    try requireOwnership("sync")
    try requireFlushed("sync")
    let newest = try information().lastTransactionID
    do throws(LMDBError) {
      try Call.run("sync", on: path) { unsafe mdb_env_sync(handle, 1) }
    } catch {
      if error.code != .accessDenied { hasFailedFlush.store(true, ordering: .releasing) }
      throw error
    }
    markSynced(through: newest)
  }

  /// - Throws: ``ErrorCode/flushFailed`` once a flush has failed.
  func requireFlushed(_ operation: @autoclosure () -> String) throws(LMDBError) {
    if hasFailedFlush.load(ordering: .acquiring) { throw LMDBError(.flushFailed, during: operation()) }
  }

  /// Commits a transaction that changed something.
  func commitChanges(_ core: TransactionCore) throws(LMDBError) {
    let number = core.identifier
    let isWhole = options.durability == .commit || options.durability == .pipelined && needsWholeCommit
    if options.durability == .pipelined {
      // Only writers look at this flag, and this is the one: it has the lock until the commit returns.
      do throws(LMDBError) {
        try Call.run("commit", on: path) {
          unsafe mdb_env_set_flags(handle, EngineFlags.noMetaSync, isWhole ? 0 : 1)
        }
      } catch {
        core.abort()
        throw error
      }
    }
    do throws(LMDBError) {
      try core.commit()
    } catch {
      mustCommitWhole.store(true, ordering: .releasing)
      if error.code.mayBeAFailedFlush { hasFailedFlush.store(true, ordering: .releasing) }
      throw error
    }
    if options.durability == .unsynced { return }
    markSynced(through: isWhole ? number : number - 1)
    if isWhole { mustCommitWhole.store(false, ordering: .releasing) }
  }

  private func markSynced(through number: Int) {
    _ = syncedThroughCommit.max(number, ordering: .acquiringAndReleasing)
  }
}

extension ErrorCode {
  /// Whether a commit that ended so may have failed in flushing. A full disk is told by writing.
  var mayBeAFailedFlush: Bool {
    self == .panic || rawValue > 0 && self != .noSpace && self != .noMemory
  }
}
