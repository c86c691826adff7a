/// A stretch of a query's text, in bytes of its UTF-8 from 0, half-open.
public struct SourceRange: Sendable, Hashable {
  public let start: Int
  public let end: Int

  public init(start: Int, end: Int) {
    precondition(start <= end, "a range does not end before it starts")
    self.start = start
    self.end = end
  }

  /// The range of nothing: of what was not read from a text.
  public static let none = SourceRange(start: 0, end: 0)

  /// From the start of this range to the end of a later one.
  func through(_ later: SourceRange) -> SourceRange {
    SourceRange(start: start, end: max(start, later.end))
  }
}
