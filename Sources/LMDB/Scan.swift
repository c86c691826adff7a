internal import CLMDB

extension CursorCore {
  /// Calls `body` with each entry, upward or downward, until it returns false; closes the cursor.
  func scan<Failure: Error>(
    from start: Span<UInt8>?, upward: Bool, onEngineError convert: (LMDBError) -> Failure,
    _ body: (RawSpan, RawSpan) throws(Failure) -> Bool
  ) throws(Failure) {
    defer { close() }
    var place: Place?
    do throws(LMDBError) {
      unsafe place = try unsafe begin(from: start, upward: upward)
    } catch { throw convert(error) }
    let step = upward ? MDB_NEXT : MDB_PREV
    while let current = unsafe place {
      guard try unsafe body(current.key.bytes, current.value.bytes) else { return }
      do throws(LMDBError) {
        unsafe place = try unsafe move(step)
      } catch { throw convert(error) }
    }
  }

  private func begin(from start: Span<UInt8>?, upward: Bool) throws(LMDBError) -> Place? {
    guard let start else { return try unsafe move(upward ? MDB_FIRST : MDB_LAST) }
    return try unsafe upward ? seek(atLeast: start) : seek(atMost: start)
  }
}
