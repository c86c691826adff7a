internal import ColumnStore
public import OrderModel

/// One unchanging state of a store, exact at its sequence. Keep it short: while it lives, pages cannot be reused.
public final class OrderSnapshot: Sendable {
  let snapshot: Snapshot
  /// Where the groups are: an earlier state is refolded into a file without a log.
  let log: Snapshot
  public let settings: StoreSettings
  let path: String

  init(_ snapshot: Snapshot, log: Snapshot? = nil, settings: StoreSettings, path: String) {
    (self.snapshot, self.log, self.settings, self.path) = (snapshot, log ?? snapshot, settings, path)
  }

  /// The newest group it knows; 0 in an empty store.
  public var sequence: UInt64 { snapshot.sequence }
  /// When that group was recorded; nil in an empty store.
  public var recordedAt: Instant? {
    snapshot.sequence == 0 ? nil : Instant(milliseconds: snapshot.recordedAt)
  }
  /// The newest group that is folded into columns.
  public var foldedThrough: UInt64 { snapshot.foldedThrough }

  public var orderCount: Int { count(.orders) }
  public var lineCount: Int { count(.lines) }
  public var eventCount: Int { count(.events) }
  public var movementCount: Int { count(.movements) }
  public var paymentCount: Int { count(.payments) }
  public var creditCount: Int { count(.credits) }
  public var customerCount: Int { count(.customers) }
  public var skuCount: Int { count(.skus) }
  public var stockCellCount: Int { count(.stock) }

  func count(_ table: StoreTable) -> Int { snapshot.rowCount(of: table.rawValue) }

  // MARK: Words

  /// The word of a code; empty for code 0.
  package func word(_ list: Vocabulary, _ code: Int64) throws(StoreError) -> String {
    try reading { () throws(FileError) in
      try snapshot.word(list: Int(list.rawValue), code: UInt32(truncatingIfNeeded: code))
    }
  }

  /// The code of a word; nil when the store never heard it.
  package func code(_ list: Vocabulary, _ text: String) throws(StoreError) -> Int64? {
    try reading { () throws(FileError) in
      try snapshot.code(of: text, list: Int(list.rawValue)).map(Int64.init)
    }
  }

  /// Words in a list; codes run from 1 to this.
  package func wordCount(_ list: Vocabulary) -> Int { snapshot.wordCount(list: Int(list.rawValue)) }

  // MARK: Single values

  func value<Column: StoreColumn>(_ row: Int, _ column: Column) throws(StoreError) -> Int64 {
    try reading { () throws(FileError) in
      try snapshot.value(table: Column.table.rawValue, row: row, column: column.rawValue)
    }
  }

  func value(order row: Int, column: Int) throws(StoreError) -> Int64 {
    try reading { () throws(FileError) in
      try snapshot.value(table: StoreTable.orders.rawValue, row: row, column: column)
    }
  }

  func text(at address: Int64) throws(StoreError) -> String {
    try reading { () throws(FileError) in try snapshot.text(at: address) }
  }

  /// The number the order's channel knows it by.
  package func number(order row: Int) throws(StoreError) -> String {
    try text(at: try value(row, OrderColumn.number))
  }

  /// The word of an order's channel.
  package func channel(order row: Int) throws(StoreError) -> String {
    try word(.channel, try value(row, OrderColumn.channel))
  }

  /// The strong key of an order's customer; nil for a guest.
  package func customer(order row: Int) throws(StoreError) -> String? {
    let customer = try value(row, OrderColumn.customer)
    return customer == 0 ? nil : try key(customer: Int(customer) - 1)
  }

  /// The strong key of a customer.
  package func key(customer row: Int) throws(StoreError) -> String {
    try text(at: try value(row, CustomerColumn.key))
  }

  /// The number of a credit note.
  package func number(credit row: Int) throws(StoreError) -> String {
    try text(at: try value(row, CreditColumn.number))
  }

  /// The word of a credit note's channel.
  package func channel(credit row: Int) throws(StoreError) -> String {
    try word(.channel, try value(row, CreditColumn.channel))
  }

  func reading<Result>(_ body: () throws(FileError) -> Result) throws(StoreError) -> Result {
    do throws(FileError) { return try body() } catch { throw StoreError(error, path: path) }
  }
}
