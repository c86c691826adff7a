import OrderModel
import OrderStore
import Testing

/// The table that `flow show` prints against what the store does, at every node.
struct TransitionTableTests {
  /// An order of the standard profile at a node; nil while the store cannot get it there.
  private func shop(at node: Node) throws -> TestShop {
    let shop = try TestShop()
    try shop.receive("TEA", 5)
    // Of CUP there is none to have: an order of it waits.
    try shop.receive("CUP", 1)
    try shop.submit(
      .claim(
        StockClaim(
          sku: "CUP", location: "north", quantity: 1, owner: "window", expiresAt: .latest, occurredAt: instant(0))))
    var asked = order("A", [line(node == .approved ? "CUP" : "TEA", 2)])
    (asked.profile, asked.customer) = (.standard, CustomerIdentity(key: "ann"))
    try shop.submit(.place(asked))
    // Another order of the same customer, whose parcel it may join.
    var other = order("P", [line("TEA", 1)])
    other.customer = CustomerIdentity(key: "ann")
    try shop.submit(.place(other))
    try shop.submit(.reserve(operation("P")))
    try shop.submit(.allocate(Allocation(order: .named("P"), location: "north", occurredAt: instant(0))))
    for step in Self.path(to: node) { try shop.submit(step) }
    try #require(try shop.stored("A").node == node)
    return shop
  }

  private static let name = OrderReference.named("A")

  private static func record(_ node: Node, at second: Int64) -> Command {
    .record(
      StatusEvent(
        order: name, node: node, leg: node < .released ? 0 : 1, occurredAt: instant(second),
        waybill: node == .labelled ? "W\(second)" : nil))
  }

  private static func back(_ step: ReturnStep.Step, at second: Int64) -> Command {
    .giveBack(
      ReturnStep(
        order: name, step: step, disposition: step == .receive ? .quarantine : .restock, location: "north",
        occurredAt: instant(second)))
  }

  private static func pay(at second: Int64) -> Command {
    .pay(Payment(order: name, method: "card", amountMinorUnits: 1_000, occurredAt: instant(second)))
  }

  private static func parcel(_ outcome: ParcelReport.Outcome, at second: Int64) -> Command {
    .parcel(ParcelReport(order: name, outcome: outcome, leg: 1, occurredAt: instant(second)))
  }

  private static func refund(at second: Int64) -> Command {
    .refund(Refund(order: name, method: "card", amountMinorUnits: 1_000, occurredAt: instant(second)))
  }

  private static func cancel(at second: Int64) -> Command {
    .cancel(
      Cancellation(
        order: name, side: .seller, reason: "no reason", occurredAt: instant(second), isAcknowledged: true))
  }

  private static func exchange(at second: Int64) -> Command {
    var replacement = order("B")
    (replacement.placedAt, replacement.customer) = (instant(second), CustomerIdentity(key: "ann"))
    replacement.exchangeFor = name
    return .place(replacement)
  }

  private static func approve(_ actor: String?, at second: Int64) -> Command {
    .approve(Approval(order: name, actor: actor, occurredAt: instant(second)))
  }

  private static func allocate(at second: Int64) -> Command {
    .allocate(Allocation(order: name, location: "north", occurredAt: instant(second)))
  }

  private static func change(_ change: OrderEdit.Change, at second: Int64) -> Command {
    .edit(OrderEdit(order: name, changes: [change], occurredAt: instant(second)))
  }

  /// How an order gets to a node.
  private static func path(to node: Node) -> [Command] {
    switch node {
    case .placed: return []
    case .cancelled: return path(to: .paid) + [cancel(at: 100)]
    case .expired: return [.record(StatusEvent(order: name, node: .expired, occurredAt: instant(100)))]
    case .completed: return path(to: .delivered) + [record(.completed, at: 100)]
    case .returnRequested: return path(to: .delivered) + [back(.request, at: 100)]
    case .returnAuthorised: return path(to: .returnRequested) + [back(.authorise, at: 101)]
    case .returnInTransit: return path(to: .shipped) + [parcel(.returnToOrigin, at: 100)]
    case .returnReceived: return path(to: .returnAuthorised) + [back(.receive, at: 102)]
    case .inspected: return path(to: .returnReceived) + [back(.inspect, at: 103)]
    // Money comes again, which can be given back again.
    case .refunded: return path(to: .validated) + [refund(at: 100), pay(at: 101)]
    case .exchanged: return path(to: .returnAuthorised) + [exchange(at: 102)]
    default:
      let steps: [(Node, Command)] = [
        (.paid, pay(at: 1)), (.validated, record(.validated, at: 2)), (.approved, approve("ann", at: 3)),
        (.allocated, allocate(at: 4)),
      ]
      return steps.filter { $0.0 <= node }.map(\.1)
        + Node.keyNodes.filter { $0 >= .released && $0 <= node }.map { record($0, at: Int64($0.rawValue)) }
    }
  }

  /// What asks for a transition; nil for those that no command of their own asks for.
  private static func command(for id: String) -> Command? {
    let nodes: [String: Node] = [
      "T05": .validated, "T17": .released, "T19": .picking, "T20": .picked, "T22": .packed, "T23": .labelled,
      "T24": .shipped, "T25": .inTransit, "T26": .outForDelivery, "T27": .delivered, "T29": .completed,
    ]
    if let node = nodes[id] { return record(node, at: 200) }
    switch id {
    case "T02": return pay(at: 200)
    case "T03": return .grantCredit(CreditGrant(order: name, isCashOnDelivery: true, occurredAt: instant(200)))
    case "T04": return .record(StatusEvent(order: name, node: .expired, occurredAt: instant(200)))
    case "T07": return approve("system", at: 200)
    case "T08": return approve("ben", at: 200)
    case "T14": return change(.substitute(sku: "CUP", line("TEA", 1)), at: 200)
    case "T15", "T16": return allocate(at: 200)
    case "T21":
      return .shortPick(
        StockOperation(
          order: name, location: "", lines: [LineQuantity(sku: "TEA", quantity: 1)], occurredAt: instant(200), leg: 1))
    case "T28": return parcel(.attemptFailed, at: 200)
    case "T30": return .hold(HoldChange(order: name, kind: .manual, isOn: true, occurredAt: instant(200)))
    case "T31": return cancel(at: 200)
    case "T32": return change(.region("south"), at: 200)
    case "T35": return parcel(.returnToOrigin, at: 200)
    case "T36": return parcel(.lost, at: 200)
    case "T37": return back(.request, at: 200)
    case "T38": return back(.authorise, at: 200)
    case "T39": return back(.receive, at: 200)
    case "T40": return back(.inspect, at: 200)
    case "T41": return refund(at: 200)
    case "T42": return exchange(at: 200)
    case "T43": return .merge(ShipmentMerge(order: name, into: .named("P"), occurredAt: instant(200)))
    case "T44":
      return .exception(ExceptionChange(order: name, kind: .address, step: .raise, occurredAt: instant(200)))
    default: return nil
    }
  }

  /// What is told after the fact: nodes passed already, told again or late by a slow feed; money that comes when the order
  /// is paid, which moves nothing.
  private static func isLate(_ transition: Transition, at node: Node) -> Bool {
    if transition.id == "T02" { return !node.endsUnfulfilled }
    guard case .record? = command(for: transition.id), let to = transition.to, to.isKeyNode || to == .completed else {
      return false
    }
    let path = path(to: node).compactMap { step in
      if case .record(let event) = step { event.node } else { nil }
    }
    if to == .completed { return path.contains(.delivered) }
    return path.contains(to) || (path.contains(.shipped) && !node.isKeyNode)
  }

  @Test(arguments: Node.allCases)
  func `the store takes a step where the table has it, and nowhere else`(node: Node) throws {
    var differences: [String] = []
    for transition in Transition.all {
      guard let command = Self.command(for: transition.id) else { continue }
      let shop = try shop(at: node)
      let refusal = try shop.refusal(of: command)
      // A reallocation is an allocation told again.
      let isExpected =
        Transition.all.contains {
          ($0.id == transition.id || Self.command(for: $0.id) == command) && $0.from.contains(node)
        } || Self.isLate(transition, at: node)
      if (refusal == nil) != isExpected {
        let answer = refusal.map { "\($0)" } ?? "taken"
        differences.append("\(transition.id) \(transition.event) at \(node.name): \(answer)")
      } else if refusal == nil, let to = transition.to, try shop.reached(to, "A") == "none" {
        differences.append("\(transition.id) at \(node.name) leads to \(try shop.stored("A").node)")
      }
    }
    #expect(differences == [])
  }
}
