internal import ColumnStore
internal import OrderModel

/// Everything is found by its name, and by nothing else.
extension OrderSnapshot {
  func checkLookups(_ findings: inout Findings) throws(StoreError) {
    try checkTexts(OrderColumn.number, .orderNumber, scope: OrderColumn.channel, StoreHash.number, &findings)
    try checkTexts(CreditColumn.number, .creditNumber, scope: CreditColumn.channel, StoreHash.number, &findings)
    try checkTexts(CustomerColumn.key, .customerKey, scope: nil, StoreHash.customerKey, &findings)
    try checkTexts(KeyColumn.text, .idempotencyKey, scope: nil, StoreHash.idempotencyKey, &findings)
    for list in Vocabulary.allCases where wordCount(list) > 0 {
      for code in 1...Int64(wordCount(list)) {
        let text = try word(list, code)
        if try self.code(list, text) != code {
          findings.note("\(list.name) \(code): not found by its word '\(text)'")
        }
      }
    }
  }

  /// Every row is found under its text, and shares it with no other of the same scope.
  private func checkTexts<Column: StoreColumn>(
    _ text: Column, _ index: StoreIndex, scope: Column?, _ hash: (String) -> UInt64, _ findings: inout Findings
  ) throws(StoreError) {
    var found = findings
    defer { findings = found }
    try forEachRowGroup([text]) { (first, columns) throws(StoreError) in
      for offset in columns[0].indices {
        let row = first + offset
        let name = try self.text(at: columns[0][offset])
        let rows = try self.rows(index, hash(name))
        if !rows.contains(row) { found.note("\(Column.table) \(row): not found by '\(name)'") }
        // Two of one hash are rare, so this costs nothing.
        for other in rows where other < row {
          guard try self.text(at: value(other, text)).isSameText(as: name) else { continue }
          if let scope, try value(other, scope) != value(row, scope) { continue }
          found.note("\(Column.table) \(row): '\(name)' names row \(other) too")
        }
      }
    }
  }

  /// Personal records are whole, belong to customers, and are found by phone and e-mail, and by nothing else.
  func checkPersonalData(_ findings: inout Findings) throws(StoreError) {
    var start: [UInt8]? = [0]
    while let from = start {
      var keys: [[UInt8]] = []
      start = nil
      try reading { () throws(FileError) in
        try snapshot.scanAside(from: from) { key, _ in
          if keys.count == 4_096 {
            start = key
            return false
          }
          keys.append(key)
          return true
        }
      }
      for key in keys {
        try findings.checking { (findings) throws(StoreError) in try checkPersonal(key, &findings) }
      }
    }
  }

  private func checkPersonal(_ key: [UInt8], _ findings: inout Findings) throws(StoreError) {
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
      for entry in data.entries(customer: customer) {
        let value = try reading { () throws(FileError) in try snapshot.aside(entry) }
        if value != [] { findings.note("personal data of customer \(customer): not found by phone or e-mail") }
      }
    case PersonalData.entrySpace:
      if !data.entries(customer: customer).contains(key) {
        findings.note("personal data of customer \(customer): entry \(key) leads to another phone or e-mail")
      }
    default: findings.note("personal data: an unknown key \(key)")
    }
  }
}
