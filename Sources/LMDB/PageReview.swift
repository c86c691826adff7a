internal import CLMDB

/// What a walk over every page of a file found.
public struct PageReview: Sendable, Hashable {
  /// All pages up to the last one in use.
  public internal(set) var pageCount = 0
  /// The two meta pages and those of every tree.
  public internal(set) var usedCount = 0
  public internal(set) var freeCount = 0
  /// What does not hold, each with its page.
  public internal(set) var faults: [String] = []

  /// Pages neither used nor free. Not 0: the file is damaged, and its space lost until it is copied by content.
  public var lostCount: Int { pageCount - usedCount - freeCount }
}

extension ReadTransaction {
  /// Walks over every tree of the file, page by page, without the engine, which trusts what it reads: page numbers, kinds
  /// and room, the order of keys within and across pages, counts, what is free and what is used, the two meta pages.
  ///
  /// Cost: reads every page that holds keys, and the head of every other.
  ///
  /// - Parameter limit: How many faults are told; the walk ends with that many.
  /// - Throws: ``ErrorCode/tryAgain`` when another commit came since the transaction began.
  public borrowing func reviewPages(limit: Int = 100) throws(LMDBError) -> PageReview {
    let environment = core.environment
    try environment.requireOwnership("review pages")
    var descriptor: Int32 = -1
    try Call.run("review pages", on: environment.path) { unsafe mdb_env_get_fd(environment.handle, &descriptor) }
    var walk = PageWalk(descriptor: descriptor, pageSize: environment.pageSize, limit: limit)
    try walk.run(transactionID: UInt64(bitPattern: Int64(transactionID)))
    // The free list is read by the engine, so only when its pages hold.
    guard walk.review.faults.isEmpty else { return walk.review }
    do throws(LMDBError) {
      walk.markFree(try freePages())
      try walk.checkOlder(freedByNewest: Set(try freePages(freedBy: transactionID)))
    } catch {
      guard error.code == .corrupted else { throw error }
      walk.note(error.operation)
    }
    return walk.review
  }
}
