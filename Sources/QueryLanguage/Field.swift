/// The path of a field, such as `customer.grade`; letters of any script, ASCII ones in lower case.
public struct Field: Sendable, Hashable {
  public let path: [String]
  public let range: SourceRange

  public init(_ path: [String], at range: SourceRange = .none) {
    self.path = path
    self.range = range
  }

  public var name: String { path.joined(separator: ".") }
}
