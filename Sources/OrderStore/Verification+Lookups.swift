internal import ColumnStore
internal import OrderModel

/// Everything is found by its name, and by nothing else.
extension OrderSnapshot {
  func checkLookups(_ findings: inout Findings) throws(StoreError) {
    try checkTexts(OrderColumn.number, .orderNumber, scope: OrderColumn.channel, StoreHash.number, &findings)
    try checkTexts(CreditColumn.number, .creditNumber, scope: CreditColumn.channel, StoreHash.number, &findings)
    try checkTexts(CustomerColumn.key, .customerKey, scope: nil, StoreHash.customerKey, &findings)
    try checkTexts(KeyColumn.text, .idempotencyKey, scope: nil, StoreHash.idempotencyKey, &findings)
    try checkTexts(
      LegColumn.waybill, .waybill, scope: LegColumn.carrier, isOptional: true, StoreHash.waybill, &findings)
    let resident = ResidentPages(of: snapshot.file)
    for list in Vocabulary.allCases where wordCount(list) > 0 {
      for code in 1...Int64(wordCount(list)) {
        resident.touch(2)
        let text = try word(list, code)
        if try self.code(list, text) != code {
          findings.note("\(list.name) \(code): not found by its word '\(text)'")
        }
      }
    }
  }

  /// Every row is found under its text, and shares it with no other of the same scope.
  ///
  /// - Parameter isOptional: Whether rows may have none.
  private func checkTexts<Column: StoreColumn>(
    _ text: Column, _ index: StoreIndex, scope: Column?, isOptional: Bool = false, _ hash: (String) -> UInt64,
    _ findings: inout Findings
  ) throws(StoreError) {
    var found = findings
    defer { findings = found }
    let resident = ResidentPages(of: snapshot.file)
    var hashes: [(hash: UInt64, row: UInt32)] = []
    // Looked up in the order of the index, some hundred thousand at a time: each of its pages is then met once.
    func lookUp() throws(StoreError) {
      hashes.sort { ($0.hash, $0.row) < ($1.hash, $1.row) }
      for (hash, row) in hashes {
        resident.touch()
        try checkRow(Int(row), hash, text, index, scope: scope, &found)
      }
      hashes.removeAll(keepingCapacity: true)
    }
    try forEachRowGroup([text]) { (first, columns) throws(StoreError) in
      for offset in columns[0].indices where !isOptional || columns[0][offset] != 0 {
        resident.touch()
        hashes.append((hash(try self.text(at: columns[0][offset])), UInt32(first + offset)))
      }
      if hashes.count >= 1 << 18 { try lookUp() }
    }
    try lookUp()
  }

  func checkRow<Column: StoreColumn>(
    _ row: Int, _ hash: UInt64, _ text: Column, _ index: StoreIndex, scope: Column?, _ findings: inout Findings
  ) throws(StoreError) {
    let rows = try self.rows(index, hash)
    if rows == [row] { return }
    let name = try self.text(at: value(row, text))
    if !rows.contains(row) { findings.note("\(Column.table) \(row): not found by '\(name)'") }
    for other in rows where other < row {
      guard try self.text(at: value(other, text)).isSameText(as: name) else { continue }
      if let scope, try value(other, scope) != value(row, scope) { continue }
      if Column.table == .legs {
        let parcels = [try parcel(ofLeg: row), try parcel(ofLeg: other)]
        if parcels[0] == parcels[1] { continue }
      }
      findings.note("\(Column.table) \(row): '\(name)' names row \(other) too")
    }
  }

  /// The leg whose parcel a leg travels in: the one it joined, or itself.
  private func parcel(ofLeg leg: Int) throws(StoreError) -> Int {
    let number = try value(leg, LegColumn.number)
    var row = Int(try value(Int(try value(leg, LegColumn.order)), OrderColumn.lastEvent)) - 1
    while row >= 0 {
      if try value(row, EventColumn.kind) == Int64(EventKind.merged.rawValue),
        try value(row, EventColumn.leg) == number, try value(row, EventColumn.voided) == 0
      {
        return Int(try value(row, EventColumn.before)) - 1
      }
      let back = Int(try value(row, EventColumn.previous))
      row = back == 0 ? -1 : row - back
    }
    return leg
  }

  /// Personal records are whole, belong to customers, and are found by phone and e-mail, and by nothing else.
  func checkPersonalData(_ findings: inout Findings) throws(StoreError) {
    let resident = ResidentPages(of: snapshot.file)
    var start: [UInt8]? = [0]
    while let from = start {
      var keys: [[UInt8]] = []
      start = nil
      try reading { () throws(FileError) in
        try snapshot.scanAside(from: from) { key, _ in
          if keys.count == 1 << 16 {
            start = key
            return false
          }
          keys.append(key)
          return true
        }
      }
      // By customer, and what leads to them by its key: so that near ones are read one after the other.
      var entries: [(key: [UInt8], customer: Int)] = []
      let customers = keys.map { PersonalData.customer(ofKey: $0) ?? -1 }
      for index in keys.indices.sorted(by: { customers[$0] < customers[$1] }) {
        resident.touch()
        try findings.checking { (findings) throws(StoreError) in
          try checkPersonal(keys[index], &entries, &findings)
        }
      }
      entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
      for (entry, customer) in entries {
        resident.touch()
        let value = try reading { () throws(FileError) in try snapshot.aside(entry) }
        if value != [] { findings.note("personal data of customer \(customer): not found by phone or e-mail") }
      }
    }
  }

  /// Checks one key and what it leads to; adds what must lead to it.
  private func checkPersonal(
    _ key: [UInt8], _ entries: inout [(key: [UInt8], customer: Int)], _ findings: inout Findings
  ) throws(StoreError) {
    guard let customer = PersonalData.customer(ofKey: key), customer < customerCount else {
      return findings.note("personal data: key \(key) of a customer that is not there")
    }
    guard let data = try personalData(customer: customer) else {
      return findings.note("personal data: entry \(key) leads to no record")
    }
    switch key.first {
    case PersonalData.recordSpace:
      guard key == PersonalData.key(customer: customer) else {
        return findings.note("personal data: an unknown key \(key)")
      }
      for entry in data.entries(customer: customer) { entries.append((entry, customer)) }
    case PersonalData.entrySpace:
      if !data.entries(customer: customer).contains(key) {
        findings.note("personal data of customer \(customer): entry \(key) leads to another phone or e-mail")
      }
    default: findings.note("personal data: an unknown key \(key)")
    }
  }
}
