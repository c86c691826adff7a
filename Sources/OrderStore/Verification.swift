internal import ColumnStore
internal import Columns
internal import OrderModel

/// What a verification looked at and found.
public struct VerificationReport: Sendable, Hashable {
  public var sequence: UInt64
  public var orders: Int
  public var lines: Int
  public var events: Int
  public var movements: Int
  public var factBytes: Int
  /// Pages of the file: in use, free, and lost to both.
  public var pagesUsed, pagesFree, pagesLost: Int
  /// A hash of all facts and of the personal data, whatever the commits they came in: equal hashes, equal stores.
  public var contentHash: String
  /// Everything that does not hold; empty when the store is sound.
  public var findings: [String]
}

extension OrderStore {
  /// How many findings a report names.
  private static let findingLimit = 100

  /// Recomputes everything derived from the log and compares; checks every invariant that ties tables together.
  ///
  /// - Parameter temporaryDirectory: Where the log is refolded, about as large as the store; removed afterwards.
  /// - Throws: what keeps it from going on; damage that leaves the rest readable is a finding.
  @available(*, noasync)
  public func verify(temporaryDirectory: String) throws(StoreError) -> VerificationReport {
    let snapshot = try snapshot()
    var report = VerificationReport(
      sequence: snapshot.sequence, orders: snapshot.orderCount, lines: snapshot.lineCount,
      events: snapshot.eventCount, movements: snapshot.movementCount, factBytes: 0, pagesUsed: 0, pagesFree: 0,
      pagesLost: 0, contentHash: "", findings: [])
    func note(_ finding: String) {
      if report.findings.count < OrderStore.findingLimit { report.findings.append(finding) }
    }
    func checking(_ body: () throws(StoreError) -> Void) throws(StoreError) {
      do throws(StoreError) { try body() } catch {
        guard case .damaged(let what) = error else { throw error }
        note(what)
      }
    }

    try checking { () throws(StoreError) in
      let (hash, bytes) = try snapshot.contentHash()
      (report.contentHash, report.factBytes) = (hash, bytes)
    }
    try checking { () throws(StoreError) in
      for difference in try refoldedDifferences(snapshot, in: temporaryDirectory) { note(difference) }
    }
    try checking { () throws(StoreError) in
      let census = try snapshot.reading { () throws(FileError) in try snapshot.snapshot.pageCensus() }
      guard let census else { return }
      (report.pagesUsed, report.pagesFree, report.pagesLost) = (census.used, census.free, census.lost)
      if census.lost > 0 { note("\(census.lost) pages of the file are neither used nor free") }
    }
    try checking { () throws(StoreError) in try snapshot.checkStock(note) }
    try checking { () throws(StoreError) in try snapshot.checkLines(note) }
    try checking { () throws(StoreError) in try snapshot.checkChains(note) }
    try checking { () throws(StoreError) in try snapshot.checkLookups(note) }
    try checking { () throws(StoreError) in try snapshot.checkPersonalData(note) }
    return report
  }

  private func refoldedDifferences(
    _ snapshot: OrderSnapshot, in directory: String
  ) throws(StoreError) -> [String] {
    let path = FileSystem.temporaryPath(in: directory)
    defer {
      FileSystem.remove(path)
      FileSystem.remove(path + "-lock")
    }
    do throws(FileError) {
      let target = try StoreFile.create(
        path: path, schema: StoreSchema.schema, settings: settings.record,
        options: FileOptions(durability: .unsynced))
      let inner = snapshot.snapshot
      try inner.refold(through: inner.foldedThrough, into: target, folding: OrderFold())
      let reference = try Snapshot(of: target, folding: OrderFold())
      return try inner.differences(from: reference, limit: OrderStore.findingLimit).map(\.description)
    } catch { throw StoreError(error, path: self.path) }
  }
}

extension OrderSnapshot {
  /// The hash of everything that is not derived, and how many bytes of facts there are.
  func contentHash() throws(StoreError) -> (hash: String, factBytes: Int) {
    var first = ContentHash(seed: 101)
    var second = ContentHash(seed: 102)
    var count = 0
    try reading { () throws(FileError) in
      try snapshot.forEachGroup(from: 1) { group in
        first.combine(group.facts)
        second.combine(group.facts)
        count += group.facts.count
      }
      try snapshot.scanAside(from: [0]) { key, value in
        first.combine(key)
        first.combine(value)
        second.combine(key)
        second.combine(value)
        return true
      }
    }
    return (ContentHash.hexadecimal(first.value) + ContentHash.hexadecimal(second.value), count)
  }

  /// Values of a whole column.
  private func whole<Column: StoreColumn>(_ column: Column) throws(StoreError) -> [Int64] {
    var values: [Int64] = []
    values.reserveCapacity(count(Column.table))
    for group in 0..<snapshot.groupCount(of: Column.table.rawValue) {
      values += try self.column(Column.table, column.rawValue, group)
    }
    return values
  }

  /// Counters are the sums of their movements, at every movement within their bounds, and of the lines' reservations.
  func checkStock(_ note: (String) -> Void) throws(StoreError) {
    let skus = try whole(StockColumn.sku)
    let locations = try whole(StockColumn.location)
    var cells: [Int64: Int] = [:]
    for row in skus.indices {
      if cells.updateValue(row, forKey: skus[row] << 32 | locations[row]) != nil {
        note("stock cell \(row): its SKU and location have a cell already")
      }
    }
    var onHand = [Int64](repeating: 0, count: skus.count)
    var (reserved, value, lines) = (onHand, onHand, onHand)
    for group in 0..<movementGroupCount {
      let batch = try movements(
        group: group, [.sku, .location, .onHandChange, .reservedChange, .valueChange, .applied])
      let (sku, location) = (batch[.sku], batch[.location])
      let (onHandChange, reservedChange) = (batch[.onHandChange], batch[.reservedChange])
      let (valueChange, applied) = (batch[.valueChange], batch[.applied])
      for row in 0..<batch.count where applied[row] == 1 {
        guard let cell = cells[sku[row] << 32 | location[row]] else {
          note("movement \(batch.firstRow + row): there is no such stock cell")
          continue
        }
        onHand[cell] &+= onHandChange[row]
        reserved[cell] &+= reservedChange[row]
        value[cell] &+= valueChange[row]
        if reserved[cell] < 0 || onHand[cell] < reserved[cell] {
          note("movement \(batch.firstRow + row): \(reserved[cell]) reserved of \(onHand[cell]) on hand")
        }
      }
    }
    for group in 0..<lineGroupCount {
      let batch = try self.lines(group: group, [.sku, .location, .reserved])
      let (sku, location, units) = (batch[.sku], batch[.location], batch[.reserved])
      for row in 0..<batch.count where units[row] != 0 {
        guard let cell = cells[sku[row] << 32 | location[row]] else {
          note("line \(batch.firstRow + row): reserved where there is no stock cell")
          continue
        }
        lines[cell] &+= units[row]
      }
    }
    let stored = (try whole(StockColumn.onHand), try whole(StockColumn.reserved), try whole(StockColumn.value))
    let unavailable = try whole(StockColumn.unavailable)
    for row in skus.indices {
      if stored.0[row] != onHand[row] || stored.1[row] != reserved[row] || stored.2[row] != value[row] {
        note("stock cell \(row): counters differ from the sum of movements")
      }
      if lines[row] != reserved[row] { note("stock cell \(row): \(reserved[row]) reserved, lines hold \(lines[row])") }
      if InventoryCounters(onHand: stored.0[row], reserved: stored.1[row], unavailable: unavailable[row]) == nil {
        note("stock cell \(row): counters break their invariant")
      }
    }
  }

  /// A line's units are nowhere twice, and orders hold their own lines.
  func checkLines(_ note: (String) -> Void) throws(StoreError) {
    let (quantity, cancelled) = (try whole(LineColumn.quantity), try whole(LineColumn.cancelled))
    let (reserved, shipped) = (try whole(LineColumn.reserved), try whole(LineColumn.shipped))
    let order = try whole(LineColumn.order)
    for row in quantity.indices where cancelled[row] + reserved[row] + shipped[row] > quantity[row] {
      note("line \(row): more units cancelled, reserved and shipped than ordered")
    }
    let (first, count) = (try whole(OrderColumn.firstLine), try whole(OrderColumn.lineCount))
    var next: Int64 = 0
    for row in first.indices {
      if first[row] != next { note("order \(row): its lines begin at \(first[row]) instead of \(next)") }
      next = first[row] + count[row]
      guard first[row] >= 0, next <= Int64(order.count) else {
        note("order \(row): lines beyond the last")
        return
      }
      for line in Int(first[row])..<Int(next) where order[line] != Int64(row) {
        note("line \(line): is told of order \(order[line]), stands with order \(row)")
      }
    }
  }

  /// The chains from orders to events, payments and legs and from customers to orders stay with their owner and reach
  /// every row.
  func checkChains(_ note: (String) -> Void) throws(StoreError) {
    try checkChain("event", heads: OrderColumn.lastEvent, owner: EventColumn.order, back: EventColumn.previous, note)
    try checkChain(
      "payment", heads: OrderColumn.lastPayment, owner: PaymentColumn.order, back: PaymentColumn.previous, note)
    try checkChain("leg", heads: OrderColumn.lastLeg, owner: LegColumn.order, back: LegColumn.previous, note)
    let customers = try whole(OrderColumn.customer)
    let back = try whole(OrderColumn.previousOrder)
    let heads = try whole(CustomerColumn.lastOrder)
    var reached = 0
    for (customer, head) in heads.enumerated() {
      var row = Int(head) - 1
      while row >= 0 {
        guard row < customers.count, customers[row] == Int64(customer) + 1 else {
          note("customer \(customer): its chain leads to order \(row) of another")
          break
        }
        reached += 1
        row = back[row] == 0 ? -1 : row - Int(back[row])
      }
    }
    let identified = customers.reduce(0) { $1 == 0 ? $0 : $0 + 1 }
    if reached != identified { note("customers' chains reach \(reached) orders of \(identified)") }
  }

  private func checkChain<Head: StoreColumn, Row: StoreColumn>(
    _ name: String, heads: Head, owner: Row, back: Row, _ note: (String) -> Void
  ) throws(StoreError) {
    let (heads, owners, back) = (try whole(heads), try whole(owner), try whole(back))
    var reached = 0
    for (order, head) in heads.enumerated() {
      var row = Int(head) - 1
      while row >= 0 {
        guard row < owners.count, owners[row] == Int64(order) else {
          note("order \(order): its chain leads to \(name) \(row) of another order")
          break
        }
        reached += 1
        row = back[row] == 0 ? -1 : row - Int(back[row])
      }
    }
    if reached != owners.count { note("chains reach \(reached) \(name)s of \(owners.count)") }
  }

  /// Every order, credit note and customer is found by its name.
  func checkLookups(_ note: (String) -> Void) throws(StoreError) {
    for row in 0..<orderCount {
      let number = try number(order: row)
      if try !rows(.orderNumber, StoreHash.number(number)).contains(row) {
        note("order \(row): not found by its number '\(number)'")
      }
    }
    for row in 0..<creditCount {
      let number = try number(credit: row)
      if try !rows(.creditNumber, StoreHash.number(number)).contains(row) {
        note("credit note \(row): not found by its number '\(number)'")
      }
    }
    for row in 0..<customerCount {
      let key = try key(customer: row)
      if try !rows(.customerKey, StoreHash.customerKey(key)).contains(row) {
        note("customer \(row): not found by its key '\(key)'")
      }
    }
    for list in Vocabulary.allCases {
      for code in 1..<(wordCount(list) + 1) {
        let text = try word(list, Int64(code))
        if try self.code(list, text) != Int64(code) { note("\(list.name) \(code): not found by its word '\(text)'") }
      }
    }
  }

  /// Personal records are whole, belong to customers, and are found by phone and e-mail, and by nothing else.
  func checkPersonalData(_ note: (String) -> Void) throws(StoreError) {
    var records: [[UInt8]] = []
    var entries: Set<[UInt8]> = []
    try reading { () throws(FileError) in
      try snapshot.scanAside(from: [0]) { key, _ in
        switch key.first {
        case PersonalData.recordSpace: records.append(key)
        case PersonalData.entrySpace: entries.insert(key)
        default: note("personal data: an unknown key \(key)")
        }
        return true
      }
    }
    for key in records {
      guard let customer = PersonalData.customer(ofKey: key), customer < customerCount else {
        note("personal data: of a customer that is not there")
        continue
      }
      do throws(StoreError) {
        for entry in try personalData(customer: customer)?.entries(customer: customer) ?? []
        where entries.remove(entry) == nil {
          note("personal data of customer \(customer): not found by phone or e-mail")
        }
      } catch {
        guard case .damaged(let what) = error else { throw error }
        note(what)
      }
    }
    if !entries.isEmpty { note("personal data: \(entries.count) entries that no record explains") }
  }
}
