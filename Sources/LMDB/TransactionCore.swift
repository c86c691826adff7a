internal import CLMDB

/// An engine transaction without its guards: what reading and writing have in common.
///
/// It neither knows when it ends nor keeps anyone from copying it; `ReadTransaction` and `WriteTransaction` do.
@safe
struct TransactionCore {
  let environment: Environment
  let pointer: OpaquePointer

  var identifier: Int { unsafe Int(truncatingIfNeeded: mdb_txn_id(pointer)) }

  func abort() { unsafe mdb_txn_abort(pointer) }

  func commit() throws(LMDBError) { try unsafe Call.commit(pointer, on: environment.path) }

  @inline(__always)
  func require(_ database: Database, _ operation: @autoclosure () -> String) throws(LMDBError) {
    try environment.requireOwnership(operation())
    guard database.owner == environment.serial else { throw LMDBError(.badDatabase, during: operation()) }
  }

  /// The value's place in the map or in a page of this transaction.
  @inline(__always)
  func get(_ key: Span<UInt8>, _ database: Database) throws(LMDBError) -> UnsafeRawBufferPointer? {
    try require(database, "get")
    var value = unsafe MDB_val()
    let found = try unsafe key.withUnsafeBufferPointer { (bytes) throws(LMDBError) in
      var key = unsafe MDB_val(bytes)
      return try Call.find("get", on: environment.path) { unsafe mdb_get(pointer, database.index, &key, &value) }
    }
    return found ? unsafe value.bytes : nil
  }

  func statistics(of database: Database) throws(LMDBError) -> Statistics {
    try require(database, "read statistics")
    var statistics = MDB_stat()
    try Call.run("read statistics", on: environment.path) { unsafe mdb_stat(pointer, database.index, &statistics) }
    return Statistics(
      entryCount: Int(statistics.ms_entries), depth: Int(statistics.ms_depth),
      branchPageCount: Int(statistics.ms_branch_pages), leafPageCount: Int(statistics.ms_leaf_pages),
      overflowPageCount: Int(statistics.ms_overflow_pages))
  }

  func openCursor(_ database: Database) throws(LMDBError) -> CursorCore {
    try require(database, "open a cursor")
    var cursor: OpaquePointer?
    try Call.run("open a cursor", on: environment.path) { unsafe mdb_cursor_open(pointer, database.index, &cursor) }
    guard let cursor = unsafe cursor else { throw LMDBError(.noMemory, during: "open a cursor") }
    return unsafe CursorCore(environment: environment, pointer: cursor)
  }
}

extension MDB_val {
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }

  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: mv_data, count: mv_size)
  }
}
