internal import LMDB

extension StoreFile {
  /// The pages of a file: how they are used and what does not hold of them.
  package struct PageReview: Sendable, Hashable {
    package var used, free: Int
    /// Neither used nor free.
    package var lost: Int
    package var faults: [String]
  }

  /// Walks over every page without the engine, which trusts what it reads; nil when commits keep coming meanwhile.
  package func reviewPages(limit: Int) throws(FileError) -> PageReview? {
    for _ in 0..<4 {
      do throws(LMDBError) {
        let transaction = try environment.beginRead()
        let review = try transaction.reviewPages(limit: limit)
        return PageReview(
          used: review.usedCount, free: review.freeCount, lost: review.faults.isEmpty ? review.lostCount : 0,
          faults: review.faults)
      } catch {
        if error.code != .tryAgain { throw .engine(error) }
      }
    }
    return nil
  }

  /// Lets go of the pages that reading made resident in this process; they come back when they are read.
  package func releaseResidentPages() { environment.releaseResidentPages() }
}
