internal import ArgumentParser
internal import OrderModel
internal import OrderStore

/// The commands that change one order, each a few lines over ``ActOptions``.
extension OrderCommand {
  struct Pay: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Money captured for an order.")
    @OptionGroup var order: OrderArgument
    @Argument(help: "The amount, as 12.50.") var amount: String
    @Option(help: "How it was paid.") var method = "card"
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "paid \(amount)") {
        .pay(
          Payment(
            order: order.reference, method: method, amountMinorUnits: try $0.amount(amount), occurredAt: $0.instant))
      }
    }
  }

  struct Terms: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Credit terms, or cash on delivery, in place of a payment.")
    @OptionGroup var order: OrderArgument
    @Flag(help: "Cash on delivery: no credit limit is touched.") var cashOnDelivery = false
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, cashOnDelivery ? "cash on delivery accepted" : "terms granted") {
        .grantCredit(
          CreditGrant(
            order: order.reference, isCashOnDelivery: cashOnDelivery, actor: act.actor, occurredAt: $0.instant))
      }
    }
  }

  struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The checks of an order were run.",
      discussion: "What failed and blocks is an exception, and the order stays where it is until it is validated again."
    )
    @OptionGroup var order: OrderArgument
    @Option(help: "The kind of exception that a blocking check found; repeatable.") var failed: [String] = []
    @OptionGroup var act: ActOptions
    func run() throws {
      let kinds = try failed.map(OrderCommand.exceptionKind)
      let names = kinds.map(\.name).joined(separator: ", ")
      try act.submit(order.number, kinds.isEmpty ? "validated" : "not validated: \(names)") {
        .validate(
          Validation(
            order: order.reference, failed: kinds, actor: act.actor, reason: act.reason, occurredAt: $0.instant))
      }
    }
  }

  private static func exceptionKind(_ name: String) throws -> ExceptionKind {
    if let kind = ExceptionKind(name: name) { return kind }
    throw CommandFailure(
      "OB1102", "no exception kind '\(name)'", hint: ExceptionKind.allCases.map(\.name).joined(separator: ", "))
  }

  struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Approve an order and reserve its units in one commit.",
      discussion: "What is not available is presold within the location's quota, and waits for stock beyond it.")
    @OptionGroup var order: OrderArgument
    @Option(help: "Where units come from, when neither the line nor the stock says.") var location: String?
    @Flag(help: "Refuse when something is not available.") var refuseShortage = false
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "approved") {
        .approve(
          Approval(
            order: order.reference, location: location, shortage: refuseShortage ? .refuse : .backorder,
            actor: act.actor, reason: act.reason, occurredAt: $0.instant))
      }
    }
  }

  struct Allocate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a leg its location, carrier and units; again before it is released.")
    @OptionGroup var order: OrderArgument
    @Option(help: "The leg.") var leg: UInt8 = 1
    @Option(help: "Where it goes from.") var location: String
    @Option(help: "Who carries it.") var carrier: String?
    @OptionGroup var units: QuantityOptions
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "leg \(leg) allocated to \(location)") {
        .allocate(
          Allocation(
            order: order.reference, leg: leg, location: location, carrier: carrier, lines: try units.quantities(),
            actor: act.actor, occurredAt: $0.instant))
      }
    }
  }

  struct Hold: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put an order on hold.", discussion: "Kinds: \(HoldKind.allCases.map(\.name).joined(separator: ", ")).")
    @OptionGroup var order: OrderArgument
    @Argument(help: "The kind of hold.") var kind: String
    @OptionGroup var act: ActOptions
    func run() throws { try OrderCommand.hold(order, kind, isOn: true, act) }
  }

  struct Unhold: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a hold off an order.")
    @OptionGroup var order: OrderArgument
    @Argument(help: "The kind of hold.") var kind: String
    @OptionGroup var act: ActOptions
    func run() throws { try OrderCommand.hold(order, kind, isOn: false, act) }
  }

  private static func hold(_ order: OrderArgument, _ name: String, isOn: Bool, _ act: ActOptions) throws {
    guard let kind = HoldKind(name: name) else {
      throw CommandFailure(
        "OB1102", "no hold kind '\(name)'", hint: HoldKind.allCases.map(\.name).joined(separator: ", "))
    }
    try act.submit(order.number, isOn ? "on hold: \(kind.name)" : "hold \(kind.name) taken off") {
      .hold(
        HoldChange(
          order: order.reference, kind: kind, isOn: isOn, reason: act.reason, actor: act.actor, occurredAt: $0.instant)
      )
    }
  }

  struct Exception: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Raise, acknowledge, resolve or reopen an exception.",
      discussion: "Kinds: \(ExceptionKind.allCases.map(\.name).joined(separator: ", ")).")
    @OptionGroup var order: OrderArgument
    @Argument(help: "raise, acknowledge, resolve or reopen.") var step: String
    @Argument(help: "The kind of exception.") var kind: String
    @Option(help: "The leg; the order as a whole by default.") var leg: UInt8 = 0
    @OptionGroup var units: QuantityOptions
    @OptionGroup var act: ActOptions
    func run() throws {
      let found = try OrderCommand.exceptionKind(kind)
      guard let step = ExceptionStep(name: step) else {
        throw CommandFailure("OB1102", "no step '\(step)'", hint: "raise, acknowledge, resolve or reopen")
      }
      try act.submit(order.number, "exception \(found.name) \(step.event.name)") {
        .exception(
          ExceptionChange(
            order: order.reference, kind: found, step: step, leg: leg, lines: try units.quantities(),
            reason: act.reason, actor: act.actor, occurredAt: $0.instant))
      }
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a leg travel in the parcel of another order.",
      discussion: "Both are allocated at one location for one customer; the parcel's number may then be that of both.")
    @OptionGroup var order: OrderArgument
    @Option(help: "The leg.") var leg: UInt8 = 1
    @Option(help: "The order whose parcel it joins.") var into: String
    @Option(name: .customLong("into-leg"), help: "That order's leg.") var intoLeg: UInt8 = 1
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "joins the parcel of \(into)") {
        .merge(
          ShipmentMerge(
            order: order.reference, leg: leg, into: .number(into, channel: nil), intoLeg: intoLeg, actor: act.actor,
            occurredAt: $0.instant))
      }
    }
  }

  struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Something to remember, in the timeline.")
    @OptionGroup var order: OrderArgument
    @Argument(help: "The text.") var text: String
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "noted") {
        .note(OrderNote(order: order.reference, text: text, actor: act.actor, occurredAt: $0.instant))
      }
    }
  }

  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change an order before it ships.",
      discussion: "Every change is told in the timeline with the value before and after.")
    @OptionGroup var order: OrderArgument
    @Option(name: .customLong("quantity"), help: "SKU:QUANTITY, the new quantity; repeatable.") var quantities:
      [String] = []
    @Option(name: .customLong("add"), help: "SKU:QUANTITY:PRICE, a new line; repeatable.") var added: [String] = []
    @Option(name: .customLong("substitute"), help: "SKU=SKU:QUANTITY:PRICE, another article for units of a line.")
    var substitutes: [String] = []
    @Option(help: "Ship-to region.") var region: String?
    @Option(help: "Ship-to city.") var city: String?
    @Option(help: "Priority.") var priority: String?
    @Option(name: .customLong("ship-by"), help: "A new promise to ship; the original one is kept.") var shipBy: String?
    @Option(name: .customLong("deliver-by"), help: "A new promise to deliver.") var deliverBy: String?
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "edited") { context in
        var changes: [OrderEdit.Change] = try quantities.map {
          let line = try StoreAccess.lineQuantity($0)
          return .quantity(sku: line.sku, line.quantity)
        }
        let scale = context.settings.scale(of: context.settings.currency)
        changes += try added.map { .add(try StoreAccess.line($0, scale: scale)) }
        for text in substitutes {
          guard let sign = text.firstIndex(of: "=") else {
            throw CommandFailure(
              "OB1102", "substitute '\(text)' cannot be read", hint: "write it as SKU-1=SKU-2:1:12.50")
          }
          let line = try StoreAccess.line(String(text[text.index(after: sign)...]), scale: scale)
          changes.append(.substitute(sku: String(text[..<sign]), line))
        }
        if let region { changes.append(.region(region)) }
        if let city { changes.append(.city(city)) }
        if let priority { changes.append(.priority(priority)) }
        if let shipBy { changes.append(.shipBy(try context.reading(shipBy))) }
        if let deliverBy { changes.append(.deliverBy(try context.reading(deliverBy))) }
        return .edit(
          OrderEdit(
            order: order.reference, changes: changes, reason: act.reason, actor: act.actor,
            occurredAt: context.instant))
      }
    }
  }

  struct Return: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A return: request, authorise, decline, receive, inspect.",
      discussion: "What comes back is put back into stock, kept apart for a look, or scrapped.")
    @OptionGroup var order: OrderArgument
    @Argument(help: "request, authorise, decline, receive or inspect.") var step: String
    @OptionGroup var units: QuantityOptions
    @Option(help: "restock, quarantine or scrap.") var disposition = "restock"
    @Option(help: "Where it came back to.") var location: String?
    @OptionGroup var act: ActOptions
    func run() throws {
      guard let found = ReturnStep.Step.allCases.first(where: { $0.name == step }) else {
        throw CommandFailure(
          "OB1102", "no step '\(step)'", hint: ReturnStep.Step.allCases.map(\.name).joined(separator: ", "))
      }
      guard let disposition = ReturnStep.Disposition.allCases.first(where: { $0.name == disposition }) else {
        throw CommandFailure("OB1102", "no disposition '\(disposition)'", hint: "restock, quarantine or scrap")
      }
      try act.submit(order.number, "return: \(step)") {
        .giveBack(
          ReturnStep(
            order: order.reference, step: found, lines: try units.quantities(), disposition: disposition,
            location: location, reason: act.reason, actor: act.actor, occurredAt: $0.instant))
      }
    }
  }

  struct RefundMoney: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "refund", abstract: "Money given back, never more than was captured.")
    @OptionGroup var order: OrderArgument
    @Argument(help: "The amount, as 12.50.") var amount: String
    @Option(help: "How it was given back.") var method = "card"
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "refunded \(amount)") {
        .refund(
          Refund(
            order: order.reference, method: method, amountMinorUnits: try $0.amount(amount), reason: act.reason,
            actor: act.actor, occurredAt: $0.instant))
      }
    }
  }

  struct Void: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take an entry of the timeline back, with all that it moved.",
      discussion: "orderbase track NUMBER --entries shows their numbers.")
    @OptionGroup var order: OrderArgument
    @Argument(help: "The entry's number.") var entry: Int
    @OptionGroup var act: ActOptions
    func run() throws {
      try act.submit(order.number, "entry \(entry) voided") {
        .void(
          VoidEntry(
            order: order.reference, entry: entry, reason: act.reason, actor: act.actor, occurredAt: $0.instant))
      }
    }
  }
}
