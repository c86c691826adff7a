/// An order's dense number inside one store: 0, 1, 2, … in the order of acceptance, never reused.
public struct OrderID: Sendable, Hashable, Comparable, RawRepresentable {
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static func < (left: OrderID, right: OrderID) -> Bool { left.rawValue < right.rawValue }
}

/// How a command names an order.
public enum OrderReference: Sendable, Hashable {
  case id(OrderID)
  /// The number in its channel. Without a channel it must be unique in the store.
  case number(String, channel: String?)
}
