internal import CLMDB
internal import Synchronization

extension Environment {
  /// Frees the slots of readers whose process is gone; until then no page they could see is reused.
  ///
  /// Done by itself at opening, when the slots run out, and when the file grows.
  ///
  /// - Returns: How many were freed.
  @discardableResult
  public func checkReaders() throws(LMDBError) -> Int {
    try requireOwnership("check readers")
    var deadCount: Int32 = 0
    try Call.run("check readers", on: path) { unsafe mdb_reader_check(handle, &deadCount) }
    pagesAtReaderCheck.store(lastPageNumber, ordering: .relaxed)
    return Int(deadCount)
  }

  /// Checks readers if the file grew by more than 1 % and 16 MiB since the last time.
  func checkReadersAfterGrowth() throws(LMDBError) {
    let before = pagesAtReaderCheck.load(ordering: .relaxed)
    let growth = lastPageNumber - before
    if growth > max(before / 100, (16 << 20) / pageSize) { try checkReaders() }
  }
}
