package import OrderModel

/// Reads commands from JSON objects, one a line of a feed: `{"command": "hold", "order": "SO-1", "kind": "fraud", …}`.
///
/// A line with `event` in place of `command` tells of a node, as carriers and warehouses do. Instants are RFC 3339 with a
/// zone, or what the caller's `instant` understands; money is decimal text at the store's scale.
package struct CommandDecoder {
  /// Why a line is no command.
  package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
  }

  /// Milliseconds of an instant's text; nil when it is none.
  private let instant: (String) -> Int64?
  /// Decimal places of amounts.
  private let scale: Int
  private let currency: String

  package init(currency: String, scale: Int, instant: @escaping (String) -> Int64?) {
    (self.currency, self.scale, self.instant) = (currency, scale, instant)
  }

  /// Names that `command` may have.
  package static let names = [
    "place", "pay", "terms", "approve", "reserve", "release", "allocate", "ship", "short_pick", "cancel", "edit",
    "hold", "unhold", "exception", "note", "alert", "merge", "return", "refund", "credit", "void", "receive", "adjust",
    "count",
    "block", "expect", "transfer", "presale", "cap", "claim", "unclaim", "expire", "customer", "sku", "validate",
  ]

  /// The command of one line, with its idempotency key and expected version.
  package func submission(of value: JSONValue) throws(Problem) -> Submission {
    guard case .object = value else { throw Problem("a line is an object") }
    let fields = Fields(value: value, reading: instant, scale: scale)
    let command =
      if let event = try fields.text("event") { try self.event(event, fields) } else {
        try self.command(try fields.required("command"), fields)
      }
    return Submission(
      command, idempotencyKey: try fields.text("key"),
      ifVersion: try fields.integer("if_version").map { UInt64(max(0, $0)) })
  }

  private func event(_ name: String, _ fields: Fields) throws(Problem) -> Command {
    if let outcome = ParcelReport.Outcome.allCases.first(where: { $0.name == name }) {
      return .parcel(
        ParcelReport(
          order: try fields.order(), outcome: outcome, leg: try fields.leg(), lines: try fields.quantities(),
          reason: try fields.text("reason"), actor: try fields.text("actor"), occurredAt: try fields.at()))
    }
    guard let node = Node(name: name) else { throw Problem("no node '\(name)'") }
    return .record(
      StatusEvent(
        order: try fields.order(), node: node, leg: try fields.leg(), occurredAt: try fields.at(),
        actor: try fields.text("actor"), reason: try fields.text("reason"), location: try fields.text("location"),
        carrier: try fields.text("carrier"), waybill: try fields.text("waybill")))
  }

  private func command(_ name: String, _ fields: Fields) throws(Problem) -> Command {
    switch name {
    case "place": return .place(try order(fields))
    case "credit": return .credit(try credit(fields))
    case "customer": return .registerCustomer(try customer(fields))
    case "sku":
      var components: [KitComponent] = []
      for component in try fields.quantities("components") {
        components.append(KitComponent(sku: component.sku, quantity: component.quantity))
      }
      return .registerSKU(
        NewSKU(
          sku: try fields.required("sku"), name: try fields.text("name"), category: try fields.text("category"),
          unitCostMinorUnits: try fields.amount("unit_cost") ?? 0, tracked: try fields.flag("tracked") ?? true,
          components: components))
    case "receive", "adjust", "count", "block", "expect", "transfer", "presale", "claim", "unclaim", "expire",
      "cap":
      return try stock(name, fields)
    default: return try change(name, fields)
    }
  }

  // MARK: Orders

  private func customer(_ fields: Fields) throws(Problem) -> CustomerIdentity {
    CustomerIdentity(
      key: try fields.required("customer"), name: try fields.text("name"), phone: try fields.text("phone"),
      email: try fields.text("email"), grade: try fields.text("grade"),
      creditLimitMinorUnits: try fields.amount("credit_limit"))
  }

  private func order(_ fields: Fields) throws(Problem) -> NewOrder {
    var order = NewOrder(
      channel: try fields.text("channel") ?? "shop", number: try fields.required("order"), placedAt: try fields.at(),
      currency: try fields.text("currency") ?? currency)
    for line in try fields.list("lines") { order.lines.append(try self.line(line)) }
    if try fields.text("customer") != nil { order.customer = try customer(fields) }
    order.type = try fields.text("type")
    order.priority = try fields.text("priority")
    order.region = try fields.text("region")
    order.city = try fields.text("city")
    order.carrier = try fields.text("carrier")
    order.shipBy = try fields.instant("ship_by")
    order.deliverBy = try fields.instant("deliver_by")
    order.discountMinorUnits = try fields.amount("discount") ?? 0
    order.shippingMinorUnits = try fields.amount("shipping") ?? 0
    order.taxMinorUnits = try fields.amount("tax") ?? 0
    order.note = try fields.text("note")
    order.creator = try fields.text("creator")
    order.exchangeFor = try fields.text("exchange_for").map { .number($0, channel: nil) }
    if let name = try fields.text("profile") {
      guard let profile = Profile.ID(name: name) else { throw Problem("no profile '\(name)'") }
      order.profile = profile
    }
    if let name = try fields.text("split") {
      guard let split = SplitPolicy(name: name) else { throw Problem("no split policy '\(name)'") }
      order.split = split
    }
    return order
  }

  private func line(_ fields: Fields) throws(Problem) -> NewLine {
    guard let price = try fields.amount("price") else { throw Problem("price is missing") }
    return NewLine(
      sku: try fields.required("sku"), quantity: try fields.quantity(), unitPriceMinorUnits: price,
      listPriceMinorUnits: try fields.amount("list_price"), location: try fields.text("location"))
  }

  private func credit(_ fields: Fields) throws(Problem) -> CreditNote {
    var note = CreditNote(
      channel: try fields.text("channel") ?? "shop", number: try fields.required("number"), occurredAt: try fields.at(),
      order: try fields.text("order") == nil ? nil : try fields.order(),
      currency: try fields.text("currency") ?? currency, lines: [], region: try fields.text("region"),
      reason: try fields.text("reason"))
    if try fields.text("customer") != nil { note.customer = try customer(fields) }
    for line in try fields.list("lines") {
      guard let price = try line.amount("price") else { throw Problem("price is missing") }
      note.lines.append(
        CreditLine(sku: try line.required("sku"), quantity: try line.quantity(), unitPriceMinorUnits: price))
    }
    return note
  }

  private func change(_ name: String, _ fields: Fields) throws(Problem) -> Command {
    let order = try fields.order()
    let (at, actor, reason) = (try fields.at(), try fields.text("actor"), try fields.text("reason"))
    switch name {
    case "pay":
      guard let amount = try fields.amount("amount") else { throw Problem("amount is missing") }
      return .pay(
        Payment(order: order, method: try fields.required("method"), amountMinorUnits: amount, occurredAt: at))
    case "refund":
      guard let amount = try fields.amount("amount") else { throw Problem("amount is missing") }
      return .refund(
        Refund(
          order: order, method: try fields.required("method"), amountMinorUnits: amount, reason: reason, actor: actor,
          occurredAt: at))
    case "terms":
      return .grantCredit(
        CreditGrant(
          order: order, isCashOnDelivery: try fields.flag("cash_on_delivery") ?? false, actor: actor, occurredAt: at))
    case "approve":
      return .approve(
        Approval(
          order: order, location: try fields.text("location"),
          shortage: try fields.text("shortage") == "refuse" ? .refuse : .backorder, actor: actor, reason: reason,
          occurredAt: at))
    case "reserve": return .reserve(try operation(order, fields))
    case "release": return .release(try operation(order, fields))
    case "ship": return .ship(try operation(order, fields))
    case "short_pick": return .shortPick(try operation(order, fields))
    case "allocate":
      return .allocate(
        Allocation(
          order: order, leg: max(1, try fields.leg()), location: try fields.required("location"),
          carrier: try fields.text("carrier"), lines: try fields.quantities(), actor: actor, occurredAt: at))
    case "cancel":
      let side = try fields.text("side") ?? "unknown"
      guard let side = Side(name: side) else { throw Problem("no side '\(side)'") }
      return .cancel(
        Cancellation(
          order: order, lines: try fields.quantities(), side: side, reason: reason, occurredAt: at, actor: actor,
          isAcknowledged: try fields.flag("acknowledged") ?? false))
    case "edit": return .edit(try edit(order, at, actor, reason, fields))
    case "hold", "unhold":
      let kind = try fields.required("kind")
      guard let kind = HoldKind(name: kind) else { throw Problem("no hold kind '\(kind)'") }
      return .hold(
        HoldChange(order: order, kind: kind, isOn: name == "hold", reason: reason, actor: actor, occurredAt: at))
    case "exception":
      let (kind, step) = (try fields.required("kind"), try fields.text("step") ?? "raise")
      guard let kind = ExceptionKind(name: kind) else { throw Problem("no exception kind '\(kind)'") }
      guard let step = ExceptionStep(name: step) else { throw Problem("no exception step '\(step)'") }
      return .exception(
        ExceptionChange(
          order: order, kind: kind, step: step, leg: try fields.leg(), lines: try fields.quantities(), reason: reason,
          actor: actor, occurredAt: at))
    case "note":
      return .note(OrderNote(order: order, text: try fields.required("text"), actor: actor, occurredAt: at))
    case "merge":
      return .merge(
        ShipmentMerge(
          order: order, leg: max(1, try fields.leg()),
          into: .number(try fields.required("into"), channel: try fields.text("into_channel")),
          intoLeg: UInt8(clamping: try fields.integer("into_leg") ?? 1), actor: actor, occurredAt: at))
    case "alert": return .alert(try alert(order, at, actor, fields))
    case "return": return .giveBack(try giveBack(order, at, actor, reason, fields))
    case "validate":
      var failed: [ExceptionKind] = []
      for name in try fields.texts("failed") {
        guard let kind = ExceptionKind(name: name) else { throw Problem("no exception kind '\(name)'") }
        failed.append(kind)
      }
      return .validate(Validation(order: order, failed: failed, actor: actor, reason: reason, occurredAt: at))
    case "void":
      guard let entry = try fields.integer("entry") else { throw Problem("entry is missing") }
      return .void(
        VoidEntry(order: order, entry: Int(clamping: entry), reason: reason, actor: actor, occurredAt: at))
    default: throw Problem("no command '\(name)'")
    }
  }

  private func alert(
    _ order: OrderReference, _ at: Instant, _ actor: String?, _ fields: Fields
  ) throws(Problem) -> AlertNotice {
    let (node, cause) = (try fields.required("node"), try fields.required("cause"))
    guard let node = Node(name: node) else { throw Problem("no node '\(node)'") }
    guard let cause = AlertCause(name: cause) else { throw Problem("no cause '\(cause)'") }
    guard let due = try fields.instant("due") else { throw Problem("due is missing") }
    var notice = AlertNotice(
      order: order, leg: try fields.leg(), node: node, cause: cause, dueAt: due, actor: actor, occurredAt: at)
    if let kind = try fields.text("kind") {
      guard let kind = ExceptionKind(name: kind) else { throw Problem("no exception kind '\(kind)'") }
      notice.exception = kind
    }
    return notice
  }

  private func operation(_ order: OrderReference, _ fields: Fields) throws(Problem) -> StockOperation {
    StockOperation(
      order: order, location: try fields.text("location") ?? "", lines: try fields.quantities(),
      occurredAt: try fields.at(), actor: try fields.text("actor"), leg: try fields.leg())
  }

  private func giveBack(
    _ order: OrderReference, _ at: Instant, _ actor: String?, _ reason: String?, _ fields: Fields
  ) throws(Problem) -> ReturnStep {
    let (name, disposition) = (try fields.required("step"), try fields.text("disposition") ?? "restock")
    guard let step = ReturnStep.Step.allCases.first(where: { $0.name == name }) else {
      throw Problem("no return step '\(name)'")
    }
    guard let disposition = ReturnStep.Disposition.allCases.first(where: { $0.name == disposition }) else {
      throw Problem("no disposition '\(disposition)'")
    }
    return ReturnStep(
      order: order, step: step, lines: try fields.quantities(), disposition: disposition,
      location: try fields.text("location"), reason: reason, actor: actor, occurredAt: at)
  }

  private func edit(
    _ order: OrderReference, _ at: Instant, _ actor: String?, _ reason: String?, _ fields: Fields
  ) throws(Problem) -> OrderEdit {
    var changes: [OrderEdit.Change] = []
    for line in try fields.quantities("quantities") { changes.append(.quantity(sku: line.sku, line.quantity)) }
    for line in try fields.list("add") { changes.append(.add(try self.line(line))) }
    for line in try fields.list("substitute") {
      changes.append(.substitute(sku: try line.required("for"), try self.line(line)))
    }
    if let text = try fields.text("region") { changes.append(.region(text)) }
    if let text = try fields.text("city") { changes.append(.city(text)) }
    if let text = try fields.text("priority") { changes.append(.priority(text)) }
    if let instant = try fields.instant("ship_by") { changes.append(.shipBy(instant)) }
    if let instant = try fields.instant("deliver_by") { changes.append(.deliverBy(instant)) }
    return OrderEdit(order: order, changes: changes, reason: reason, actor: actor, occurredAt: at)
  }

  // MARK: Stock

  private func stock(_ name: String, _ fields: Fields) throws(Problem) -> Command {
    if name == "expire" { return .expire(Expiry(asOf: try fields.at())) }
    let sku = try fields.required("sku")
    let at = try fields.at()
    if name == "transfer" {
      return .transfer(
        StockTransfer(
          sku: sku, from: try fields.required("from"), to: try fields.required("to"), quantity: try fields.quantity(),
          due: try fields.instant("due") ?? at, occurredAt: at))
    }
    if name == "cap" {
      return .cap(
        ChannelCap(
          sku: sku, location: try fields.text("location"), channel: try fields.required("channel"),
          units: try fields.integer("units"), occurredAt: at))
    }
    let location = try fields.required("location")
    switch name {
    case "receive":
      return .receive(
        StockReceipt(
          sku: sku, location: location, quantity: try fields.quantity(),
          unitCostMinorUnits: try fields.amount("cost"), occurredAt: at,
          wasExpected: try fields.flag("expected") ?? false))
    case "adjust":
      return .adjust(
        StockAdjustment(
          sku: sku, location: location, quantity: try fields.quantity(), reason: try fields.text("reason"),
          occurredAt: at))
    case "count":
      return .count(
        StockCount(
          sku: sku, location: location, counted: try fields.quantity("counted"), reason: try fields.text("reason"),
          occurredAt: at))
    case "block":
      let kind = try fields.required("kind")
      guard let kind = StockBlock.Kind.allCases.first(where: { $0.name == kind }) else {
        throw Problem("no kind '\(kind)'")
      }
      return .block(
        StockBlock(
          sku: sku, location: location, kind: kind, quantity: try fields.quantity(),
          reason: try fields.text("reason"), occurredAt: at))
    case "expect":
      guard let due = try fields.instant("due") else { throw Problem("due is missing") }
      return .expect(
        ExpectedStock(sku: sku, location: location, quantity: try fields.quantity(), due: due, occurredAt: at))
    case "presale":
      return .presale(PresaleQuota(sku: sku, location: location, quantity: try fields.quantity(), occurredAt: at))
    case "claim":
      guard let expires = try fields.instant("expires") else { throw Problem("expires is missing") }
      return .claim(
        StockClaim(
          sku: sku, location: location, quantity: try fields.quantity(), owner: try fields.required("owner"),
          expiresAt: expires, occurredAt: at))
    default:
      return .endClaim(
        ClaimRelease(sku: sku, location: location, owner: try fields.required("owner"), occurredAt: at))
    }
  }

  // MARK: Fields

  /// The members of one object, by name and type. Null and absent are the same.
  private struct Fields {
    let value: JSONValue
    let reading: (String) -> Int64?
    let scale: Int

    func text(_ name: String) throws(Problem) -> String? {
      guard let member = value[name], member != .null else { return nil }
      guard let text = member.columnText else { throw Problem("\(name) is no text") }
      return text.isEmpty ? nil : text
    }

    func required(_ name: String) throws(Problem) -> String {
      guard let text = try text(name) else { throw Problem("\(name) is missing") }
      return text
    }

    func integer(_ name: String) throws(Problem) -> Int64? {
      guard let text = try text(name) else { return nil }
      guard let number = Int64(text) else { throw Problem("\(name) '\(text)' is no integer") }
      return number
    }

    func quantity(_ name: String = "quantity") throws(Problem) -> Int64 {
      guard let quantity = try integer(name) else { throw Problem("\(name) is missing") }
      return quantity
    }

    func flag(_ name: String) throws(Problem) -> Bool? {
      guard let text = try text(name) else { return nil }
      guard let flag = Bool(text) else { throw Problem("\(name) '\(text)' is neither true nor false") }
      return flag
    }

    func amount(_ name: String) throws(Problem) -> Int64? {
      guard let text = try text(name) else { return nil }
      do throws(DecimalText.Problem) {
        return try DecimalText(scale: scale).minorUnits(Array(text.utf8).span)
      } catch { throw Problem("\(name) '\(text)' is no amount with at most \(scale) decimal places") }
    }

    func instant(_ name: String) throws(Problem) -> Instant? {
      guard let text = try text(name) else { return nil }
      guard let milliseconds = reading(text) else { throw Problem("\(name) '\(text)' is no instant") }
      return Instant(milliseconds: milliseconds)
    }

    func at() throws(Problem) -> Instant {
      guard let at = try instant("at") else { throw Problem("at is missing") }
      return at
    }

    func order() throws(Problem) -> OrderReference {
      .number(try required("order"), channel: try text("channel"))
    }

    func leg() throws(Problem) -> UInt8 {
      guard let leg = try integer("leg") else { return 0 }
      guard let leg = UInt8(exactly: leg) else { throw Problem("leg \(leg) is not from 0 to 255") }
      return leg
    }

    func list(_ name: String) throws(Problem) -> [Fields] {
      guard let member = value[name], member != .null else { return [] }
      guard case .array(let values) = member else { throw Problem("\(name) is no list") }
      return values.map { Fields(value: $0, reading: reading, scale: scale) }
    }

    func texts(_ name: String) throws(Problem) -> [String] {
      guard let member = value[name], member != .null else { return [] }
      guard case .array(let values) = member else { throw Problem("\(name) is no list") }
      var texts: [String] = []
      for value in values {
        guard let text = value.columnText, !text.isEmpty else { throw Problem("\(name) holds what is no text") }
        texts.append(text)
      }
      return texts
    }

    func quantities(_ name: String = "lines") throws(Problem) -> [LineQuantity] {
      var quantities: [LineQuantity] = []
      for line in try list(name) {
        quantities.append(LineQuantity(sku: try line.required("sku"), quantity: try line.quantity()))
      }
      return quantities
    }
  }
}
