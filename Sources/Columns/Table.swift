/// The one result type of every question: typed columns, rows of values, and what holds for all of them.
///
/// A table holds undivided integers; rounding and wording belong to whoever writes it out.
///
/// - Invariant: every row has one value for each column, of a kind the column's type accepts; column names differ.
public struct Table: Sendable, Hashable {
  /// The line above the table, for people. Empty for none.
  public var title: String
  public let columns: [Column]
  /// What holds for the whole answer.
  public var meta: Metadata
  /// Lines below the table, for people.
  public var notes: [String]
  public private(set) var rowCount = 0
  /// Row after row.
  @usableFromInline var cells: [Value] = []

  /// A table without rows.
  public init(title: String = "", columns: [Column], meta: Metadata = [:], notes: [String] = []) {
    precondition(Set(columns.map(\.name)).count == columns.count, "two columns have the same name")
    self.title = title
    self.columns = columns
    self.meta = meta
    self.notes = notes
  }

  /// A table with rows.
  public init(
    title: String = "", columns: [Column], rows: [[Value]], meta: Metadata = [:], notes: [String] = []
  ) {
    self.init(title: title, columns: columns, meta: meta, notes: notes)
    reserveCapacity(rows.count)
    for row in rows { append(row) }
  }

  /// Makes room for `rowCount` rows in all.
  public mutating func reserveCapacity(_ rowCount: Int) {
    cells.reserveCapacity(rowCount * columns.count)
  }

  /// Adds a row. A row of the wrong length, or a value its column does not accept, is a bug and traps.
  public mutating func append(_ row: [Value]) {
    precondition(row.count == columns.count, "a row needs a value for each column")
    for (column, value) in zip(columns, row) {
      precondition(column.type.accepts(value), "a value does not fit the type of its column")
    }
    cells.append(contentsOf: row)
    rowCount += 1
  }

  /// The value at a row and a column, both counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Value {
    precondition(columns.indices.contains(column), "no such column")
    return cells[row * columns.count + column]
  }

  /// The values of one row.
  public func row(_ row: Int) -> ArraySlice<Value> {
    cells[row * columns.count..<(row + 1) * columns.count]
  }

  /// The place of the column with this name; nil when there is none.
  public func index(ofColumn name: String) -> Int? {
    columns.firstIndex { $0.name == name }
  }

  /// The same table with only these columns, in this order; nil when a name is unknown or given twice.
  public func selecting(_ names: [String]) -> Table? {
    guard Set(names).count == names.count else { return nil }
    var indices: [Int] = []
    for name in names {
      guard let index = index(ofColumn: name) else { return nil }
      indices.append(index)
    }
    var table = Table(title: title, columns: indices.map { columns[$0] }, meta: meta, notes: notes)
    table.cells.reserveCapacity(rowCount * indices.count)
    for row in 0..<rowCount {
      for index in indices { table.cells.append(self[row, index]) }
    }
    table.rowCount = rowCount
    return table
  }
}
