internal import ColumnStore
public import OrderModel

/// Kits: what they consist of, and how many there could be.
extension OrderSnapshot {
  /// What a SKU consists of, in the order of registration; empty for what is no kit.
  public func components(ofKit sku: String) throws(StoreError) -> [KitComponent] {
    guard let code = try code(.sku, sku) else { return [] }
    return try components(ofCode: code)
  }

  func isKit(code: Int64) throws(StoreError) -> Bool { try value(Int(code) - 1, SKUColumn.lastComponent) != 0 }

  func components(ofCode code: Int64) throws(StoreError) -> [KitComponent] {
    var components: [KitComponent] = []
    var row = Int(try value(Int(code) - 1, SKUColumn.lastComponent)) - 1
    while row >= 0 {
      components.append(
        KitComponent(
          sku: try word(.sku, try value(row, ComponentColumn.sku)), quantity: try value(row, ComponentColumn.quantity)))
      let before = Int(try value(row, ComponentColumn.previous)) - 1
      guard before < row else { throw .damaged("component \(row): a chain that does not go back") }
      row = before
    }
    return components.reversed()
  }

  /// Whole kits at each location that has the first component.
  func kits(_ sku: String, _ components: [KitComponent]) throws(StoreError) -> [StockLevel] {
    var levels: [StockLevel] = []
    for first in try cells(of: components[0].sku) {
      let location = try word(.location, try value(first, StockColumn.location))
      var kits = Int64.max
      for component in components {
        let found = try stock(sku: component.sku)?.first { $0.location == location }
        kits = min(kits, (found?.available ?? 0) / component.quantity)
      }
      levels.append(
        StockLevel(sku: sku, location: location, counters: InventoryCounters(), available: kits, valueMinorUnits: 0))
    }
    return levels
  }

  /// Whole kits that can be promised: a location has all components of a kit, or does not count for it.
  func kitsToPromise(
    _ components: [KitComponent], location: String?, by instant: Instant
  ) throws(StoreError) -> Int64 {
    var sum: Int64 = 0
    for first in try cells(of: components[0].sku) {
      let place = try word(.location, try value(first, StockColumn.location))
      if let location, place != location { continue }
      var kits = Int64.max
      for component in components {
        kits = min(
          kits, try availableToPromise(sku: component.sku, location: place, by: instant) / component.quantity)
      }
      sum += kits
    }
    return sum
  }
}
