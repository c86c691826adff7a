internal import CLMDB

/// What the pages of a file are used for.
public struct PageCensus: Sendable, Hashable {
  /// All pages up to the last one in use.
  public let pageCount: Int
  /// The two meta pages and those of every tree.
  public let usedCount: Int
  public let freeCount: Int

  /// Pages neither used nor free. Not 0: the file is damaged, and its space lost until it is copied by content.
  public var lostCount: Int { pageCount - usedCount - freeCount }
}

extension ReadTransaction {
  /// Counts every page of the file. Cost: reads the free list and one record per database.
  ///
  /// - Throws: ``ErrorCode/tryAgain`` when another commit came since the transaction began, as its last page is then
  ///   unknown; ``ErrorCode/corrupted``.
  public borrowing func pageCensus() throws(LMDBError) -> PageCensus {
    let information = try core.environment.information()
    guard information.lastTransactionID == transactionID else { throw LMDBError(.tryAgain, during: "count pages") }
    var used = 2
    let owner = core.environment.serial
    let catalogue = Database(index: 1, owner: owner)
    for tree in [Database(index: 0, owner: owner), catalogue] {
      let statistics = try statistics(of: tree)
      used += statistics.branchPageCount + statistics.leafPageCount + statistics.overflowPageCount
    }
    try scan(in: catalogue) { (_, record) throws(LMDBError) in
      used += try Self.pageCount(record)
      return true
    }
    return PageCensus(
      pageCount: information.lastPageNumber + 1, usedCount: used, freeCount: try freePages().count)
  }

  /// The pages of one named database, from the engine's record of it: after 8 bytes of flags and depth its branch, leaf
  /// and overflow pages, then its entries and its root.
  private static func pageCount(_ record: RawSpan) throws(LMDBError) -> Int {
    let word = MemoryLayout<Int>.size
    guard record.byteCount == 8 + 5 * word else {
      throw LMDBError(.corrupted, during: "count pages: a database's record has \(record.byteCount) bytes")
    }
    var count = 0
    for index in 0..<3 {
      let pages = unsafe record.unsafeLoadUnaligned(fromByteOffset: 8 + index * word, as: Int.self)
      let sum = count.addingReportingOverflow(pages)
      guard pages >= 0, !sum.overflow else {
        throw LMDBError(.corrupted, during: "count pages: \(pages) in a database")
      }
      count = sum.partialValue
    }
    return count
  }
}
