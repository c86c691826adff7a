internal import CLMDB

/// The one door to the C library: every call that can fail passes here.
///
/// Debug builds let a test fail any of them (``Fault``).
enum Call {
  /// Runs `function` and throws what it returns unless that is success.
  @inline(__always)
  static func run(_ operation: @autoclosure () -> String, on path: String, _ function: () -> Int32) throws(LMDBError) {
    let status = status(on: path, function)
    if status != MDB_SUCCESS { throw LMDBError(ErrorCode(rawValue: status), during: operation()) }
  }

  /// As `run`, with "not found" as an answer: false.
  @inline(__always)
  static func find(
    _ operation: @autoclosure () -> String, on path: String, _ function: () -> Int32
  ) throws(LMDBError) -> Bool {
    let status = status(on: path, function)
    if status == MDB_SUCCESS { return true }
    if status == MDB_NOTFOUND { return false }
    throw LMDBError(ErrorCode(rawValue: status), during: operation())
  }

  /// Commits. Whatever the outcome, the transaction is gone.
  static func commit(_ transaction: OpaquePointer, on path: String) throws(LMDBError) {
    #if DEBUG
    if let code = Fault.next(on: path) {
      unsafe mdb_txn_abort(transaction)
      throw LMDBError(code, during: "commit")
    }
    #endif
    let status = unsafe mdb_txn_commit(transaction)
    if status != MDB_SUCCESS { throw LMDBError(ErrorCode(rawValue: status), during: "commit") }
  }

  @inline(__always)
  private static func status(on path: String, _ function: () -> Int32) -> Int32 {
    #if DEBUG
    if let code = Fault.next(on: path) { return code.rawValue }
    #endif
    return function()
  }
}
