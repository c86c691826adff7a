internal import CLMDB

extension ReadTransaction {
  /// The free pages as this commit lists them, ascending.
  ///
  /// Every page must be within the file, above the two meta pages, and listed once.
  ///
  /// - Throws: ``ErrorCode/corrupted`` with the first fault found in its operation.
  public borrowing func freePages() throws(LMDBError) -> [Int] { try freePages(freedBy: nil) }

  /// - Parameter commit: Of these only the ones that this commit freed; nil for all.
  borrowing func freePages(freedBy commit: Int?) throws(LMDBError) -> [Int] {
    let lastPage = try core.environment.information().lastPageNumber
    var pages: [Int] = []
    let freeList = Database(index: 0, owner: core.environment.serial)
    try scan(in: freeList) { (key, value) throws(LMDBError) in
      var freed: [Int] = []
      let by = try Self.collect(key: key, value: value, lastPage: lastPage, newest: transactionID, into: &freed)
      if commit == nil || commit == by { pages += freed }
      return true
    }
    pages.sort()
    for (page, next) in zip(pages, pages.dropFirst()) where page == next {
      throw Self.fault("page \(page) is listed twice")
    }
    return pages
  }

  /// Takes over one record and tells its commit: the commit that freed the pages, then their count and numbers, descending, in the machine's
  /// byte order.
  private static func collect(
    key: RawSpan, value: RawSpan, lastPage: Int, newest: Int, into pages: inout [Int]
  ) throws(LMDBError) -> Int {
    let word = MemoryLayout<UInt>.size
    guard key.byteCount == word, value.byteCount >= word, value.byteCount.isMultiple(of: word) else {
      throw fault("a record of \(key.byteCount) and \(value.byteCount) bytes")
    }
    let commit = unsafe key.unsafeLoadUnaligned(as: UInt.self)
    guard commit <= UInt(newest) else { throw fault("pages freed by commit \(commit), which is yet to come") }
    let count = unsafe value.unsafeLoadUnaligned(as: UInt.self)
    guard count < value.byteCount / word else {
      throw fault("commit \(commit) lists \(count) pages in \(value.byteCount) bytes")
    }
    var previous = lastPage + 1
    for index in 0..<Int(count) {
      let page = unsafe value.unsafeLoadUnaligned(fromByteOffset: (index + 1) * word, as: UInt.self)
      guard page > 1, page <= UInt(lastPage) else { throw fault("page \(page) is not in 2...\(lastPage)") }
      guard page < UInt(previous) else { throw fault("page \(page) follows page \(previous)") }
      previous = Int(page)
      pages.append(previous)
    }
    return Int(commit)
  }

  private static func fault(_ what: String) -> LMDBError {
    LMDBError(.corrupted, during: "read the free list: \(what)")
  }
}
