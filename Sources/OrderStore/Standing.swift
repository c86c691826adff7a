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

  /// An entry of the timeline, whatever it tells.
  struct Entry {
    var row: Int
    var kind: EventKind
    var node: Node
    var leg: UInt8
    var occurredAt: Int64
    var subject: UInt8
    var isVoided: Bool
  }

  struct Leg {
    var number: UInt8
    var row: Int
    /// The furthest key node it passed.
    var node: Node
    /// Whether it had units and has none left.
    var isEmpty = false
  }

  var order: Int
  var isObserved: Bool
  var profile = Profile.of(.simple)
  var split = SplitPolicy.asAvailable
  var holds: Int64 = 0
  var openExceptions: Int64 = 0
  var node = Node.placed
  var lastEvent: Int?
  var lastLeg: Int?
  /// Every event in sequence that tells of a node and was not taken back.
  var passages: [Passage] = []
  /// Every event in sequence.
  var entries: [Entry] = []
  var legs: [Leg] = []
  /// Whether counted units are in no leg while others are: they stand where the order as a whole does.
  var hasUnitsWithoutLeg = false
  /// The milestones as they are stored, when `passages` or `legs` changed without an event that tells so.
  var baseline: [(all: Int64, first: Int64)]?
  var firstActAt = InstantColumn.none
  var firstHumanActAt = InstantColumn.none

  init(order: Int, isObserved: Bool) { (self.order, self.isObserved) = (order, isObserved) }

  /// Whether the node was passed by the order as a whole or by any leg.
  func hasPassed(_ node: Node) -> Bool { node == .placed || passages.contains { $0.node == node } }

  /// Whether a leg, or the order as a whole, passed the node.
  func hasPassed(_ node: Node, leg: UInt8) -> Bool {
    node == .placed || passages.contains { $0.node == node && (leg == 0 || $0.leg == 0 || $0.leg == leg) }
  }

  /// The earlier of two, an absent one giving way to a time that is missing, that to any instant.
  static func earlier(_ left: Int64, _ right: Int64) -> Int64 {
    guard InstantColumn.isInstant(left) else {
      return InstantColumn.isInstant(right) || left == InstantColumn.none ? right : left
    }
    return InstantColumn.isInstant(right) ? min(left, right) : left
  }

  /// The columns of when all legs, or the order as a whole, reached `node`, and when the first did.
  ///
  /// Events of the order as a whole count for every leg, and for units that are in none. What closes or follows a sale is
  /// not waited for: it is reached when it first happened.
  func reached(_ node: Node) -> (all: Int64, first: Int64) {
    var whole = InstantColumn.none
    var byLeg: [UInt8: Int64] = [:]
    for passage in passages where passage.node == node {
      if passage.leg == 0 {
        whole = Standing.earlier(whole, passage.occurredAt)
      } else {
        byLeg[passage.leg] = Standing.earlier(byLeg[passage.leg] ?? InstantColumn.none, passage.occurredAt)
      }
    }
    if byLeg.isEmpty { return (whole, whole) }
    var all = Int64.min + 2
    var first = whole
    for instant in byLeg.values { first = Standing.earlier(first, instant) }
    var instants = legsWithUnits.map { Standing.earlier(byLeg[$0.number] ?? InstantColumn.none, whole) }
    if hasUnitsWithoutLeg { instants.append(whole) }
    for instant in instants {
      if instant == InstantColumn.none {
        all = InstantColumn.none
      } else if all != InstantColumn.none {
        all =
          instant == InstantColumn.unknown || all == InstantColumn.unknown ? InstantColumn.unknown : max(all, instant)
      }
    }
    return node.isKeyNode ? (all, first) : (first, first)
  }

  /// The legs that still hold units; all of them once none does. A leg known by its events alone holds some.
  private var legsWithUnits: [Leg] {
    let holding = legs.filter { !$0.isEmpty }
    return holding.isEmpty && !hasUnitsWithoutLeg ? legs : holding
  }

  /// Takes in which legs still hold units, and whether some are in none. Before an event that tells of what moved.
  mutating func weigh(_ units: OrderUnits) {
    if legs.isEmpty { return }
    if baseline == nil { baseline = Judge.milestones(of: self) }
    var isAnyInLeg = false
    for index in legs.indices {
      let own = units.allotments.filter { $0.leg == legs[index].row }
      isAnyInLeg = isAnyInLeg || !own.isEmpty
      legs[index].isEmpty = !own.isEmpty && own.allSatisfy { $0.promised + $0.shipped == 0 }
    }
    hasUnitsWithoutLeg =
      isAnyInLeg
      && (units.lines.contains { $0.isTracked && $0.unreserved > 0 }
        || units.allotments.contains { $0.leg == nil && $0.promised > 0 })
  }

  /// The roll-up: the lowest node over the legs that still hold units, or the furthest the order as a whole passed; what
  /// closes or follows a sale stands above the key nodes, and what ended unfulfilled stays so, given back or not. A failed
  /// attempt takes a parcel back to the carrier.
  var rolledUp: Node {
    var whole = Node.placed
    var closing: Node?
    for passage in passages {
      if !passage.node.isKeyNode {
        if passage.node.endsUnfulfilled || closing?.endsUnfulfilled != true { closing = passage.node }
      } else if passage.leg == 0 {
        whole = max(whole, passage.node)
      }
    }
    if let closing { return closing }
    let rolled = legs.isEmpty || hasUnitsWithoutLeg ? whole : max(whole, legsWithUnits.map(\.node).min() ?? whole)
    return rolled == .outForDelivery && isBackWithCarrier ? .inTransit : rolled
  }

  /// The node and instant that a leg is stored with: what its passages make of it one after the other.
  func stored(ofLeg number: UInt8) -> (node: Node, enteredAt: Int64) {
    var stand = (node: Node.placed, enteredAt: InstantColumn.none)
    var furthest = Node.placed
    for passage in passages where passage.leg == number {
      guard !passage.node.isKeyNode || passage.node > furthest else { continue }
      if passage.node.isKeyNode { furthest = passage.node }
      stand = (passage.node, passage.occurredAt)
    }
    return stand
  }

  /// Whether a parcel, or any for 0, is on its last way: out for delivery, and not failed to be delivered since.
  func isOutForDelivery(leg: UInt8) -> Bool {
    let last = entries.last {
      !$0.isVoided && (leg == 0 || $0.leg == 0 || $0.leg == leg)
        && ($0.kind == .attemptFailed || ($0.kind == .passed && [.outForDelivery, .delivered].contains($0.node)))
    }
    return last?.kind == .passed && last?.node == .outForDelivery
  }

  /// How often a parcel could not be delivered.
  func failedAttempts(ofLeg leg: UInt8) -> Int {
    entries.count { !$0.isVoided && $0.kind == .attemptFailed && (leg == 0 || $0.leg == 0 || $0.leg == leg) }
  }

  /// Whether the last the carrier said of a delivery is that it failed.
  private var isBackWithCarrier: Bool {
    entries.last {
      !$0.isVoided && ($0.kind == .attemptFailed || ($0.kind == .passed && $0.node == .outForDelivery))
    }?.kind == .attemptFailed
  }

  /// The furthest key node a leg passed.
  func furthest(ofLeg number: UInt8) -> Node {
    passages.lazy.filter { $0.leg == number && $0.node.isKeyNode }.map(\.node).max() ?? .placed
  }
}
