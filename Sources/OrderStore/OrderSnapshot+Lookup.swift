internal import ColumnStore
public import OrderModel

/// Finding orders, customers and stock.
extension OrderSnapshot {
  /// Orders with this number, of one channel or of all, newest first.
  public func orders(number: String, channel: String? = nil) throws(StoreError) -> [OrderID] {
    var wanted: Int64?
    if let channel {
      wanted = try code(.channel, channel)
      if wanted == nil { return [] }
    }
    var found: [OrderID] = []
    for row in try rows(.orderNumber, StoreHash.number(number)) {
      if let wanted, try value(row, OrderColumn.channel) != wanted { continue }
      if try self.number(order: row) == number { found.append(OrderID(rawValue: UInt32(row))) }
    }
    return found
  }

  /// Orders of the customer with this strong key, newest first.
  public func orders(customer key: String) throws(StoreError) -> [OrderID] {
    for row in try rows(.customerKey, StoreHash.customerKey(key)) where try self.key(customer: row) == key {
      return try orders(customerRow: row)
    }
    return []
  }

  /// Orders of every customer with this phone number; only its digits matter.
  public func orders(phone: String) throws(StoreError) -> [OrderID] {
    guard let entry = PersonalData.entry(phone: phone) else { return [] }
    let digits = PersonalData.normalised(phone: phone)
    return try orders(entry: entry) { PersonalData.normalised(phone: $0.phone) == digits }
  }

  /// Orders of every customer with this e-mail address, letter case not mattering.
  public func orders(email: String) throws(StoreError) -> [OrderID] {
    guard let entry = PersonalData.entry(email: email) else { return [] }
    let address = PersonalData.normalised(email: email)
    return try orders(entry: entry) { PersonalData.normalised(email: $0.email) == address }
  }

  private func orders(
    entry: [UInt8], _ matches: (PersonalData) -> Bool
  ) throws(StoreError) -> [OrderID] {
    var customers: [Int] = []
    try reading { () throws(FileError) in
      try snapshot.scanAside(from: entry) { key, _ in
        guard key.starts(with: entry), let customer = PersonalData.customer(ofKey: key) else { return false }
        customers.append(customer)
        return true
      }
    }
    var found: [OrderID] = []
    for customer in customers {
      guard let data = try personalData(customer: customer), matches(data) else { continue }
      found += try orders(customerRow: customer)
    }
    return found.sorted(by: >)
  }

  func personalData(customer: Int) throws(StoreError) -> PersonalData? {
    let record = try reading { () throws(FileError) in
      try snapshot.aside(PersonalData.key(customer: customer))
    }
    guard let record else { return nil }
    do throws(Damage) {
      return try PersonalData(record: record, customer: customer)
    } catch { throw .damaged(error.description) }
  }

  private func orders(customerRow: Int) throws(StoreError) -> [OrderID] {
    var found: [OrderID] = []
    var row = Int(try value(customerRow, CustomerColumn.lastOrder)) - 1
    while row >= 0 {
      found.append(OrderID(rawValue: UInt32(row)))
      let back = Int(try value(row, OrderColumn.previousOrder))
      row = back == 0 ? -1 : row - back
    }
    return found
  }

  func rows(_ index: StoreIndex, _ hash: UInt64) throws(StoreError) -> [Int] {
    try reading { () throws(FileError) in try snapshot.rows(index: index.rawValue, hash: hash).map(Int.init) }
  }
}
