import OrderModel

/// An order in the model: what was asked, what became of each unit, and everything that was told of it.
struct ModelOrder {
  /// Units of one SKU, each in exactly one place.
  struct Line {
    var sku: String
    var ordered: Int64
    var price: Int64
    var location: String
    var cancelled: Int64 = 0, backordered: Int64 = 0, presold: Int64 = 0, reserved: Int64 = 0
    var shipped: Int64 = 0, delivered: Int64 = 0, lost: Int64 = 0, returnedToOrigin: Int64 = 0
    var requested: Int64 = 0, authorised: Int64 = 0, returned: Int64 = 0
    var restocked: Int64 = 0, quarantined: Int64 = 0, scrapped: Int64 = 0

    var unreserved: Int64 { ordered - cancelled - backordered - presold - reserved - shipped }
    var open: Int64 { ordered - cancelled - shipped }
    var underway: Int64 { shipped - delivered - lost - returnedToOrigin }

    var isSound: Bool {
      let parts = [
        cancelled, backordered, presold, reserved, shipped, delivered, lost, returnedToOrigin, requested, authorised,
        returned, restocked, quarantined, scrapped, unreserved, underway, delivered - requested,
        requested - authorised, authorised + returnedToOrigin - returned,
      ]
      return parts.allSatisfy { $0 >= 0 } && returned == restocked + quarantined + scrapped
    }
  }

  /// What one place owes, holds or has sent of a line, for one leg.
  struct Share {
    var line: Int
    /// Nil for what nobody counts.
    var place: Place?
    /// Nil before it is allocated.
    var leg: UInt8?
    /// When it was made, among all shares and claims of the store.
    var age: Int
    var approvedAt: Int64
    var backordered: Int64 = 0, presold: Int64 = 0, reserved: Int64 = 0, shipped: Int64 = 0, settled: Int64 = 0

    var underway: Int64 { shipped - settled }
    var waiting: Int64 { backordered + presold }
    var isSound: Bool { [backordered, presold, reserved, shipped, settled, underway].allSatisfy { $0 >= 0 } }
  }

  struct Leg {
    var number: UInt8
    var location = ""
    var carrier = ""
    var waybill = ""
  }

  /// A movement that belongs to an entry, with what it did to the value of the stock.
  struct Move {
    var kind: MovementKind
    var quantity: Int64
    /// Nil for a component of a kit, whose line another movement moves.
    var line: Int?
    var share: Int?
    /// Nil for a kit, whose components are at places.
    var place: Place?
    var value: Int64
  }

  /// What an alert is about.
  struct Alert: Equatable {
    var leg: UInt8
    var node: Node
    var cause: AlertCause
    var exception: ExceptionKind?
    var due: Instant
  }

  struct Entry {
    var kind: EventKind
    var node: Node
    var leg: UInt8
    /// Nil when the time is missing.
    var at: Int64?
    var subject: UInt8 = 0
    var waybill = ""
    /// Of a merged leg, whose parcel it joined: the order's row and the leg.
    var parcel: [Int]?
    var alert: Alert?
    /// What was paid or given back in all, before it and with it.
    var money: (before: Int64, after: Int64)?
    var isVoided = false
    var moves: [Move] = []
  }

  var row: Int
  var asked: NewOrder
  var lines: [Line]
  var shares: [Share] = []
  var legs: [Leg] = []
  /// In the order of recording.
  var entries: [Entry] = []
  /// The number of its last entry among all of the store.
  var version: UInt64 = 0
  var node = Node.placed
  var carrier: String
  var region, city, priority: String
  var shipBy, deliverBy: Instant?
  var holds: Set<HoldKind> = []
  var (paid, refunded, exposure): (Int64, Int64, Int64) = (0, 0, 0)
  var paymentCount = 0
  /// When nodes were reached, as of the last entry.
  var milestones: [Node: (all: Int64??, first: Int64??)] = [:]
  /// Movements that no entry tells of yet.
  var untold: [Move] = []

  init(row: Int, _ asked: NewOrder) {
    (self.row, self.asked) = (row, asked)
    lines = asked.lines.map {
      Line(sku: $0.sku, ordered: $0.quantity, price: $0.unitPriceMinorUnits, location: $0.location ?? "")
    }
    carrier = asked.carrier ?? ""
    (region, city, priority) = (asked.region ?? "", asked.city ?? "", asked.priority ?? "")
    (shipBy, deliverBy) = (asked.shipBy, asked.deliverBy)
  }

  var profile: Profile { Profile.of(asked.profile) }

  /// What the customer owes in all.
  var total: Int64 {
    lines.reduce(asked.shippingMinorUnits + asked.taxMinorUnits - asked.discountMinorUnits) {
      $0 + ($1.ordered - $1.cancelled) * $1.price
    }
  }
  var hasLines: Bool { lines.contains { ($0.ordered - $0.cancelled) * $0.price != 0 } }

  // MARK: What was told

  var passages: [Entry] { entries.filter { $0.kind == .passed && !$0.isVoided } }

  /// Whether the order as a whole or any leg passed a node.
  func hasPassed(_ node: Node) -> Bool { node == .placed || passages.contains { $0.node == node } }

  /// Whether a leg passed it, alone or with the whole order. Leg 0 stands for any.
  func hasPassed(_ node: Node, leg: UInt8) -> Bool {
    leg == 0 ? hasPassed(node) : node == .placed || passages.contains { $0.node == node && [0, leg].contains($0.leg) }
  }

  /// The same statement made again.
  func isKnown(_ node: Node, leg: UInt8, at: Instant) -> Bool {
    passages.contains { $0.node == node && $0.leg == leg && $0.at == at.milliseconds }
  }

  /// The last that is told of an exception.
  func lastStep(of kind: ExceptionKind) -> EventKind? {
    let steps: [EventKind] = [.raised, .acknowledged, .resolved, .reopened]
    return entries.last { !$0.isVoided && $0.subject == kind.rawValue && steps.contains($0.kind) }?.kind
  }
  func isOpen(_ kind: ExceptionKind) -> Bool { lastStep(of: kind).map { $0 != .resolved } ?? false }

  // MARK: Where it stands

  func furthest(ofLeg leg: UInt8) -> Node {
    passages.filter { $0.leg == leg && $0.node.isKeyNode }.map(\.node).max() ?? .placed
  }

  /// Where a leg stands when its passages are taken one after the other: a key node counts when it is further than those
  /// before it, any other always.
  func stand(ofLeg leg: UInt8) -> (node: Node, at: Int64?) {
    var stand: (node: Node, at: Int64?) = (.placed, nil)
    var furthest = Node.placed
    for entry in passages where entry.leg == leg {
      if entry.node.isKeyNode {
        if entry.node <= furthest { continue }
        furthest = entry.node
      }
      stand = (entry.node, entry.at)
    }
    return stand
  }

  /// What the carrier said last of deliveries of a parcel; 0 is any.
  func deliveries(ofLeg leg: UInt8) -> [Entry] {
    entries.filter {
      !$0.isVoided && (leg == 0 || [0, leg].contains($0.leg))
        && ($0.kind == .attemptFailed || $0.kind == .passed && [.outForDelivery, .delivered].contains($0.node))
    }
  }

  /// The legs that count, and whether units are in none of them although others are.
  ///
  /// A leg whose units are all gone elsewhere counts no more, unless none is left that does.
  private func holders(_ isTracked: (String) -> Bool) -> (legs: [Leg], isRestWithoutLeg: Bool) {
    let inLegs = shares.filter { $0.leg != nil }
    let isRest =
      !inLegs.isEmpty
      && (lines.contains { isTracked($0.sku) && $0.unreserved > 0 }
        || shares.contains { $0.leg == nil && $0.waiting + $0.reserved > 0 })
    let holding = legs.filter { leg in
      let own = inLegs.filter { $0.leg == leg.number }
      return own.isEmpty || own.contains { $0.waiting + $0.reserved + $0.shipped > 0 }
    }
    return (holding.isEmpty && !isRest ? legs : holding, isRest)
  }

  /// The lowest node over the legs that hold units, or the furthest that the order as a whole passed; what closes or
  /// follows a sale stands above, and what ended unfulfilled stays so.
  func rolledUp(_ isTracked: (String) -> Bool) -> Node {
    let holders = holders(isTracked)
    let passages = passages
    if let end = passages.last(where: \.node.endsUnfulfilled) { return end.node }
    if let closing = passages.last(where: { !$0.node.isKeyNode }) { return closing.node }
    let whole = passages.filter { $0.leg == 0 }.map(\.node).max() ?? .placed
    let parts = holders.legs.map { furthest(ofLeg: $0.number) } + (holders.isRestWithoutLeg ? [.placed] : [])
    let node = max(whole, parts.min() ?? .placed)
    let lastTry = entries.last {
      !$0.isVoided && ($0.kind == .attemptFailed || $0.kind == .passed && $0.node == .outForDelivery)
    }
    return node == .outForDelivery && lastTry?.kind == .attemptFailed ? .inTransit : node
  }

  /// When a node was reached: by all units, and by the first leg. Nil: not; `.some(nil)`: the time is missing.
  func reached(_ node: Node, _ isTracked: (String) -> Bool) -> (all: Int64??, first: Int64??) {
    func earliest(_ entries: [Entry]) -> Int64?? {
      if entries.isEmpty { return .none }
      return .some(entries.compactMap(\.at).min())
    }
    let passages = passages.filter { $0.node == node }
    let whole = passages.filter { $0.leg == 0 }
    if passages.count == whole.count { return (earliest(whole), earliest(whole)) }
    if !node.isKeyNode { return (earliest(passages), earliest(passages)) }
    let holders = holders(isTracked)
    var byLeg = holders.legs.map { leg in earliest(passages.filter { $0.leg == leg.number } + whole) }
    if holders.isRestWithoutLeg { byLeg.append(earliest(whole)) }
    let times = byLeg.compactMap { $0 }
    let first = earliest(passages)
    guard times.count == byLeg.count else { return (.none, first) }
    return (times.contains(nil) ? .some(nil) : .some(times.compactMap { $0 }.max()), first)
  }
}
