internal import CLMDB
internal import Glibc

/// The one door to the C library: every call that can fail passes here.
///
/// Debug builds let a test fail any of them (``Fault``).
enum Call {
  /// Runs `function` and throws what it returns unless that is success.
  @inline(__always)
  static func run(_ operation: @autoclosure () -> String, on path: String, _ function: () -> Int32) throws(LMDBError) {
    let status = status(on: path, function)
    if status != MDB_SUCCESS { throw LMDBError(cause(of: status, on: path), during: operation()) }
  }

  /// As `run`, with "not found" as an answer: false.
  @inline(__always)
  static func find(
    _ operation: @autoclosure () -> String, on path: String, _ function: () -> Int32
  ) throws(LMDBError) -> Bool {
    let status = status(on: path, function)
    if status == MDB_SUCCESS { return true }
    if status == MDB_NOTFOUND { return false }
    throw LMDBError(cause(of: status, on: path), during: operation())
  }

  /// Runs a system call that returns −1 and leaves its reason in `errno`.
  static func system(_ operation: @autoclosure () -> String, on path: String, _ function: () -> Int32) throws(LMDBError)
  {
    try run(operation(), on: path) { function() == -1 ? errno : 0 }
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
    if status != MDB_SUCCESS { throw LMDBError(cause(of: status, on: path), during: "commit") }
  }

  /// The code behind `status`: the engine makes an input/output error of the short write on a full disk.
  private static func cause(of status: Int32, on path: String) -> ErrorCode {
    let code = ErrorCode(rawValue: status)
    return code == .inputOutput && FileSystem.isFull(at: path) ? .noSpace : code
  }

  @inline(__always)
  private static func status(on path: String, _ function: () -> Int32) -> Int32 {
    #if DEBUG
    if let code = Fault.next(on: path) { return code.rawValue }
    #endif
    return function()
  }
}
