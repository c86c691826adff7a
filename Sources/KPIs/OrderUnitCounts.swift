import Columns
import OrderModel

/// How many units orders asked for, and how many left, at as-of.
struct OrderUnitCounts {
  static let requiredFields: [OrderField] = [
    .units, .told(.cancelledUnitsBy(.customer)), .told(.cancelledUnitsBy(.unknown)),
  ]
  static let shippedFields: [OrderField] = [.units, .told(.cancelledUnits), .told(.shippedUnits)]

  /// Units ordered less those the customer cancelled in part; a side nobody named counts as the customer.
  static func required(_ batch: Batch<OrderField>) -> [Int64] {
    let (units, customer) = (batch[.units], batch[.told(.cancelledUnitsBy(.customer))])
    let unknown = batch[.told(.cancelledUnitsBy(.unknown))]
    return units.indices.map { units[$0] - customer[$0] - unknown[$0] }
  }

  /// Units that left. Of an order of which only the node is told, all that was not cancelled.
  ///
  /// - Parameter reached: When each order's required quantity had shipped.
  static func shipped(_ batch: Batch<OrderField>, reached: [Int64]) -> [Int64] {
    let (units, cancelled, told) = (batch[.units], batch[.told(.cancelledUnits)], batch[.told(.shippedUnits)])
    return units.indices.map { row in
      if told[row] > 0 { return told[row] }
      return reached[row] == InstantColumn.none ? 0 : units[row] - cancelled[row]
    }
  }
}
