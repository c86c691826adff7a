extension Mapping {
  /// The mapping without what reads columns that the headers lack, for a mapping that says `optional_columns = true`.
  ///
  /// What an order cannot do without (number, placed instant, the SKU and price of lines) stays and is missed when the
  /// mapping is bound.
  func withoutMissingColumns(_ headers: [[String]]) -> Mapping {
    var copy = self
    func isThere(_ column: ColumnReference) -> Bool { headers[column.table].contains(column.name) }
    func text(_ rule: TextRule?) -> TextRule? {
      guard var rule else { return nil }
      rule.columns.removeAll { !isThere($0) }
      return rule.columns.isEmpty && rule.constant == nil ? nil : rule
    }
    func instant(_ rule: InstantRule?) -> InstantRule? { rule.flatMap { isThere($0.column) ? $0 : nil } }
    func amount(_ rule: AmountRule?) -> AmountRule? { rule.flatMap { isThere($0.column) ? $0 : nil } }

    if let channel = text(order.channel) { copy.order.channel = channel }
    if let currency = text(order.currency) { copy.order.currency = currency }
    copy.order.shipBy = instant(order.shipBy)
    copy.order.deliverBy = instant(order.deliverBy)
    copy.order.type = text(order.type)
    copy.order.priority = text(order.priority)
    copy.order.region = text(order.region)
    copy.order.city = text(order.city)
    copy.order.carrier = text(order.carrier)
    copy.order.sourceStatus = text(order.sourceStatus)
    copy.order.note = text(order.note)
    copy.order.discount = amount(order.discount)
    copy.order.shipping = amount(order.shipping)
    copy.order.tax = amount(order.tax)
    if let customer {
      if let key = text(customer.key) {
        copy.customer = Customer(
          key: key, name: text(customer.name), phone: text(customer.phone), email: text(customer.email),
          grade: text(customer.grade))
      } else {
        copy.customer = nil
      }
    }
    if let lines {
      copy.lines?.listPrice = amount(lines.listPrice)
      copy.lines?.location = text(lines.location)
      copy.lines?.category = text(lines.category)
      copy.lines?.name = text(lines.name)
    }
    copy.events.removeAll { !isThere($0.at.column) }
    if let status {
      if text(status.word) == nil {
        copy.status = nil
      } else {
        copy.status?.reason = text(status.reason)
        copy.status?.side = text(status.side)
      }
    }
    return copy
  }
}
