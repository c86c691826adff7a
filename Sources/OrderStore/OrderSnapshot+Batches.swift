package import Columns
internal import ColumnStore
package import OrderModel

/// Reading in batches of one row group, for whoever computes.
extension OrderSnapshot {
  /// Rows in a row group of any table; the last may have fewer.
  package static var rowsPerGroup: Int { Geometry.rowsPerGroup }

  package var orderGroupCount: Int { snapshot.groupCount(of: StoreTable.orders.rawValue) }
  package var lineGroupCount: Int { snapshot.groupCount(of: StoreTable.lines.rawValue) }
  package var creditGroupCount: Int { snapshot.groupCount(of: StoreTable.credits.rawValue) }
  package var creditLineGroupCount: Int { snapshot.groupCount(of: StoreTable.creditLines.rawValue) }
  package var paymentGroupCount: Int { snapshot.groupCount(of: StoreTable.payments.rawValue) }
  package var movementGroupCount: Int { snapshot.groupCount(of: StoreTable.movements.rawValue) }

  /// The first and last placed instant of a row group's orders, when it is known without reading them.
  package func placedRange(orderGroup group: Int) throws(StoreError) -> ClosedRange<Int64>? {
    try reading { () throws(FileError) in
      try snapshot.summary(table: StoreTable.orders.rawValue, group: group)?.ranges[OrderColumn.placedAt.rawValue]
    }
  }

  /// Columns of one row group of orders. Cost: about a nanosecond a value, checksums included.
  package func orders(group: Int, _ fields: [OrderField]) throws(StoreError) -> Batch<OrderField> {
    var stored: [Int] = []
    for column in fields.flatMap(OrderSnapshot.columns) where !stored.contains(column) { stored.append(column) }
    var values: [[Int64]] = []
    try reading { () throws(FileError) in
      values = try snapshot.gather(table: StoreTable.orders.rawValue, columns: stored, group: group)
    }
    return try batch(.orders, group, fields) { (field) throws(StoreError) in
      let parts = OrderSnapshot.columns(of: field).map { column in
        stored.firstIndex(of: column).map { values[$0] } ?? []
      }
      guard parts.count > 1 else { return parts[0] }
      return field == .lineValue ? difference(parts[0], parts[1]) : filled(parts[0], from: parts[1])
    }
  }

  private func difference(_ whole: [Int64], _ part: [Int64]) -> [Int64] {
    var left = whole
    var values = left.mutableSpan
    let parts = part.span
    for row in parts.indices { values[row] &-= parts[row] }
    return left
  }

  private func filled(_ column: [Int64], from others: [Int64]) -> [Int64] {
    var whole = column
    var values = whole.mutableSpan
    let others = others.span
    for row in others.indices { values[row] = values[row] == InstantColumn.none ? others[row] : values[row] }
    return whole
  }

  /// The stored columns a field is made of: the list value and the discount on it; the first leg's instant and, where it
  /// has none, the order's; a promise as it stands and, where it was not changed, as it was made.
  private static func columns(of field: OrderField) -> [Int] {
    switch field {
    case .reached(let node): [OrderColumn.reached(node)]
    case .firstReached(let node) where node != .placed && node.isKeyNode:
      [OrderColumn.firstReached(node), OrderColumn.reached(node)]
    case .firstReached(let node): [OrderColumn.reached(node)]
    case .lineValue: [OrderColumn.listValue.rawValue, OrderColumn.lineDiscount.rawValue]
    case .currentShipBy: [OrderColumn.currentShipBy.rawValue, OrderColumn.shipBy.rawValue]
    case .currentDeliverBy: [OrderColumn.currentDeliverBy.rawValue, OrderColumn.deliverBy.rawValue]
    default: [column(of: field).rawValue]
    }
  }

  /// Columns of one row group of order lines.
  package func lines(group: Int, _ fields: [LineField]) throws(StoreError) -> Batch<LineField> {
    try batch(.lines, group, fields) { (field) throws(StoreError) in
      switch field {
      case .order: return try column(.lines, LineColumn.order.rawValue, group)
      case .sku: return try column(.lines, LineColumn.sku.rawValue, group)
      case .category: return try categories(of: try column(.lines, LineColumn.sku.rawValue, group))
      case .location: return try column(.lines, LineColumn.location.rawValue, group)
      case .quantity: return try column(.lines, LineColumn.quantity.rawValue, group)
      case .unitPrice: return try column(.lines, LineColumn.unitPrice.rawValue, group)
      case .listPrice:
        var prices = try column(.lines, LineColumn.unitPrice.rawValue, group)
        let extras = try column(.lines, LineColumn.listExtra.rawValue, group)
        for row in prices.indices { prices[row] &+= extras[row] }
        return prices
      case .cancelled: return try column(.lines, LineColumn.cancelled.rawValue, group)
      case .backordered: return try column(.lines, LineColumn.backordered.rawValue, group)
      case .presold: return try column(.lines, LineColumn.presold.rawValue, group)
      case .reserved: return try column(.lines, LineColumn.reserved.rawValue, group)
      case .shipped: return try column(.lines, LineColumn.shipped.rawValue, group)
      case .delivered: return try column(.lines, LineColumn.delivered.rawValue, group)
      case .lost: return try column(.lines, LineColumn.lost.rawValue, group)
      case .returnedToOrigin: return try column(.lines, LineColumn.returnedToOrigin.rawValue, group)
      case .returned: return try column(.lines, LineColumn.returned.rawValue, group)
      case .restocked: return try column(.lines, LineColumn.restocked.rawValue, group)
      case .quarantined: return try column(.lines, LineColumn.quarantined.rawValue, group)
      case .scrapped: return try column(.lines, LineColumn.scrapped.rawValue, group)
      case .cancelledBefore: preconditionFailure("\(field) is gathered from timelines")
      }
    }
  }

  /// Columns of one row group of credit notes.
  package func credits(group: Int, _ fields: [CreditField]) throws(StoreError) -> Batch<CreditField> {
    try batch(.credits, group, fields) { (field) throws(StoreError) in
      let column: CreditColumn =
        switch field {
        case .occurredAt: .occurredAt
        case .channel: .channel
        case .region: .region
        case .currency: .currency
        case .reason: .reason
        case .customer: .customer
        case .order: .order
        case .value: .value
        case .units: .units
        }
      return try self.column(.credits, column.rawValue, group)
    }
  }

  /// Columns of one row group of credit note lines.
  package func creditLines(group: Int, _ fields: [CreditLineField]) throws(StoreError) -> Batch<CreditLineField> {
    try batch(.creditLines, group, fields) { (field) throws(StoreError) in
      switch field {
      case .credit: return try column(.creditLines, CreditLineColumn.credit.rawValue, group)
      case .sku: return try column(.creditLines, CreditLineColumn.sku.rawValue, group)
      case .category: return try categories(of: try column(.creditLines, CreditLineColumn.sku.rawValue, group))
      case .quantity: return try column(.creditLines, CreditLineColumn.quantity.rawValue, group)
      case .unitPrice: return try column(.creditLines, CreditLineColumn.unitPrice.rawValue, group)
      }
    }
  }

  /// Columns of one row group of payments.
  package func payments(group: Int, _ fields: [PaymentField]) throws(StoreError) -> Batch<PaymentField> {
    try batch(.payments, group, fields) { (field) throws(StoreError) in
      let column: PaymentColumn =
        switch field {
        case .order: .order
        case .method: .method
        case .amount: .amount
        case .occurredAt: .occurredAt
        case .isRefund: .isRefund
        }
      return try self.column(.payments, column.rawValue, group)
    }
  }

  /// Columns of one row group of stock movements.
  package func movements(group: Int, _ fields: [MovementField]) throws(StoreError) -> Batch<MovementField> {
    try batch(.movements, group, fields) { (field) throws(StoreError) in
      let column: MovementColumn
      switch field {
      case .occurredAt: column = .occurredAt
      case .sku: column = .sku
      case .category: return try categories(of: try self.column(.movements, MovementColumn.sku.rawValue, group))
      case .location: column = .location
      case .reason: column = .reason
      case .kind: column = .kind
      case .quantity: column = .quantity
      case .onHandChange: column = .onHandChange
      case .reservedChange: column = .reservedChange
      case .valueChange: column = .valueChange
      case .order: column = .order
      case .line: column = .line
      case .applied: column = .applied
      }
      return try self.column(.movements, column.rawValue, group)
    }
  }

  func batch<Field: Hashable & Sendable>(
    _ table: StoreTable, _ group: Int, _ fields: [Field], _ read: (Field) throws(StoreError) -> [Int64]
  ) throws(StoreError) -> Batch<Field> {
    var columns: [[Int64]] = []
    columns.reserveCapacity(fields.count)
    for field in fields { columns.append(try read(field)) }
    return Batch(
      firstRow: group * Geometry.rowsPerGroup, count: snapshot.rowCount(of: table.rawValue, group: group),
      fields: fields, columns: columns)
  }

  func column(_ table: StoreTable, _ column: Int, _ group: Int) throws(StoreError) -> [Int64] {
    var values: [Int64] = []
    try reading { () throws(FileError) in
      try snapshot.gather(table: table.rawValue, column: column, group: group, into: &values)
    }
    return values
  }

  /// The category of each SKU code.
  private func categories(of skus: [Int64]) throws(StoreError) -> [Int64] {
    var bySKU: [Int64: Int64] = [:]
    var categories = skus
    for row in skus.indices {
      let sku = skus[row]
      if let known = bySKU[sku] {
        categories[row] = known
      } else {
        let category = sku == 0 ? 0 : try value(Int(sku) - 1, SKUColumn.category)
        bySKU[sku] = category
        categories[row] = category
      }
    }
    return categories
  }

  private static func column(of field: OrderField) -> OrderColumn {
    switch field {
    case .placedAt: .placedAt
    case .channel: .channel
    case .region: .region
    case .city: .city
    case .type: .type
    case .priority: .priority
    case .currency: .currency
    case .carrier: .carrier
    case .location: .location
    case .grade: .grade
    case .sourceStatus: .sourceStatus
    case .customer: .customer
    case .node: .node
    case .observed: .observed
    case .cancelSide: .cancelSide
    case .cancelReason: .cancelReason
    case .shipBy: .shipBy
    case .deliverBy: .deliverBy
    case .listValue, .lineValue: .listValue
    case .discount: .discount
    case .shipping: .shipping
    case .tax: .tax
    case .cancelledValue: .cancelledValue
    case .units: .units
    case .cancelledUnits: .cancelledUnits
    case .lineCount: .lineCount
    case .legCount: .legCount
    case .paid: .paid
    case .refunded: .refunded
    case .holds: .holds
    case .openExceptions: .openExceptions
    case .profile: .profile
    case .currentShipBy: .currentShipBy
    case .currentDeliverBy: .currentDeliverBy
    case .errorCount: .errorCount
    case .creator: .creator
    case .firstActAt: .firstActAt
    case .firstHumanActAt: .firstHumanActAt
    case .reached(let node): preconditionFailure("\(node) has a column of its own")
    case .firstReached(let node): preconditionFailure("\(node) has a column of its own")
    case .told(let story): preconditionFailure("\(story) is gathered from timelines")
    }
  }
}
