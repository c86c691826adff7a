/// The name of a node of the order's lifecycle, in lower case, such as `in_transit`.
public struct Status: Sendable, Hashable {
  public let name: String
  public let range: SourceRange

  public init(_ name: String, at range: SourceRange = .none) {
    self.name = name
    self.range = range
  }
}
