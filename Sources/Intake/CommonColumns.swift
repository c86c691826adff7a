extension Mapping {
  /// The columns of the main table whose values a document has once, whatever number of rows it has.
  var commonColumns: [ColumnReference] {
    var columns: [ColumnReference] = []
    func add(_ rule: TextRule?) { columns += (rule?.columns ?? []) }
    func add(_ rule: InstantRule?) { if let rule, rule.choice == .first { columns.append(rule.column) } }
    func add(_ rule: AmountRule?) { if let rule, !rule.isSum { columns.append(rule.column) } }
    add(order.number)
    add(order.channel)
    add(order.currency)
    add(order.placedAt)
    add(order.shipBy)
    add(order.deliverBy)
    add(order.type)
    add(order.priority)
    add(order.region)
    add(order.city)
    add(order.carrier)
    add(order.sourceStatus)
    add(order.note)
    add(order.discount)
    add(order.shipping)
    add(order.tax)
    if let customer {
      add(customer.key)
      add(customer.name)
      add(customer.phone)
      add(customer.email)
      add(customer.grade)
    }
    for event in events { add(event.at) }
    if let status {
      add(status.word)
      add(status.reason)
      add(status.side)
    }
    if let payments, payments.table == 0 {
      add(payments.method)
      if !payments.amount.isSum { columns.append(payments.amount.column) }
    }
    var seen: Set<Int> = []
    return columns.filter { $0.table == 0 && seen.insert($0.index).inserted }
  }
}
