internal import Columns
internal import OrderModel
internal import OrderStore

/// Columns of orders by row, for rows of other tables that name an order. Row groups are read when first needed.
struct OrderColumns {
  private let reader: OrderReader
  var fields: [OrderField] { reader.fields }
  private var batches: [Int: Batch<OrderField>] = [:]

  /// Row groups kept at most: the rows of other tables follow their orders in time, so few are needed at once.
  private static let capacity = 64

  init(_ fields: [OrderField], of plan: Plan) { reader = OrderReader(fields, of: plan) }

  /// The columns of a row group of orders.
  func orders(group: Int) throws(StoreError) -> Batch<OrderField> { try reader.orders(group: group) }

  /// The columns of the orders `rows`, a value each. Row −1 is no order: nothing is known of it.
  mutating func joined(_ rows: [Int64]) throws(StoreError) -> Batch<OrderField> {
    let fields = fields
    var columns = [[Int64]](repeating: [], count: fields.count)
    for index in fields.indices { columns[index].reserveCapacity(rows.count) }
    var start = 0
    while start < rows.count {
      let group = group(of: rows[start])
      var end = start + 1
      while end < rows.count, self.group(of: rows[end]) == group { end += 1 }
      if group < 0 {
        for index in fields.indices {
          columns[index].append(contentsOf: repeatElement(fields[index].unknown, count: end - start))
        }
      } else {
        let batch = try batch(group)
        for (index, field) in fields.enumerated() {
          let column = batch[field]
          for place in start..<end { columns[index].append(column[Int(rows[place]) - batch.firstRow]) }
        }
      }
      start = end
    }
    return Batch(firstRow: 0, count: rows.count, fields: fields, columns: columns)
  }

  private func group(of row: Int64) -> Int { row < 0 ? -1 : Int(row) / OrderSnapshot.rowsPerGroup }

  private mutating func batch(_ group: Int) throws(StoreError) -> Batch<OrderField> {
    if let known = batches[group] { return known }
    if batches.count >= Self.capacity { batches.removeAll() }
    let batch = try reader.orders(group: group)
    batches[group] = batch
    return batch
  }
}

extension OrderField {
  /// What a column holds where nothing is known.
  fileprivate var unknown: Int64 {
    switch self {
    case .placedAt, .shipBy, .deliverBy, .firstActAt, .firstHumanActAt, .reached, .firstReached: InstantColumn.none
    default: 0
    }
  }
}
