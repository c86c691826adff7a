package import OrderModel

/// Which way an order goes; the raw value is its type in files.
package enum OrderKind: String, Sendable, Hashable, CaseIterable {
  case retail
  case business = "b2b"
  /// Ordered on the web, collected in a store.
  case pickup
  /// Sold over the counter: placed, paid and delivered at once.
  case counter = "pos"

  /// Whether a carrier takes it.
  package var travels: Bool { self == .retail || self == .business }

  /// The key nodes it passes, in order.
  package var nodes: [Node] {
    switch self {
    case .retail, .business: Self.everyNode
    case .pickup: Self.pickupNodes
    case .counter: Self.counterNodes
    }
  }

  private static let everyNode = Node.keyNodes
  private static let pickupNodes = Node.keyNodes.filter { $0 <= .packed || $0 >= .outForDelivery }
  private static let counterNodes: [Node] = [.placed, .paid, .delivered]
}
