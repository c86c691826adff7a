package import Columns

/// Writes a table as bytes, the same bytes for the same table and options wherever it runs.
package protocol TableRenderer: Sendable {
  /// Appends the table to `bytes`.
  func append(_ table: Table, to bytes: inout [UInt8])
}

extension TableRenderer {
  /// The table as bytes of their own.
  package func bytes(of table: Table) -> [UInt8] {
    var bytes: [UInt8] = []
    append(table, to: &bytes)
    return bytes
  }
}

/// What stands above the columns of CSV and TSV.
package enum Heading: Sendable {
  /// The names for machines, the same in every language.
  case names
  /// The labels for people.
  case labels
  case none

  /// The heading of one column; nil when there is none.
  func text(of column: Column) -> String? {
    switch self {
    case .names: column.name
    case .labels: column.label
    case .none: nil
    }
  }
}
