import Columns
import OrderModel

/// What movements before as-of did with the units of orders.
struct StoryMovements: Sendable {
  private var shipped, delivered, strayed, returned: StoryColumn?
  private var firstShipped: EarliestUnits?
  /// Reserved, backordered, presold.
  private var promised: EarliestUnits?
  /// The same by line row.
  private var firstShippedOfLines, promisedOfLines: EarliestUnits?
  /// By order row, once the lines were looked at.
  private var requiredLines, filledLines, backorderedLines, backorderedValues: StoryColumn?
  /// By line row.
  private var returnedOfLines: [Int: Int64]?
  /// By order row; known once the lines have been asked for their prices.
  private var returnedValues: [Int: Int64] = [:]

  static let fields: [MovementField] = [.occurredAt, .kind, .quantity, .order, .line]

  init(_ fields: [StoryField]) {
    func column(_ field: StoryField) -> StoryColumn? { fields.contains(field) ? StoryColumn() : nil }
    shipped = column(.shippedUnits)
    delivered = column(.deliveredUnits)
    strayed = column(.strayedUnits)
    returned = column(.returnedUnits)
    firstShipped = fields.contains(.firstShippedUnits) ? EarliestUnits(kindCount: 1) : nil
    requiredLines = column(.requiredLines)
    filledLines = column(.filledLines)
    backorderedLines = column(.backorderedLinesAtApproval)
    backorderedValues = column(.backorderedValueAtApproval)
    firstShippedOfLines = fields.contains(.filledLines) ? EarliestUnits(kindCount: 1) : nil
    let waiting: [StoryField] = [.backorderedLinesAtApproval, .backorderedValueAtApproval]
    promisedOfLines = waiting.contains(where: fields.contains) ? EarliestUnits(kindCount: 3) : nil
    let promises: [StoryField] = [.reservedAtApproval, .backorderedAtApproval, .presoldAtApproval] + waiting
    promised = promises.contains(where: fields.contains) ? EarliestUnits(kindCount: 3) : nil
    returnedOfLines = fields.contains(.returnedValue) ? [:] : nil
  }

  var isEmpty: Bool {
    shipped == nil && delivered == nil && strayed == nil && returned == nil && firstShipped == nil && promised == nil
      && returnedOfLines == nil && firstShippedOfLines == nil && promisedOfLines == nil
  }

  /// Whether every line is asked for.
  var needsLines: Bool { requiredLines != nil || filledLines != nil || promisedOfLines != nil }

  mutating func add(_ batch: Batch<MovementField>, asOf: Int64) {
    let (instants, kinds, quantities) = (batch[.occurredAt], batch[.kind], batch[.quantity])
    let (orders, lines) = (batch[.order], batch[.line])
    for row in 0..<batch.count where orders[row] != 0 && instants[row] < asOf {
      guard let kind = MovementKind(rawValue: UInt8(truncatingIfNeeded: kinds[row])) else { continue }
      let (order, units) = (Int(orders[row]) - 1, quantities[row])
      switch kind {
      case .ship, .dispatch:
        shipped?[order] &+= units
        firstShipped?.add(units, kind: 0, row: order, at: instants[row])
        firstShippedOfLines?.add(units, kind: 0, row: Int(lines[row]) - 1, at: instants[row])
      case .deliver: delivered?[order] &+= units
      case .lose, .returnToOrigin: strayed?[order] &+= units
      case .restock, .quarantine, .scrap, .takeBack:
        returned?[order] &+= units
        returnedOfLines?[Int(lines[row]) - 1, default: 0] += units
      case .reserve, .backorder, .presell:
        let promise = kind == .reserve ? 0 : kind == .backorder ? 1 : 2
        promised?.add(units, kind: promise, row: order, at: instants[row])
        promisedOfLines?.add(units, kind: promise, row: Int(lines[row]) - 1, at: instants[row])
      default: break
      }
    }
  }

  mutating func merge(_ other: StoryMovements) {
    if let column = other.shipped { shipped?.add(column) }
    if let column = other.delivered { delivered?.add(column) }
    if let column = other.strayed { strayed?.add(column) }
    if let column = other.returned { returned?.add(column) }
    if let units = other.firstShipped { firstShipped?.merge(units) }
    if let units = other.promised { promised?.merge(units) }
    if let units = other.firstShippedOfLines { firstShippedOfLines?.merge(units) }
    if let units = other.promisedOfLines { promisedOfLines?.merge(units) }
    if let lines = other.returnedOfLines { returnedOfLines?.merge(lines, uniquingKeysWith: +) }
  }

  /// The lines whose prices are asked for, ascending.
  var linesToPrice: [Int] { (returnedOfLines ?? [:]).keys.filter { $0 >= 0 }.sorted() }

  /// Takes in the order and the price paid of lines.
  mutating func price(_ batch: Batch<LineField>) {
    guard let returnedOfLines else { return }
    let (orders, prices) = (batch[.order], batch[.unitPrice])
    for row in 0..<batch.count {
      guard let units = returnedOfLines[batch.firstRow + row] else { continue }
      returnedValues[Int(orders[row]), default: 0] &+= units &* prices[row]
    }
  }

  /// Takes in all lines of a row group.
  mutating func add(_ batch: Batch<LineField>, _ cancellations: StoryCancellations) {
    let (orders, quantities, prices) = (batch[.order], batch[.quantity], batch[.listPrice])
    for row in 0..<batch.count {
      let (line, order) = (batch.firstRow + row, Int(orders[row]))
      let required = quantities[row] - cancellations.customersUnits(ofLine: line)
      if required > 0 {
        requiredLines?[order] += 1
        if let shipped = firstShippedOfLines, shipped.count(0, row: line) >= required { filledLines?[order] += 1 }
      }
      if let promisedOfLines, let promised, promisedOfLines.instants[line] == promised.instants[order] {
        let units = promisedOfLines.count(1, row: line)
        if units > 0 { backorderedLines?[order] += 1 }
        backorderedValues?[order] &+= units &* prices[row]
      }
    }
  }

  /// The column of a field; nil for one that movements do not tell.
  ///
  /// - Parameter approved: When each of the rows was approved first.
  func column(_ field: StoryField, _ rows: Range<Int>, approved: () -> [Int64]) -> [Int64]? {
    /// What was promised first, where that was at the approval.
    func promised(_ value: (EarliestUnits, Int) -> Int64) -> [Int64]? {
      guard let units = self.promised else { return nil }
      let approved = approved()
      return rows.map { units.instants[$0] == approved[$0 - rows.lowerBound] ? value(units, $0) : 0 }
    }
    switch field {
    case .shippedUnits: return shipped?.values(rows)
    case .deliveredUnits: return delivered?.values(rows)
    case .strayedUnits: return strayed?.values(rows)
    case .returnedUnits: return returned?.values(rows)
    case .returnedValue: return rows.map { returnedValues[$0] ?? 0 }
    case .firstShippedUnits: return firstShipped.map { units in rows.map { units.count(0, row: $0) } }
    case .reservedAtApproval: return promised { $0.count(0, row: $1) }
    case .backorderedAtApproval: return promised { $0.count(1, row: $1) }
    case .presoldAtApproval: return promised { $0.count(2, row: $1) }
    case .backorderedLinesAtApproval: return promised { _, row in backorderedLines?[row] ?? 0 }
    case .backorderedValueAtApproval: return promised { _, row in backorderedValues?[row] ?? 0 }
    case .requiredLines: return requiredLines?.values(rows)
    case .filledLines: return filledLines?.values(rows)
    default: return nil
    }
  }
}
