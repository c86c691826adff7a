import Columns
import OrderModel
import OrderStore

/// What can be read of a store, to be compared with another's.
struct StoreContent: Equatable {
  var extent: Extent
  var orders: [StoredOrder] = []
  var stock: [StockLevel]
  var orderColumns: [[Int64]] = []
  var lineColumns: [[Int64]] = []
  var movementColumns: [[Int64]] = []
  var creditColumns: [[Int64]] = []
  var customers: [[OrderID]] = []

  static let orderFields: [OrderField] =
    [
      .placedAt, .channel, .region, .customer, .node, .observed, .cancelSide, .cancelReason, .shipBy, .deliverBy,
      .listValue, .lineValue, .shipping, .cancelledValue, .units, .cancelledUnits, .lineCount, .legCount, .paid,
      .firstActAt, .firstHumanActAt, .carrier, .location, .grade, .sourceStatus,
    ] + Node.allCases.map { .reached($0) } + Node.keyNodes.map { .firstReached($0) }
  static let lineFields: [LineField] = [
    .order, .sku, .category, .location, .quantity, .unitPrice, .listPrice, .cancelled, .reserved, .shipped,
  ]
  static let movementFields: [MovementField] = [
    .occurredAt, .sku, .location, .reason, .kind, .onHandChange, .reservedChange, .valueChange, .order, .applied,
  ]
  static let creditFields: [CreditField] = [.occurredAt, .channel, .currency, .customer, .order, .value, .units]

  init(_ snapshot: OrderSnapshot) throws {
    extent = Extent(snapshot)
    stock = try snapshot.stock()
    for row in 0..<snapshot.orderCount {
      if let order = try snapshot.order(OrderID(rawValue: UInt32(row))) { orders.append(order) }
    }
    for group in 0..<snapshot.orderGroupCount {
      let batch = try snapshot.orders(group: group, StoreContent.orderFields)
      orderColumns += StoreContent.orderFields.map { batch[$0] }
    }
    for group in 0..<snapshot.lineGroupCount {
      let batch = try snapshot.lines(group: group, StoreContent.lineFields)
      lineColumns += StoreContent.lineFields.map { batch[$0] }
    }
    for group in 0..<snapshot.movementGroupCount {
      let batch = try snapshot.movements(group: group, StoreContent.movementFields)
      movementColumns += StoreContent.movementFields.map { batch[$0] }
    }
    for group in 0..<snapshot.creditGroupCount {
      let batch = try snapshot.credits(group: group, StoreContent.creditFields)
      creditColumns += StoreContent.creditFields.map { batch[$0] }
    }
    for index in 0..<40 { customers.append(try snapshot.orders(customer: "customer-\(index)")) }
  }
}
