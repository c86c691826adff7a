package import Columns

/// The rows alone, each a JSON object on a line of its own.
package struct JSONLinesRenderer: TableRenderer {
  package init() {}

  package func append(_ table: Table, to bytes: inout [UInt8]) {
    var writer = JSONWriter(appendingTo: bytes)
    bytes = []
    let keys = table.columns.map { JSONKey($0.name) }
    for row in 0..<table.rowCount {
      writer.row(row, of: table, keys: keys)
      writer.endDocument()
    }
    bytes = writer.bytes
  }
}
