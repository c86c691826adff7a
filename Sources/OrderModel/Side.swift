/// Who wanted a cancellation.
///
/// Raw values are stored; they never change.
public enum Side: UInt8, Sendable, Hashable, CaseIterable {
  /// The source does not say; treated as the customer's and counted apart.
  case unknown = 0
  case customer = 1
  case seller = 2
  case system = 3

  /// The name in files and outputs.
  public var name: String {
    switch self {
    case .unknown: "unknown"
    case .customer: "customer"
    case .seller: "seller"
    case .system: "system"
    }
  }

  /// The side of that name.
  public init?(name: String) {
    guard let side = Side.allCases.first(where: { $0.name == name.lowercased() }) else { return nil }
    self = side
  }
}
