import ColumnStore

/// A small schema with every kind of column, and facts that say plainly what to do.
enum Toy {
  static let none = RelativeInstant.noneValue

  static let schema = Schema(
    version: 1,
    tables: [
      TableSchema(
        "things",
        columns: [
          ColumnSchema("placed", width: 8, encoding: .plain(signed: true), summary: .range),
          ColumnSchema("kind", width: 1, summary: .bitSet),
          ColumnSchema("mood", width: 1, encoding: .plain(signed: true), defaultValue: -1),
          ColumnSchema("channel", width: 2, defaultValue: 7),
          ColumnSchema("change", width: 2, encoding: .plain(signed: true)),
          ColumnSchema("customer", width: 4),
          ColumnSchema("balance", width: 4, encoding: .plain(signed: true), defaultValue: -3, summary: .range),
          ColumnSchema("note", width: 8),
          ColumnSchema(
            "shipped", width: 4, encoding: .relativeInstant(base: 0), defaultValue: none, summary: .range),
          ColumnSchema("arrived", width: 4, encoding: .relativeInstant(base: 0), defaultValue: none),
        ]),
      TableSchema(
        "counters",
        columns: [
          ColumnSchema("on hand", width: 8, encoding: .plain(signed: true)),
          ColumnSchema("state", width: 1, defaultValue: 63, summary: .bitSet),
        ]),
      TableSchema("marks", columns: [ColumnSchema("mark", width: 2)]),
    ],
    vocabularies: ["colours", "shapes"], indexes: ["by customer", "by note"])

  static let note = 7
  static let instants = [8, 9]
}

/// One thing a toy log can say.
enum ToyFact: Hashable {
  /// Rows at the end of a table: each with the values of its first columns; the others hold their defaults.
  case rows(table: Int, [[Int64]])
  case set(table: Int, row: Int, column: Int, Int64)
  case add(table: Int, row: Int, column: Int, Int64)
  case word(list: Int, String)
  /// A text whose address becomes the row's note.
  case text(row: Int, String)
  case entry(index: Int, hash: UInt64, row: Int)

  func write(to writer: inout ByteWriter) {
    switch self {
    case .rows(let table, let rows):
      writer.append(byte: 1)
      writer.append(varint: table)
      writer.append(varint: rows.count)
      for row in rows {
        writer.append(varint: row.count)
        for value in row { writer.append(signed: value) }
      }
    case .set(let table, let row, let column, let value), .add(let table, let row, let column, let value):
      if case .set = self { writer.append(byte: 2) } else { writer.append(byte: 3) }
      writer.append(varint: table)
      writer.append(varint: row)
      writer.append(varint: column)
      writer.append(signed: value)
    case .word(let list, let text):
      writer.append(byte: 4)
      writer.append(varint: list)
      writer.append(text: text)
    case .text(let row, let text):
      writer.append(byte: 5)
      writer.append(varint: row)
      writer.append(text: text)
    case .entry(let index, let hash, let row):
      writer.append(byte: 6)
      writer.append(varint: index)
      writer.append(littleEndian: hash)
      writer.append(varint: row)
    }
  }

  static func bytes(_ facts: [ToyFact]) -> [UInt8] {
    var writer = ByteWriter()
    for fact in facts { fact.write(to: &writer) }
    return writer.bytes
  }
}

struct ToyFolding: FactFolding {
  func apply(_ group: LogGroup, to tail: inout Tail) throws(Damage) {
    var reader = ByteReader(group.facts)
    while !reader.isAtEnd {
      let operation = try reader.byte()
      switch operation {
      case 1:
        let table = try reader.count()
        for _ in 0..<(try reader.count()) {
          let row = tail.tables[table].appendRow()
          for column in 0..<(try reader.count()) { tail.tables[table].set(row, column, to: try reader.signed()) }
        }
      case 2, 3:
        let (table, row, column) = (try reader.count(), try reader.count(), try reader.count())
        let value = try reader.signed()
        guard row < tail.tables[table].rowCount else { throw .malformed(offset: reader.position, "no such row") }
        if operation == 2 {
          tail.tables[table].set(row, column, to: value)
        } else {
          tail.tables[table].add(row, column, value)
        }
      case 4:
        let list = try reader.count()
        tail.words[list - 1].append(try reader.text())
      case 5:
        let row = try reader.count()
        tail.tables[0].set(row, Toy.note, to: tail.heap.append(try reader.text()))
      case 6:
        let index = try reader.count()
        let hash = try reader.littleEndian(UInt64.self)
        tail.indexes[index].insert(hash, row: try reader.count())
      default: throw .malformed(offset: reader.position, "no operation \(operation)")
      }
    }
  }
}
