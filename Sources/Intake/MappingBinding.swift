extension Mapping {
  /// The mapping with every column found in the headers of its tables, in the order of ``tables``.
  ///
  /// - Throws: a problem that names the place in the mapping and the columns there are.
  func bound(to headers: [[String]]) throws(MappingProblem) -> Mapping {
    var copy = hasOptionalColumns ? withoutMissingColumns(headers) : self
    try copy.updateColumns { (reference) throws(MappingProblem) in
      let header = headers[reference.table]
      guard let index = header.firstIndex(of: reference.name) else {
        let file = tables[reference.table].fileName ?? tables[reference.table].name
        throw MappingProblem(
          path: path, line: reference.place.line, table: reference.place.table, key: reference.place.key,
          reason: "no column '\(reference.name)' in \(file); it has \(header.joined(separator: ", "))")
      }
      reference.index = index
    }
    return copy
  }

  /// For each table the columns that the mapping names, each once.
  var columnsNamed: [[String]] {
    var names = [[String]](repeating: [], count: tables.count)
    var copy = self
    copy.updateColumns { reference in
      if !names[reference.table].contains(reference.name) { names[reference.table].append(reference.name) }
    }
    return names
  }

  /// Calls `body` with every column reference.
  private mutating func updateColumns<Failure: Error>(
    _ body: (inout ColumnReference) throws(Failure) -> Void
  ) throws(Failure) {
    func text(_ rule: inout TextRule?) throws(Failure) {
      guard rule != nil else { return }
      for index in rule!.columns.indices { try body(&rule!.columns[index]) }
    }
    func required(_ rule: inout TextRule) throws(Failure) {
      for index in rule.columns.indices { try body(&rule.columns[index]) }
    }
    func instant(_ rule: inout InstantRule?) throws(Failure) { if rule != nil { try body(&rule!.column) } }
    func amount(_ rule: inout AmountRule?) throws(Failure) { if rule != nil { try body(&rule!.column) } }

    for index in tables.indices {
      switch tables[index].link {
      case .main, .array: break
      case .lookup(var parent, var key, let isRequired):
        try body(&parent)
        try body(&key)
        tables[index].link = .lookup(parent: parent, key: key, isRequired: isRequired)
      case .children(var parent, var key):
        try body(&parent)
        try body(&key)
        tables[index].link = .children(parent: parent, key: key)
      }
    }
    try required(&order.number)
    try required(&order.channel)
    try required(&order.currency)
    try body(&order.placedAt.column)
    try instant(&order.shipBy)
    try instant(&order.deliverBy)
    try text(&order.type)
    try text(&order.priority)
    try text(&order.region)
    try text(&order.city)
    try text(&order.carrier)
    try text(&order.sourceStatus)
    try text(&order.note)
    try amount(&order.discount)
    try amount(&order.shipping)
    try amount(&order.tax)
    if customer != nil {
      try required(&customer!.key)
      try text(&customer!.name)
      try text(&customer!.phone)
      try text(&customer!.email)
      try text(&customer!.grade)
    }
    if lines != nil {
      try required(&lines!.sku)
      if lines!.quantity != nil { try body(&lines!.quantity!.column) }
      try body(&lines!.price.column)
      try amount(&lines!.listPrice)
      try text(&lines!.location)
      try text(&lines!.category)
      try text(&lines!.name)
    }
    for index in events.indices { try body(&events[index].at.column) }
    if status != nil {
      try required(&status!.word)
      try text(&status!.reason)
      try text(&status!.side)
    }
    if payments != nil {
      try required(&payments!.method)
      try body(&payments!.amount.column)
      try instant(&payments!.at)
    }
    if credits != nil {
      for index in credits!.when.indices { try body(&credits!.when[index].column) }
      try text(&credits!.reason)
    }
    if movements != nil {
      try required(&movements!.location)
      try text(&movements!.reasonBelowZero)
      try text(&movements!.reasonAboveZero)
    }
    for index in skips.indices { try body(&skips[index].column) }
  }
}
