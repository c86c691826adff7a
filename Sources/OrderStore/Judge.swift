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
  private(set) var heads = Fact.Heads(orders: 0, lines: 0, events: 0, customers: 0, stock: 0, legs: 0, payments: 0)
  private var personal: [(key: [UInt8], value: [UInt8]?)] = []

  /// Longest text kept, in bytes of UTF-8.
  static let textLimit = 65_536

  /// Forgets words that a failed commit took back.
  func reset() {
    for list in words.indices { words[list].removeAll() }
  }

  /// Judges a submission and appends its facts to the session.
  func judge(_ submission: Submission, in session: inout Session) throws(JudgeFailure) -> Receipt {
    writer.removeAll()
    forgetNewWords()
    personal.removeAll()
    heads = OrderFold.heads(of: session.tail)
    let key = submission.idempotencyKey
    if let key {
      try require(key, "idempotency key")
      if let first = try replay(of: key, submission.command, in: session) { return first }
    }
    var receipt = try receipt(of: submission.command, in: session)
    if let key {
      emit(
        .key(text: key, bodyHash: BodyHash.of(submission.command), order: receipt.order.map { Int($0.rawValue) }))
      // What a replay will be told.
      receipt.sequence = session.nextSequence
    }
    try accept(in: &session)
    return receipt
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
    case .registerCustomer(let customer): try register(customer, in: session)
    case .registerSKU(let sku): try register(sku, in: session)
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
      if writer.count > 0 { try session.append(facts: writer.bytes) }
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

  func text(at address: Int64, _ session: borrowing Session) throws(JudgeFailure) -> String {
    do throws(FileError) { return try session.text(at: address) } catch { throw .file(error) }
  }

  func rows(_ index: StoreIndex, _ hash: UInt64, _ session: borrowing Session) throws(JudgeFailure) -> [UInt32] {
    do throws(FileError) { return try session.rows(index: index, hash: hash) } catch { throw .file(error) }
  }
}
