internal import CLMDB

/// A position in one database, without guards: whoever opens it closes it before the transaction ends.
@safe
struct CursorCore {
  let environment: Environment
  let pointer: OpaquePointer

  /// Where a key and its value lie.
  @unsafe struct Place {
    let key: UnsafeRawBufferPointer
    let value: UnsafeRawBufferPointer
  }

  func close() { unsafe mdb_cursor_close(pointer) }

  /// Moves without a key: first, last, next, previous.
  @inline(__always)
  func move(_ step: MDB_cursor_op) throws(LMDBError) -> Place? {
    try environment.requireOwnership("move a cursor")
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    let found = try Call.find("move a cursor", on: environment.path) {
      unsafe mdb_cursor_get(pointer, &key, &value, step)
    }
    return found ? unsafe Place(key: key.bytes, value: value.bytes) : nil
  }

  /// Moves to `target`, or to the next key above it.
  func seek(atLeast target: Span<UInt8>) throws(LMDBError) -> Place? {
    try environment.requireOwnership("move a cursor")
    if target.isEmpty { return try unsafe move(MDB_FIRST) }
    return try unsafe target.withUnsafeBufferPointer { (bytes) throws(LMDBError) in
      var key = unsafe MDB_val(bytes)
      var value = unsafe MDB_val()
      let found = try Call.find("move a cursor", on: environment.path) {
        unsafe mdb_cursor_get(pointer, &key, &value, MDB_SET_RANGE)
      }
      return found ? unsafe Place(key: key.bytes, value: value.bytes) : nil
    }
  }

  /// Moves to `target`, or to the next key below it.
  func seek(atMost target: Span<UInt8>) throws(LMDBError) -> Place? {
    guard let place = try unsafe seek(atLeast: target) else { return try unsafe move(MDB_LAST) }
    let isEqual =
      unsafe place.key.count == target.count && target.indices.allSatisfy { unsafe place.key[$0] == target[$0] }
    return isEqual ? unsafe place : try unsafe move(MDB_PREV)
  }
}
