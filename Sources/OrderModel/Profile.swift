/// Which nodes an order has to pass: a bit set, so that a kind of order is data and not code.
public struct Profile: Sendable, Hashable {
  /// The number that is stored. It never changes.
  public enum ID: UInt8, Sendable, Hashable, CaseIterable {
    case standard = 0, pos, pickup, dropship, digital, b2b, simple

    /// The name in commands and outputs.
    public var name: String { "\(self)" }
    public init?(name: String) {
      guard let found = ID.allCases.first(where: { $0.name == name.lowercased() }) else { return nil }
      self = found
    }
  }

  public let id: ID
  /// What it is for.
  public let purpose: String
  /// Bit n stands for the node of raw value n.
  public let requiredNodes: UInt32
  /// Whether placing it pays and hands over at once.
  public let isImmediate: Bool

  /// Whether the order has to pass the node.
  public func requires(_ node: Node) -> Bool { requiredNodes & (1 << UInt32(node.rawValue)) != 0 }

  private init(_ id: ID, _ purpose: String, _ nodes: [ClosedRange<UInt8>], isImmediate: Bool = false) {
    self.id = id
    self.purpose = purpose
    requiredNodes = nodes.joined().reduce(0) { $0 | 1 << UInt32($1) }
    self.isImmediate = isImmediate
  }

  /// The profile of that number.
  public static func of(_ id: ID) -> Profile { all[Int(id.rawValue)] }

  /// Every profile, in the order of their numbers.
  public static let all: [Profile] = [
    Profile(.standard, "a parcel sent to the customer: all fifteen nodes", [1...15]),
    Profile(.pos, "sold and handed over at the counter, in one transaction", [1...2, 15...15], isImmediate: true),
    Profile(.pickup, "collected at the store", [1...10, 14...15]),
    Profile(.dropship, "sent by the supplier: no picking of ours", [1...4, 6...7, 12...15]),
    Profile(.digital, "nothing to send", [1...4, 15...15]),
    Profile(.b2b, "on terms: node 2 is credit granted", [1...15]),
    Profile(.simple, "a shop that tracks some nodes only: none is required, stock is reserved when asked", [1...1]),
  ]
}
