package import Columns

/// `{"meta":{…},"columns":[{"name","type","unit"}],"rows":[{…}]}`, one row a line.
///
/// A money column of one currency also states its scale, since its cells are minor units.
package struct JSONRenderer: TableRenderer {
  package init() {}

  package func append(_ table: Table, to bytes: inout [UInt8]) {
    var writer = JSONWriter(appendingTo: bytes)
    bytes = []
    writer.beginObject()
    writer.key("meta")
    writer.metadata(table.meta)
    writer.key("columns")
    writer.beginArray()
    for column in table.columns { writer.column(column) }
    writer.endArray()
    writer.key("rows")
    writer.beginArray()
    let keys = table.columns.map { JSONKey($0.name) }
    for row in 0..<table.rowCount {
      writer.breakLine()
      writer.row(row, of: table, keys: keys)
    }
    if table.rowCount > 0 { writer.breakLine(beforeEnd: true) }
    writer.endArray()
    writer.endObject()
    writer.endDocument()
    bytes = writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func column(_ column: Column) {
    beginObject()
    key("name")
    string(column.name)
    key("type")
    string(column.type.name)
    key("unit")
    if let unit = column.unit { string(unit) } else { null() }
    if case .money(let unit?) = column.type {
      key("scale")
      integer(Int64(unit.scale))
    }
    endObject()
  }

  /// A row as an object.
  mutating func row(_ row: Int, of table: Table, keys: [JSONKey]) {
    beginObject()
    for column in keys.indices {
      key(keys[column])
      value(table[row, column])
    }
    endObject()
  }
}

extension ColumnType {
  /// The type's name in machine-readable answers; part of the interface.
  package var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .boolean: "boolean"
    case .ratio: "ratio"
    case .duration: "duration"
    case .money: "money"
    case .instant: "instant"
    case .bucket: "bucket"
    case .counts: "object"
    case .number: "number"
    }
  }
}
