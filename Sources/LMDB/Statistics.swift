/// How large the tree of one database is.
public struct Statistics: Sendable, Hashable {
  public let entryCount: Int
  /// Levels of pages from the root to a leaf; 0 when empty.
  public let depth: Int
  public let branchPageCount: Int
  public let leafPageCount: Int
  /// Pages that hold values of more than about half a page.
  public let overflowPageCount: Int
}
