internal import ColumnStore
internal import OrderModel

/// What differs first between a command and what is stored under its number, for the message of a refusal.
extension Judge {
  func differingField(
    _ order: NewOrder, from row: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> String {
    if try value(row, OrderColumn.placedAt, session) != order.placedAt.milliseconds { return "placed instant" }
    if try differs(value(row, OrderColumn.customer, session), from: order.customer, in: session) { return "customer" }
    for (column, list, text) in [
      (OrderColumn.currency, Vocabulary.currency, order.currency), (.type, .orderType, order.type),
      (.priority, .priority, order.priority), (.region, .region, order.region), (.city, .city, order.city),
    ] {
      if try differs(value(row, column, session), list, from: text, in: session) { return list.name }
    }
    for (column, promise, name) in [
      (OrderColumn.shipBy, order.shipBy, "ship-by promise"), (.deliverBy, order.deliverBy, "deliver-by promise"),
    ] {
      if try value(row, column, session) != promise?.milliseconds ?? InstantColumn.none { return name }
    }
    for (column, amount) in [
      (OrderColumn.discount, order.discountMinorUnits), (.shipping, order.shippingMinorUnits),
      (.tax, order.taxMinorUnits),
    ] {
      if try value(row, column, session) != amount { return "\(column)" }
    }
    return try differingLine(order.lines, from: row, in: session)
  }

  private func differingLine(
    _ lines: [NewLine], from row: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> String {
    let added = try value(row, OrderColumn.addedLines, session)
    if try value(row, OrderColumn.lineCount, session) - added != Int64(lines.count) { return "number of lines" }
    let first = Int(try value(row, OrderColumn.firstLine, session))
    for (index, line) in lines.enumerated() {
      let stored = first + index
      if try differs(value(stored, LineColumn.sku, session), .sku, from: line.sku, in: session) {
        return "SKU of line \(index + 1)"
      }
      if try value(stored, LineColumn.quantity, session) != line.quantity { return "quantity of line \(index + 1)" }
      let price = try value(stored, LineColumn.unitPrice, session)
      if price != line.unitPriceMinorUnits { return "price of line \(index + 1)" }
      if price &+ (try value(stored, LineColumn.listExtra, session))
        != line.listPriceMinorUnits ?? line.unitPriceMinorUnits
      {
        return "list price of line \(index + 1)"
      }
    }
    // A reservation may have moved a line, so its first location is known by the hash alone.
    return "location of a line"
  }

  func differingField(
    _ note: CreditNote, from row: Int, in session: borrowing Session
  ) throws(JudgeFailure) -> String {
    if try value(row, CreditColumn.occurredAt, session) != note.occurredAt.milliseconds { return "instant" }
    if try differs(value(row, CreditColumn.customer, session), from: note.customer, in: session) { return "customer" }
    for (column, list, text) in [
      (CreditColumn.currency, Vocabulary.currency, note.currency), (.region, .region, note.region),
      (.reason, .reason, note.reason),
    ] {
      if try differs(value(row, column, session), list, from: text, in: session) { return list.name }
    }
    if try value(row, CreditColumn.lineCount, session) != Int64(note.lines.count) { return "number of lines" }
    let first = Int(try value(row, CreditColumn.firstLine, session))
    for (index, line) in note.lines.enumerated() {
      let stored = first + index
      if try differs(value(stored, CreditLineColumn.sku, session), .sku, from: line.sku, in: session) {
        return "SKU of line \(index + 1)"
      }
      if try value(stored, CreditLineColumn.quantity, session) != line.quantity {
        return "quantity of line \(index + 1)"
      }
      if try value(stored, CreditLineColumn.unitPrice, session) != line.unitPriceMinorUnits {
        return "price of line \(index + 1)"
      }
    }
    return "content"
  }

  private func differs(
    _ code: Int64, _ list: Vocabulary, from text: String?, in session: borrowing Session
  ) throws(JudgeFailure) -> Bool {
    guard let text, !text.isEmpty else { return code != 0 }
    return try existingCode(text, in: list, session).map(Int64.init) != code
  }

  private func differs(
    _ customer: Int64, from identity: CustomerIdentity?, in session: borrowing Session
  ) throws(JudgeFailure) -> Bool {
    guard let identity else { return customer != 0 }
    guard let row = try existingCustomer(identity.key, in: session) else { return true }
    return customer != Int64(row + 1)
  }
}
