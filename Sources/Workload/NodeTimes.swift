package import OrderModel

/// When an order passed each of the fifteen key nodes; not passed is none.
package struct NodeTimes: Sendable {
  private var milliseconds = InlineArray<15, Int64>(repeating: InstantColumn.none)

  package init() {}

  /// The instant of a key node. Other nodes have none.
  package subscript(node: Node) -> Instant? {
    get {
      guard node.isKeyNode else { return nil }
      let value = milliseconds[Int(node.rawValue) - 1]
      return InstantColumn.isInstant(value) ? Instant(milliseconds: value) : nil
    }
    set {
      precondition(node.isKeyNode, "only key nodes have a time here")
      milliseconds[Int(node.rawValue) - 1] = newValue?.milliseconds ?? InstantColumn.none
    }
  }

  /// The furthest node passed; nil when none.
  package var last: Node? {
    for index in milliseconds.indices.reversed() where InstantColumn.isInstant(milliseconds[index]) {
      return Node(rawValue: UInt8(index + 1))
    }
    return nil
  }
}

extension NodeTimes: Hashable {
  package static func == (left: NodeTimes, right: NodeTimes) -> Bool {
    for index in left.milliseconds.indices where left.milliseconds[index] != right.milliseconds[index] { return false }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    for index in milliseconds.indices { hasher.combine(milliseconds[index]) }
  }
}
