internal import ColumnStore
internal import OrderModel

/// The tables of a store, by number. Numbers are stored; they never change.
enum StoreTable: Int, CaseIterable {
  case orders, lines, events, movements, payments, credits, creditLines, customers, skus, stock, keys, legs
}

/// The hash indexes of a store, by number.
enum StoreIndex: Int, CaseIterable {
  case orderNumber, creditNumber, customerKey, stockCell, idempotencyKey
}

/// The form of everything a store file holds.
enum StoreSchema {
  /// Raised with every change of the stored form.
  static let version: UInt32 = 1

  static let schema = Schema(
    version: version,
    tables: [
      TableSchema("orders", columns: OrderColumn.schemas),
      TableSchema("lines", columns: LineColumn.allCases.map(\.schema)),
      TableSchema("events", columns: EventColumn.allCases.map(\.schema)),
      TableSchema("movements", columns: MovementColumn.allCases.map(\.schema)),
      TableSchema("payments", columns: PaymentColumn.allCases.map(\.schema)),
      TableSchema("credits", columns: CreditColumn.allCases.map(\.schema)),
      TableSchema("credit lines", columns: CreditLineColumn.allCases.map(\.schema)),
      TableSchema("customers", columns: CustomerColumn.allCases.map(\.schema)),
      TableSchema("skus", columns: SKUColumn.allCases.map(\.schema)),
      TableSchema("stock", columns: StockColumn.allCases.map(\.schema)),
      TableSchema("keys", columns: KeyColumn.allCases.map(\.schema)),
      TableSchema("legs", columns: LegColumn.allCases.map(\.schema)),
    ],
    vocabularies: Vocabulary.allCases.map(\.name),
    indexes: StoreIndex.allCases.map { "\($0)" })
}

extension ColumnSchema {
  /// Unsigned in `width` bytes, 0 where nothing was said.
  fileprivate static func number(_ name: String, _ width: Int, summary: Summary = .none) -> ColumnSchema {
    ColumnSchema(name, width: width, summary: summary)
  }
  /// Signed in `width` bytes.
  fileprivate static func signed(_ name: String, _ width: Int) -> ColumnSchema {
    ColumnSchema(name, width: width, encoding: .plain(signed: true))
  }
  /// A full instant; none where nothing was said.
  fileprivate static func instant(_ name: String, summary: Summary = .none) -> ColumnSchema {
    ColumnSchema(
      name, width: 8, encoding: .plain(signed: true), defaultValue: InstantColumn.none, summary: summary)
  }
}

/// Columns of an order. `reached` and `firstReached` of the nodes follow the named ones.
enum OrderColumn: Int, CaseIterable {
  case placedAt, channel, region, city, type, priority, currency, carrier, location, grade, sourceStatus
  /// Customer row + 1.
  case customer
  /// Orders back to the customer's previous one; 0 is none.
  case previousOrder
  case firstLine, lineCount
  /// Event, leg and payment rows + 1: where the chains of the order begin.
  case lastEvent, lastLeg, lastPayment
  case legCount, node, observed, cancelSide, cancelReason
  case shipBy, deliverBy, firstActAt, firstHumanActAt
  case listValue
  /// List value − line value.
  case lineDiscount
  case discount, shipping, tax, cancelledValue, units, cancelledUnits, paid, errorCount
  /// Heap addresses.
  case number, note
  case bodyHash
  /// The group that holds it.
  case sequence

  /// The column of the instant when all required quantity reached `node`.
  static func reached(_ node: Node) -> Int {
    node == .placed ? placedAt.rawValue : allCases.count + Int(node.rawValue) - 2
  }

  /// The column of the instant when the first leg reached `node`; none means "as `reached`". Key nodes only.
  static func firstReached(_ node: Node) -> Int {
    allCases.count + Node.allCases.count - 1 + Int(node.rawValue) - 2
  }

  static let schemas: [ColumnSchema] =
    allCases.map(\.schema)
    + Node.allCases.dropFirst().map { relative("reached \($0.name)") }
    + Node.keyNodes.dropFirst().map { relative("first reached \($0.name)") }

  private static func relative(_ name: String) -> ColumnSchema {
    ColumnSchema(
      name, width: 4, encoding: .relativeInstant(base: placedAt.rawValue), defaultValue: InstantColumn.none)
  }

  private var schema: ColumnSchema {
    let name = "\(self)"
    return switch self {
    case .placedAt: .instant(name, summary: .range)
    case .channel, .type, .priority, .currency, .carrier, .grade, .sourceStatus, .errorCount: .number(name, 2)
    case .region, .city, .location, .customer, .previousOrder, .firstLine, .lineCount, .lastEvent, .lastLeg,
      .lastPayment, .cancelReason, .units, .cancelledUnits, .sequence:
      .number(name, 4)
    case .node: .number(name, 1, summary: .bitSet)
    case .legCount, .observed, .cancelSide: .number(name, 1)
    case .shipBy, .deliverBy, .firstActAt, .firstHumanActAt: OrderColumn.relative(name)
    case .listValue, .lineDiscount, .discount, .shipping, .tax, .cancelledValue, .paid, .number, .note, .bodyHash:
      .signed(name, 8)
    }
  }
}

/// Columns of an order line.
enum LineColumn: Int, CaseIterable {
  case order, sku, quantity, unitPrice
  /// List price − price paid.
  case listExtra
  case location, cancelled, reserved, shipped

  fileprivate var schema: ColumnSchema {
    switch self {
    case .unitPrice, .listExtra: .signed("\(self)", 8)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a status event. The placing of an order is the order itself, not an event.
enum EventColumn: Int, CaseIterable {
  case order
  /// Events back to the order's previous one; 0 is none.
  case previous
  case node, leg, occurredAt, actor, reason, location, carrier, side, sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .node, .leg, .side: .number("\(self)", 1)
    case .carrier: .number("\(self)", 2)
    case .occurredAt: .instant("\(self)", summary: .range)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a stock movement.
enum MovementColumn: Int, CaseIterable {
  case occurredAt, sku, location, kind, onHandChange, reservedChange, valueChange
  /// Order row + 1, line row + 1.
  case order, line
  case reason, applied, sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .occurredAt: .instant("\(self)", summary: .range)
    case .kind, .applied: .number("\(self)", 1)
    case .onHandChange, .reservedChange: .signed("\(self)", 4)
    case .valueChange: .signed("\(self)", 8)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a payment.
enum PaymentColumn: Int, CaseIterable {
  case order
  /// Payments back to the order's previous one; 0 is none.
  case previous
  case method, amount, occurredAt, sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .method: .number("\(self)", 2)
    case .amount: .signed("\(self)", 8)
    case .occurredAt: .instant("\(self)")
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a credit note.
enum CreditColumn: Int, CaseIterable {
  case occurredAt, channel, region, currency, reason
  /// Customer row + 1, order row + 1.
  case customer, order
  case value, units, firstLine, lineCount
  /// Heap address.
  case number
  case bodyHash, sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .occurredAt: .instant("\(self)", summary: .range)
    case .channel, .currency: .number("\(self)", 2)
    case .value, .number, .bodyHash: .signed("\(self)", 8)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a credit note's line.
enum CreditLineColumn: Int, CaseIterable {
  case credit, sku, quantity, unitPrice

  fileprivate var schema: ColumnSchema {
    self == .unitPrice ? .signed("\(self)", 8) : .number("\(self)", 4)
  }
}

/// Columns of a customer.
enum CustomerColumn: Int, CaseIterable {
  /// Heap address of the strong key.
  case key
  case grade
  /// Order row + 1: where the customer's chain of orders begins.
  case lastOrder
  case sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .key: .signed("\(self)", 8)
    case .grade: .number("\(self)", 2)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a SKU; the row is its code − 1.
enum SKUColumn: Int, CaseIterable {
  case category, unitCost, tracked, registered
  /// Heap address.
  case name
  /// The group that registered it as it is.
  case sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .category, .sequence: .number("\(self)", 4)
    case .tracked, .registered: .number("\(self)", 1)
    case .unitCost, .name: .signed("\(self)", 8)
    }
  }
}

/// Columns of a stock cell: one SKU at one location.
enum StockColumn: Int, CaseIterable {
  case sku, location, onHand, reserved, unavailable
  /// Value of what is on hand, minor units of the store's currency.
  case value

  fileprivate var schema: ColumnSchema {
    switch self {
    case .sku, .location: .number("\(self)", 4)
    default: .signed("\(self)", 8)
    }
  }
}

/// Columns of an idempotency key.
enum KeyColumn: Int, CaseIterable {
  /// Heap address of the key.
  case text
  case bodyHash
  /// Order row + 1.
  case order
  case sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .text, .bodyHash: .signed("\(self)", 8)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a leg.
enum LegColumn: Int, CaseIterable {
  case order
  /// Legs back to the order's previous one; 0 is none.
  case previous
  case number, node, location, carrier
  /// When it reached its node.
  case enteredAt

  fileprivate var schema: ColumnSchema {
    switch self {
    case .number: .number("\(self)", 1)
    case .node: .number("\(self)", 1, summary: .bitSet)
    case .carrier: .number("\(self)", 2)
    case .enteredAt: .instant("\(self)")
    default: .number("\(self)", 4)
    }
  }
}
