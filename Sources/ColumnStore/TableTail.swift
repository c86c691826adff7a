/// What the tail of the log says of one table: rows appended since the fold, and changes of rows folded already.
package struct TableTail: Sendable {
  package let schema: TableSchema
  /// Rows that are folded: the number of the first row the tail appends.
  package private(set) var baseRowCount: Int
  /// Rows in all.
  package private(set) var rowCount: Int
  /// Appended values of each column; shorter than the appended rows where the rest is the default.
  private(set) var appended: [[Int64]]
  /// New values, and additions to values, of folded rows.
  private(set) var replaced: [[UInt32: Int64]]
  private(set) var added: [[UInt32: Int64]]
  /// The first value that its column cannot store, if a fact said one: such facts are refused.
  private(set) var flaw: Damage?

  /// The schema's defaults and what its columns can store, within reach of every fact.
  private let defaults: [Int64]
  private let limits: [ClosedRange<Int64>]

  init(schema: TableSchema, baseRowCount: Int) {
    defaults = schema.columns.map(\.defaultValue)
    limits = schema.columns.map(\.limits)
    self.schema = schema
    (self.baseRowCount, rowCount) = (baseRowCount, baseRowCount)
    appended = Array(repeating: [], count: schema.columns.count)
    replaced = Array(repeating: [:], count: schema.columns.count)
    added = Array(repeating: [:], count: schema.columns.count)
  }

  var isEmpty: Bool {
    rowCount == baseRowCount && replaced.allSatisfy(\.isEmpty) && added.allSatisfy(\.isEmpty)
  }

  /// Adds a row of defaults.
  ///
  /// - Returns: Its number.
  package mutating func appendRow() -> Int {
    rowCount &+= 1
    return rowCount &- 1
  }

  /// Makes `value` the value of a row that exists. A value its column cannot store makes the group refused.
  package mutating func set(_ row: Int, _ column: Int, to value: Int64) {
    precondition(row >= 0 && row < rowCount, "a row that exists")
    if !(limits[column] ~= value), flaw == nil {
      let place = "\(schema.name) row \(row), column \(schema.columns[column].name)"
      flaw = .inconsistent(place: place, "\(value) does not fit in \(schema.columns[column].width) bytes")
    }
    let index = row &- baseRowCount
    guard index >= 0 else {
      replaced[column][UInt32(row)] = value
      if !added[column].isEmpty { added[column][UInt32(row)] = nil }
      return
    }
    if appended[column].count <= index {
      let filler = defaults[column]
      if value == filler { return }
      while appended[column].count < index { appended[column].append(filler) }
      appended[column].append(value)
    } else {
      appended[column][index] = value
    }
  }

  /// Adds `change` to the value of a row that exists. Wraps at 64 bits; who accepts a command checks before.
  package mutating func add(_ row: Int, _ column: Int, _ change: Int64) {
    precondition(row >= 0 && row < rowCount, "a row that exists")
    let index = row &- baseRowCount
    guard index < 0 else {
      set(row, column, to: (value(row, column) ?? defaults[column]) &+ change)
      return
    }
    if let value = replaced[column][UInt32(row)] {
      replaced[column][UInt32(row)] = value &+ change
    } else {
      added[column][UInt32(row), default: 0] &+= change
    }
  }

  /// The value if the tail knows it alone; nil when the folded value is needed.
  package func value(_ row: Int, _ column: Int) -> Int64? {
    let index = row &- baseRowCount
    guard index < 0 else {
      return index < appended[column].count ? appended[column][index] : defaults[column]
    }
    return replaced[column].isEmpty ? nil : replaced[column][UInt32(row)]
  }

  /// What the tail adds to the folded value of a row.
  func addition(_ row: Int, _ column: Int) -> Int64 {
    added[column].isEmpty ? 0 : added[column][UInt32(row), default: 0]
  }

  /// Numbers of the column's changed folded rows, ascending.
  func changedRows(of column: Int) -> [UInt32] {
    // A row is never both replaced and added to.
    (Array(replaced[column].keys) + Array(added[column].keys)).sorted()
  }

  /// Numbers of the folded rows of which any value is changed, ascending.
  package var changedRows: [Int] {
    var rows: Set<UInt32> = []
    for column in schema.columns.indices {
      rows.formUnion(replaced[column].keys)
      rows.formUnion(added[column].keys)
    }
    return rows.sorted().map(Int.init)
  }

  /// Row groups with appended or changed rows.
  var touchedGroups: Set<Int> {
    var groups: Set<Int> = []
    if rowCount > baseRowCount {
      groups.formUnion((baseRowCount / Geometry.rowsPerGroup)...((rowCount - 1) / Geometry.rowsPerGroup))
    }
    for column in schema.columns.indices {
      for row in replaced[column].keys { groups.insert(Int(row) / Geometry.rowsPerGroup) }
      for row in added[column].keys { groups.insert(Int(row) / Geometry.rowsPerGroup) }
    }
    return groups
  }

  /// Copies what was appended to the column, from the `first` appended row on, into `values` from `position` on, as far
  /// as either reaches. Rows behind the last one told keep what `values` holds.
  func copyAppended(_ column: Int, from first: Int, into values: inout [Int64], at position: Int) {
    let source = appended[column]
    let count = min(source.count - first, values.count - position)
    guard count > 0 else { return }
    values.replaceSubrange(position..<(position + count), with: source[first..<(first + count)])
  }

  /// Whether any folded row of the column is changed.
  func changesFoldedRows(of column: Int) -> Bool { !replaced[column].isEmpty || !added[column].isEmpty }
}
