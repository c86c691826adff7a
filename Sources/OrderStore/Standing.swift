internal import OrderModel

/// Where an order stands while a command is judged: what was passed so far, facts of the command included.
struct Standing {
  /// A node that was passed, as the chain of events tells it.
  struct Passage {
    var node: Node
    var leg: UInt8
    var occurredAt: Int64
    /// Its row; nil for one of the present command.
    var row: Int?
  }

  struct Leg {
    var number: UInt8
    var row: Int
    /// The furthest key node it passed.
    var node: Node
  }

  var order: Int
  var isObserved: Bool
  var node = Node.placed
  var lastEvent: Int?
  var lastLeg: Int?
  /// Every event in sequence.
  var passages: [Passage] = []
  var legs: [Leg] = []
  var firstActAt = InstantColumn.none
  var firstHumanActAt = InstantColumn.none

  init(order: Int, isObserved: Bool) { (self.order, self.isObserved) = (order, isObserved) }

  /// Whether the node was passed by the order as a whole or by any leg.
  func hasPassed(_ node: Node) -> Bool { node == .placed || passages.contains { $0.node == node } }

  /// The earliest known instant of `node` among events of `leg`; `unknown` when it is only told, `none` when it is not.
  func instant(of node: Node, leg: UInt8) -> Int64 {
    var best = InstantColumn.none
    for passage in passages where passage.node == node && passage.leg == leg {
      best = Standing.earlier(best, passage.occurredAt)
    }
    return best
  }

  /// The earlier of two instants; a known one before one that is only told, that before none.
  static func earlier(_ left: Int64, _ right: Int64) -> Int64 {
    if InstantColumn.isInstant(left) { return InstantColumn.isInstant(right) ? min(left, right) : left }
    return InstantColumn.isInstant(right) ? right : max(left, right)
  }

  /// The columns of when all legs, or the order as a whole, reached `node`, and when the first did.
  ///
  /// Events of the order as a whole count for every leg. What closes or follows a sale is not waited for: it is reached
  /// when it first happened.
  func reached(_ node: Node) -> (all: Int64, first: Int64) {
    let whole = instant(of: node, leg: 0)
    if legs.isEmpty { return (whole, whole) }
    var all = Int64.min + 2
    var first = InstantColumn.none
    for leg in legs {
      var instant = instant(of: node, leg: leg.number)
      if InstantColumn.isInstant(whole), !InstantColumn.isInstant(instant) || whole < instant { instant = whole }
      if instant == InstantColumn.none { instant = whole }
      if instant == InstantColumn.none {
        all = InstantColumn.none
      } else if all != InstantColumn.none {
        all =
          instant == InstantColumn.unknown || all == InstantColumn.unknown ? InstantColumn.unknown : max(all, instant)
      }
      if InstantColumn.isInstant(instant), !InstantColumn.isInstant(first) || instant < first { first = instant }
      if first == InstantColumn.none { first = instant }
    }
    return node.isKeyNode ? (all, first) : (first, first)
  }

  /// The roll-up: the lowest node over the legs, or the furthest the order as a whole passed; what closes or follows a
  /// sale stands above the key nodes.
  var rolledUp: Node {
    var whole = Node.placed
    var closing: Node?
    for passage in passages {
      if !passage.node.isKeyNode {
        closing = passage.node
      } else if passage.leg == 0 {
        whole = max(whole, passage.node)
      }
    }
    if let closing { return closing }
    guard !legs.isEmpty else { return whole }
    return max(whole, legs.map(\.node).min() ?? whole)
  }
}
