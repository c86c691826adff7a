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
    for line in order.lines {
      hash.combine(line.sku)
      hash.combine(line.quantity)
      hash.combine(line.unitPriceMinorUnits)
      hash.combine(line.listPriceMinorUnits ?? line.unitPriceMinorUnits)
      hash.combine(optional: line.location)
    }
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
      for text in [event.actor, event.reason, event.location, event.carrier] { hash.combine(optional: text) }
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
    case .registerCustomer(let customer):
      // No trace of what is personal goes into the log.
      hash.combine("customer")
      hash.combine(customer.key)
      hash.combine(optional: customer.grade)
    case .registerSKU(let sku):
      hash.combine("sku")
      hash.combine(sku.sku)
      hash.combine(optional: sku.name)
      hash.combine(optional: sku.category)
      hash.combine(sku.unitCostMinorUnits)
      hash.combine(Int64(sku.tracked ? 1 : 0))
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
