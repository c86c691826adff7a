internal import ColumnStore
internal import OrderModel

extension OrderSnapshot {
  /// The caps of channels, of one SKU or of all, with what each has taken; those that were lifted are left out.
  public func caps(sku: String? = nil) throws(StoreError) -> [StoredCap] {
    var caps: [StoredCap] = []
    for row in 0..<count(.caps) {
      let limit = try value(row, CapColumn.limit)
      let name = try word(.sku, try value(row, CapColumn.sku))
      guard limit >= 0, sku.map({ $0 == name }) ?? true else { continue }
      caps.append(
        StoredCap(
          sku: name, location: try word(.location, try value(row, CapColumn.location)),
          channel: try word(.channel, try value(row, CapColumn.channel)), units: limit,
          taken: try value(row, CapColumn.taken)))
    }
    return caps
  }
}
