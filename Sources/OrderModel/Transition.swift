/// One row of the table of what may follow what: an event, where it may happen, where it leads, what it moves.
///
/// The table is what `flow show` prints and `flow lint` checks. Which steps an open hold forbids is read from it; what
/// else must hold is judged by ``Flow/obstacle(to:at:profile:holds:passed:)`` and by the command, not from these rows.
public struct Transition: Sendable, Hashable {
  /// `T01` … `T45`.
  public let id: String
  public let event: String
  /// Nodes it may happen at.
  public let from: [Node]
  /// The node it leads to; nil leaves the node as it is.
  public let to: Node?
  /// What must hold, beside the node.
  public let guarding: String
  /// What moves, a line's units and a location's together.
  public let movements: [MovementKind]
  /// Whether an open hold forbids it.
  public let isBlockedByHolds: Bool

  private init(
    _ number: Int, _ event: String, _ from: [Node], _ to: Node?, _ guarding: String, _ movements: [MovementKind] = [],
    held: Bool = false
  ) {
    id = number < 10 ? "T0\(number)" : "T\(number)"
    (self.event, self.from, self.to, self.guarding) = (event, from, to, guarding)
    (self.movements, isBlockedByHolds) = (movements, held)
  }

  private static func nodes(_ first: Node, through last: Node) -> [Node] {
    Node.keyNodes.filter { (first...last).contains($0) }
  }

  /// Every transition, in the order of their numbers.
  public static let all: [Transition] = {
    let beforeShipping = nodes(.placed, through: .labelled)
    let underway = nodes(.shipped, through: .outForDelivery)
    let afterPaid =
      nodes(.paid, through: .delivered) + [
        .completed, .cancelled, .returnRequested, .returnAuthorised, .returnInTransit, .returnReceived, .inspected,
        .refunded, .exchanged,
      ]
    return [
      Transition(1, "place", [], .placed, "channel and number new, or the same body; a line; quantities above 0"),
      Transition(2, "pay", [.placed], .paid, "captured at least the total; less is recorded and leaves placed"),
      Transition(3, "grant-terms", [.placed], .paid, "exposure and total within the credit limit, or cash on delivery"),
      Transition(4, "expire", [.placed], .expired, "unpaid", [.release, .unbackorder, .unpresell]),
      Transition(5, "validate", [.paid], .validated, "no blocking check failed"),
      Transition(6, "validate-failed", [.paid], nil, "a blocking check failed: raises an exception"),
      Transition(7, "auto-approve", [.validated], .approved, "a rule decided", [.reserve, .backorder, .presell]),
      Transition(8, "approve", [.validated], .approved, "the actor did not create the order", [.reserve, .backorder]),
      Transition(9, "reject", [.validated], .cancelled, "a reason", [.release]),
      Transition(10, "reserve", [.approved], .reserved, "every line available", [.reserve]),
      Transition(11, "reserve-partial", [.approved], .reserved, "the rest is backordered", [.reserve, .backorder]),
      Transition(12, "backorder", [.approved], nil, "nothing available", [.backorder]),
      Transition(13, "presell", [.approved], .reserved, "sold within the quota", [.presell]),
      Transition(14, "substitute", [.approved], nil, "consent; the old units are cancelled, a new line is added"),
      Transition(
        15, "allocate", [.reserved], .allocated, "units of the leg reserved, or available at its location",
        [.release, .reserve]),
      Transition(16, "reallocate", [.allocated], nil, "before released", [.release, .reserve]),
      Transition(17, "release", [.allocated], .released, "no open hold; the split policy is met", held: true),
      Transition(18, "recall", [.released], .allocated, "no pick started", held: true),
      Transition(19, "pick-start", [.released], .picking, "", held: true),
      Transition(20, "pick-done", [.released, .picking], .picked, "", held: true),
      Transition(
        21, "short-pick", [.released, .picking], nil, "raises an exception", [.displace, .adjust], held: true),
      Transition(22, "pack", nodes(.released, through: .picked), .packed, "", held: true),
      Transition(
        23, "label", nodes(.released, through: .packed), .labelled, "carrier and waybill unique", held: true),
      Transition(
        24, "ship", nodes(.released, through: .labelled), .shipped, "units reserved", [.ship, .dispatch], held: true),
      Transition(25, "scan-hub", nodes(.released, through: .shipped), .inTransit, ""),
      Transition(26, "scan-out", nodes(.released, through: .inTransit), .outForDelivery, ""),
      Transition(27, "deliver", nodes(.released, through: .outForDelivery), .delivered, "", [.ship, .deliver]),
      Transition(28, "attempt-failed", [.outForDelivery], .inTransit, "at most three; raises an exception"),
      Transition(29, "complete", [.delivered], .completed, ""),
      Transition(30, "hold", beforeShipping, nil, "the kind is not open already; unhold: it is open"),
      Transition(
        31, "cancel", beforeShipping + [.refunded], .cancelled,
        "units open, none shipped of an order paid back; after released the warehouse has acknowledged",
        [.release, .unbackorder, .unpresell]),
      Transition(32, "edit", beforeShipping, nil, "validated anew", [.release, .reserve]),
      Transition(
        33, "receive", [.approved, .reserved], .reserved, "first by priority and approval", [.receive, .fill]),
      Transition(34, "receive-presale", [.reserved], nil, "the same queue", [.receive, .fillPresale]),
      Transition(35, "return-to-origin", underway, .returnInTransit, "", [.returnToOrigin]),
      Transition(36, "lose", underway, nil, "raises an exception", [.lose]),
      Transition(
        37, "return-request", [.delivered, .completed], .returnRequested, "at most what was delivered",
        [.requestReturn]),
      Transition(38, "authorise", [.returnRequested], .returnAuthorised, "", [.authoriseReturn]),
      Transition(
        39, "return-receive", [.returnAuthorised, .returnInTransit, .exchanged], .returnReceived,
        "at most what was authorised", [.restock, .quarantine, .scrap, .takeBack]),
      Transition(40, "inspect", [.returnReceived], .inspected, "", [.inspectRestock, .inspectScrap]),
      Transition(41, "refund", afterPaid, .refunded, "refunds at most what was captured"),
      Transition(42, "exchange", [.returnAuthorised], .exchanged, "a new order of the same customer names this one"),
      Transition(43, "merge-shipment", [.allocated], nil, "one customer, destination, location and carrier; no hold"),
      Transition(44, "exception", Node.allCases, nil, "kind and reason; raise, acknowledge, resolve, reopen"),
      Transition(45, "void", Node.allCases, nil, "the effects can be taken back"),
    ]
  }()
}

/// What may follow what, for an order of a profile.
public enum Flow {
  /// Why an order may not pass `node` now.
  public enum Obstacle: Sendable, Hashable {
    /// These nodes come first.
    case missing([Node])
    /// The order is at a node from which none leads there.
    case illegal
    /// These holds are open.
    case held([HoldKind])
  }

  /// What keeps an order from passing `node`; nil when it may.
  ///
  /// Decisions of the shop, nodes 2 to 7, follow each other without a gap, as far as the profile requires them. What the
  /// warehouse and the carrier report, nodes 8 to 15, may skip its neighbours and may arrive late or out of order, once
  /// the order is released: a skipped node has no time. What closes or follows a sale needs what it follows.
  ///
  /// - Parameters:
  ///   - passed: Whether the order, or the leg in question, passed a node.
  ///   - node: The roll-up node of the order.
  ///   - holds: The bit set of open holds.
  public static func obstacle(
    to wanted: Node, at node: Node, profile: Profile, holds: Int64, passed: (Node) -> Bool
  ) -> Obstacle? {
    if node.endsUnfulfilled { return wanted == .refunded && passed(.paid) ? nil : .illegal }
    switch wanted {
    case .placed: return .illegal
    case .cancelled:
      if node.isKeyNode { return node < .shipped ? nil : .illegal }
      // Paid back before anything left.
      let hasLeft = Node.keyNodes.contains { $0 >= .shipped && passed($0) }
      return node == .refunded && !hasLeft ? nil : .illegal
    case .expired: return !passed(.paid) && node < .released ? nil : .illegal
    case .completed, .returnRequested: return passed(.delivered) ? nil : .missing([.delivered])
    case .returnAuthorised: return passed(.returnRequested) ? nil : .missing([.returnRequested])
    case .returnInTransit:
      return passed(.shipped) || passed(.delivered) ? nil : .missing([.shipped])
    case .returnReceived:
      return passed(.returnInTransit) || passed(.returnAuthorised) ? nil : .missing([.returnAuthorised])
    case .inspected: return passed(.returnReceived) ? nil : .missing([.returnReceived])
    case .refunded: return passed(.paid) ? nil : .missing([.paid])
    case .exchanged: return passed(.returnAuthorised) ? nil : .missing([.returnAuthorised])
    default: break
    }
    let decisions = Node.keyNodes.filter {
      $0 < wanted && $0 <= .released && $0 != .placed && profile.requires($0) && !passed($0)
    }
    if !decisions.isEmpty { return .missing(decisions) }
    if holds != 0, Flow.isBlockedByHolds(wanted), !passed(.shipped) {
      return .held(HoldKind.kinds(in: holds))
    }
    return nil
  }

  /// Whether an open hold forbids every way to a node: T17 and T19 to T24. ALLOCATED, where a recall leads too, is reached
  /// by allocating.
  private static func isBlockedByHolds(_ node: Node) -> Bool {
    let ways = Transition.all.filter { $0.to == node }
    return !ways.isEmpty && ways.allSatisfy(\.isBlockedByHolds)
  }

  /// What is wrong with the table and the profiles: nodes that nothing leads to, nodes from which nothing leads on
  /// although the order is not over, names used twice. Empty when all is well.
  public static func lint(
    _ transitions: [Transition] = Transition.all, _ profiles: [Profile] = Profile.all
  ) -> [String] {
    var findings: [String] = []
    for (index, transition) in transitions.enumerated()
    where transitions[..<index].contains(where: { $0.id == transition.id || $0.event == transition.event }) {
      findings.append("\(transition.id) \(transition.event): told twice")
    }
    var reached: Set<Node> = [.placed]
    var count = 0
    while count < reached.count {
      count = reached.count
      for transition in transitions {
        if let to = transition.to, !reached.isDisjoint(with: transition.from) { reached.insert(to) }
      }
    }
    for node in Node.allCases where !reached.contains(node) { findings.append("\(node.name): nothing leads there") }
    for node in Node.keyNodes
    where !transitions.contains(where: { $0.from.contains(node) && $0.to != nil && $0.to != node }) {
      findings.append("\(node.name): nothing leads on")
    }
    for profile in profiles {
      if !profile.requires(.placed) { findings.append("profile \(profile.id.name): does not require placed") }
    }
    return findings
  }
}
