internal import ColumnStore
internal import OrderModel

/// A hash of what a command says, to tell a replay from another body under the same name.
///
/// What a source may rightly change afterwards is left out: its status word, the carrier, notes, the customer's grade
/// and personal data.
enum BodyHash {
  static func of(_ order: NewOrder) -> Int64 {
    var hash = Hash64(seed: 11)
    hash.combine(order.channel)
    hash.combine(order.number)
    hash.combine(order.placedAt)
    hash.combine(optional: order.customer?.key)
    hash.combine(order.currency)
    hash.combine(optional: order.type)
    hash.combine(optional: order.priority)
    hash.combine(optional: order.region)
    hash.combine(optional: order.city)
    hash.combine(order.shipBy)
    hash.combine(order.deliverBy)
    for amount in [order.discountMinorUnits, order.shippingMinorUnits, order.taxMinorUnits] { hash.combine(amount) }
    for line in order.lines { combine(line, into: &hash) }
    if order.profile != .standard || order.split != .asAvailable {
      hash.combine(order.profile.name)
      hash.combine(order.split.name)
    }
    if let origin = order.exchangeFor { hash.combine(origin) }
    return Int64(bitPattern: hash.value)
  }

  static func of(_ note: CreditNote) -> Int64 {
    var hash = Hash64(seed: 12)
    hash.combine(note.channel)
    hash.combine(note.number)
    hash.combine(note.occurredAt)
    hash.combine(optional: note.customer?.key)
    hash.combine(note.currency)
    hash.combine(optional: note.region)
    hash.combine(optional: note.reason)
    for line in note.lines {
      hash.combine(line.sku)
      hash.combine(line.quantity)
      hash.combine(line.unitPriceMinorUnits)
    }
    return Int64(bitPattern: hash.value)
  }

  static func of(_ command: Command) -> Int64 {
    var hash = Hash64(seed: 13)
    switch command {
    case .place(let order):
      hash.combine("place")
      hash.combine(of(order))
    case .observe(let observed):
      hash.combine("observe")
      combine(observed, into: &hash)
    case .credit(let note):
      hash.combine("credit")
      hash.combine(of(note))
      if let order = note.order { hash.combine(order) }
    case .record(let event):
      hash.combine("record")
      hash.combine(event.order)
      hash.combine(Int64(event.node.rawValue))
      hash.combine(Int64(event.leg))
      hash.combine(event.occurredAt)
      for text in [event.actor, event.reason, event.location, event.carrier, event.waybill] {
        hash.combine(optional: text)
      }
    case .pay(let payment):
      hash.combine("pay")
      hash.combine(payment.order)
      hash.combine(payment.method)
      hash.combine(payment.amountMinorUnits)
      hash.combine(payment.occurredAt)
    case .receive(let receipt):
      hash.combine("receive")
      hash.combine(receipt.sku)
      hash.combine(receipt.location)
      hash.combine(receipt.quantity)
      hash.combine(receipt.unitCostMinorUnits ?? -1)
      hash.combine(Int64(receipt.wasExpected ? 1 : 0))
      hash.combine(receipt.occurredAt)
    case .adjust(let adjustment):
      hash.combine("adjust")
      hash.combine(adjustment.sku)
      hash.combine(adjustment.location)
      hash.combine(adjustment.quantity)
      hash.combine(optional: adjustment.reason)
      hash.combine(adjustment.occurredAt)
      hash.combine(Int64(adjustment.observed ? 1 : 0))
    case .reserve(let operation): combine("reserve", operation, into: &hash)
    case .release(let operation): combine("release", operation, into: &hash)
    case .ship(let operation): combine("ship", operation, into: &hash)
    case .cancel(let cancellation):
      hash.combine("cancel")
      hash.combine(cancellation.order)
      combine(cancellation.lines, into: &hash)
      hash.combine(Int64(cancellation.side.rawValue))
      hash.combine(optional: cancellation.reason)
      hash.combine(cancellation.occurredAt)
      hash.combine(optional: cancellation.actor)
      if cancellation.isAcknowledged { hash.combine("acknowledged") }
    case .approve(let approval):
      hash.combine("approve")
      combine(approval.order, approval.occurredAt, [approval.actor, approval.reason, approval.location], into: &hash)
      hash.combine(Int64(approval.shortage.rawValue))
    case .grantCredit(let grant):
      hash.combine(grant.isCashOnDelivery ? "cash on delivery" : "terms")
      combine(grant.order, grant.occurredAt, [grant.actor], into: &hash)
    case .allocate(let allocation):
      hash.combine("allocate")
      combine(
        allocation.order, allocation.occurredAt, [allocation.actor, allocation.location, allocation.carrier],
        into: &hash)
      combine(allocation.lines, into: &hash)
      hash.combine(Int64(allocation.leg))
    case .shortPick(let operation): combine("short pick", operation, into: &hash)
    case .hold(let change):
      hash.combine(change.isOn ? "hold" : "unhold")
      combine(change.order, change.occurredAt, [change.actor, change.reason], into: &hash)
      hash.combine(Int64(change.kind.rawValue))
    case .exception(let change):
      hash.combine("exception")
      combine(change.order, change.occurredAt, [change.actor, change.reason], into: &hash)
      for code in [change.kind.rawValue, change.step.rawValue, change.leg] { hash.combine(Int64(code)) }
      combine(change.lines, into: &hash)
    case .note(let note):
      hash.combine("note")
      combine(note.order, note.occurredAt, [note.actor, note.text], into: &hash)
    case .merge(let merge):
      hash.combine("merge")
      hash.combine(merge.order)
      hash.combine(Int64(merge.leg))
      hash.combine(merge.into)
      hash.combine(Int64(merge.intoLeg))
      hash.combine(optional: merge.actor)
      hash.combine(merge.occurredAt)
    case .alert(let notice):
      hash.combine("alert")
      combine(notice.order, notice.occurredAt, [notice.actor], into: &hash)
      for code in [notice.leg, notice.node.rawValue, notice.cause.rawValue, notice.exception?.rawValue ?? 0] {
        hash.combine(Int64(code))
      }
      hash.combine(notice.dueAt)
    case .edit(let edit):
      hash.combine("edit")
      combine(edit.order, edit.occurredAt, [edit.actor, edit.reason], into: &hash)
      hash.combine(Int64(edit.changes.count))
      for change in edit.changes { combine(change, into: &hash) }
    case .parcel(let report):
      hash.combine("parcel")
      combine(report.order, report.occurredAt, [report.actor, report.reason], into: &hash)
      for code in [report.outcome.rawValue, report.leg] { hash.combine(Int64(code)) }
      combine(report.lines, into: &hash)
    case .giveBack(let step):
      hash.combine("return")
      combine(step.order, step.occurredAt, [step.actor, step.reason, step.location], into: &hash)
      for code in [step.step.rawValue, step.disposition.rawValue] { hash.combine(Int64(code)) }
      combine(step.lines, into: &hash)
    case .refund(let refund):
      hash.combine("refund")
      combine(refund.order, refund.occurredAt, [refund.actor, refund.reason, refund.method], into: &hash)
      hash.combine(refund.amountMinorUnits)
    case .void(let entry):
      hash.combine("void")
      combine(entry.order, entry.occurredAt, [entry.actor, entry.reason], into: &hash)
      hash.combine(Int64(entry.entry))
    case .expect(let expected):
      combine("expect", expected.sku, expected.location, expected.quantity, expected.occurredAt, into: &hash)
      hash.combine(expected.due)
    case .transfer(let transfer):
      combine("transfer", transfer.sku, transfer.from, transfer.quantity, transfer.occurredAt, into: &hash)
      hash.combine(transfer.to)
      hash.combine(transfer.due)
    case .count(let count):
      combine("count", count.sku, count.location, count.counted, count.occurredAt, into: &hash)
      hash.combine(optional: count.reason)
    case .block(let block):
      combine("block", block.sku, block.location, block.quantity, block.occurredAt, into: &hash)
      hash.combine(Int64(block.kind.rawValue))
      hash.combine(optional: block.reason)
    case .presale(let quota):
      combine("presale", quota.sku, quota.location, quota.quantity, quota.occurredAt, into: &hash)
    case .cap(let cap):
      combine("cap", cap.sku, cap.location ?? "", cap.units ?? -1, cap.occurredAt, into: &hash)
      hash.combine(cap.channel)
    case .claim(let claim):
      combine("claim", claim.sku, claim.location, claim.quantity, claim.occurredAt, into: &hash)
      hash.combine(claim.owner)
      hash.combine(claim.expiresAt)
    case .endClaim(let release):
      combine("end claim", release.sku, release.location, 0, release.occurredAt, into: &hash)
      hash.combine(release.owner)
    case .expire(let expiry):
      hash.combine("expire")
      hash.combine(expiry.asOf)
    case .validate(let validation):
      hash.combine("validate")
      combine(validation.order, validation.occurredAt, [validation.actor, validation.reason], into: &hash)
      for kind in validation.failed { hash.combine(Int64(kind.rawValue)) }
    case .registerCustomer(let customer):
      // No trace of what is personal goes into the log.
      hash.combine("customer")
      hash.combine(customer.key)
      hash.combine(optional: customer.grade)
      hash.combine(customer.creditLimitMinorUnits ?? -1)
    case .registerSKU(let sku):
      hash.combine("sku")
      hash.combine(sku.sku)
      hash.combine(optional: sku.name)
      hash.combine(optional: sku.category)
      hash.combine(sku.unitCostMinorUnits)
      hash.combine(Int64(sku.tracked ? 1 : 0))
      for component in sku.components {
        hash.combine(component.sku)
        hash.combine(component.quantity)
      }
    }
    return Int64(bitPattern: hash.value)
  }

  private static func combine(_ verb: String, _ operation: StockOperation, into hash: inout Hash64) {
    hash.combine(verb)
    hash.combine(operation.order)
    hash.combine(operation.location)
    combine(operation.lines, into: &hash)
    hash.combine(operation.occurredAt)
    hash.combine(optional: operation.actor)
    hash.combine(Int64(operation.leg))
  }

  private static func combine(
    _ order: OrderReference, _ instant: Instant, _ texts: [String?], into hash: inout Hash64
  ) {
    hash.combine(order)
    hash.combine(instant)
    for text in texts { hash.combine(optional: text) }
  }

  private static func combine(
    _ verb: String, _ sku: String, _ location: String, _ quantity: Int64, _ instant: Instant, into hash: inout Hash64
  ) {
    for text in [verb, sku, location] { hash.combine(text) }
    hash.combine(quantity)
    hash.combine(instant)
  }

  private static func combine(_ change: OrderEdit.Change, into hash: inout Hash64) {
    switch change {
    case .quantity(let sku, let quantity):
      hash.combine("quantity")
      hash.combine(sku)
      hash.combine(quantity)
    case .add(let line):
      hash.combine("add")
      combine(line, into: &hash)
    case .substitute(let sku, let line):
      hash.combine("substitute")
      hash.combine(sku)
      combine(line, into: &hash)
    case .region(let text), .city(let text), .priority(let text):
      hash.combine("\(change)".prefix { $0 != "(" }.description)
      hash.combine(text)
    case .shipBy(let instant), .deliverBy(let instant):
      hash.combine("\(change)".prefix { $0 != "(" }.description)
      hash.combine(instant)
    }
  }

  private static func combine(_ line: NewLine, into hash: inout Hash64) {
    hash.combine(line.sku)
    hash.combine(line.quantity)
    hash.combine(line.unitPriceMinorUnits)
    hash.combine(line.listPriceMinorUnits ?? line.unitPriceMinorUnits)
    hash.combine(optional: line.location)
  }

  private static func combine(_ lines: [LineQuantity], into hash: inout Hash64) {
    hash.combine(Int64(lines.count))
    for line in lines {
      hash.combine(line.sku)
      hash.combine(line.quantity)
    }
  }

  private static func combine(_ observed: ObservedOrder, into hash: inout Hash64) {
    hash.combine(of(observed.order))
    hash.combine(optional: observed.order.sourceStatus)
    hash.combine(Int64(observed.events.count))
    for event in observed.events {
      hash.combine(Int64(event.node.rawValue))
      hash.combine(event.occurredAt)
      hash.combine(Int64(event.side.rawValue))
      hash.combine(optional: event.reason)
      hash.combine(optional: event.actor)
    }
    for payment in observed.payments {
      hash.combine(payment.method)
      hash.combine(payment.amountMinorUnits)
      hash.combine(payment.occurredAt)
    }
  }
}

extension Hash64 {
  fileprivate mutating func combine(_ value: Int64) { combine(UInt64(bitPattern: value)) }
  fileprivate mutating func combine(_ instant: Instant?) { combine(instant?.milliseconds ?? InstantColumn.none) }
  fileprivate mutating func combine(optional text: String?) {
    // Absent and empty mean the same in a command.
    combine(text ?? "")
  }
  fileprivate mutating func combine(_ order: OrderReference) {
    switch order {
    case .id(let id):
      combine(0 as Int64)
      combine(Int64(id.rawValue))
    case .number(let number, let channel):
      combine(1 as Int64)
      combine(number)
      combine(optional: channel)
    }
  }
}
