import Columns
import OrderModel

/// What movements before as-of did with the units of orders.
struct StoryMovements: Sendable {
  private var shipped, delivered, strayed, returned: StoryColumn?
  private var firstShipped: EarliestUnits?
  /// Reserved, backordered, presold.
  private var promised: EarliestUnits?
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
    let promises: [StoryField] = [.reservedAtApproval, .backorderedAtApproval, .presoldAtApproval]
    promised = promises.contains(where: fields.contains) ? EarliestUnits(kindCount: 3) : nil
    returnedOfLines = fields.contains(.returnedValue) ? [:] : nil
  }

  var isEmpty: Bool {
    shipped == nil && delivered == nil && strayed == nil && returned == nil && firstShipped == nil && promised == nil
      && returnedOfLines == nil
  }

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
      case .deliver: delivered?[order] &+= units
      case .lose, .returnToOrigin: strayed?[order] &+= units
      case .restock, .quarantine, .scrap, .takeBack:
        returned?[order] &+= units
        returnedOfLines?[Int(lines[row]) - 1, default: 0] += units
      case .reserve: promised?.add(units, kind: 0, row: order, at: instants[row])
      case .backorder: promised?.add(units, kind: 1, row: order, at: instants[row])
      case .presell: promised?.add(units, kind: 2, row: order, at: instants[row])
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

  /// The column of a field; nil for one that movements do not tell.
  ///
  /// - Parameter approved: When each of the rows was approved first.
  func column(_ field: StoryField, _ rows: Range<Int>, approved: () -> [Int64]) -> [Int64]? {
    switch field {
    case .shippedUnits: return shipped?.values(rows)
    case .deliveredUnits: return delivered?.values(rows)
    case .strayedUnits: return strayed?.values(rows)
    case .returnedUnits: return returned?.values(rows)
    case .returnedValue: return rows.map { returnedValues[$0] ?? 0 }
    case .firstShippedUnits: return firstShipped.map { units in rows.map { units.count(0, row: $0) } }
    case .reservedAtApproval: return promisedUnits(0, rows, approved())
    case .backorderedAtApproval: return promisedUnits(1, rows, approved())
    case .presoldAtApproval: return promisedUnits(2, rows, approved())
    default: return nil
    }
  }

  /// Units promised first, where that was at the approval.
  private func promisedUnits(_ kind: Int, _ rows: Range<Int>, _ approved: [Int64]) -> [Int64]? {
    promised.map { units in
      rows.map { row in
        units.instants[row] == approved[row - rows.lowerBound] ? units.count(kind, row: row) : 0
      }
    }
  }
}
