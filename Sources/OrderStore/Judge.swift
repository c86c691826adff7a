internal import ColumnStore
internal import OrderModel

/// Why a command did not become facts.
enum JudgeFailure: Error {
  case refused(Refusal)
  case file(FileError)
  /// The group has no room left for this command; commit it and judge again in the next.
  case groupFull
}

/// Validates one command after the other against the newest state and turns each into facts.
///
/// A command is judged completely before its facts are appended: refused, it leaves nothing. Belongs to the writer.
final class Judge {
  typealias Session = WriteSession<OrderFold>

  /// Codes known of each list; codes never change, so they outlive a commit. Emptied when a commit fails.
  private var words = Array(repeating: ExactTexts(), count: Vocabulary.allCases.count)
  /// Words the present command adds.
  private var newWords: [(list: Int, text: String, code: UInt32)] = []
  /// The same by text, and how many: a large order may add thousands.
  private var newCodes = Array(repeating: ExactTexts(), count: Vocabulary.allCases.count)
  private var newCounts = Array(repeating: 0, count: Vocabulary.allCases.count)
  private var writer = ByteWriter(capacity: 1 << 12)
  /// Rows there will be once the facts written so far are appended.
  private(set) var heads = Fact.Heads(
    orders: 0, lines: 0, events: 0, customers: 0, stock: 0, legs: 0, payments: 0, movements: 0, allotments: 0,
    inbound: 0, components: 0, caps: 0)
  private var personal: [(key: [UInt8], value: [UInt8]?)] = []
  /// Stock cells that the present command touched, by row and by SKU and location: what is stored of them is behind.
  private(set) var cells: [Int: StockCell] = [:]
  private var cellRows: [UInt64: Int] = [:]
  /// Movements told since the last event: they belong to the next one.
  private var movementCount = 0
  /// Which allotments of cells hold units, as far as known from earlier commands.
  var open = OpenAllotments()
  /// What the present command makes channels hold more or less of what is capped, by the row of the cap.
  var capChanges: [Int: Int64] = [:]
  /// Cells whose queues a cap held up that leaves room again.
  var freedByCaps: Set<Int> = []
  /// Cells with units to hand on for which a group had no room.
  private var unfilled: [Int] = []

  /// Longest text kept, in bytes of UTF-8.
  static let textLimit = 65_536

  /// Forgets what a failed commit took back.
  func reset() {
    for list in words.indices { words[list].removeAll() }
    open = OpenAllotments()
  }

  /// A judge that knows nothing but what this one would do first: for a commit that is taken back.
  func rehearsing() -> Judge {
    let other = Judge()
    other.unfilled = unfilled
    return other
  }

  /// Judges a submission and appends its facts to the session.
  func judge(_ submission: Submission, in session: inout Session) throws(JudgeFailure) -> Receipt {
    if !unfilled.isEmpty, session.isEmpty {
      let rows = unfilled
      unfilled = []
      try handOn(rows, in: &session)
    }
    begin(in: session)
    let key = submission.idempotencyKey
    if let key {
      try require(key, "idempotency key")
      if let first = try replay(of: key, submission.command, in: session) { return first }
    }
    if let expected = submission.ifVersion, let reference = submission.command.order {
      let actual = UInt64(try value(try row(of: reference, in: session), OrderColumn.lastEvent, session))
      guard actual == expected else { throw .refused(.staleVersion(expected: expected, actual: actual)) }
    }
    var receipt = try receipt(of: submission.command, in: session)
    try settleCaps(in: session)
    if let key {
      emit(
        .key(text: key, bodyHash: BodyHash.of(submission.command), order: receipt.order.map { Int($0.rawValue) }))
      // What a replay will be told.
      receipt.sequence = session.nextSequence
    }
    try accept(in: &session)
    let rows = freedByCaps.union(cells.values.lazy.filter(\.canHandOn).map(\.row))
    try handOn(rows.sorted(), at: submission.command.capInstant, in: &session)
    if let order = receipt.order {
      receipt.version = UInt64(try value(Int(order.rawValue), OrderColumn.lastEvent, session))
    }
    return receipt
  }

  private func begin(in session: borrowing Session) {
    writer.removeAll()
    forgetNewWords()
    personal.removeAll()
    cells.removeAll(keepingCapacity: true)
    cellRows.removeAll(keepingCapacity: true)
    movementCount = 0
    capChanges.removeAll(keepingCapacity: true)
    freedByCaps.removeAll(keepingCapacity: true)
    heads = OrderFold.heads(of: session.tail)
    open.begin(in: session.nextSequence)
  }

  /// Gives units that are available to those who wait for them, in their order: one order's share after the other, each
  /// whole. What finds no room in the group is left for the next.
  private func handOn(_ rows: [Int], at instant: Instant? = nil, in session: inout Session) throws(JudgeFailure) {
    for row in rows {
      while true {
        begin(in: session)
        do throws(JudgeFailure) {
          guard try fillNext(ofCell: row, at: instant, in: session) else { break }
          try settleCaps(in: session)
          try accept(in: &session)
        } catch {
          switch error {
          case .groupFull: unfilled.append(row)
          case .file: throw error
          // No rule may refuse it: the command itself is accepted already.
          case .refused(let refusal):
            throw .file(.damaged(.inconsistent(place: "stock cell \(row)", "its queue: \(refusal)")))
          }
          break
        }
      }
    }
  }

  private func forgetNewWords() {
    for word in newWords where newCounts[word.list] > 0 {
      newCodes[word.list].removeAll()
      newCounts[word.list] = 0
    }
    newWords.removeAll()
  }

  private func receipt(of command: Command, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    switch command {
    case .place(let order): try place(order, in: session)
    case .observe(let observed): try observe(observed, in: session)
    case .record(let event): try record(event, in: session)
    case .pay(let payment): try pay(payment, in: session)
    case .receive(let receipt): try receive(receipt, in: session)
    case .adjust(let adjustment): try adjust(adjustment, in: session)
    case .reserve(let operation): try reserve(operation, in: session)
    case .release(let operation): try release(operation, in: session)
    case .ship(let operation): try ship(operation, in: session)
    case .cancel(let cancellation): try cancel(cancellation, in: session)
    case .credit(let note): try credit(note, in: session)
    case .approve(let approval): try approve(approval, in: session)
    case .grantCredit(let grant): try grantCredit(grant, in: session)
    case .allocate(let allocation): try allocate(allocation, in: session)
    case .shortPick(let operation): try shortPick(operation, in: session)
    case .hold(let change): try hold(change, in: session)
    case .exception(let change): try self.change(change, in: session)
    case .note(let note): try self.note(note, in: session)
    case .alert(let notice): try alert(notice, in: session)
    case .merge(let merge): try self.merge(merge, in: session)
    case .edit(let edit): try self.edit(edit, in: session)
    case .parcel(let report): try self.report(report, in: session)
    case .giveBack(let step): try giveBack(step, in: session)
    case .refund(let refund): try self.refund(refund, in: session)
    case .void(let entry): try void(entry, in: session)
    case .expect(let expected): try expect(expected, in: session)
    case .transfer(let transfer): try self.transfer(transfer, in: session)
    case .count(let count): try self.count(count, in: session)
    case .block(let block): try self.block(block, in: session)
    case .presale(let quota): try presale(quota, in: session)
    case .cap(let cap): try self.cap(cap, in: session)
    case .claim(let claim): try self.claim(claim, in: session)
    case .endClaim(let release): try endClaim(release, in: session)
    case .expire(let expiry): try expire(expiry, in: session)
    case .registerCustomer(let customer): try register(customer, in: session)
    case .registerSKU(let sku): try register(sku, in: session)
    case .validate(let validation): try validate(validation, in: session)
    }
  }

  private func replay(
    of key: String, _ command: Command, in session: borrowing Session
  ) throws(JudgeFailure) -> Receipt? {
    for row in try rows(.idempotencyKey, StoreHash.idempotencyKey(key), session) {
      let row = Int(row)
      guard try text(at: try value(row, KeyColumn.text, session), session) == key else { continue }
      guard try value(row, KeyColumn.bodyHash, session) == BodyHash.of(command) else { throw .refused(.reusedKey(key)) }
      let order = try value(row, KeyColumn.order, session)
      return Receipt(
        outcome: .unchanged, sequence: UInt64(try value(row, KeyColumn.sequence, session)),
        order: order == 0 ? nil : OrderID(rawValue: UInt32(order - 1)))
    }
    return nil
  }

  private func accept(in session: inout Session) throws(JudgeFailure) {
    guard hasSomethingToWrite else { return }
    guard writer.count <= session.room else {
      guard session.isEmpty else { throw .groupFull }
      throw .refused(.commandTooLarge(byteCount: writer.count, limit: session.room))
    }
    do throws(FileError) {
      if writer.count > 0 {
        try session.append(facts: writer.bytes)
        open.write()
      }
      for (key, value) in personal { try session.setAside(value, for: key) }
    } catch { throw .file(error) }
    for word in newWords { words[word.list][word.text] = word.code }
  }

  /// Whether the present command changes anything so far.
  var hasSomethingToWrite: Bool { writer.count > 0 || !personal.isEmpty }
  /// Whether it has facts for the log; what is personal stands outside and makes no group.
  var hasFacts: Bool { writer.count > 0 }

  /// The receipt of a command that added to an order.
  func updated(order row: Int, in session: borrowing Session) throws(JudgeFailure) -> Receipt {
    guard hasFacts else {
      var receipt = try unchanged(order: row, in: session)
      if hasSomethingToWrite { receipt.outcome = .updated }
      return receipt
    }
    return Receipt(outcome: .updated, sequence: session.nextSequence, order: OrderID(rawValue: UInt32(row)))
  }

  // MARK: What the rules say

  func emit(_ fact: Fact) {
    fact.encode(into: &writer, heads: heads)
    heads.advance(over: fact)
  }

  /// ``emit(_:)`` of an event, the most frequent fact.
  func emit(_ event: EventFact) {
    event.append(to: &writer, heads: heads)
    heads.events += 1
  }

  // MARK: What the command moved

  /// The movement just told belongs to the next event.
  func countMovement() { movementCount = min(movementCount + 1, 65_535) }

  var hasUntoldMovements: Bool { movementCount > 0 }

  func takeMovementCount() -> Int {
    defer { movementCount = 0 }
    return movementCount
  }

  /// Keeps a cell as the command left it.
  func remember(_ cell: StockCell) { cells[cell.row] = cell }

  /// A stock cell as the command left it so far.
  func cell(at row: Int, in session: borrowing Session) throws(JudgeFailure) -> StockCell {
    if let known = cells[row] { return known }
    let counters = try InventoryCounters { (counter) throws(JudgeFailure) in
      try value(row, StockColumn.of(counter), session)
    }
    guard let counters else {
      throw .file(.damaged(.inconsistent(place: "stock cell \(row)", "counters break their invariant")))
    }
    let lastAllotment = Int(try value(row, StockColumn.lastAllotment, session)) - 1
    let lastInbound = Int(try value(row, StockColumn.lastInbound, session)) - 1
    return StockCell(
      row: row, sku: UInt32(try value(row, StockColumn.sku, session)),
      location: UInt32(try value(row, StockColumn.location, session)), counters: counters,
      value: try value(row, StockColumn.value, session), lastAllotment: lastAllotment < 0 ? nil : lastAllotment,
      lastInbound: lastInbound < 0 ? nil : lastInbound)
  }

  /// The row of the cell of a SKU at a location, if there is one.
  func existingCell(
    sku: UInt32, location: UInt32, in session: borrowing Session
  ) throws(JudgeFailure) -> Int? {
    if let row = cellRows[UInt64(sku) << 32 | UInt64(location)] { return row }
    for row in try rows(.stockCell, StoreHash.stockCell(sku: sku, location: location), session) {
      let row = Int(row)
      if try value(row, StockColumn.sku, session) == Int64(sku),
        try value(row, StockColumn.location, session) == Int64(location)
      {
        return row
      }
    }
    return nil
  }

  /// The row of the cell of a SKU at a location, made empty if there is none.
  func cell(sku: UInt32, location: UInt32, in session: borrowing Session) throws(JudgeFailure) -> Int {
    if let row = try existingCell(sku: sku, location: location, in: session) { return row }
    let row = heads.stock
    // A SKU of the present command has no cells but those of the command.
    let newest = cellRows.filter { $0.key >> 32 == UInt64(sku) }.map(\.value).max()
    let isKnown = Int(sku) <= session.wordCount(list: Int(Vocabulary.sku.rawValue))
    let stored = isKnown ? Int(try value(Int(sku) - 1, SKUColumn.lastCell, session)) - 1 : -1
    emit(.stockCell(sku: sku, location: location, previous: newest ?? (stored < 0 ? nil : stored)))
    cellRows[UInt64(sku) << 32 | UInt64(location)] = row
    remember(StockCell(row: row, sku: sku, location: location, counters: InventoryCounters(), value: 0))
    return row
  }

  /// A word that the present command adds.
  func newWord(_ code: UInt32, in list: Vocabulary) -> String? {
    let index = Int(list.rawValue) - 1
    return newCounts[index] == 0 ? nil : newWords.first { $0.list == index && $0.code == code }?.text
  }

  func setAside(_ value: [UInt8]?, for key: [UInt8]) { personal.append((key, value)) }

  /// The code of a word, which the list gets if it lacks it; 0 for none.
  func code(_ text: String?, in list: Vocabulary, _ session: borrowing Session) throws(JudgeFailure) -> UInt32 {
    guard let text, !text.isEmpty else { return 0 }
    let index = Int(list.rawValue) - 1
    if let code = words[index][text] { return code }
    if let known = try existingCode(text, in: list, session) {
      words[index][text] = known
      return known
    }
    if let code = newCodes[index][text] { return code }
    try check(text, list.name)
    let code = UInt32(session.wordCount(list: Int(list.rawValue)) + newCounts[index] + 1)
    guard code <= list.greatestCode else { throw .refused(.overflow(field: "the number of names in \(list.name)")) }
    emit(.word(list: list, text: text))
    newWords.append((index, text, code))
    newCodes[index][text] = code
    newCounts[index] += 1
    return code
  }

  /// The code of a word that the list has already.
  func existingCode(
    _ text: String, in list: Vocabulary, _ session: borrowing Session
  ) throws(JudgeFailure) -> UInt32? {
    if let code = words[Int(list.rawValue) - 1][text] { return code }
    do throws(FileError) { return try session.code(of: text, list: Int(list.rawValue)) } catch { throw .file(error) }
  }

  // MARK: Checks of form

  func check(_ text: String?, _ field: String) throws(JudgeFailure) {
    guard let count = text?.utf8.count, count > Judge.textLimit else { return }
    throw .refused(.textTooLong(field: field, byteCount: count))
  }

  func require(_ text: String, _ field: String) throws(JudgeFailure) {
    guard !text.isEmpty else { throw .refused(.missingText(field: field)) }
    try check(text, field)
  }

  func check(_ instant: Instant?, _ field: String) throws(JudgeFailure) {
    guard let instant, !instant.isValid else { return }
    throw .refused(.invalidInstant(field: field, milliseconds: instant.milliseconds))
  }

  func checkAmount(_ amount: Int64, _ field: String) throws(JudgeFailure) {
    guard amount >= 0 else { throw .refused(.invalidAmount(field: field, value: amount)) }
  }

  func checkQuantity(_ quantity: Int64, of sku: String) throws(JudgeFailure) {
    guard quantity > 0, quantity <= Int64(Int32.max) else {
      throw .refused(.invalidQuantity(sku: sku, quantity: quantity))
    }
  }

  func product(_ left: Int64, _ right: Int64, _ field: String) throws(JudgeFailure) -> Int64 {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw .refused(.overflow(field: field)) }
    return value
  }

  func sum(_ left: Int64, _ right: Int64, _ field: String) throws(JudgeFailure) -> Int64 {
    let (value, overflow) = left.addingReportingOverflow(right)
    guard !overflow else { throw .refused(.overflow(field: field)) }
    return value
  }
}

extension Vocabulary {
  /// The highest code its columns can hold.
  var greatestCode: UInt32 {
    switch self {
    case .channel, .orderType, .priority, .currency, .carrier, .grade, .sourceStatus, .paymentMethod: 65_535
    default: .max - 1
    }
  }
}

/// Reads by name.
extension WriteSession where Folding == OrderFold {
  func value<Column: StoreColumn>(_ row: Int, _ column: Column) throws(FileError) -> Int64 {
    try value(table: Column.table.rawValue, row: row, column: column.rawValue)
  }

  func rows(index: StoreIndex, hash: UInt64) throws(FileError) -> [UInt32] {
    try rows(index: index.rawValue, hash: hash)
  }
}

/// Reads for the rules: a file's error becomes theirs.
extension Judge {
  func value<Column: StoreColumn>(
    _ row: Int, _ column: Column, _ session: borrowing Session
  ) throws(JudgeFailure) -> Int64 {
    do throws(FileError) { return try session.value(row, column) } catch { throw .file(error) }
  }

  func reached(_ node: Node, of order: Int, _ session: borrowing Session) throws(JudgeFailure) -> Int64 {
    do throws(FileError) {
      return try session.value(table: StoreTable.orders.rawValue, row: order, column: OrderColumn.reached(node))
    } catch { throw .file(error) }
  }

  func reached(first node: Node, of order: Int, _ session: borrowing Session) throws(JudgeFailure) -> Int64 {
    do throws(FileError) {
      return try session.value(table: StoreTable.orders.rawValue, row: order, column: OrderColumn.firstReached(node))
    } catch { throw .file(error) }
  }

  func text(at address: Int64, _ session: borrowing Session) throws(JudgeFailure) -> String {
    do throws(FileError) { return try session.text(at: address) } catch { throw .file(error) }
  }

  func rows(_ index: StoreIndex, _ hash: UInt64, _ session: borrowing Session) throws(JudgeFailure) -> [UInt32] {
    do throws(FileError) { return try session.rows(index: index, hash: hash) } catch { throw .file(error) }
  }
}
