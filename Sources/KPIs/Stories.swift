public import Columns
public import OrderModel

/// What the timelines of orders and the movements of their units tell before as-of: the columns of ``StoryField``s.
///
/// Gathered in one walk over events and movements; parts gathered from different row groups add up. When all is added,
/// ``settle(_:prices:)`` makes it ready for ``column(_:of:)``.
public struct Stories: Sendable {
  public let fields: [StoryField]
  let context: JudgingContext
  private let words: StoryWords
  private(set) var entries: StoryEntries
  private var deciders: StoryColumn?
  private var lastEntries: StoryColumn?
  private var movements: StoryMovements
  private var captured, refunded: StoryColumn?
  private var cancellations = StoryCancellations()
  private let withEpisodes: Bool
  private let needsSides: Bool
  private let needsParts: Bool

  /// - Parameter withEpisodes: Whether ``episodes`` are asked for.
  public init(
    _ fields: [StoryField], in context: JudgingContext, words: StoryWords, withEpisodes: Bool = false
  ) {
    self.withEpisodes = withEpisodes
    (self.fields, self.context, self.words) = (fields, context, words)
    var kinds: Set<EventKind> = withEpisodes ? Episode.events : []
    var nodes: Set<Node> = []
    var (sides, parts) = (false, false)
    for field in fields {
      switch field {
      case .cancelledUnits, .cancelledValue: parts = true
      case .cancelledUnitsBy, .requiredLines, .filledLines: sides = true
      case .held, .openHolds: kinds.formUnion([.held, .unheld])
      case .exceptions, .raised, .raisedUnits: kinds.insert(.raised)
      case .openExceptions: kinds.formUnion([.raised, .resolved, .reopened])
      case .entryErrors: kinds.insert(.edited)
      default: break
      }
    }
    if sides || parts {
      kinds.formUnion([.cancelled, .edited])
      nodes.formUnion([.cancelled, .shipped])
    }
    (needsSides, needsParts) = (sides, parts)
    entries = StoryEntries(kinds: kinds, nodes: nodes)
    deciders = fields.contains(.decider) ? StoryColumn(empty: Int64.max) : nil
    lastEntries = fields.contains(.lastEntryAt) ? StoryColumn(empty: InstantColumn.none) : nil
    movements = StoryMovements(fields)
    captured = fields.contains(.captured) ? StoryColumn() : nil
    refunded = fields.contains(.refunded) ? StoryColumn() : nil
  }

  // MARK: - Gathering

  /// Whether entries from as-of on are wanted, because columns know of what they did.
  public var needsLaterEntries: Bool { needsParts }
  /// Whether entries before as-of are wanted, even when there are none from as-of on.
  public var needsEarlierEntries: Bool {
    withEpisodes || needsSides || deciders != nil || lastEntries != nil || fields.contains { $0.isOfEntries }
  }
  public var needsMovements: Bool { !movements.isEmpty }
  public var needsPayments: Bool { captured != nil || refunded != nil }

  /// Whether every line is to be added, once all else was settled.
  public var needsLines: Bool { movements.needsLines }

  /// The columns of lines to add.
  public static let lineFields: [LineField] = [.order, .quantity, .listPrice]
  /// The columns of events to add.
  public static let eventFields: [EventField] = StoryEntries.fields
  /// The columns of movements to add.
  public static let movementFields: [MovementField] = StoryMovements.fields
  /// The columns of payments to add.
  public static let paymentFields: [PaymentField] = [.order, .amount, .occurredAt, .isRefund]

  public mutating func add(_ batch: Batch<EventField>) {
    entries.add(batch, words)
    if deciders != nil { addDecisions(batch) }
    if lastEntries != nil { addInstants(batch) }
  }

  public mutating func add(_ batch: Batch<MovementField>) { movements.add(batch, asOf: context.asOf) }

  public mutating func add(_ batch: Batch<PaymentField>) {
    let (orders, amounts, instants) = (batch[.order], batch[.amount], batch[.occurredAt])
    let refunds = batch[.isRefund]
    for row in 0..<batch.count where context.isReached(instants[row]) {
      if refunds[row] != 0 {
        refunded?[Int(orders[row])] &+= amounts[row]
      } else {
        captured?[Int(orders[row])] &+= amounts[row]
      }
    }
  }

  /// Adds all of `other`, the same fields told by other row groups.
  public mutating func merge(_ other: Stories) {
    precondition(other.fields == fields && other.context == context, "two stories do not add up")
    entries.append(other.entries)
    other.deciders?.forEach { row, decision in deciders?.lower(row, to: decision) }
    other.lastEntries?.forEach { row, instant in lastEntries?.raise(row, to: instant) }
    movements.merge(other.movements)
    if let column = other.captured { captured?.add(column) }
    if let column = other.refunded { refunded?.add(column) }
  }

  /// The earliest decision of each order, its instant times two plus whether a person took it.
  private mutating func addDecisions(_ batch: Batch<EventField>) {
    let (kinds, nodes, voided) = (batch[.kind], batch[.node], batch[.voided])
    let (orders, instants, actors) = (batch[.order], batch[.occurredAt], batch[.actor])
    let (approved, cancelled) = (Int64(Node.approved.rawValue), Int64(Node.cancelled.rawValue))
    for row in 0..<batch.count where kinds[row] == 0 && voided[row] == 0 && context.isReached(instants[row]) {
      guard nodes[row] == approved || nodes[row] == cancelled else { continue }
      // The latest possible instant of a decision without one; a person's wins a tie.
      let instant = InstantColumn.isInstant(instants[row]) ? instants[row] : Int64.max >> 2
      let decision = instant << 1 | (words.isHuman(actors[row]) ? 0 : 1)
      deciders?.lower(Int(orders[row]), to: decision)
    }
  }

  private mutating func addInstants(_ batch: Batch<EventField>) {
    let (voided, orders, instants) = (batch[.voided], batch[.order], batch[.occurredAt])
    for row in 0..<batch.count where voided[row] == 0 && context.hasHappened(instants[row]) {
      lastEntries?.raise(Int(orders[row]), to: instants[row])
    }
  }

  // MARK: - Settling

  /// Sorts what was gathered.
  public mutating func sort() { entries.sort() }

  /// Rows of the entries whose cancelled lines are asked for, ascending; ``settle(_:)`` takes what the log says of them.
  public var cancellingEntries: [Int] {
    guard needsSides || needsParts else { return [] }
    var endedLater: Set<UInt32> = []
    for entry in entries.entries where entry.kind == .passed && entry.subject == Node.cancelled.rawValue {
      if entry.instant >= context.asOf { endedLater.insert(entry.order) }
    }
    return entries.entries.filter { entry in
      guard isCancelling(entry) else { return false }
      if entry.instant < context.asOf { return needsSides || endedLater.contains(entry.order) }
      return needsParts
    }.map { Int($0.row) }.sorted()
  }

  /// The lines whose orders and prices are asked for, ascending.
  public var linesToPrice: [Int] { movements.linesToPrice }

  /// Takes in the orders and prices paid of lines.
  public mutating func price(_ batch: Batch<LineField>) { movements.price(batch) }

  /// Takes in which lines the ``cancellingEntries`` took units from.
  ///
  /// - Parameter lines: Event row, line row, units and list value of each.
  public mutating func settle(_ lines: [(event: Int, line: Int, units: Int64, value: Int64)]) {
    var byRow: [Int: StoryEntry] = [:]
    for entry in entries.entries where isCancelling(entry) { byRow[Int(entry.row)] = entry }
    var parts: [CancelledPart] = []
    for line in lines {
      guard let entry = byRow[line.event] else { continue }
      // An edit that orders fewer is the customer's wish.
      let side = entry.kind == .edited ? Side.customer : Side(rawValue: entry.side) ?? .unknown
      parts.append(
        CancelledPart(
          order: Int(entry.order), line: line.line, units: line.units, value: line.value, instant: entry.instant,
          side: side))
    }
    cancellations = StoryCancellations(parts, asOf: context.asOf)
  }

  /// Takes in the lines of a row group.
  public mutating func add(_ batch: Batch<LineField>) { movements.add(batch, cancellations) }

  /// Whether an entry may have cancelled units of an order that went on. Closing an order short is told as its shipping,
  /// without an instant.
  private func isCancelling(_ entry: StoryEntry) -> Bool {
    switch entry.kind {
    case .cancelled: true
    case .edited: entry.editedAway > 0
    case .passed: entry.subject == Node.shipped.rawValue && entry.instant == InstantColumn.unknown
    default: false
    }
  }

  /// The exceptions of all orders, one order after another, once sorted.
  public var episodes: [Episode] {
    var episodes: [Episode] = []
    entries.forEachOrder(0..<Int.max) { _, entries in
      episodes += Episode.episodes(entries, before: context.asOf)
    }
    return episodes
  }

  // MARK: - Columns

  /// One value a row, of the field for the orders of a batch that has the columns ``StoryField/fields``.
  public func column(_ field: StoryField, of batch: Batch<OrderField>) -> [Int64] {
    let rows = batch.firstRow..<batch.firstRow + batch.count
    switch field {
    case .cancelledUnits:
      return cancelled(batch, .cancelledUnits) { cancellations.units(of: $0, known: $1, endsLater: $2) }
    case .cancelledValue:
      return cancelled(batch, .cancelledValue) { cancellations.value(of: $0, known: $1, endsLater: $2) }
    case .cancelledUnitsBy(let side): return rows.map { cancellations.units(of: $0, by: side) }
    case .held(let from, let to, let isFirst, let isCustomers):
      let starts = batch[from == .placed ? .placedAt : .reached(from)]
      let ends = batch[isFirst ? .firstReached(to) : .reached(to)]
      return told(rows) { order, entries in
        let (start, end) = (starts[order - batch.firstRow], ends[order - batch.firstRow])
        guard context.hasHappened(start), context.hasHappened(end) else { return 0 }
        return HeldTime.milliseconds(entries, from: start, to: end, isCustomers: isCustomers)
      }
    case .openHolds: return told(rows) { HeldTime.open($1, at: context.asOf) }
    case .exceptions:
      return raised(rows) { set, entry in set | 1 << Int64(entry.subject) }
    case .openExceptions:
      return told(rows) { _, entries in
        entries.reduce(0) { open, entry in
          guard entry.instant < context.asOf, let kind = ExceptionKind(rawValue: entry.subject) else { return open }
          return switch entry.kind {
          case .raised, .reopened: open | kind.bit
          case .resolved: open & ~kind.bit
          default: open
          }
        }
      }
    case .enteredByPerson: return batch[.creator].map { words.isHuman($0) ? 1 : 0 }
    case .raised(let kind): return raised(rows) { $0 + ($1.subject == kind.rawValue ? 1 : 0) }
    case .raisedUnits(let kind):
      return raised(rows) { $0 + ($1.subject == kind.rawValue ? max(1, $1.after) : 0) }
    case .entryErrors:
      return told(rows) { _, entries in
        Int64(
          entries.count { $0.kind == .edited && $0.isEntryReason && $0.isHuman && $0.instant < context.asOf })
      }
    case .captured: return captured?.values(rows) ?? []
    case .refunded: return refunded?.values(rows) ?? []
    case .decider:
      return (deciders?.values(rows) ?? []).map { $0 == Int64.max ? 0 : $0 & 1 == 0 ? 2 : 1 }
    case .lastEntryAt: return lastEntries?.values(rows) ?? []
    default:
      guard let column = movements.column(field, rows, approved: { batch[.firstReached(.approved)] }) else {
        preconditionFailure("\(field) was not asked for")
      }
      return column
    }
  }

  /// Units of lines cancelled before as-of.
  ///
  /// - Parameters:
  ///   - known: Units of each line ever cancelled.
  ///   - orderCancelledAt: When the order of each was cancelled.
  public func cancelledUnits(ofLinesFrom firstLine: Int, known: [Int64], orderCancelledAt: [Int64]) -> [Int64] {
    known.indices.map { row in
      cancellations.units(ofLine: firstLine + row, known: known[row], endsLater: endsLater(orderCancelledAt[row]))
    }
  }

  private func endsLater(_ cancelledAt: Int64) -> Bool {
    InstantColumn.isInstant(cancelledAt) && cancelledAt >= context.asOf
  }

  private func cancelled(
    _ batch: Batch<OrderField>, _ field: OrderField, _ part: (Int, Int64, Bool) -> Int64
  ) -> [Int64] {
    let (known, ends) = (batch[field], batch[.reached(.cancelled)])
    return known.indices.map { part(batch.firstRow + $0, known[$0], endsLater(ends[$0])) }
  }

  private func told(_ rows: Range<Int>, _ value: (Int, ArraySlice<StoryEntry>) -> Int64) -> [Int64] {
    var column = [Int64](repeating: 0, count: rows.count)
    entries.forEachOrder(rows) { order, entries in column[order - rows.lowerBound] = value(order, entries) }
    return column
  }

  private func raised(_ rows: Range<Int>, _ add: (Int64, StoryEntry) -> Int64) -> [Int64] {
    told(rows) { _, entries in
      entries.reduce(0) { $1.kind == .raised && $1.instant < context.asOf ? add($0, $1) : $0 }
    }
  }
}

extension StoryField {
  /// The columns of an order that a column of the field is made with.
  public var fields: [OrderField] {
    switch self {
    case .cancelledUnits: [.cancelledUnits, .reached(.cancelled)]
    case .cancelledValue: [.cancelledValue, .reached(.cancelled)]
    case .held(let from, let to, let isFirst, _):
      [from == .placed ? .placedAt : .reached(from), isFirst ? .firstReached(to) : .reached(to)]
    case .reservedAtApproval, .backorderedAtApproval, .presoldAtApproval, .backorderedLinesAtApproval,
      .backorderedValueAtApproval:
      [.firstReached(.approved)]
    case .enteredByPerson: [.creator]
    default: []
    }
  }

  /// Whether entries are looked at one by one for it.
  fileprivate var isOfEntries: Bool {
    switch self {
    case .held, .openHolds, .exceptions, .openExceptions, .raised, .raisedUnits, .entryErrors: true
    default: false
    }
  }
}
