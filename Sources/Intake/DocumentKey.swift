/// The columns whose texts together name a document.
struct DocumentKey: Sendable {
  var columns: [Int]

  init(_ mapping: Mapping) {
    columns = (mapping.order.number.columns + mapping.order.channel.columns).filter { $0.table == 0 }.map(\.index)
  }

  /// Writes the key of a row into `key`; whether it has a text at all.
  func read(_ batch: borrowing RowBatch, _ row: Int, into key: inout [UInt8]) -> Bool {
    key.removeAll(keepingCapacity: true)
    var hasText = false
    for column in columns {
      var text = key
      key = []
      batch.withField(row, column) { bytes in
        for index in bytes.indices { text.append(bytes[index]) }
        if !bytes.isEmpty { hasText = true }
      }
      text.append(0x1F)
      key = text
    }
    return hasText
  }
}
