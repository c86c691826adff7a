internal import Glibc

/// A walk over the pages of a file, whose layout is that of LMDB 0.9 on 64 bits, little-endian.
///
///     page    8 number · 2 pad · 2 kind · 2 lower · 2 upper (of values: 4 page count) · 2 offset of each node
///     node    4 data bytes · 2 flags · 2 key bytes · key · data; in branches the first 6 bytes are the child's number
///     tree    4 pad · 2 flags · 2 depth · 8 branch pages · 8 leaf pages · 8 value pages · 8 entries · 8 root
///     meta    4 magic · 4 version · 8 address · 8 map bytes · free list's tree · catalogue's tree · 8 last page · 8 commit
struct PageWalk {
  private static let headerSize = 16
  private static let noPage = UInt64.max
  private static let (branch, leaf, value, meta): (Int, Int, Int, Int) = (1, 2, 4, 8)

  fileprivate struct Tree {
    var depth: Int
    var branchCount, leafCount, valueCount, entryCount, root: UInt64
    /// Keys are numbers of 8 bytes in the machine's order.
    var hasNumberKeys = false

    fileprivate init(_ page: Bytes, at offset: Int) {
      depth = page.number16(at: offset + 6)
      branchCount = page.number64(at: offset + 8)
      leafCount = page.number64(at: offset + 16)
      valueCount = page.number64(at: offset + 24)
      entryCount = page.number64(at: offset + 32)
      root = page.number64(at: offset + 40)
    }
  }

  /// What was met of a tree.
  private struct Counts: Equatable {
    var branch: UInt64 = 0
    var leaf: UInt64 = 0
    var value: UInt64 = 0
    var entry: UInt64 = 0
  }

  private let descriptor: Int32
  private let pageSize: Int
  private let limit: Int
  private(set) var review = PageReview()
  private var isUsed: [Bool] = []
  /// The meta page before the newest one, and its commit.
  private var older: (page: Bytes, commit: UInt64)?

  init(descriptor: Int32, pageSize: Int, limit: Int) {
    (self.descriptor, self.pageSize, self.limit) = (descriptor, pageSize, limit)
  }

  mutating func note(_ fault: String) {
    if review.faults.count < limit { review.faults.append(fault) }
  }

  // MARK: Meta pages

  /// Walks over the state of commit `transactionID`.
  mutating func run(transactionID: UInt64) throws(LMDBError) {
    let metas = [try metaPage(0), try metaPage(1)]
    let commits = metas.map { $0.number64(at: 144) }
    let newest = Int(transactionID & 1)
    if commits[newest] > transactionID || commits[1 - newest] > transactionID {
      throw LMDBError(.tryAgain, during: "review pages")
    }
    for (number, page) in metas.enumerated() {
      if page.number32(at: 16) != 0xBEEF_C0DE || page.number32(at: 20) != 1 || page.number16(at: 10) != PageWalk.meta
        || page.number64(at: 0) != UInt64(number)
      {
        note("meta page \(number): is none")
      }
    }
    // Commits write the meta pages in turn. Where they do not follow each other the newest one is not to be trusted, and
    // an older state may stand in its place.
    guard commits[newest] == transactionID, commits[1 - newest] == (transactionID == 0 ? 0 : transactionID - 1) else {
      return note("meta pages: commits \(commits[0]) and \(commits[1]) do not follow each other")
    }
    let (current, older) = (metas[newest], metas[1 - newest])
    let lastPage = current.number64(at: 136)
    guard lastPage >= 1, lastPage < 1 << 40 else { return note("meta page \(newest): last page \(lastPage)") }
    review.pageCount = Int(lastPage) + 1
    isUsed = Array(repeating: false, count: review.pageCount)
    mark(0, 2, "meta pages")

    var free = Tree(current, at: 40)
    free.hasNumberKeys = true
    try walk(free, "free list") { _, _ in }
    let catalogue = Tree(current, at: 88)
    var tables: [(name: String, tree: Tree)] = []
    try walk(catalogue, "catalogue") { key, record in
      tables.append((String(decoding: key, as: UTF8.self), Tree(Bytes(record), at: 0)))
    }
    for (name, tree) in tables { try walk(tree, "table '\(name)'") { _, _ in } }
    self.older = (older, commits[1 - newest])
  }

  private mutating func metaPage(_ number: UInt64) throws(LMDBError) -> Bytes {
    try read(number, count: PageWalk.headerSize + 136)
  }

  /// The state before must not know pages freed by a later commit: else it is the later one, with its number damaged.
  ///
  /// - Parameter freedByNewest: Pages that the newest commit freed and so were the older state's. After a power loss a
  ///   commit that is not there may have written over them: they tell nothing. The later one's pages are never among them.
  mutating func checkOlder(freedByNewest: Set<Int>) throws(LMDBError) {
    guard let (meta, commit) = older else { return }
    var page = Tree(meta, at: 40).root
    guard page != PageWalk.noPage else { return }
    for _ in 0..<32 {
      if freedByNewest.contains(Int(truncatingIfNeeded: page)) { return }
      guard page < UInt64(review.pageCount) else { return note("meta page of commit \(commit): root page \(page)") }
      let bytes = try read(page, count: pageSize)
      let count = (bytes.number16(at: 12) - PageWalk.headerSize) / 2
      guard bytes.number64(at: 0) == page, count > 0, PageWalk.headerSize + 2 * count <= pageSize else {
        return note("page \(page) of commit \(commit): is no page of the free list")
      }
      let node = bytes.number16(at: PageWalk.headerSize + 2 * (count - 1))
      guard node + 16 <= pageSize else { return note("page \(page) of commit \(commit): a node beyond the page") }
      if bytes.number16(at: 10) & PageWalk.leaf != 0 {
        if bytes.number64(at: node + 8) > commit { note("meta page of commit \(commit): is of a later commit") }
        return
      }
      page = bytes.number64(at: node) & 0xFFFF_FFFF_FFFF
    }
  }

  // MARK: Trees

  /// Walks over a tree; `body` gets every key with its value when that is a tree's record.
  private mutating func walk(
    _ tree: Tree, _ name: String, _ body: (ArraySlice<UInt8>, [UInt8]) -> Void
  ) throws(LMDBError) {
    var counts = Counts()
    if tree.root == PageWalk.noPage {
      if tree.depth != 0 { note("\(name): \(tree.depth) levels of nothing") }
    } else {
      try walk(tree.root, level: 1, of: tree, name, from: nil, to: nil, &counts, body)
    }
    let told = Counts(branch: tree.branchCount, leaf: tree.leafCount, value: tree.valueCount, entry: tree.entryCount)
    if counts != told, review.faults.isEmpty { note("\(name): has \(counts), its record says \(told)") }
  }

  private mutating func walk(
    _ number: UInt64, level: Int, of tree: Tree, _ name: String, from low: ArraySlice<UInt8>?,
    to high: ArraySlice<UInt8>?, _ counts: inout Counts, _ body: (ArraySlice<UInt8>, [UInt8]) -> Void
  ) throws(LMDBError) {
    guard review.faults.count < limit, mark(number, 1, name) else { return }
    let place = "page \(number) of \(name)"
    let page = try read(number, count: pageSize)
    let isLeaf = level >= tree.depth
    guard page.number64(at: 0) == number, page.number16(at: 10) == (isLeaf ? PageWalk.leaf : PageWalk.branch) else {
      return note("\(place): is another page or of another kind")
    }
    let (lower, upper) = (page.number16(at: 12), page.number16(at: 14))
    guard lower >= PageWalk.headerSize, lower.isMultiple(of: 2), lower <= upper, upper <= pageSize else {
      return note("\(place): its room is told wrongly")
    }
    let count = (lower - PageWalk.headerSize) / 2
    guard count > (isLeaf ? 0 : 1) || (isLeaf && level == 1) else { return note("\(place): \(count) nodes") }
    if isLeaf { counts.leaf += 1 } else { counts.branch += 1 }

    var previous = low
    var filled = 0
    var children: [(number: UInt64, key: ArraySlice<UInt8>)] = []
    for index in 0..<count {
      let node = page.number16(at: PageWalk.headerSize + 2 * index)
      guard node >= upper, node + 8 <= pageSize else { return note("\(place): node \(index) lies outside") }
      let keyEnd = node + 8 + page.number16(at: node + 6)
      guard keyEnd <= pageSize else { return note("\(place): the key of node \(index) reaches beyond the page") }
      let key = page.bytes[(node + 8)..<keyEnd]
      var end = keyEnd
      if isLeaf || index > 0 {
        // Keys ascend, and stay between the separators above.
        let isFirst = index == 0
        guard previous.map({ tree.isAscending($0, key, orEqual: isFirst) }) ?? true,
          high.map({ tree.isAscending(key, $0, orEqual: false) }) ?? true, !tree.hasNumberKeys || key.count == 8
        else { return note("\(place): the key of node \(index) is out of order") }
        previous = key
      }
      if isLeaf {
        guard let valueEnd = try walkValue(of: node, key, page, tree, place, &counts, body) else { return }
        end = valueEnd
      } else {
        children.append((page.number64(at: node) & 0xFFFF_FFFF_FFFF, key))
      }
      filled += (end - node + 1) & ~1
    }
    guard filled == pageSize - upper else { return note("\(place): its nodes overlap or leave gaps") }
    for (index, child) in children.enumerated() {
      try walk(
        child.number, level: level + 1, of: tree, name, from: index == 0 ? low : child.key,
        to: index + 1 < children.count ? children[index + 1].key : high, &counts, body)
    }
  }

  /// - Returns: Where the node ends; nil when it does not hold.
  private mutating func walkValue(
    of node: Int, _ key: ArraySlice<UInt8>, _ page: Bytes, _ tree: Tree, _ place: String, _ counts: inout Counts,
    _ body: (ArraySlice<UInt8>, [UInt8]) -> Void
  ) throws(LMDBError) -> Int? {
    counts.entry += 1
    let byteCount = Int(page.number32(at: node))
    let flags = page.number16(at: node + 4)
    let isFar = flags & 1 != 0
    let end = key.endIndex + (isFar ? 8 : byteCount)
    guard end <= pageSize, flags & ~3 == 0 else {
      note("\(place): a value reaches beyond the page, or is of an unknown kind")
      return nil
    }
    if flags & 2 != 0 {
      guard byteCount == 48, !isFar else {
        note("\(place): a table's record of \(byteCount) bytes")
        return nil
      }
      body(key, Array(page.bytes[key.endIndex..<end]))
    }
    guard isFar else { return end }
    let number = page.number64(at: key.endIndex)
    let needed = (PageWalk.headerSize - 1 + byteCount) / pageSize + 1
    guard number < UInt64(isUsed.count) else {
      note("\(place): names page \(number) of \(isUsed.count)")
      return nil
    }
    let head = try read(number, count: PageWalk.headerSize)
    // A value that replaces a longer one in the same commit keeps its pages.
    let pageCount = Int(head.number32(at: 12))
    guard head.number64(at: 0) == number, head.number16(at: 10) == PageWalk.value, pageCount >= needed else {
      note("page \(number): is not the value that \(place) names")
      return nil
    }
    counts.value += UInt64(pageCount)
    guard mark(number, pageCount, place) else { return nil }
    return end
  }

  // MARK: Pages

  /// - Returns: False when the pages are not there or used already.
  @discardableResult
  private mutating func mark(_ number: UInt64, _ count: Int, _ name: String) -> Bool {
    guard number < UInt64(isUsed.count), count <= isUsed.count - Int(number) else {
      note("\(name): names page \(number) of \(isUsed.count)")
      return false
    }
    for page in Int(number)..<(Int(number) + count) {
      if isUsed[page] {
        note("\(name): names page \(page), which is in use elsewhere")
        return false
      }
      isUsed[page] = true
    }
    review.usedCount += count
    return true
  }

  mutating func markFree(_ pages: [Int]) {
    review.freeCount = pages.count
    for page in pages where isUsed[page] { note("free list: page \(page) is in use") }
  }

  private func read(_ number: UInt64, count: Int) throws(LMDBError) -> Bytes {
    var bytes = [UInt8](repeating: 0, count: count)
    let offset = Int(number) * pageSize
    let taken = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, count, offset) }
    guard taken == count else {
      throw LMDBError(taken < 0 ? ErrorCode(rawValue: errno) : .corrupted, during: "read page \(number)")
    }
    return Bytes(bytes)
  }
}

extension PageWalk.Tree {
  /// Whether `right` follows `left`.
  fileprivate func isAscending(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, orEqual: Bool) -> Bool {
    if hasNumberKeys, left.count == 8, right.count == 8 {
      let (left, right) = (Bytes(Array(left)).number64(at: 0), Bytes(Array(right)).number64(at: 0))
      return left < right || (orEqual && left == right)
    }
    return left.lexicographicallyPrecedes(right) || (orEqual && left.elementsEqual(right))
  }
}

/// Little-endian numbers in bytes of the file.
fileprivate struct Bytes {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func number16(at offset: Int) -> Int { Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 }
  func number32(at offset: Int) -> UInt32 { UInt32(number16(at: offset)) | UInt32(number16(at: offset + 2)) << 16 }
  func number64(at offset: Int) -> UInt64 { UInt64(number32(at: offset)) | UInt64(number32(at: offset + 4)) << 32 }
}
