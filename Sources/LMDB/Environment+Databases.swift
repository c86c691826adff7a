internal import CLMDB
internal import Synchronization

extension Environment {
  /// Opens databases by name, once: asking again gives the same handles.
  ///
  /// Call it before the transactions that use them begin; a transaction knows only the databases opened before it.
  ///
  /// - Parameter create: Makes those that are missing, in one durable transaction.
  /// - Throws: ``ErrorCode/notFound`` when one is missing and `create` is false; ``ErrorCode/databasesFull``.
  public func databases(named names: [String], create: Bool) throws(LMDBError) -> [Database] {
    try requireOwnership("open databases")
    return try openDatabases.withLock { (known) throws(LMDBError) -> [Database] in
      var opened: [String: Database]
      do throws(LMDBError) {
        opened = try open(names.filter { known[$0] == nil }, flags: 0)
      } catch {
        guard error.code == .notFound, create else { throw error }
        opened = try open(names.filter { known[$0] == nil }, flags: EngineFlags.create)
      }
      known.merge(opened) { old, _ in old }
      return names.map { known[$0]! }
    }
  }

  /// Opens each of `names` in one transaction and commits it, since a handle dies with an aborted transaction.
  private func open(_ names: [String], flags: UInt32) throws(LMDBError) -> [String: Database] {
    if names.isEmpty { return [:] }
    if flags & EngineFlags.create != 0 {
      return try write { (transaction) throws(LMDBError) in try transaction.core.open(names, flags: flags) }
    }
    let core = try beginCore(flags: EngineFlags.readOnly)
    let databases: [String: Database]
    do throws(LMDBError) {
      databases = try core.open(names, flags: flags)
    } catch {
      core.abort()
      throw error
    }
    try core.commit()
    return databases
  }
}

extension TransactionCore {
  func open(_ names: [String], flags: UInt32) throws(LMDBError) -> [String: Database] {
    var databases: [String: Database] = [:]
    for name in names {
      var index: UInt32 = 0
      try Call.run("open database \(name)", on: environment.path) {
        unsafe mdb_dbi_open(pointer, name, flags, &index)
      }
      databases[name] = Database(index: index, owner: environment.serial)
    }
    return databases
  }
}
