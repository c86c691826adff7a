internal import Calendars
internal import OrderModel

/// Turns the rows of a document into commands.
///
/// The same rows always give the same commands, so that a file imported twice changes nothing the second time.
struct DocumentBuilder {
  let mapping: Mapping
  private var values: ValueReading
  private var knownSKUs: Set<String> = []
  /// Columns that all rows of a document must agree on.
  private let commonColumns: [ColumnReference]

  init(mapping: Mapping, zone: TimeZoneRules) {
    self.mapping = mapping
    values = ValueReading(zone: zone)
    commonColumns = mapping.commonColumns
  }

  /// Builds what the document says.
  mutating func build(_ document: Document) throws(IntakeError) -> BuiltDocument {
    var result = BuiltDocument()
    result.owners = document.batches.indices.map { table in
      let count = document.holdsOwnRows(table) ? document.batches[table].count : 0
      return [BuiltDocument.Owner](repeating: .command(0), count: count)
    }
    var faults = structureFaults(document)
    if faults.isEmpty {
      do throws(DocumentError) {
        try markSkipped(document, &result)
        if let first = result.owners[0].firstIndex(where: { $0 != .skipped }) {
          document.rows[0] = first
          try checkAgreement(document, result)
          faults = try buildParts(document, first, &result)
        } else {
          // A skipped document takes all its rows along.
          for table in result.owners.indices { result.owners[table] = result.owners[table].map { _ in .skipped } }
        }
      } catch {
        switch error {
        case .fault(let fault): faults = [fault]
        case .file(let failure): throw failure
        }
      }
    }
    if !faults.isEmpty { reject(document, faults, &result) }
    return result
  }

  private func reject(_ document: Document, _ found: [RowFault], _ result: inout BuiltDocument) {
    let faults = found.map(onOwnRow)
    let first = faults[0]
    let place = document.batches[first.table].line(first.row)
    let others = RowProblem(
      .rejectedDocument, column: "", value: "",
      reason: "line \(place) of \(mapping.tables[first.table].name) was rejected, and with it its document")
    for table in result.owners.indices {
      for row in result.owners[table].indices where result.owners[table][row] != .skipped {
        let own = faults.first { $0.table == table && $0.row == row }
        result.owners[table][row] = .rejected(own?.problem ?? others)
      }
    }
    result.parts = []
    result.lineCount = 0
  }

  /// The fault on a row of a file: an element of an array has none of its own, its document answers for it.
  private func onOwnRow(_ fault: RowFault) -> RowFault {
    guard case .array(let path) = mapping.tables[fault.table].link else { return fault }
    var moved = RowFault(table: 0, row: 0, problem: fault.problem)
    if !moved.problem.column.isEmpty { moved.problem.column = "\(path).\(fault.problem.column)" }
    moved.problem.reason = "element \(fault.row + 1): \(fault.problem.reason)"
    return moved
  }

  // MARK: Before any value is read

  private func structureFaults(_ document: Document) -> [RowFault] {
    if let problem = document.textProblem { return [RowFault(table: 0, row: 0, problem: problem)] }
    var faults: [RowFault] = []
    for table in document.batches.indices where document.holdsOwnRows(table) {
      let columns = document.headers[table].count
      for row in 0..<document.batches[table].count {
        let count = document.batches[table].fieldCount(row)
        if document.batches[table].isUnclosed(row) {
          let reason = "a quote opens here and never closes: everything to the end of the file is in this row"
          faults.append(RowFault(table: table, row: row, problem: RowProblem(.unclosedQuote, reason: reason)))
        } else if count != columns {
          let reason = "\(count) fields where the header has \(columns)"
          faults.append(RowFault(table: table, row: row, problem: RowProblem(.raggedRow, reason: reason)))
        }
      }
    }
    return faults
  }

  private func markSkipped(_ document: Document, _ result: inout BuiltDocument) throws(DocumentError) {
    guard !mapping.skips.isEmpty else { return }
    for row in 0..<document.batches[0].count {
      document.rows[0] = row
      for condition in mapping.skips where try holds(condition, document) {
        result.owners[0][row] = .skipped
        break
      }
    }
  }

  private func holds(_ condition: Condition, _ document: Document) throws(DocumentError) -> Bool {
    try document.withTrimmedField(condition.column) { condition.holds($0) }
  }

  private func checkAgreement(_ document: Document, _ result: BuiltDocument) throws(DocumentError) {
    let count = document.batches[0].count
    guard count > 1 else { return }
    let first = document.rows[0]
    for row in first + 1..<count where result.owners[0][row] != .skipped {
      for column in commonColumns where !document.batches[0].hasEqualField(column.index, row, first) {
        if document.batches[0].text(row, column.index) == document.batches[0].text(first, column.index) { continue }
        document.rows[0] = row
        let line = document.batches[0].line(first)
        throw document.fault(.contradiction, column, "the document's row on line \(line) says something else")
      }
    }
  }

  // MARK: Commands

  /// Builds the document's commands into `result`; faults of its lines come back together.
  private mutating func buildParts(
    _ document: Document, _ first: Int, _ result: inout BuiltDocument
  ) throws(DocumentError) -> [RowFault] {
    guard let number = try document.text(mapping.order.number) else {
      throw missing(mapping.order.number, "order number", document)
    }
    guard let channel = try document.text(mapping.order.channel) else {
      throw missing(mapping.order.channel, "channel", document)
    }
    guard let currency = try document.text(mapping.order.currency) else {
      throw missing(mapping.order.currency, "currency", document)
    }
    guard let placedAt = try values.instant(mapping.order.placedAt, document) else {
      throw document.fault(.missingValue, mapping.order.placedAt.column, "the order's instant is missing")
    }
    document.rows[0] = first
    var isCredit = false
    if let credits = mapping.credits {
      for condition in credits.when where try holds(condition, document) { isCredit = true }
    }
    var lines = LineCollector(mapping: mapping, isCredit: isCredit)
    try lines.collect(document, values, &result)
    guard lines.faults.isEmpty else { return lines.faults }
    document.rows[0] = first

    let hasOrder = !lines.lines.isEmpty || lines.movements.isEmpty
    if hasOrder {
      result.lineCount = lines.lines.count
      let identity = try customer(document)
      if isCredit {
        let note = CreditNote(
          channel: channel, number: number, occurredAt: placedAt, customer: identity, currency: currency,
          lines: lines.lines.map {
            CreditLine(sku: $0.sku, quantity: $0.quantity, unitPriceMinorUnits: $0.unitPriceMinorUnits)
          }, region: try document.text(mapping.order.region), reason: try document.text(mapping.credits?.reason))
        result.parts.append(part(.credit(note), .credit, result.parts.count, first))
      } else {
        var new = NewOrder(
          channel: channel, number: number, placedAt: placedAt, customer: identity, currency: currency,
          lines: lines.lines)
        try fill(&new, document)
        try appendOrder(new, document, first, &result)
      }
    }
    var adjustments: [StockAdjustment] = []
    for movement in lines.movements {
      document.rows[0] = movement.row
      adjustments.append(
        StockAdjustment(
          sku: movement.sku, location: movement.location, quantity: movement.quantity, reason: movement.reason,
          occurredAt: try ownInstant(document) ?? placedAt, observed: mapping.mode == .observe))
    }
    // From here on nothing can fail: articles are remembered as known.
    appendArticles(lines.articles, first, &result)
    let orderPart = result.parts.firstIndex { $0.kind == .order || $0.kind == .credit }
    // Rows without a command of their own (payments, an order without lines) belong to the order.
    for table in result.owners.indices {
      for row in result.owners[table].indices where result.owners[table][row] == .command(0) {
        result.owners[table][row] = .command(orderPart ?? 0)
      }
    }
    for (ordinal, movement) in lines.movements.enumerated() {
      let index = result.parts.count
      let key = "movement\u{1F}\(channel)\u{1F}\(number)\u{1F}\(ordinal + 1)"
      result.owners[movement.table][movement.tableRow] = .command(index)
      result.parts.append(part(.adjust(adjustments[ordinal]), .movement, index, movement.row, key: key))
    }
    document.rows[0] = first
    return []
  }

  /// The instant of the row looked at, for what has its own.
  private mutating func ownInstant(_ document: Document) throws(DocumentError) -> Instant? {
    var rule = mapping.order.placedAt
    rule.choice = .first
    return try values.instant(rule, document)
  }

  private func part(
    _ command: Command, _ kind: BuiltDocument.Kind, _ answersFor: Int, _ row: Int, key: String? = nil
  ) -> BuiltDocument.Part {
    BuiltDocument.Part(
      submission: Submission(command, idempotencyKey: key), kind: kind, answersFor: answersFor, row: row)
  }

  private func missing(_ rule: TextRule, _ what: String, _ document: Document) -> DocumentError {
    guard let column = rule.columns.first else {
      return .fault(
        RowFault(table: 0, row: document.rows[0], problem: RowProblem(.missingValue, reason: "the \(what) is missing")))
    }
    return document.fault(.missingValue, column, "the \(what) is missing")
  }

  private mutating func fill(_ new: inout NewOrder, _ document: Document) throws(DocumentError) {
    // Each rule is read in place: a copy of them all would retain a hundred strings and lists a document.
    new.type = try document.text(mapping.order.type)
    new.priority = try document.text(mapping.order.priority)
    new.region = try document.text(mapping.order.region)
    new.city = try document.text(mapping.order.city)
    new.carrier = try document.text(mapping.order.carrier)
    new.note = try document.text(mapping.order.note)
    new.sourceStatus = try document.text(mapping.order.sourceStatus ?? mapping.status?.word)
    if let rule = mapping.order.shipBy { new.shipBy = try values.instant(rule, document) }
    if let rule = mapping.order.deliverBy { new.deliverBy = try values.instant(rule, document) }
    new.discountMinorUnits = try values.amount(mapping.order.discount, document) ?? 0
    new.shippingMinorUnits = try values.amount(mapping.order.shipping, document) ?? 0
    new.taxMinorUnits = try values.amount(mapping.order.tax, document) ?? 0
  }

  private func customer(_ document: Document) throws(DocumentError) -> CustomerIdentity? {
    guard mapping.customer != nil, let key = try document.text(mapping.customer?.key) else { return nil }
    return CustomerIdentity(
      key: key, name: try document.text(mapping.customer?.name), phone: try document.text(mapping.customer?.phone),
      email: try document.text(mapping.customer?.email), grade: try document.text(mapping.customer?.grade))
  }

  private mutating func appendOrder(
    _ new: NewOrder, _ document: Document, _ first: Int, _ result: inout BuiltDocument
  ) throws(DocumentError) {
    let events = try events(document)
    let payments = try payments(document)
    let index = result.parts.count
    guard mapping.mode == .place else {
      let observed = ObservedOrder(order: new, events: events, payments: payments)
      result.parts.append(part(.observe(observed), .order, index, first))
      return
    }
    result.parts.append(part(.place(new), .order, index, first))
    let reference = OrderReference.number(new.number, channel: new.channel)
    let prefix = "\(new.channel)\u{1F}\(new.number)\u{1F}"
    for (ordinal, payment) in payments.enumerated() {
      let command = Command.pay(
        Payment(
          order: reference, method: payment.method, amountMinorUnits: payment.amountMinorUnits,
          occurredAt: payment.occurredAt ?? new.placedAt))
      result.parts.append(part(command, .supplement, index, first, key: "payment\u{1F}\(prefix)\(ordinal + 1)"))
    }
    for event in events {
      guard let instant = event.occurredAt else {
        throw missing(mapping.status?.word ?? mapping.order.number, "instant of \(event.node.name)", document)
      }
      let command: Command =
        if event.node == .cancelled {
          .cancel(Cancellation(order: reference, side: event.side, reason: event.reason, occurredAt: instant))
        } else {
          .record(StatusEvent(order: reference, node: event.node, occurredAt: instant, reason: event.reason))
        }
      result.parts.append(part(command, .supplement, index, first, key: "event\u{1F}\(prefix)\(event.node.name)"))
    }
  }

  private mutating func events(_ document: Document) throws(DocumentError) -> [ObservedEvent] {
    var events: [ObservedEvent] = []
    events.reserveCapacity(mapping.events.count + 1)
    for index in mapping.events.indices {
      guard let instant = try values.instant(mapping.events[index].at, document) else { continue }
      events.append(ObservedEvent(node: mapping.events[index].node, occurredAt: instant))
    }
    guard let status = mapping.status, let word = try document.text(status.word) else { return events }
    guard let meaning = status.meanings[word] else {
      guard status.rejectsUnknown else { return events }
      guard let column = status.word.columns.first else { return events }
      throw document.fault(.unknownStatus, column, "the mapping's [status] map does not have this word")
    }
    guard let node = meaning.node, node != .placed else { return events }
    var side = meaning.side
    if let rule = status.side, let text = try document.text(rule) {
      guard let known = Side(name: text) else {
        throw document.fault(.unknownStatus, rule.columns[0], "is customer, seller, system or unknown")
      }
      side = known
    }
    let reason = try document.text(status.reason) ?? meaning.reason
    if let known = events.firstIndex(where: { $0.node == node }) {
      events[known].side = side
      events[known].reason = reason
    } else {
      events.append(ObservedEvent(node: node, occurredAt: nil, side: side, reason: reason))
    }
    return events
  }

  private mutating func payments(_ document: Document) throws(DocumentError) -> [ObservedPayment] {
    guard let rule = mapping.payments else { return [] }
    // In the main file an order is paid once, whatever number of rows it has.
    let rows = rule.table == 0 ? document.rows[0]..<document.rows[0] + 1 : 0..<document.batches[rule.table].count
    let before = document.rows[rule.table]
    defer { document.rows[rule.table] = before }
    var payments: [ObservedPayment] = []
    for row in rows {
      document.rows[rule.table] = row
      guard let amount = try values.amount(rule.amount, document) else { continue }
      guard let method = try document.text(rule.method) else {
        throw missing(rule.method, "payment's method", document)
      }
      let instant: Instant? = if let at = rule.at { try values.instant(at, document) } else { nil }
      payments.append(ObservedPayment(method: method, amountMinorUnits: amount, occurredAt: instant))
    }
    return payments
  }

  /// Registers articles that were not seen before and have more than their code.
  private mutating func appendArticles(_ articles: [NewSKU], _ first: Int, _ result: inout BuiltDocument) {
    var index = result.parts.firstIndex { $0.kind == .order || $0.kind == .credit } ?? 0
    for article in articles where knownSKUs.insert(article.sku).inserted {
      // In front of the order that needs it.
      result.parts.insert(part(.registerSKU(article), .supplement, 0, first), at: index)
      index += 1
    }
    for position in result.parts.indices { result.parts[position].answersFor = index }
  }
}
