import OrderModel

/// Why the model says no.
struct Refused: Error {
  var why: String
  init(_ why: String) { self.why = why }
}

/// What a store must know after some commands, by the plainest means: orders, places and claims as values, no file, no
/// facts, no chains. Written from the lifecycle's rules, not from the store's sources.
struct ShopModel {
  /// What a command must be answered.
  enum Verdict: Equatable {
    case refused
    /// Known already, nothing was new.
    case unchanged(order: Int?, version: UInt64)
    case changed(order: Int?, version: UInt64)
  }

  /// Orders that may still be spoken of, by row.
  var orders: [Int: ModelOrder] = [:]
  var orderCount = 0
  var rows: [String: Int] = [:]
  var articles: [String: ModelArticle] = [:]
  var cells: [Place: ModelCell] = [:]
  /// Places in the order in which they were first heard of.
  var places: [Place] = []
  var claims: [ModelClaim] = []
  var inbound: [ModelInbound] = []
  var customers: [String: ModelCustomer] = [:]
  /// Parcels by carrier and waybill: the rows of their orders and the legs.
  var parcels: [String: Set<[Int]>] = [:]
  /// Legs that joined the parcel of another.
  var joined: [[Int]: [Int]] = [:]
  /// Entries of all timelines.
  var eventCount: UInt64 = 0
  var caps: [ModelCap: Int64] = [:]
  /// Places in which the present command moved something.
  var touched: Set<Place> = []
  /// Shares and claims made so far.
  var ages = 0
  /// Accepted commands by idempotency key.
  var keys: [String: (command: Command, order: Int?)] = [:]

  /// Judges a submission; refused, it leaves nothing.
  mutating func apply(_ submission: Submission) -> Verdict {
    if let key = submission.idempotencyKey, let first = keys[key] {
      return first.command == submission.command ? .unchanged(order: first.order, version: 0) : .refused
    }
    var draft = self
    draft.touched = []
    do throws(Refused) {
      if let expected = submission.ifVersion, let reference = submission.command.order {
        guard draft.orders[try draft.row(of: reference)]!.version == expected else { throw Refused("stale") }
      }
      let answer = try draft.judge(submission.command)
      try draft.keepCaps(since: self)
      if answer.isNew || submission.idempotencyKey != nil { try draft.handOn(at: submission.command.instant) }
      self = draft
      if let key = submission.idempotencyKey { keys[key] = (submission.command, answer.order) }
      let version = answer.order.map { orders[$0]?.version ?? 0 } ?? 0
      return answer.isNew
        ? .changed(order: answer.order, version: version) : .unchanged(order: answer.order, version: version)
    } catch { return .refused }
  }

  /// Whether something was new, and the order it is about.
  typealias Answer = (isNew: Bool, order: Int?)

  private mutating func judge(_ command: Command) throws(Refused) -> Answer {
    switch command {
    case .place(let order): return try place(order)
    case .registerSKU(let sku): return try register(sku)
    case .registerCustomer(let customer): return register(customer)
    case .receive(let receipt): try receive(receipt)
    case .adjust(let adjustment): try adjust(adjustment)
    case .expect(let expected): try expect(expected)
    case .transfer(let transfer): try self.transfer(transfer)
    case .count(let count): try self.count(count)
    case .block(let block): try self.block(block)
    case .presale(let quota): try presale(quota)
    case .cap(let cap): return (try self.cap(cap), nil)
    case .claim(let claim): try self.claim(claim)
    case .endClaim(let release): try endClaim(release)
    case .expire(let expiry): return (expire(expiry), nil)
    default:
      guard let reference = command.order else { throw Refused("not modelled") }
      let row = try row(of: reference)
      return (try judge(command, of: row), row)
    }
    return (true, nil)
  }

  /// - Returns: Whether something was new.
  private mutating func judge(_ command: Command, of row: Int) throws(Refused) -> Bool {
    switch command {
    case .record(let event): return try record(event, row)
    case .approve(let approval): return try approve(approval, row)
    case .cancel(let cancellation): return try cancel(cancellation, row)
    case .reserve(let operation): return try reserve(operation, row)
    case .release(let operation): return try release(operation, row)
    case .pay(let payment): try pay(payment, row)
    case .grantCredit(let grant): try grantCredit(grant, row)
    case .allocate(let allocation): try allocate(allocation, row)
    case .ship(let operation): try ship(operation, row)
    case .shortPick(let operation): try shortPick(operation, row)
    case .hold(let change): try hold(change, row)
    case .exception(let change): try exception(change, row)
    case .note(let note):
      if note.text.isEmpty { throw Refused("no text") }
      tell(.noted, row, at: note.occurredAt)
    case .alert(let notice): return try alert(notice, row)
    case .merge(let merge): try self.merge(merge, row)
    case .edit(let edit): try self.edit(edit, row)
    case .parcel(let report): try self.report(report, row)
    case .giveBack(let step): try giveBack(step, row)
    case .refund(let refund): try self.refund(refund, row)
    case .void(let entry): try void(entry, row)
    case .validate(let validation): return try validate(validation, row)
    default: throw Refused("not modelled")
    }
    return true
  }

  func row(of reference: OrderReference) throws(Refused) -> Int {
    switch reference {
    case .id(let id): if orders[Int(id.rawValue)] != nil { return Int(id.rawValue) }
    case .number(let number, _): if let row = rows[number], orders[row] != nil { return row }
    }
    throw Refused("unknown order")
  }

  /// Whether a command is about an order that is spoken of no more.
  func isOfRetired(_ command: Command) -> Bool {
    func isRetired(_ number: String) -> Bool { rows[number].map { orders[$0] == nil } ?? false }
    switch (command, command.order) {
    case (.place(let order), _):
      if case .number(let origin, _) = order.exchangeFor, isRetired(origin) { return true }
      return isRetired(order.number)
    case (.merge(let merge), .number(let number, _)):
      if case .number(let host, _) = merge.into, isRetired(host) { return true }
      return isRetired(number)
    case (_, .number(let number, _)): return isRetired(number)
    default: return false
    }
  }

  // MARK: Telling

  /// Adds an entry that passes a node; it takes along the movements that no entry tells of yet.
  mutating func pass(_ node: Node, _ row: Int, leg: UInt8 = 0, at: Instant?) {
    if leg != 0 { ensureLeg(leg, of: row) }
    add(ModelOrder.Entry(kind: .passed, node: node, leg: leg, at: at?.milliseconds), to: row)
  }

  /// Adds an entry that passes none.
  mutating func tell(_ kind: EventKind, _ row: Int, leg: UInt8 = 0, subject: UInt8 = 0, at: Instant) {
    let node = orders[row]!.node
    add(ModelOrder.Entry(kind: kind, node: node, leg: leg, at: at.milliseconds, subject: subject), to: row)
  }

  mutating func add(_ entry: ModelOrder.Entry, to row: Int) {
    eventCount += 1
    var entry = entry
    entry.moves = orders[row]!.untold
    orders[row]!.untold = []
    orders[row]!.entries.append(entry)
    orders[row]!.version = eventCount
    let order = orders[row]!
    orders[row]!.node = order.rolledUp(isTracked)
    for node in Comparison.nodes { orders[row]!.milestones[node] = order.reached(node, isTracked) }
  }

  mutating func ensureLeg(_ number: UInt8, of row: Int, location: String = "", carrier: String = "") {
    if orders[row]!.legs.contains(where: { $0.number == number }) { return }
    orders[row]!.legs.append(ModelOrder.Leg(number: number, location: location, carrier: carrier))
  }

  // MARK: Guards

  /// Decisions of the shop, in their order: each needs those before it, as far as the profile has them.
  private static let decisions: [Node] = [.paid, .validated, .approved, .reserved, .allocated, .released]
  /// What an open hold forbids: T17, T19–T24.
  private static let heldBack: [Node] = [.released, .picking, .picked, .packed, .labelled, .shipped]

  /// Refuses a node that the order, or a leg, may not pass now.
  func require(_ node: Node, _ row: Int, leg: UInt8 = 0) throws(Refused) {
    let order = orders[row]!
    func needs(_ isMet: Bool) throws(Refused) { if !isMet { throw Refused("\(order.node) to \(node)") } }
    func passed(_ node: Node) -> Bool { order.hasPassed(node, leg: leg) }
    if order.node == .cancelled || order.node == .expired { return try needs(node == .refunded && passed(.paid)) }
    switch node {
    case .placed: try needs(false)
    case .cancelled:
      let hasLeft = [Node.shipped, .inTransit, .outForDelivery, .delivered].contains(where: order.hasPassed)
      try needs(order.node < .shipped || order.node == .refunded && !hasLeft)
    case .expired: try needs(!passed(.paid) && order.node < .released)
    case .completed, .returnRequested: try needs(passed(.delivered))
    case .returnAuthorised: try needs(passed(.returnRequested))
    case .returnInTransit: try needs(passed(.shipped) || passed(.delivered))
    case .returnReceived: try needs(passed(.returnInTransit) || passed(.returnAuthorised))
    case .inspected: try needs(passed(.returnReceived))
    case .refunded: try needs(passed(.paid))
    case .exchanged: try needs(passed(.returnAuthorised))
    default:
      try needs(Self.decisions.allSatisfy { $0 >= node || !order.profile.requires($0) || passed($0) })
      try needs(order.holds.isEmpty || passed(.shipped) || !Self.heldBack.contains(node))
    }
  }

  func isTracked(_ sku: String) -> Bool { articles[sku]?.isTracked ?? false }

  /// Whether every open unit that is counted is reserved, presold, or waits.
  func isSpokenFor(_ row: Int) -> Bool { orders[row]!.lines.allSatisfy { !isTracked($0.sku) || $0.unreserved == 0 } }

  /// Spreads what is asked for over the lines in their order; everything possible when nothing is named.
  func portions(_ wanted: [LineQuantity], _ row: Int, _ possible: (Int) -> Int64) throws(Refused) -> [Int64] {
    let lines = orders[row]!.lines
    if wanted.isEmpty { return lines.indices.map { max(0, possible($0)) } }
    var portions = lines.map { _ in Int64(0) }
    for request in wanted {
      try checkQuantity(request.quantity)
      var rest = request.quantity
      for index in lines.indices where lines[index].sku == request.sku {
        let taken = min(rest, max(0, possible(index)) - portions[index])
        portions[index] += taken
        rest -= taken
      }
      if rest > 0 { throw Refused("too many") }
    }
    return portions
  }

  /// So many units out of a line's shares, the oldest or the newest first.
  func take(
    _ quantity: Int64, ofLine line: Int, _ row: Int, newestFirst: Bool = false, _ amount: (ModelOrder.Share) -> Int64
  ) -> [(share: Int, quantity: Int64)] {
    var rest = quantity
    var taken: [(share: Int, quantity: Int64)] = []
    let shares = orders[row]!.shares
    for index in newestFirst ? shares.indices.reversed() : Array(shares.indices) where shares[index].line == line {
      let part = min(rest, amount(shares[index]))
      if part > 0 { taken.append((index, part)) }
      rest -= max(0, part)
    }
    return taken
  }

  func checkQuantity(_ quantity: Int64) throws(Refused) {
    if quantity < 1 || quantity > Int64(Int32.max) { throw Refused("quantity") }
  }
}

extension Command {
  /// The name of its case.
  var kind: String { Mirror(reflecting: self).children.first?.label ?? "" }

  /// When it happened.
  var instant: Instant {
    switch self {
    case .place(let order): order.placedAt
    case .observe(let observed): observed.order.placedAt
    case .record(let event): event.occurredAt
    case .pay(let payment): payment.occurredAt
    case .receive(let receipt): receipt.occurredAt
    case .adjust(let adjustment): adjustment.occurredAt
    case .reserve(let operation), .release(let operation), .ship(let operation), .shortPick(let operation):
      operation.occurredAt
    case .cancel(let cancellation): cancellation.occurredAt
    case .credit(let note): note.occurredAt
    case .approve(let approval): approval.occurredAt
    case .grantCredit(let grant): grant.occurredAt
    case .allocate(let allocation): allocation.occurredAt
    case .hold(let change): change.occurredAt
    case .exception(let change): change.occurredAt
    case .note(let note): note.occurredAt
    case .alert(let notice): notice.occurredAt
    case .merge(let merge): merge.occurredAt
    case .edit(let edit): edit.occurredAt
    case .parcel(let report): report.occurredAt
    case .giveBack(let step): step.occurredAt
    case .refund(let refund): refund.occurredAt
    case .void(let entry): entry.occurredAt
    case .validate(let validation): validation.occurredAt
    case .expect(let expected): expected.occurredAt
    case .transfer(let transfer): transfer.occurredAt
    case .count(let count): count.occurredAt
    case .block(let block): block.occurredAt
    case .presale(let quota): quota.occurredAt
    case .cap(let cap): cap.occurredAt
    case .claim(let claim): claim.occurredAt
    case .endClaim(let release): release.occurredAt
    case .expire(let expiry): expiry.asOf
    case .registerCustomer, .registerSKU: .earliest
    }
  }
}
