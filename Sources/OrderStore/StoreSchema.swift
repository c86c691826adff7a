internal import ColumnStore
internal import OrderModel

/// The tables of a store, by number. Numbers are stored; they never change.
enum StoreTable: Int, CaseIterable {
  case orders, lines, events, movements, payments, credits, creditLines, customers, skus, stock, keys, legs
  case allotments, inbound, components, caps
}

/// The hash indexes of a store, by number.
enum StoreIndex: Int, CaseIterable {
  case orderNumber, creditNumber, customerKey, stockCell, idempotencyKey, waybill
}

/// The form of everything a store file holds.
enum StoreSchema {
  /// Raised with every change of the stored form.
  static let version: UInt32 = 3

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
      TableSchema("allotments", columns: AllotmentColumn.allCases.map(\.schema)),
      TableSchema("inbound", columns: InboundColumn.allCases.map(\.schema)),
      TableSchema("components", columns: ComponentColumn.allCases.map(\.schema)),
      TableSchema("caps", columns: CapColumn.allCases.map(\.schema)),
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
  /// Raw ``Profile/ID``, code of the ``SplitPolicy``.
  case profile, split
  /// Bit sets of open ``HoldKind`` and ``ExceptionKind``.
  case holds, openExceptions
  /// Allotment row + 1: where the chain of the order begins.
  case lastAllotment
  /// Line row + 1 of the newest line that an edit added: where their chain begins. They are counted in `lineCount`.
  case lastAddedLine
  case addedLines
  /// The promises after the last change; none means "as promised at first".
  case currentShipBy, currentDeliverBy
  case refunded
  /// Owed on terms.
  case exposure
  /// Who entered it.
  case creator

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
    case .legCount, .observed, .cancelSide, .profile, .split: .number(name, 1)
    case .holds, .addedLines: .number(name, 2)
    case .openExceptions: .number(name, 4, summary: .range)
    case .lastAllotment, .lastAddedLine, .creator: .number(name, 4)
    case .shipBy, .deliverBy, .firstActAt, .firstHumanActAt, .currentShipBy, .currentDeliverBy:
      OrderColumn.relative(name)
    case .listValue, .lineDiscount, .discount, .shipping, .tax, .cancelledValue, .paid, .number, .note, .bodyHash,
      .refunded, .exposure:
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
  case backordered, presold, delivered, lost, returnedToOrigin, requested, authorised, returned, restocked
  case quarantined, scrapped
  /// Line row + 1 of the line that an edit added before this one.
  case previous
  /// Line row + 1 of the line that this one stands for.
  case replaces

  /// The column of a counter.
  static func of(_ counter: LineCounter) -> LineColumn {
    switch counter {
    case .cancelled: .cancelled
    case .backordered: .backordered
    case .presold: .presold
    case .reserved: .reserved
    case .shipped: .shipped
    case .delivered: .delivered
    case .lost: .lost
    case .returnedToOrigin: .returnedToOrigin
    case .requested: .requested
    case .authorised: .authorised
    case .returned: .returned
    case .restocked: .restocked
    case .quarantined: .quarantined
    case .scrapped: .scrapped
    }
  }

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
  /// Raw ``EventKind``; of those that are no passage, `node` is where the order stood.
  case kind
  /// Raw ``HoldKind``, ``ExceptionKind`` or ``AlertCause``, or which part an edit changed.
  case subject
  /// Line row + 1 that it is about.
  case line
  /// What an edit, a payment or a refund changed: units, codes, instants, or what was paid or given back in all, minor
  /// units. Of an alert the raw ``ExceptionKind`` that it is about, and when that was due.
  case before, after
  /// Event row + 1 that it takes back; 1 once it is taken back itself.
  case voids, voided
  /// Movement row + 1 of the first that belongs to it, and how many.
  case firstMovement, movementCount
  /// Heap address.
  case text

  fileprivate var schema: ColumnSchema {
    switch self {
    case .node, .leg, .side, .kind, .subject, .voided: .number("\(self)", 1)
    case .movementCount: .number("\(self)", 2)
    case .before, .after, .text: .signed("\(self)", 8)
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
  case reason
  /// 1 when the counters of its cell moved, 2 when those of a kit's components did, each told by a movement of its own.
  case applied
  case sequence
  /// Units, signed.
  case quantity
  /// Allotment row + 1, inbound row + 1.
  case allotment, inbound

  fileprivate var schema: ColumnSchema {
    switch self {
    case .occurredAt: .instant("\(self)", summary: .range)
    case .kind, .applied: .number("\(self)", 1)
    case .onHandChange, .reservedChange, .quantity: .signed("\(self)", 4)
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
  /// 1 when the money went back.
  case isRefund

  fileprivate var schema: ColumnSchema {
    switch self {
    case .method: .number("\(self)", 2)
    case .isRefund: .number("\(self)", 1)
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
  /// What may be owed on terms, and is.
  case creditLimit, exposure

  fileprivate var schema: ColumnSchema {
    switch self {
    case .key, .creditLimit, .exposure: .signed("\(self)", 8)
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
  /// Stock cell row + 1: where the chain of its cells begins.
  case lastCell
  /// Component row + 1: where the chain of what a kit consists of begins, and that of the kits it is a part of.
  case lastComponent, lastUse
  /// Cap row + 1: where the chain of its caps begins.
  case lastCap

  fileprivate var schema: ColumnSchema {
    switch self {
    case .category, .sequence, .lastCell, .lastComponent, .lastUse, .lastCap: .number("\(self)", 4)
    case .tracked, .registered: .number("\(self)", 1)
    case .unitCost, .name: .signed("\(self)", 8)
    }
  }
}

/// Columns of a stock cell: one SKU at one location.
enum StockColumn: Int, CaseIterable {
  case sku, location, onHand, reserved
  /// Units that cannot be sold, by kind.
  case damaged, held, safety
  case incoming, backordered, presaleQuota, presaleSold
  /// Value of what is on hand, minor units of the store's currency.
  case value
  /// Stock cell row + 1 of the SKU's cell before this one.
  case previousCell
  /// Allotment row + 1, inbound row + 1: where the chains of the cell begin.
  case lastAllotment, lastInbound

  /// The column of a counter.
  static func of(_ counter: StockCounter) -> StockColumn {
    switch counter {
    case .onHand: .onHand
    case .reserved: .reserved
    case .damaged: .damaged
    case .held: .held
    case .safety: .safety
    case .incoming: .incoming
    case .backordered: .backordered
    case .presaleQuota: .presaleQuota
    case .presaleSold: .presaleSold
    }
  }

  fileprivate var schema: ColumnSchema {
    switch self {
    case .sku, .location, .previousCell, .lastAllotment, .lastInbound: .number("\(self)", 4)
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
  /// Heap address of the carrier's number of the parcel.
  case waybill

  fileprivate var schema: ColumnSchema {
    switch self {
    case .waybill: .signed("\(self)", 8)
    case .number: .number("\(self)", 1)
    case .node: .number("\(self)", 1, summary: .bitSet)
    case .carrier: .number("\(self)", 2)
    case .enteredAt: .instant("\(self)")
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of an allotment: the units of one order line that one stock cell owes, holds or has sent, for one leg.
///
/// Without an order it is a claim.
enum AllotmentColumn: Int, CaseIterable {
  /// Order row + 1, line row + 1, stock cell row + 1 (0 for what is not counted), leg row + 1 (0 before it is allocated).
  case order, line, cell, leg
  case backordered, presold, reserved, shipped
  /// Units that are no longer under way: delivered, lost or on their way back.
  case settled
  /// Allotments back to the order's previous one, and to the cell's; 0 is none.
  case previous, previousOfCell
  case since, expiresAt
  /// Who claims.
  case owner
  /// Rank in the cell's queue: priority, then the instant of approval.
  case rank, approvedAt

  fileprivate var schema: ColumnSchema {
    switch self {
    case .since, .approvedAt: .instant("\(self)")
    case .expiresAt: .instant("\(self)", summary: .range)
    case .rank: .number("\(self)", 2)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of a component of a kit.
enum ComponentColumn: Int, CaseIterable {
  /// Codes of the kit and of the component.
  case kit, sku
  /// Units of it in one kit.
  case quantity
  /// Component row + 1 of the kit's component before this one, and of the component's use before this one.
  case previous, previousUse

  fileprivate var schema: ColumnSchema { .number("\(self)", 4) }
}

/// Columns of a channel's cap on a SKU.
enum CapColumn: Int, CaseIterable {
  /// Codes; location 0 is all of them.
  case sku, location, channel
  /// The most units, or −1 once it is lifted.
  case limit
  /// Units that orders of the channel have, reserved or presold.
  case taken
  /// Cap row + 1 of the SKU's cap before this one.
  case previous
  case sequence

  fileprivate var schema: ColumnSchema {
    switch self {
    case .limit, .taken: .signed("\(self)", 8)
    default: .number("\(self)", 4)
    }
  }
}

/// Columns of goods expected at a stock cell.
enum InboundColumn: Int, CaseIterable {
  /// Stock cell row.
  case cell
  /// Inbound rows back to the cell's previous one; 0 is none.
  case previous
  /// Units still expected.
  case open
  case due
  /// Location code the goods come from; 0 for a supplier.
  case from
  /// Value of what is still expected of a transfer, minor units of the store's currency.
  case value

  fileprivate var schema: ColumnSchema {
    switch self {
    case .due: .instant("\(self)", summary: .range)
    case .value: .signed("\(self)", 8)
    default: .number("\(self)", 4)
    }
  }
}
