import OrderModel
import Workload

/// Makes random commands, most of them sensible for the state the model is in, from a seed.
///
/// Each seed has its own mix: some kinds of command are rare in it, some frequent, so that states are reached which an
/// even mix would miss.
struct CommandMaker {
  private var random: SplitMix64
  private var weights: [(kind: Kind, weight: Int)] = []
  /// For alerts, which leave the mix of the others as it is.
  private var alerting: SplitMix64
  private var second: Int64 = 0
  private var number = 0
  private var recent: [Submission] = []
  /// What is sold: articles that are counted, then a kit of some of them, then what is not counted at first.
  private let skus: [String]
  private let counted: [String]
  private let kit: [KitComponent]
  private let locations: [String]
  /// How many orders are spoken of at a time.
  private let openOrders: Int

  enum Kind: CaseIterable {
    case place, next, pay, grantCredit, approve, reserve, release, allocate, record, ship, shortPick, cancel, edit
    case hold, exception, note, parcel, giveBack, refund, void, receive, adjust, count, block, presale, transfer
    case expect, claim, endClaim, expire, cap, register, again
  }

  init(_ seed: Seed) {
    random = SplitMix64(seed)
    alerting = random
    counted = Array(["tea", "cup", "pot"].prefix(random.within(1...3)))
    skus = counted + ["set", "set", "card", "gift"].suffix(random.within(2...4))
    let each = random.within(1...2)
    kit = counted.prefix(2).enumerated().map { KitComponent(sku: $1, quantity: Int64($0 == 0 ? each : 3 - each)) }
    locations = Array(["north", "south", "east"].prefix(random.within(1...3)))
    openOrders = random.pick(of: [3, 8, 14])
    for kind in Kind.allCases {
      // What orders are made of comes often, the rest in most mixes.
      let weight =
        switch kind {
        case .next: random.pick(of: [40, 100])
        case .place: 8
        case .receive: random.pick(of: [1, 3, 6])
        case .count, .adjust: random.pick(of: [0, 1, 2])
        default: random.pick(of: [0, 1, 1, 2, 4, 8])
        }
      weights.append((kind, weight))
    }
  }

  /// The commands a shop begins with.
  mutating func opening() -> [Submission] {
    var commands: [Command] = ["tea", "cup", "pot"].map {
      .registerSKU(NewSKU(sku: $0, unitCostMinorUnits: Int64(random.within(0...9)), tracked: true))
    }
    commands.append(.registerSKU(NewSKU(sku: "card", tracked: false)))
    if random.happens(8_000) { commands.append(.registerSKU(NewSKU(sku: "set", components: kit))) }
    commands.append(.registerCustomer(CustomerIdentity(key: "ann", creditLimitMinorUnits: 20_000)))
    return commands.map { Submission($0) }
  }

  /// An order to speak of no more, when there are too many: what is left of it is let go of first.
  func retired(in model: ShopModel) -> ModelOrder? {
    model.orders.count <= openOrders ? nil : model.orders.values.min { $0.row < $1.row }
  }

  mutating func submission(for model: ShopModel) -> Submission {
    second += Int64(random.below(3))
    if let old = retired(in: model), random.happens(5_000) { return Submission(end(of: old)) }
    recent.removeAll { model.isOfRetired($0.command) }
    var submission = Submission(command(for: model))
    if random.happens(700) { submission.idempotencyKey = "key \(random.below(60) + number / 40)" }
    if random.happens(500), let reference = submission.command.order, let order = order(reference, in: model) {
      submission.ifVersion = random.happens(6_000) ? order.version : order.version &- UInt64(random.below(3))
    }
    if random.happens(250), let again = recent.last(where: { $0.idempotencyKey != nil }) {
      submission = again
      if random.happens(4_000) { submission.command = command(for: model) }
      if random.happens(2_000), case .cancel(var cancellation) = again.command {
        cancellation.isAcknowledged.toggle()
        submission.command = .cancel(cancellation)
      }
    }
    recent.append(submission)
    if recent.count > 30 { recent.removeFirst() }
    return submission
  }

  private func order(_ reference: OrderReference, in model: ShopModel) -> ModelOrder? {
    guard case .number(let number, _) = reference, let row = model.rows[number] else { return nil }
    return model.orders[row]
  }

  /// What lets go of an order.
  private mutating func end(of order: ModelOrder) -> Command {
    let reference = OrderReference.number(order.asked.number, channel: nil)
    if let share = order.shares.first(where: { $0.waiting > 0 }), let place = share.place, random.happens(5_000) {
      return .receive(
        StockReceipt(sku: place.sku, location: place.location, quantity: share.waiting, occurredAt: now()))
    }
    if random.happens(5_000) {
      return .release(StockOperation(order: reference, location: "", occurredAt: now()))
    }
    return .cancel(
      Cancellation(order: reference, side: .system, occurredAt: now(), isAcknowledged: random.happens(9_000)))
  }

  // MARK: Words

  private mutating func now() -> Instant {
    let late = random.happens(1_000) ? Int64(random.below(90)) : 0
    return Instant(milliseconds: 1_700_000_000_000 + (second - late) * 1_000)
  }

  private mutating func sku() -> String { random.happens(100) ? "unknown" : random.pick(of: skus) }
  private mutating func location() -> String { random.pick(of: locations) }
  private mutating func units(_ most: Int = 6) -> Int64 { random.happens(50) ? 0 : Int64(random.within(1...most)) }
  private mutating func actor() -> String? { random.pick(of: [nil, nil, "ann", "system", "ben"]) }
  private mutating func leg() -> UInt8 { random.pick(of: [0, 0, 1, 1, 2, 3]) }

  private mutating func line() -> NewLine {
    NewLine(
      sku: sku(), quantity: units(), unitPriceMinorUnits: Int64(random.within(0...9)) * 100,
      listPriceMinorUnits: random.happens(3_000) ? 1_000 : nil, location: random.happens(3_000) ? location() : nil)
  }

  /// Some of what an order has, or nothing named.
  private mutating func lines(of order: ModelOrder) -> [LineQuantity] {
    if order.lines.isEmpty || random.happens(6_000) { return [] }
    return (0..<random.within(1...2)).map { _ in
      LineQuantity(sku: random.happens(500) ? sku() : random.pick(of: order.lines).sku, quantity: units(4))
    }
  }

  // MARK: Commands

  private mutating func command(for model: ShopModel) -> Command {
    var left = random.below(weights.reduce(0) { $0 + $1.weight })
    var kind = weights.first { entry in
      left -= entry.weight
      return left < 0
    }!.kind
    // Enough are open: most orders live long enough to be delivered and to come back.
    if kind == .place, model.orders.count >= openOrders, !random.happens(3_500) { kind = .next }
    if let command = stockCommand(kind, model) { return command }
    let rows = model.orders.keys.sorted()
    guard kind != .place, !rows.isEmpty else { return .place(order(in: model)) }
    // Those still on their way more often.
    let active = rows.filter { model.orders[$0]!.node.isKeyNode }
    let order = model.orders[random.pick(of: active.isEmpty || random.happens(4_000) ? rows : active)]!
    let channel = random.happens(2_000) ? order.asked.channel : nil
    var reference = OrderReference.number(order.asked.number, channel: channel)
    if random.happens(50) { reference = .number("nobody's", channel: nil) }
    if alerting.happens(200), let merge = merge(order, reference, model) { return .merge(merge) }
    return kind == .next ? next(of: order, reference) : orderCommand(kind, order, reference)
  }

  private mutating func order(in model: ShopModel) -> NewOrder {
    if random.happens(500), let known = model.orders.values.min(by: { $0.row > $1.row }),
      !model.isOfRetired(.place(known.asked))
    {
      var order = known.asked
      if random.happens(3_000) { order.lines.append(line()) }
      if random.happens(3_000) { order.note = "again" }
      return order
    }
    number += 1
    let profiles: [Profile.ID] = [
      .standard, .standard, .standard, .simple, .simple, .b2b, .dropship, .digital, .pickup, .pos,
    ]
    let splits: [SplitPolicy] = [.asAvailable, .asAvailable, .asAvailable, .complete, .maxLegs(2)]
    var order = NewOrder(
      channel: random.pick(of: ["web", "web", "app"]), number: "N\(number)", placedAt: now(),
      customer: random.pick(of: [nil, CustomerIdentity(key: "ann"), CustomerIdentity(key: "ben")]), currency: "EUR",
      lines: (0..<(random.happens(50) ? 0 : random.within(1...3))).map { _ in line() },
      priority: random.pick(of: [nil, nil, "urgent", "low", "7"]), carrier: random.pick(of: [nil, "SF"]),
      discountMinorUnits: random.pick(of: [0, 0, 50]), shippingMinorUnits: random.pick(of: [0, 0, 300]),
      profile: random.pick(of: profiles), split: random.pick(of: splits), creator: random.pick(of: [nil, "ben"]))
    let returning = model.orders.values.filter { $0.hasPassed(.returnAuthorised) }.map(\.row).min()
    if let returning, random.happens(1_500) {
      let origin = model.orders[returning]!.asked
      order.exchangeFor = .number(origin.number, channel: nil)
      if random.happens(8_000) { order.customer = origin.customer }
    }
    return order
  }

  /// What usually comes next in the life of an order.
  private mutating func next(of order: ModelOrder, _ reference: OrderReference) -> Command {
    let decisions: [Node] = [.paid, .validated, .approved, .reserved, .allocated, .released]
    let missing = decisions.first { order.profile.requires($0) && !order.hasPassed($0) }
    if order.profile.id == .simple, random.happens(6_000) {
      return orderCommand(random.pick(of: [.reserve, .ship, .record, .pay, .approve]), order, reference)
    }
    switch missing {
    case .paid:
      if order.profile.id == .b2b || random.happens(2_000) {
        return .grantCredit(
          CreditGrant(order: reference, isCashOnDelivery: random.happens(3_000), actor: actor(), occurredAt: now()))
      }
      return .pay(
        Payment(
          order: reference, method: "card", amountMinorUnits: max(0, order.total - order.paid), occurredAt: now()))
    case .approved:
      return orderCommand(.approve, order, reference)
    case .reserved:
      return orderCommand(.reserve, order, reference)
    case .allocated:
      return .allocate(
        Allocation(
          order: reference, leg: random.pick(of: [1, 1, 2, 3]),
          location: order.shares.first { $0.reserved > 0 }?.place?.location ?? location(),
          lines: random.happens(4_000) ? [] : lines(of: order), occurredAt: now()))
    case .validated where random.happens(3_000): return validation(of: reference)
    case .validated, .released:
      return .record(
        StatusEvent(
          order: reference, node: missing!, leg: missing == .released ? someLeg(of: order) : 0, occurredAt: now(),
          actor: actor()))
    default: break
    }
    let leg = someLeg(of: order)
    let hasReserved = order.shares.contains { $0.reserved > 0 }
    if order.node < .shipped, hasReserved, random.happens(700) {
      return .shortPick(
        StockOperation(
          order: reference, location: "", lines: [LineQuantity(sku: random.pick(of: order.lines).sku, quantity: 1)],
          occurredAt: now(), leg: random.happens(5_000) ? leg : 0))
    }
    let furthest = order.passages.filter { $0.node.isKeyNode && (leg == 0 || [0, leg].contains($0.leg)) }.map(\.node)
      .max()
    let next = Node.keyNodes.first { $0 > (furthest ?? .placed) && order.profile.requires($0) }
    guard order.node.isKeyNode, let next else {
      return orderCommand(random.pick(of: [.giveBack, .giveBack, .refund, .record]), order, reference)
    }
    if next == .shipped, random.happens(5_000) {
      return .ship(
        StockOperation(
          order: reference, location: "", lines: random.happens(7_000) ? [] : lines(of: order), occurredAt: now(),
          leg: leg))
    }
    return .record(
      StatusEvent(
        order: reference, node: next, leg: leg, occurredAt: now(), actor: actor(),
        waybill: next == .labelled ? "W\(random.below(400))" : nil))
  }

  private mutating func validation(of reference: OrderReference) -> Command {
    let kinds: [ExceptionKind] = [.price, .address, .duplicate]
    return .validate(
      Validation(
        order: reference, failed: (0..<random.below(3)).map { _ in random.pick(of: kinds) }, actor: actor(),
        occurredAt: now()))
  }

  private mutating func someLeg(of order: ModelOrder) -> UInt8 {
    order.legs.isEmpty || random.happens(2_000) ? 0 : random.pick(of: order.legs).number
  }

  private mutating func orderCommand(_ kind: Kind, _ order: ModelOrder, _ reference: OrderReference) -> Command {
    func operation(_ maker: inout CommandMaker, location: String, leg: UInt8 = 0) -> StockOperation {
      StockOperation(
        order: reference, location: location, lines: maker.lines(of: order), occurredAt: maker.now(),
        actor: maker.actor(), leg: leg)
    }
    switch kind {
    case .pay:
      let amount = random.happens(5_000) ? order.total - order.paid : Int64(random.within(0...900))
      return .pay(Payment(order: reference, method: "card", amountMinorUnits: amount, occurredAt: now()))
    case .grantCredit:
      return .grantCredit(
        CreditGrant(order: reference, isCashOnDelivery: random.happens(3_000), actor: actor(), occurredAt: now()))
    case .approve:
      return .approve(
        Approval(
          order: reference, location: random.happens(6_000) ? location() : nil,
          shortage: random.happens(2_000) ? .refuse : .backorder, actor: actor(), occurredAt: now()))
    case .reserve:
      var part = operation(&self, location: random.happens(100) ? "" : location())
      // A line in parts from several places.
      if random.happens(5_000) {
        part.lines = [LineQuantity(sku: random.pick(of: order.lines).sku, quantity: units(2))]
      }
      return .reserve(part)
    case .release: return .release(operation(&self, location: random.happens(5_000) ? "" : location()))
    case .allocate:
      return .allocate(
        Allocation(
          order: reference, leg: leg(), location: location(), carrier: random.pick(of: [nil, "SF", "DHL"]),
          lines: lines(of: order), actor: actor(), occurredAt: now()))
    case .record where random.happens(300): return validation(of: reference)
    case .record:
      let node = random.happens(8_000) ? random.pick(of: Node.keyNodes) : random.pick(of: Array(Node.allCases))
      return .record(
        StatusEvent(
          order: reference, node: node, leg: leg(), occurredAt: now(), actor: actor(),
          location: random.happens(1_000) ? location() : nil, carrier: random.pick(of: [nil, nil, "SF", "DHL"]),
          waybill: random.happens(1_000) ? "W\(random.below(400))" : nil))
    case .ship: return .ship(operation(&self, location: random.happens(6_000) ? "" : location(), leg: leg()))
    case .shortPick: return .shortPick(operation(&self, location: random.happens(6_000) ? "" : location(), leg: leg()))
    case .cancel:
      let some = [LineQuantity(sku: random.pick(of: order.lines).sku, quantity: units(2))]
      return .cancel(
        Cancellation(
          order: reference, lines: random.happens(6_000) ? some : lines(of: order),
          side: random.pick(of: Side.allCases), occurredAt: now(),
          actor: actor(), isAcknowledged: random.happens(5_000)))
    case .edit:
      return .edit(
        OrderEdit(
          order: reference, changes: (0..<random.within(1...2)).map { _ in change(of: order) }, actor: actor(),
          occurredAt: now()))
    case .hold:
      let kinds: [HoldKind] = [.payment, .fraud, .manual]
      return .hold(
        HoldChange(
          order: reference, kind: random.pick(of: kinds), isOn: order.holds.isEmpty && random.happens(7_000),
          actor: actor(), occurredAt: now()))
    case .exception:
      let kinds: [ExceptionKind] = [.price, .shortPick, .attemptFailed, .address]
      return .exception(
        ExceptionChange(
          order: reference, kind: random.pick(of: kinds), step: random.pick(of: Array(ExceptionStep.allCases)),
          leg: random.pick(of: [0, 1]), actor: actor(), occurredAt: now()))
    case .parcel:
      return .parcel(
        ParcelReport(
          order: reference, outcome: random.pick(of: Array(ParcelReport.Outcome.allCases)), leg: leg(),
          lines: lines(of: order), actor: actor(), occurredAt: now()))
    case .giveBack:
      let next: ReturnStep.Step? =
        switch order.node {
        case .delivered, .completed: .request
        case .returnRequested: .authorise
        case .returnAuthorised, .returnInTransit: .receive
        case .returnReceived: .inspect
        default: nil
        }
      let step = random.happens(7_000) ? next : nil
      return .giveBack(
        ReturnStep(
          order: reference, step: step ?? random.pick(of: Array(ReturnStep.Step.allCases)), lines: lines(of: order),
          disposition: random.pick(of: Array(ReturnStep.Disposition.allCases)),
          location: random.happens(9_000) ? location() : nil, actor: actor(), occurredAt: now()))
    case .refund:
      let left = order.paid - order.refunded
      return .refund(
        Refund(
          order: reference, method: "card",
          amountMinorUnits: random.happens(4_000) ? left : Int64(random.within(0...900)), actor: actor(),
          occurredAt: now()))
    case .void:
      let newest = order.entries.count
      let entry = random.happens(6_000) ? newest - random.below(3) : random.below(newest + 2)
      return .void(VoidEntry(order: reference, entry: entry, actor: actor(), occurredAt: now()))
    default:
      let note = OrderNote(order: reference, text: random.happens(500) ? "" : "remember", occurredAt: now())
      return alerting.happens(5_000) ? .alert(alert(order, reference, at: note.occurredAt)) : .note(note)
    }
  }

  /// With another order of the same customer, mostly.
  private mutating func merge(
    _ order: ModelOrder, _ reference: OrderReference, _ model: ShopModel
  ) -> ShipmentMerge? {
    let others = model.orders.values.filter { !$0.legs.isEmpty && $0.asked.customer?.key == order.asked.customer?.key }
      .sorted { $0.row < $1.row }
    guard !others.isEmpty else { return nil }
    let host = alerting.pick(of: others)
    return ShipmentMerge(
      order: reference, leg: alerting.pick(of: order.legs.map(\.number) + [1]),
      into: .number(host.asked.number, channel: nil), intoLeg: alerting.pick(of: host.legs.map(\.number)),
      actor: "ann", occurredAt: Instant(milliseconds: 1_700_000_000_000 + second * 1_000))
  }

  private mutating func alert(_ order: ModelOrder, _ reference: OrderReference, at: Instant) -> AlertNotice {
    let open = [ExceptionKind.price, .shortPick, .attemptFailed, .address].filter(order.isOpen)
    let causes: [AlertCause] = open.isEmpty ? [.stalled, .lateToShip, .lateToDeliver] : Array(AlertCause.allCases)
    return AlertNotice(
      order: reference, leg: alerting.pick(of: [0, 0] + order.legs.map(\.number) + [1]),
      node: alerting.happens(7_000) ? order.passages.last?.node ?? .placed : alerting.pick(of: Node.keyNodes),
      cause: alerting.pick(of: alerting.happens(8_000) ? causes : Array(AlertCause.allCases)),
      exception: alerting.happens(8_000) ? open.first : .price,
      dueAt: Instant(milliseconds: at.milliseconds - Int64(alerting.below(10)) * 1_000), actor: "system:alerts",
      occurredAt: at)
  }

  private mutating func change(of order: ModelOrder) -> OrderEdit.Change {
    switch random.below(9) {
    case 0, 1: .quantity(sku: random.happens(500) ? sku() : order.lines[0].sku, units(8))
    case 2: .add(line())
    case 3: .substitute(sku: random.pick(of: order.lines).sku, line())
    case 4: .region(random.pick(of: ["NW", "SE"]))
    case 5: .city("Hangzhou")
    case 6: .priority(random.pick(of: ["urgent", "low", "normal"]))
    case 7: .shipBy(now())
    default: .deliverBy(now())
    }
  }

  private mutating func stockCommand(_ kind: Kind, _ model: ShopModel) -> Command? {
    switch kind {
    case .receive:
      return .receive(
        StockReceipt(
          sku: random.happens(9_800) ? random.pick(of: counted) : sku(), location: location(),
          quantity: units(9), unitCostMinorUnits: random.pick(of: [nil, 3, 10]), occurredAt: now(),
          wasExpected: random.happens(3_000)))
    case .adjust:
      return .adjust(
        StockAdjustment(
          sku: sku(), location: location(), quantity: Int64(random.within(-3...2)), occurredAt: now(),
          observed: random.happens(1_000)))
    case .count:
      let cell = model.places.isEmpty ? nil : random.pick(of: model.places)
      let book = cell.map { model.cells[$0]!.onHand } ?? 0
      return .count(
        StockCount(
          sku: cell?.sku ?? sku(), location: cell?.location ?? location(),
          counted: random.happens(3_000) ? Int64(random.below(Int(book) + 1)) : book + Int64(random.within(-4...2)),
          occurredAt: now()))
    case .block:
      return .block(
        StockBlock(
          sku: sku(), location: location(), kind: random.pick(of: Array(StockBlock.Kind.allCases)),
          quantity: Int64(random.within(-3...3)), occurredAt: now()))
    case .presale:
      // Where somebody waits, or has bought ahead, more often.
      let wanted = model.places.filter { model.cells[$0]!.backordered + model.cells[$0]!.presaleSold > 0 }
      let place = wanted.isEmpty || random.happens(3_000) ? nil : random.pick(of: wanted)
      return .presale(
        PresaleQuota(
          sku: place?.sku ?? sku(), location: place?.location ?? location(), quantity: Int64(random.within(-4...5)),
          occurredAt: now()))
    case .transfer:
      return .transfer(
        StockTransfer(
          sku: sku(), from: location(), to: location(), quantity: units(4), due: now(), occurredAt: now()))
    case .expect:
      return .expect(
        ExpectedStock(sku: sku(), location: location(), quantity: units(6), due: now(), occurredAt: now()))
    case .claim:
      var expires = now()
      expires.milliseconds += Int64(random.below(60)) * 1_000
      return .claim(
        StockClaim(
          sku: sku(), location: location(), quantity: units(3), owner: random.pick(of: ["basket 1", "basket 2"]),
          expiresAt: expires, occurredAt: now()))
    case .endClaim:
      if let claim = model.claims.first, random.happens(8_000) {
        return .endClaim(
          ClaimRelease(
            sku: claim.place.sku, location: claim.place.location, owner: claim.owner, occurredAt: now()))
      }
      return .endClaim(ClaimRelease(sku: sku(), location: location(), owner: "basket 1", occurredAt: now()))
    case .cap:
      return .cap(
        ChannelCap(
          sku: random.happens(8_000) ? random.pick(of: counted) : sku(),
          location: random.happens(5_000) ? location() : nil, channel: random.pick(of: ["web", "web", "app"]),
          units: random.happens(3_000) ? nil : Int64(random.within(-1...12)), occurredAt: now()))
    case .expire: return .expire(Expiry(asOf: now()))
    case .register:
      if random.happens(5_000) {
        return .registerCustomer(
          CustomerIdentity(
            key: random.pick(of: ["ann", "ben"]),
            creditLimitMinorUnits: random.pick(of: [nil, 0, 5_000, 20_000])))
      }
      if random.happens(3_000) {
        let parts = random.happens(8_000) ? kit : [KitComponent(sku: sku(), quantity: 1)]
        return .registerSKU(NewSKU(sku: random.happens(8_000) ? "set" : sku(), components: parts))
      }
      return .registerSKU(
        NewSKU(
          sku: random.pick(of: skus), unitCostMinorUnits: Int64(random.within(0...9)), tracked: random.happens(3_000)))
    case .again: return recent.isEmpty ? nil : random.pick(of: recent).command
    default: return nil
    }
  }
}
