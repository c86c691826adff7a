/// A value for each row of a table, kept for stretches of rows in which anything was told.
struct StoryColumn: Sendable {
  /// What rows hold of which nothing was told.
  let empty: Int64
  private var pages: [[Int64]] = []

  private static let pageBits = 12

  init(empty: Int64 = 0) { self.empty = empty }

  /// Costs a check of two bounds; rows of a stretch that nothing was told of read ``empty``.
  subscript(row: Int) -> Int64 {
    get {
      let page = row >> Self.pageBits
      guard page < pages.count, !pages[page].isEmpty else { return empty }
      return pages[page][row & (1 << Self.pageBits - 1)]
    }
    set {
      let page = row >> Self.pageBits
      if page >= pages.count { pages.append(contentsOf: repeatElement([], count: page + 1 - pages.count)) }
      if pages[page].isEmpty { pages[page] = [Int64](repeating: empty, count: 1 << Self.pageBits) }
      pages[page][row & (1 << Self.pageBits - 1)] = newValue
    }
  }

  /// The values of some rows.
  func values(_ rows: Range<Int>) -> [Int64] { rows.map { self[$0] } }

  /// Calls `body` with every row that something may have been told of, and its value.
  func forEach(_ body: (Int, Int64) -> Void) {
    for (number, page) in pages.enumerated() {
      for (place, value) in page.enumerated() where value != empty { body(number << Self.pageBits + place, value) }
    }
  }

  /// Lowers, or raises, what a row holds to `value`; a row of which nothing was told takes it.
  mutating func lower(_ row: Int, to value: Int64) { self[row] = min(self[row], value) }
  mutating func raise(_ row: Int, to value: Int64) { self[row] = max(self[row], value) }

  /// Adds the values of `other`.
  mutating func add(_ other: StoryColumn) { other.forEach { self[$0] &+= $1 } }
}
